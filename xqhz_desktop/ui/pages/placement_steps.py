"""Steps taken from the page of one placement, each asked about in a short dialog first."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from xqhz_desktop.domain import journey
from xqhz_desktop.domain.journey import Standing, Step
from xqhz_desktop.domain.placement import PlacementStatus, PlacementType
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import moving, transferring
from xqhz_desktop.services.moving import Wish
from xqhz_desktop.services.transferring import Transfer
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.step import StepAsked, StepDialog, TransferAsked
from xqhz_desktop.ui.pages.placement_head import DO

if TYPE_CHECKING:  # the page makes its steps with this module
    from xqhz_desktop.ui.pages.placement_detail import PlacementPage


class Steps(QObject):
    """Opens the dialogs of a page."""

    def __init__(self, page: PlacementPage, context: Context) -> None:
        """Belong to a page."""
        super().__init__(page)
        self._page, self._context = page, context

    def take(self, to: PlacementStatus) -> None:
        """Ask for day and reason of a step; say why where it is refused."""
        dossier = self._page.dossier
        if dossier is None:
            return
        one, today = dossier.placement, date.today()
        refused = self._refused(to, today)
        day = journey.usual_day(one, to, today)
        title = Message("{status}: {name}", status=to, name=dossier.student.name)
        dialog = StepDialog(self._page, self._context, StepAsked(day=day), title, DO[to])
        hint = None
        if refused is None and journey.reason_needed(one, Step(to, day)):
            hint = Message("This needs a reason; it is kept with the placement.")
        dialog.ask(partial(self._move, one.id, to), hint, refused)
        dialog.done_well.connect(self._on_done)

    def transfer(self) -> None:
        """Ask where an intern goes on."""
        dossier = self._page.dossier
        if dossier is None:
            return
        asked = TransferAsked(enterprise="", day=date.today())
        title = N_("Change of enterprise or post")
        dialog = StepDialog(self._page, self._context, asked, title, N_("Change the place"))
        hint = Message(
            "The leg at {enterprise} ends the day before; the new one needs its own agreement.",
            enterprise=dossier.row.names.get("enterprise", ""),
        )
        dialog.ask(partial(self._transfer, dossier.placement.id), hint)
        dialog.done_well.connect(self._on_done)

    def _refused(self, to: PlacementStatus, today: date) -> Message | None:
        """Return why a step is not possible today, whatever its reason."""
        dossier = self._page.dossier
        assert dossier is not None, "asked before"
        if to in dossier.ways:
            return dossier.ways[to][0]
        kind = dossier.batch.type if dossier.batch else PlacementType.POST
        step = Step(to, today, "-")  # as if a reason were given
        return journey.refusal(dossier.placement, step, Standing(today, kind))

    def _move(self, id: str, to: PlacementStatus, answers: Record) -> int:
        assert isinstance(answers, StepAsked)
        wish = Wish(to, answers.day, answers.reason)
        return moving.move_one(self._context.work, id, wish, date.today())

    def _transfer(self, id: str, answers: Record) -> str:
        assert isinstance(answers, TransferAsked)
        day = answers.day or date.today()
        wish = Transfer(answers.enterprise, answers.position, day, answers.reason)
        new = transferring.transfer(self._context.work, id, wish, date.today())
        return new.id

    def _on_done(self) -> None:
        self._context.say(Message("Done."), undo=True)
