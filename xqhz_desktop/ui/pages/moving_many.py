"""The selected placements of the list taken a step further at once, after a look at who may."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import moving, offers
from xqhz_desktop.services.moving import Preview, Wish
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.step import MoveAsked, StepDialog
from xqhz_desktop.ui.pages.placement_head import DO
from xqhz_desktop.ui.tasks import Progress

if TYPE_CHECKING:  # the page makes its menu with this module
    from xqhz_desktop.ui.pages.records import RecordsPage

_REASONS = 3
"""Reasons why placements stay that are told."""


def offer(menu: QMenu, page: RecordsPage, context: Context) -> None:
    """Add the steps to the menu of the list of placements."""
    say, n = context.languages.say, len(page.table.chosen())
    text = Message(NN_("Move {n} placement", "Move {n} placements"), n=n)
    steps = menu.addMenu(say(text))
    for one in PlacementStatus:
        steps.addAction(say(DO[one]), partial(begin, page, context, one))
    steps.setEnabled(n > 0 and not context.work.read_only)


def begin(page: RecordsPage, context: Context, to: PlacementStatus) -> None:
    """Look at who may go, then ask for day and reason."""
    job = partial(_look, context.work, page.table.chosen(), to)
    context.tasks.run(page, job, partial(_ask, page, context), context.complain)


def _ask(page: RecordsPage, context: Context, plan: Preview) -> None:
    to, ids = plan.wish.to, [one.placement.id for one in plan.lines]
    text = NN_("{status}: {n} placement", "{status}: {n} placements")
    title = Message(text, status=to, n=len(plan.moving))
    dialog = StepDialog(page, context, MoveAsked(), title, DO[to])
    hint, refused = None, None
    if plan.refused:
        why = [
            Message("{n}: {why}", n=n, why=said)
            for said, n in moving.counted(plan).most_common(_REASONS)
        ]
        stay = Message("{n} of {total} stay. {why}", n=len(plan.refused), total=len(ids), why=why)
        hint, refused = (stay, None) if plan.moving else (None, stay)
    dialog.ask(partial(_move, context.work, ids, to), hint, refused)
    done = Message("Done.")
    dialog.done_well.connect(partial(context.say, done, undo=True))


def _look(work: Work, rowids: list[int], to: PlacementStatus, _progress: Progress) -> Preview:
    with work.store.read() as reader:
        ids = [row.record.id for row in offers.pages(reader, "placement", rowids)]
    return moving.preview(work, ids, Wish(to, None, "-"), date.today())  # as if with a reason


def _move(work: Work, ids: list[str], to: PlacementStatus, answers: Record) -> int:
    assert isinstance(answers, MoveAsked)
    wish = Wish(to, answers.day, answers.reason)
    return moving.move_some(work, ids, wish, date.today())
