"""批量修改: one value for many records, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import bulk
from xqhz_desktop.services.bulk import Done, Line, Preview
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.columns import field_text
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, clear, words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.field import FormField
from xqhz_desktop.ui.widgets.told import ToldTable

_CALM = 300
"""Milliseconds without typing before the preview is worked out."""


class BulkDialog(QDialog):
    """Which records, which field, which value; then before and after of each."""

    def __init__(
        self, parent: QWidget, context: Context, query: Query, rowids: Sequence[int], total: int
    ) -> None:
        """Offer the selected rows, or all `total` records the query finds."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._query, self._rowids = context, query, tuple(rowids)
        self._total = total
        self._entity = BY_KIND[query.kind]
        keys = {key[0] for key in self._entity.KEYS if len(key) == 1}
        with context.work.store.read() as reader:
            known = reader.fields(query.kind)
        self._described = [field for name, field in known.items() if name not in keys]
        self._tools = Tools(context.languages, Search(context.work.store, self))
        self._plan: Preview | None = None
        self._job: Handle | None = None
        self._writing = False
        self.selected, self.all = QRadioButton(), QRadioButton()
        self.fields, self.clear_box = QComboBox(), QCheckBox()
        self.field: FormField
        columns = (Told(N_("Record"), _name, 260), Told(N_("Before"), self._before, 200))
        after = Told(N_("Afterwards"), self._after, 320)
        self.table = ToldTable((*columns, after), context.languages)
        self.go, self.cancel, self._bar = Button("check", "primary"), Button(), QProgressBar()
        self._title, self._label = words("heading"), words("label")
        self._said, self._trouble = words("section", wrap=True), words("error", wrap=True)
        self._timer = QTimer(self, singleShot=True, interval=_CALM)
        self._stand()
        self._speak()
        self._connect()
        self._on_field()
        room = parent.window().size()
        self.resize(min(860, room.width() - 80), min(640, room.height() - 80))

    def reject(self) -> None:
        """Stop what is under way and close; what was not finished leaves no trace."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def look(self) -> None:
        """Work out what would change, unless there is no value yet."""
        self._timer.stop()
        self._drop_plan()
        given = self._given()
        if given is None:
            return
        which = self._query if self.all.isChecked() else self._rowids
        job = partial(_preview, self._context.work, self._query.kind, which, given)
        self._job = self._context.tasks.run(self, job, self._show, self._on_failed)

    def _given(self) -> dict[str, Any] | None:
        """Return the field and its new value; None while nothing was entered."""
        name = self.field.field.name
        if self.clear_box.isChecked():
            return {name: self.field.field.empty}
        value, problem = self.field.read()
        self.field.tell(problem, None, dirty=False)
        empty = (
            value in (None, "", self.field.field.empty) and self.field.field.kind is not Kind.FLAG
        )
        return None if problem or empty else {name: value}

    def _show(self, plan: Preview) -> None:
        self._job, self._plan = None, plan
        rest = [line for line in plan.lines if not line.changes and not line.problem]
        self.table.show_rows([*plan.refused, *plan.changing, *rest])
        n = len(plan.changing)
        text = Message(
            "{changing} to be changed, {same} have this already, {refused} stay as they are "
            "because of a problem.",
            changing=n,
            same=plan.same,
            refused=len(plan.refused),
        )
        bind = self._context.languages.bind
        bind(self._said, self._said.setText, text)
        change = Message(NN_("Change {n} record", "Change {n} records"), n=n)
        bind(self.go, self.go.setText, change)
        self.go.setEnabled(bool(n) and not self._context.work.read_only)

    def _drop_plan(self) -> None:
        """Forget a preview that does not fit any more."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._plan = None, None
        self._trouble.hide()
        self.table.show_rows([])
        self.go.setEnabled(False)
        bind = self._context.languages.bind
        bind(self._said, self._said.setText, N_("Enter the new value: every change is shown here."))

    def _on_go(self) -> None:
        if self._plan is None:
            return
        self._writing = True
        self.go.setEnabled(False)
        self._bar.show()
        job = partial(_apply, self._context.work, self._plan)
        title = Message("Changing records")
        run = self._context.tasks.run
        self._job = run(self, job, self._on_done, self._on_failed, title)
        self._job.progress.connect(self._on_progress)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_done(self, done: Done) -> None:
        self._job = None
        text = NN_("{n} record changed", "{n} records changed")
        self._context.say(Message(text, n=done.changed), undo=True)
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        if isinstance(error, Cancelled):
            return
        self._job = None
        self._bar.hide()
        self._context.languages.bind(self._trouble, self._trouble.setText, error.message)
        self._trouble.show()

    def _on_field(self, _place: int = 0) -> None:
        """Offer the editor of the chosen field."""
        clear(self._value)
        described = self._described[max(self.fields.currentIndex(), 0)]
        self.field = FormField(described, self._tools, self._entity.KIND)
        self.field.editor.load(described.empty)
        self.field.changed.connect(self._on_value)
        self._value.addWidget(self.field)
        self.clear_box.setChecked(False)
        self.clear_box.setVisible(not described.required and described.kind is not Kind.FLAG)
        self._drop_plan()

    def _on_value(self, _name: str = "") -> None:
        self.clear_box.setChecked(False)
        self._timer.start()

    def _on_clear(self, on: bool) -> None:
        self.field.editor.lock(on)
        self.look()

    def _before(self, one: Line, lang: Language) -> Said:
        return Said(self._shown(one.before, lang) or "—")

    def _after(self, one: Line, lang: Language) -> Said:
        if one.problem:
            return Said(lang.say(N_("stays as it is")), lang.say(one.problem), ink="bad")
        if not one.changes:
            return Said(lang.say(N_("unchanged")))
        return Said(self._shown(one.after, lang) or "—")

    def _shown(self, record: Any, lang: Language) -> str:
        field = self.field.field
        value = record.value(field)
        if field.kind is Kind.REF:
            return self._plan.names.get(value, "") if self._plan else ""
        return field_text(field, value, lang)

    def _stand(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        which, choice = QHBoxLayout(), QHBoxLayout()
        for one in (self.selected, self.all):
            which.addWidget(one)
        which.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._label)
        left.addWidget(self.fields)
        left.addWidget(self.clear_box)
        left.addStretch(1)
        self._value = QVBoxLayout()
        choice.setSpacing(16)
        choice.addLayout(left, 2)
        choice.addLayout(self._value, 3)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column.addWidget(self._title)
        column.addLayout(which)
        column.addLayout(choice)
        column.addWidget(card, 1)
        for part in (self._bar, self._trouble):
            column.addWidget(part)
            part.hide()
        column.addLayout(foot)
        self._bar.setTextVisible(False)

    def _speak(self) -> None:
        bind, entity = self._context.languages.bind, self._entity
        title = Message("Change many: {kind}", kind=Message(entity.PLURAL))
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        text = Message(NN_("The selected one", "The {n} selected"), n=len(self._rowids))
        bind(self.selected, self.selected.setText, text)
        bind(self.all, self.all.setText, Message("All {n} the list shows now", n=self._total))
        (self.selected if self._rowids else self.all).setChecked(True)
        self.selected.setEnabled(bool(self._rowids))
        bind(self._label, self._label.setText, N_("Field to change"))
        bind(self.fields, self.fields.setAccessibleName, N_("Field to change"))
        bind(self.clear_box, self.clear_box.setText, N_("Empty this field"))
        bind(self.table, self.table.setAccessibleName, N_("Before and afterwards"))
        bind(self.go, self.go.setText, N_("Change"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
        say = self._context.languages.say
        self.fields.addItems([say(one.label) for one in self._described])

    def _connect(self) -> None:
        self.fields.currentIndexChanged.connect(self._on_field)
        self.clear_box.toggled.connect(self._on_clear)
        self.all.toggled.connect(self._timer.start)
        self._timer.timeout.connect(self.look)
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)


def _name(one: Line, _lang: Language) -> Said:
    return Said(one.before.called)


def _preview(
    work: Work,
    kind: str,
    which: Query | Sequence[int],
    values: dict[str, Any],
    progress: Progress,
) -> Preview:
    if isinstance(which, Query):
        return bulk.preview(work, kind, which, values, progress)
    with work.store.read() as reader:
        rows = queries.rows(reader, kind, which)
    ids = [row.record.id for row in rows if row is not None]
    return bulk.preview(work, kind, ids, values, progress)


def _apply(work: Work, plan: Preview, progress: Progress) -> Done:
    return bulk.apply(work, plan, progress)
