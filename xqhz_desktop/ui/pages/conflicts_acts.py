"""What is done about conflicts beyond the fields of one: alike ones, both kept, opened again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.conflicts import Whose
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.models import disputes
from xqhz_desktop.ui.models.disputes import Dispute
from xqhz_desktop.ui.widgets.dispute_pane import DisputePane


class Acts(QObject):
    """Asks first, then does it; `changed` when something was written."""

    changed = Signal()
    reopened = Signal()
    refused = Signal(object)
    """A UserError."""

    def __init__(self, context: Context, page: QWidget, pane: DisputePane) -> None:
        """Work for a page on what its pane shows."""
        super().__init__(page)
        self._context, self._page, self._pane = context, page, pane

    def apply(self, field: str, whose: Whose, others: list[Dispute]) -> None:
        """Settle alike conflicts; say which records follow before they do."""
        dispute = self._pane.dispute
        if dispute is None:
            return
        names = [one.conflict.called or "—" for one in (dispute, *others)]
        text = Message(
            "“{field}” becomes what one side says in all of these: {names}. Side: {whose}. "
            "It is one step and can be undone.",
            field=dispute.fields[field].said,
            names=names,
            whose=whose,
        )
        asked = Asked(N_("Apply to all alike?"), text, N_("Apply"))
        then = partial(self._apply, dispute, field, whose)
        ask(self._page, self._context.languages, asked, then)

    def keep_both(self) -> None:
        """Make two records of the one in view."""
        dispute = self._pane.dispute
        if dispute is None:
            return
        text = Message(
            "“{name}” stays as it is shown now, and a second record is made with what the other "
            "side says. Correct the two afterwards; numbers must not stay the same.",
            name=dispute.conflict.called or "—",
        )
        asked = Asked(N_("Keep both?"), text, N_("Keep both"))
        ask(self._page, self._context.languages, asked, partial(self._keep_both, dispute))

    def reopen(self, number: int) -> None:
        """Open again what a step has settled."""
        job = partial(disputes.reopen, self._context.work, number)
        self._context.tasks.run(self, job, self._on_reopened, self.refused.emit)

    def _apply(self, dispute: Dispute, field: str, whose: Whose) -> None:
        kind = dispute.conflict.kind
        job = partial(disputes.settle_alike, self._context.work, kind, field, whose)
        self._context.tasks.run(self, job, self._on_applied, self.refused.emit)

    def _on_applied(self, count: int) -> None:
        text = NN_("Settled in {n} record", "Settled in {n} records")
        self._context.say(Message(text, n=count), undo=True)
        self.changed.emit()

    def _keep_both(self, dispute: Dispute) -> None:
        job = partial(disputes.keep_both, self._context.work, dispute)
        self._context.tasks.run(self, job, self._on_kept, self.refused.emit)

    def _on_kept(self, _id: str) -> None:
        self._context.say(Message("Both are kept as two records."), undo=True)
        self.changed.emit()

    def _on_reopened(self, count: int) -> None:
        text = NN_("{n} conflict is open again", "{n} conflicts are open again")
        self._context.say(Message(text, n=count))
        self.reopened.emit()
        self.changed.emit()
