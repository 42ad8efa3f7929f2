"""A placement batch: its name, dates and note, and the classes that take part."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import batches, own_fields
from xqhz_desktop.services.batches import Member
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.models.people import PeopleModel, Person
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import line, words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.form import RecordForm
from xqhz_desktop.ui.widgets.people import PeopleList
from xqhz_desktop.ui.widgets.people_head import PeopleHead
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_SIZE = (820, 640)
_FORM = 360
_SECTIONS = (
    (
        N_("Batch"),
        ("name", "type", ("start_date", "end_date"), ("school_year", "term"), "note"),
    ),
)


class BatchDialog(QDialog):
    """Edits a batch, or makes one; everything is saved as one step."""

    saved = Signal(str)
    """The id of the batch."""

    def __init__(
        self, parent: QWidget, context: Context, batch: PlacementBatch | None = None
    ) -> None:
        """Make the dialog; the classes come as soon as they have been read."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._context, self._new = context, batch is None
        self._batch = batch or batches.fresh(date.today())
        self._search = Search(context.work.store, self)
        tools = Tools(context.languages, self._search)
        own = own_fields.of(context.work, PlacementBatch.KIND)
        self.form = RecordForm(PlacementBatch, _SECTIONS, tools, own)
        self._drafting = Drafting(context, self.form, lambda: batch is None)
        self.model = PeopleModel(self)
        self.list = PeopleList(self.model, context.languages)
        self.search_box = SearchBox()
        self.problem = words("error", wrap=True)
        self.save_button, self.cancel_button = Button(kind="primary"), Button()
        self._title, self._count = words("heading"), words("label")
        self._classes = words("section")
        self._head = PeopleHead(context.languages, self.list)
        self._stand()
        self._say()
        self._connect()
        self.form.show_record(self._batch, {})
        context.tasks.run(self, self._members, self._show, self._on_failed)

    def done(self, result: int) -> None:
        """End the search thread with the dialog; what was typed is saved, or dropped."""
        self._drafting.release()
        self._search.close()
        super().done(result)

    def save(self) -> None:
        """Save the batch and its classes, and close; say what is wrong otherwise."""
        self.problem.hide()
        if not self.form.insist():
            return
        record = self.form.now
        assert isinstance(record, PlacementBatch)
        classes = frozenset(one.id for one in self.model.chosen())
        self.save_button.setEnabled(False)
        job = partial(_save, self._context.work, record, classes)
        self._context.tasks.run(self, job, self._on_saved, self._on_failed)

    def _stand(self) -> None:
        self.list.draggable = False
        self.list.rows_painter.tags = self.list.rows_painter.grip = False
        self.form.setFixedWidth(_FORM)
        classes = QVBoxLayout()
        classes.setContentsMargins(16, 16, 20, 0)
        classes.setSpacing(8)
        heading = QHBoxLayout()
        heading.addWidget(self._classes)
        heading.addStretch(1)
        heading.addWidget(self._count)
        classes.addLayout(heading)
        classes.addWidget(self.search_box)
        classes.addWidget(self._head)
        classes.addWidget(self.list, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.form)
        middle.addWidget(line("v"))
        middle.addLayout(classes, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.setSpacing(8)
        foot.addWidget(self.problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        self.problem.hide()
        self._title.setContentsMargins(20, 18, 20, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(line())
        column.addLayout(middle, 1)
        column.addWidget(line())
        column.addLayout(foot)

    def _say(self) -> None:
        bind = self._context.languages.bind
        title = N_("New batch") if self._new else N_("Edit batch")
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        bind(self._classes, self._classes.setText, N_("Classes that take part"))
        bind(self.list, self.list.setAccessibleName, N_("Classes that take part"))
        bind(self.search_box, self.search_box.name, N_("Class name or pinyin"))
        bind(self.save_button, self.save_button.setText, N_("Save"))
        bind(self.cancel_button, self.cancel_button.setText, N_("Cancel"))
        self._head.show_titles(N_("Class"), "", N_("Enrolled in"))

    def _connect(self) -> None:
        self.search_box.asked.connect(self._on_asked)
        self.search_box.left_down.connect(self.list.setFocus)
        self.list.typed.connect(self.search_box.type)
        self._head.toggled.connect(self._on_all)
        self.model.picked.connect(self._on_picked)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)

    def _members(self, _progress: Progress) -> list[Member]:
        return batches.members(self._context.work, self._batch.id)

    def _show(self, members: list[Member]) -> None:
        self.model.fill(map(_line, members))
        self.model.show_some(self.model.everyone)
        self.model.choose(one.id for one in members if one.chosen)
        self._on_picked()
        self.form.start()

    def _on_asked(self, text: str) -> None:
        if text:
            self._search.ask("classes", partial(_found, text), self._on_found)
        else:
            self._search.forget("classes")
            self._on_found(None)

    def _on_found(self, ids: frozenset[str] | None) -> None:
        every = self.model.everyone
        self.model.show_some([one for one in every if ids is None or one.id in ids])
        self._on_picked()

    def _on_all(self, on: bool) -> None:
        self.model.pick(range(self.model.rowCount()), on)
        self._on_picked()  # the box has moved on by itself

    def _on_picked(self) -> None:
        self._head.show_state(self.model.state(), self.model.rowCount())
        count = Message(NN_("{n} class", "{n} classes"), n=len(self.model.chosen()))
        self._context.languages.bind(self._count, self._count.setText, count)

    def _on_saved(self, _step: int) -> None:
        self.saved.emit(self._batch.id)
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, InvalidRecord):
            self.form.insist()
        self.problem.show()
        self._context.languages.bind(self.problem, self.problem.setText, error.message)


def _line(one: Member) -> Person:
    students = Message(NN_("{n} student", "{n} students"), n=one.students)
    placed = Message("{students}, {n} placed", students=students, n=one.placed)
    shown = placed if one.placed else students
    return Person(one.id, "", one.name, shown, None, str(one.cohort or ""), "", one.id)


def _found(text: str, reader: Reader) -> frozenset[str]:
    found = queries.found(reader, queries.Query("school_class", text))
    rows = queries.rows(reader, "school_class", found.rows)
    return frozenset(row.record.id for row in rows if row)


def _save(work: Work, batch: PlacementBatch, classes: frozenset[str], _progress: Progress) -> int:
    return batches.save(work, batch, classes)
