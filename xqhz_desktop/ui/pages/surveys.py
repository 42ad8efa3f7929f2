"""实习调查: paper sheets typed in row by row, and what they say of each enterprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from xqhz_desktop.domain.assessment import Asked
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import placing, surveying
from xqhz_desktop.services.surveying import Line, Result, SurveyEntry
from xqhz_desktop.services.text_entry import Place
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.unsaved import Unsaved
from xqhz_desktop.ui.models.surveys import RESULTS, SurveyModel
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.entry_grid import EntryGrid
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.searchbox import SearchBox
from xqhz_desktop.ui.widgets.segmented import Segmented
from xqhz_desktop.ui.widgets.told import ToldTable

_KINDS = {"placement_batch", "placement", "student", "enterprise", "survey"}
_RESULTS = "results"
_PARTS = (
    (Asked.STUDENT.name, N_("Students' sheets")),
    (Asked.ENTERPRISE.name, N_("Enterprises' sheets")),
    (_RESULTS, N_("Results")),
)


@dataclass(frozen=True)
class _Seen:
    batches: list[PlacementBatch]
    batch: PlacementBatch | None
    lines: list[Line]
    results: list[Result]


class SurveysPage(QWidget):
    """One batch: the sheets of its students, those of its enterprises, or the results."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; the sheets are read elsewhere."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.entry = SurveyEntry(())
        self._wanted, self._stale = "", True
        self._shown = ("", "")
        self._reading: Handle | None = None
        self._head, self.search_box = Head(), SearchBox()
        self.chooser, self.parts = QComboBox(), Segmented(context.languages, _PARTS)
        self.save_button = Button("save", "primary")
        locked = context.work.read_only
        self.model = SurveyModel(context.languages.language, self, locked=locked)
        self.grid = EntryGrid(self.model)
        self.table: ToldTable = ToldTable(RESULTS, context.languages)
        self.empty = Empty(context.languages, "list")
        self._stand()
        self._speak()
        self._connect()

    def refresh(self) -> None:
        """Read the sheets anew; what was typed stays."""
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        job = partial(_look, self._context.work, self._wanted, self.parts.value)
        self._reading = self._context.tasks.run(self, job, self._show, self._on_failed)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        self._leave(partial(self._go, id))

    def may_close(self) -> bool:
        """Tell whether nothing typed here would be lost; else ask."""
        if self.entry.texts:
            self._context.navigate("surveys")
        return self._leave(self._filter)

    def undo(self) -> bool:
        """Take back the last edit that is not saved."""
        if not self.entry.take_back():
            return False
        self._filter()
        return True

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Search for a sheet."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.parts, self.chooser, self.grid, self.table]

    def showEvent(self, event: object) -> None:
        """Read again what has changed while another page was in front."""
        if self._stale and event:
            self.refresh()

    def _show(self, seen: _Seen) -> None:
        self._reading = None
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for one in seen.batches:
                self.chooser.addItem(one.name, one.id)
            self.chooser.setCurrentIndex(self.chooser.findData(seen.batch.id if seen.batch else ""))
        self._wanted = seen.batch.id if seen.batch else ""
        shown = (self._wanted, self.parts.value)
        typed = dict(self.entry.texts) if shown == self._shown else {}
        self.entry, self._shown = SurveyEntry(seen.lines), shown
        self.entry.type(typed)
        self.table.show_rows(seen.results, 0)
        answered = sum(one.answered for one in seen.lines)
        line: Message | str = N_("Means of the students' marks, from 1 (bad) to 5 (good).")
        if self.parts.value != _RESULTS:
            text = NN_("{answered} of {n} sheet typed in", "{answered} of {n} sheets typed in")
            line = Message(text, answered=answered, n=len(seen.lines))
        self._languages.bind(self._head.line, self._head.line.setText, line)
        self._filter()
        self.grid.begin()

    def _filter(self, _value: object = None) -> None:
        """Show the sheets the words leave, and what was typed."""
        said, results = self.search_box.text().strip().lower(), self.parts.value == _RESULTS
        keys = [
            key
            for key, one in self.entry.lines.items()
            if any(said in text.lower() for text in (one.name, one.beside, one.enterprise))
        ]
        self.model.show(self.entry, keys)
        some = self.table.told.rows if results else self.entry.lines
        self._body.setCurrentWidget(self.table if results else self.grid)
        if not some:
            self._body.setCurrentWidget(self.empty)
            title = N_("No sheet is typed in yet") if results else N_("Nobody has a place here yet")
            self.empty.say(title, "", "", "list")
        n = len(self.entry.edits())
        text = Message(NN_("Save {n} sheet", "Save {n} sheets"), n=n) if n else N_("Save")
        self._languages.bind(self.save_button, self.save_button.setText, text)
        self.save_button.setVisible(not results)
        self.search_box.setVisible(not results)
        locked = self._context.work.read_only
        self.save_button.setEnabled(bool(self.entry.texts) and not locked)

    def _on_typed(self, cells: Mapping[Place, str]) -> None:
        if self.entry.type(cells):
            self._filter()

    def _on_save(self) -> None:
        if self.entry.texts and not self._context.work.read_only:
            self._save()

    def _save(self, then: Callable[[], object] | None = None) -> None:
        """Write what was typed as one step; a cell that holds no mark is gone to first."""
        if self.entry.wrong:
            self.search_box.clear()
            self._filter()
            self.grid.to_error()
            return
        edits = self.entry.edits()
        batch, asked = self._shown
        job = partial(_write, self._context.work, batch, Asked[asked], edits)
        done = partial(self._on_saved, len(edits), then)
        self._context.tasks.run(self, job, done, self._context.complain)

    def _on_saved(self, sheets: int, then: Callable[[], object] | None, _step: int) -> None:
        text = NN_("{n} sheet saved", "{n} sheets saved")
        self._context.say(Message(text, n=sheets), undo=True)
        self._drop(then or self.refresh)

    def _drop(self, then: Callable[[], object]) -> None:
        self.entry.clear()
        self._filter()
        then()

    def _leave(self, then: Callable[[], object]) -> bool:
        """Do `then` at once where nothing is unsaved and return True; else ask first."""
        n = len({key for key, _field in self.entry.texts})
        if not n:
            then()
            return True
        text = NN_("{n} sheet is not saved yet.", "{n} sheets are not saved yet.")
        dialog = Unsaved(self, self._languages, Message(text, n=n))
        dialog.saving.connect(partial(self._save, then))
        dialog.dropping.connect(partial(self._drop, then))
        dialog.open()
        return False

    def _go(self, id: str) -> None:
        self._wanted = id
        self.refresh()

    def _on_chosen(self, place: int) -> None:
        if not self._leave(partial(self._go, str(self.chooser.itemData(place)))):
            with QSignalBlocker(self.chooser):  # until the question is answered
                self.chooser.setCurrentIndex(self.chooser.findData(self._wanted))

    def _on_part(self, part: str) -> None:
        if not self._leave(self.refresh):
            self.parts.choose(self._shown[1] or part)

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            self._reading = None
            self._context.complain(error)

    def _on_opened(self) -> None:
        for one in self.table.chosen():
            self._context.navigate("enterprise", record=one.enterprise)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _on_language(self) -> None:
        self.model.speak(self._languages.language)

    def _stand(self) -> None:
        self._head.tools.addWidget(self.chooser)
        self._head.tools.addWidget(self.save_button)
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(300)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.parts)
        row.addWidget(self.search_box)
        row.addStretch(1)
        self.search_box.setMinimumWidth(220)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        self._body = QStackedWidget()
        for part in (self.grid, self.table, self.empty):
            self._body.addWidget(part)
        card.body.addWidget(self._body)
        column = stand(self, self._head)
        column.addLayout(row)
        column.addWidget(card, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Surveys"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))
        bind(self.search_box, self.search_box.name, N_("Search name, number or class"))
        bind(self.grid, self.grid.setAccessibleName, N_("Marks"))
        bind(self.table, self.table.setAccessibleName, N_("Results"))

    def _connect(self) -> None:
        self.chooser.activated.connect(self._on_chosen)
        self.parts.chosen.connect(self._on_part)
        self.search_box.asked.connect(self._filter)
        self.search_box.left_down.connect(self.grid.setFocus)
        self.grid.typed.connect(self._on_typed)
        self.table.opened.connect(self._on_opened)
        self.save_button.clicked.connect(self._on_save)
        self._context.changed.connect(self._on_changed)
        self._languages.changed.connect(self._on_language)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_save)


def _look(work: Work, wanted: str, part: str, _progress: Progress) -> _Seen:
    batches = placing.batches(work)
    batch = next((one for one in batches if one.id == wanted), next(iter(batches), None))
    if batch is None:
        return _Seen([], None, [], [])
    if part == _RESULTS:
        return _Seen(batches, batch, [], surveying.results(work, batch.id))
    return _Seen(batches, batch, surveying.lines(work, batch.id, Asked[part]), [])


def _write(
    work: Work, batch: str, asked: Asked, edits: Mapping[str, Mapping[str, Any]], _p: Progress
) -> int:
    return surveying.save(work, batch, asked, edits)
