"""粘贴核对: what a pasted block would change, cell by cell, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import pasting
from xqhz_desktop.services.pasting import Cell, Place, Plan, Wish
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.columns import Column, field_text
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.told import ToldTable


@dataclass(frozen=True)
class Paste:
    """A block and where it is to go: rows, the columns in view, and the first one to fill."""

    rows: Sequence[Sequence[str]]
    place: Place
    columns: tuple[Column, ...]
    start: int
    titles: tuple[str, ...] = ()
    """Fields by the titles in the first row of the block; none: the columns from `start` on."""


class PasteDialog(QDialog):
    """Before and after of every cell, what cannot be pasted first; Cancel leaves no trace."""

    def __init__(self, parent: QWidget, context: Context, paste: Paste) -> None:
        """Work out what a block would do."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._paste = context, paste
        self._plan: Plan | None = None
        self._job: Handle | None = None
        self.start, self.clear_box, self.add_box = QComboBox(), QCheckBox(), QCheckBox()
        columns = (Told(N_("Record"), self._record, 220), Told(N_("Column"), _column, 150))
        change = (Told(N_("Before"), self._before, 180), Told(N_("Afterwards"), self._after, 300))
        self.table = ToldTable((*columns, *change), context.languages)
        self.go, self.cancel, self._bar = Button("check", "primary"), Button(), QProgressBar()
        self._title, self._label = words("heading"), words("label")
        self._said, self._trouble = words("section", wrap=True), words("error", wrap=True)
        self._note = words("advice", wrap=True)
        self._stand()
        self._speak()
        self.start.currentIndexChanged.connect(self._look)
        self.clear_box.toggled.connect(self._look)
        self.add_box.toggled.connect(self._look)
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        room = parent.window().size()
        self.resize(min(920, room.width() - 80), min(640, room.height() - 80))
        self._look()

    def reject(self) -> None:
        """Stop what is under way and close; nothing was written."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _place(self) -> Place:
        paste = self._paste
        names = [one.name for one in paste.columns][self.start.currentIndex() :]
        return replace(paste.place, columns=paste.titles or tuple(names))

    def _look(self, *_what: object) -> None:
        """Work out what would change."""
        self._plan = None
        self.go.setEnabled(False)
        self._trouble.hide()
        if self._job is not None:
            self._job.cancel()
        rows = self._paste.rows[1:] if self._paste.titles else self._paste.rows
        wish = Wish(self.clear_box.isChecked(), self.add_box.isChecked())
        job = partial(_plan, self._context.work, (self._place(), rows, wish))
        self._job = self._context.tasks.run(self, job, self._show, self._on_failed)

    def _show(self, plan: Plan) -> None:
        self._job, self._plan = None, plan
        self.table.show_rows(sorted(plan.cells, key=lambda one: one.problem is None))
        bind, n = self._context.languages.bind, plan.changing
        text = Message(
            "{changing} to be changed, {same} stay as they are, {refused} cannot be pasted.",
            changing=Message(NN_("{n} cell", "{n} cells"), n=n),
            same=plan.same,
            refused=plan.refused,
        )
        bind(self._said, self._said.setText, text)
        left_out = self._left_out()
        self._note.setVisible(left_out is not None)
        bind(self._note, self._note.setText, left_out or "")
        beyond = Message(NN_("Add {n} new record", "Add {n} new records"), n=plan.beyond)
        bind(self.add_box, self.add_box.setText, beyond)
        self.add_box.setVisible(plan.beyond > 0 and not self._paste.place.fixed)
        bind(self.go, self.go.setText, Message(NN_("Paste {n} cell", "Paste {n} cells"), n=n))
        self.go.setEnabled(bool(n) and not self._context.work.read_only)

    def _left_out(self) -> Message | None:
        """Say which columns of the block have no place in the list."""
        paste = self._paste
        if paste.titles:
            pairs = zip(paste.rows[0], paste.titles, strict=True)
            names = [title for title, name in pairs if title.strip() and not name]
            said = Message("No column of this list is called {names}: left out.", names=names)
            return said if names else None
        n = max(map(len, paste.rows)) - len(self._place().columns)
        if n <= 0:
            return None
        text = NN_(
            "The last column of the block has no place in the list and is left out.",
            "The last {n} columns of the block have no place in the list and are left out.",
        )
        return Message(text, n=n)

    def _on_go(self) -> None:
        if self._plan is None:
            return
        self.go.setEnabled(False)
        self._bar.show()
        job = partial(_apply, self._context.work, self._plan)
        run, title = self._context.tasks.run, Message("Changing records")
        self._job = run(self, job, self._on_done, self._on_failed, title)
        self._job.progress.connect(self._on_progress)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_done(self, _step: int) -> None:
        self._job = None
        assert self._plan is not None, "only a plan is written"
        n = len(self._plan.changes) + len(self._plan.new)
        text = NN_("Pasted into {n} record", "Pasted into {n} records")
        self._context.say(Message(text, n=n), undo=True)
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        if isinstance(error, Cancelled):
            return
        self._job = None
        self._bar.hide()
        self._context.languages.bind(self._trouble, self._trouble.setText, error.message)
        self._trouble.show()

    def _record(self, one: Cell, lang: Language) -> Said:
        called = lang.say(N_("New record")) if one.new else one.called or "—"
        return Said(called, lang.say(Message("row {n} of the block", n=one.row + 1)))

    def _before(self, one: Cell, lang: Language) -> Said:
        return Said("" if one.new else self._shown(one, one.before, lang) or "—")

    def _after(self, one: Cell, lang: Language) -> Said:
        if one.problem:
            return Said(one.text or "—", lang.say(one.problem), ink="bad")
        doubt = lang.say(one.doubt) if one.doubt else ""
        return Said(self._shown(one, one.after, lang) or "—", doubt, ink="warn")

    def _shown(self, one: Cell, value: object, lang: Language) -> str:
        """Return a value as the list shows it."""
        if self._plan is None or value in (None, ""):
            return ""
        field = self._plan.fields.get(one.name)
        if field is None:
            return ""
        if field.kind is Kind.REF:
            return self._plan.names.get(str(value), "")
        return field_text(field, value, lang)

    def _stand(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._trouble.hide()
        self.add_box.hide()
        self.start.addItems([""] * len(self._paste.columns))
        self.start.setCurrentIndex(self._paste.start)
        asked = QHBoxLayout()
        asked.setSpacing(12)
        for part in (self._label, self.start, self.clear_box, self.add_box):
            asked.addWidget(part)
        asked.addStretch(1)
        for part in (self._label, self.start):
            part.setVisible(not self._paste.titles)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.addWidget(self.table)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(asked)
        column.addWidget(self._said)
        column.addWidget(self._note)
        column.addWidget(card, 1)
        column.addWidget(self._bar)
        column.addWidget(self._trouble)
        column.addLayout(foot)

    def _speak(self) -> None:
        bind, say = self._context.languages.bind, self._context.languages.say
        title = Message("Paste into: {kind}", kind=Message(BY_KIND[self._paste.place.kind].PLURAL))
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        bind(self._label, self._label.setText, N_("First column"))
        bind(self.start, self.start.setAccessibleName, N_("First column"))
        bind(self.clear_box, self.clear_box.setText, N_("Blank cells empty fields"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
        bind(self.table, self.table.setAccessibleName, N_("What would change"))
        for place, one in enumerate(self._paste.columns):
            self.start.setItemText(place, say(one.label))


def _column(one: Cell, lang: Language) -> Said:
    return Said(lang.say(one.label))


def _plan(
    work: Work, given: tuple[Place, Sequence[Sequence[str]], Wish], progress: Progress
) -> Plan:
    place, rows, wish = given
    return pasting.plan(work, place, rows, wish, progress)


def _apply(work: Work, plan: Plan, progress: Progress) -> int:
    return pasting.apply(work, plan, progress)
