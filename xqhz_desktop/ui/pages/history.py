"""变更记录: every step of the journal, what it changed, and the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import history
from xqhz_desktop.services.history import FieldChange, Step
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.dialogs.taking_back import TakeBackDialog
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, line, words
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.diff import Diff
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.steps import STEP, StepRows

_LIMIT = 500
_LIST = 420


class HistoryPage(QWidget):
    """The journal at the left, the fields of the chosen step at the right."""

    def __init__(self, context: Context) -> None:
        """Show the newest steps."""
        super().__init__()
        self._context = context
        self._record, self._wanted = "", 0
        self._head, self._list = Head(), QListWidget()
        self._title, self._line, self._reason = words("heading", wrap=True), words("label"), words()
        self._diff, self._none = Diff(context), Empty(context.languages, "history")
        self._undo, self._all = Button("undo-2"), Button("x", "chip")
        self._detail = Card(padding=0, gap=0)
        self._stand()
        self._say()
        self._list.currentItemChanged.connect(self._on_chosen)
        self._undo.clicked.connect(self._on_undo)
        self._all.clicked.connect(self._on_all)
        context.changed.connect(self._on_changed)
        context.languages.changed.connect(self._on_language)

    def show_record(self, wanted: str) -> None:
        """Show one step by its number, or the steps of one record by its id."""
        if wanted.isdigit() and len(wanted) < 16:
            self._record, self._wanted = "", int(wanted)
        else:
            self._record, self._wanted = wanted, 0
        self.refresh()

    def refresh(self) -> None:
        """Read the journal anew."""
        self._all.setVisible(bool(self._record))
        job = partial(_steps, self._context, self._record)
        self._context.tasks.run(self, job, self._show, self._context.complain)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self._list, self._detail]

    def showEvent(self, event: QShowEvent) -> None:
        """Read the journal when the page comes to the front."""
        super().showEvent(event)
        self.refresh()

    def _stand(self) -> None:
        column = stand(self, self._head)
        self._head.tools.addWidget(self._all)
        self._listed = listed = Card(padding=1, gap=0)
        listed.body.setContentsMargins(1, 8, 1, 10)  # the corners of the card stay round
        listed.body.addWidget(self._list)
        listed.setFixedWidth(_LIST)
        self._list.setItemDelegate(StepRows(self._context.languages, self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 16, 14)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for part in (self._title, self._line, self._reason):
            lines.addWidget(part)
        head.addLayout(lines, 1)
        head.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignTop)
        self._detail.body.addLayout(head)
        self._detail.body.addWidget(line())
        self._detail.body.addWidget(self._diff, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(listed)
        row.addWidget(self._detail, 1)
        column.addLayout(row, 1)
        column.addWidget(self._none, 1)
        self._none.hide()

    def _say(self) -> None:
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Change history"))
        bind(self._head.line, self._head.line.setText, N_("Every change, by whom and when"))
        bind(self._undo, self._undo.setText, N_("Undo this step"))
        bind(self._all, self._all.setText, N_("Only one record"))
        bind(self._list, self._list.setAccessibleName, N_("Changes"))
        self._none.say(N_("Nothing has been changed yet."), N_("Every change will stand here."))

    def _show(self, steps: list[Step]) -> None:
        self._none.setVisible(not steps)
        self._detail.setVisible(bool(steps))
        self._listed.setVisible(bool(steps))
        current = self._list.currentItem()
        keep = self._wanted or (current.data(STEP).number if current else 0)
        self._wanted = 0
        self._list.blockSignals(True)
        self._list.clear()
        for step in steps:
            item = QListWidgetItem()
            item.setData(STEP, step)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, self._context.languages.say(step.title)
            )
            self._list.addItem(item)
        self._list.blockSignals(False)
        place = next((n for n, step in enumerate(steps) if step.number == keep), 0)
        self._list.setCurrentRow(place)
        shown = Message(NN_("{n} step", "{n} steps"), n=len(steps))
        if self.isVisible():
            self._context.count(shown if len(steps) < _LIMIT else Message("newest {n}", n=_LIMIT))

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        step: Step = item.data(STEP)
        bind = self._context.languages.bind
        bind(self._title, self._title.setText, step.title)
        said = Message(
            "{when} | {person} | {records}",
            when=when(step.at),
            person=step.actor,
            records=Message(NN_("{n} record", "{n} records"), n=step.records),
        )
        bind(self._line, self._line.setText, said)
        bind(
            self._reason,
            self._reason.setText,
            step.reason and Message("Why: {why}", why=step.reason),
        )
        self._reason.setVisible(bool(step.reason))
        stands = bool(step.records) and not step.undone
        self._undo.setEnabled(stands and not self._context.work.read_only)
        text = N_("Undone already") if step.undone else N_("Undo this step")
        bind(self._undo, self._undo.setText, text)
        job = partial(_changes, self._context, step.number)
        self._context.tasks.run(self, job, partial(self._show_changes, step.number))

    def _show_changes(self, number: int, changes: list[FieldChange]) -> None:
        item = self._list.currentItem()
        if item is not None and item.data(STEP).number == number:
            self._diff.show_changes(changes, item.data(STEP).records)

    def _on_undo(self) -> None:
        if self._list.currentRow() < 0:
            return
        step: Step = self._list.currentItem().data(STEP)
        asked = Asked(
            N_("Undo this step?"),
            Message("“{title}” is taken back. That is a step of its own.", title=step.title),
            N_("Undo this step"),
        )
        ask(self, self._context.languages, asked, partial(self._take_back, step.number))

    def _take_back(self, number: int) -> None:
        job = partial(_undo, self._context, number)
        refused = partial(self._on_refused, number)
        self._context.tasks.run(self, job, self._on_undone, refused)

    def _on_undone(self, step: Step) -> None:
        self._context.say(step.title)

    def _on_refused(self, number: int, error: UserError) -> None:
        """Where newer changes are in the way, offer the rows they have not touched."""
        if error.code in ("EDITED_SINCE", "NEEDED"):
            TakeBackDialog(self, self._context, number, error.message).open()
        else:
            self._context.complain(error)

    def _on_all(self) -> None:
        self._record = ""
        self.refresh()

    def _on_changed(self, _kinds: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _on_language(self) -> None:
        self._list.viewport().update()


def _steps(context: Context, record: str, _progress: Progress) -> list[Step]:
    return history.steps(context.work, _LIMIT, record)


def _changes(context: Context, number: int, _progress: Progress) -> list[FieldChange]:
    return history.changes(context.work, number)


def _undo(context: Context, number: int, _progress: Progress) -> Step:
    return history.undo(context.work, number)
