"""实习考核: the scores of a batch in one grid, its totals and grades as they come out."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import assessing
from xqhz_desktop.services.text_entry import Place
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.exporting import ExportDialog
from xqhz_desktop.ui.models.scoring import ScoringModel, falls_under, narrowings
from xqhz_desktop.ui.pages import assessment_jobs as jobs
from xqhz_desktop.ui.pages.assessment_jobs import Seen
from xqhz_desktop.ui.pages.assessment_work import ScoreWork
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.chips import Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.entry_grid import EntryGrid
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.scoring_foot import ScoringFoot
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_KINDS = {"placement_batch", "batch_class", "placement", "student", "score", "non_participant"}
_EXPORTED = (
    "student.student_no", "student.school_class", "placement.enterprise", "usual", "school",
    "enterprise", "final", "total", "grade", "sitting",
)  # fmt: skip
"""What a grade file has where no layout is chosen."""


class AssessmentPage(QWidget):
    """One batch at a time; what is typed stays here until it is saved as one step."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; the batch is read elsewhere."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._wanted, self._stale = "", True
        self._reading: Handle | None = None
        self._head, self.chips = Head(), Chips(context.languages)
        self.chooser, self.classes, self.search_box = QComboBox(), QComboBox(), SearchBox()
        self.save_button, self.export = Button("save", "primary"), Button("download")
        self.paste_button, self.fill_button = Button("table-2"), Button("pencil")
        self.surveys = Button("list")
        locked = context.work.read_only
        self.model = ScoringModel(context.languages.language, self, locked=locked)
        self.grid, self.empty = EntryGrid(self.model), Empty(context.languages, "star")
        self.foot = ScoringFoot(context.languages, locked=locked)
        self.work = ScoreWork(context, self)
        self._stand()
        self._speak()
        self._connect()

    def refresh(self) -> None:
        """Read the batch anew; what was typed stays."""
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        job = partial(jobs.look, self._context.work, self._wanted)
        self._reading = self._context.tasks.run(self, job, self._show, self._on_failed)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        self.work.leave(partial(self._go, id))

    def may_close(self) -> bool:
        """Tell whether nothing typed here would be lost; else ask."""
        if self.work.unsaved:
            self._context.navigate("assessment")
        return self.work.leave(self._filter)

    def undo(self) -> bool:
        """Take back the last edit that is not saved."""
        return self.work.take_back()

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Search for a student."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_box.selectAll()

    def take_out(self) -> None:
        """Write the grade file of the students in view."""
        job = partial(jobs.allowed, self._context.work)
        self._context.tasks.run(self, job, self._on_allowed, self._context.complain)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.chooser, self.search_box, self.grid]

    def showEvent(self, event: object) -> None:
        """Read again what has changed while another page was in front."""
        if self._stale and event:
            self.refresh()

    def _show(self, seen: Seen) -> None:
        self._reading = None
        sheet = seen.sheet
        self._offer(seen)
        if sheet is None or not sheet.lines:
            self._body.setCurrentIndex(1)
            title = N_("Nobody to assess in this batch") if sheet else N_("No placement batch yet")
            hint = N_("Students are assessed once they have a place in the batch.")
            self.empty.say(title, hint, N_("Allocation"), "star")
        else:
            self._body.setCurrentIndex(0)
        if sheet is None:
            return
        self.work.show(sheet, seen.left)
        self._wanted = sheet.batch.id
        line = assessing.weights_said(sheet.batch)
        self._languages.bind(self._head.line, self._head.line.setText, line)
        self._on_typed()
        self.grid.begin()

    def _offer(self, seen: Seen) -> None:
        """Offer the batches, and the classes of the one shown."""
        chosen = self.classes.currentData() or ""
        with QSignalBlocker(self.chooser), QSignalBlocker(self.classes):
            self.chooser.clear()
            self.classes.clear()
            for batch in seen.batches:
                self.chooser.addItem(batch.name, batch.id)
            self.classes.addItem(self._languages.say(N_("All classes")), "")
            lines = seen.sheet.lines if seen.sheet else ()
            for id, name in dict.fromkeys((one.class_id, one.class_name) for one in lines):
                self.classes.addItem(name or "—", id)
            self.classes.setCurrentIndex(max(self.classes.findData(chosen), 0))
            if seen.sheet:
                self.chooser.setCurrentIndex(self.chooser.findData(seen.sheet.batch.id))

    def _on_typed(self) -> None:
        """Show what was typed: counts, marks, sums."""
        self._filter()
        n = self.work.unsaved
        text = Message(NN_("Save {n} student", "Save {n} students"), n=n) if n else N_("Save")
        self._languages.bind(self.save_button, self.save_button.setText, text)
        self.save_button.setEnabled(bool(n) and not self._context.work.read_only)

    def _filter(self, _value: object = None) -> None:
        """Show the students that class, chip and words leave."""
        entry = self.work.entry
        if entry is None:
            return
        sheet, school_class = entry.sheet, self.classes.currentData() or ""
        said = self.search_box.text().strip().lower()
        some = [
            entry.line(one.placement)
            for one in sheet.lines
            if school_class in ("", one.class_id)
            and (said in one.name.lower() or said in one.student_no.lower())
        ]
        self.chips.show_chips(len(some), narrowings(some))
        value = self.chips.value
        shown = [one for one in some if value is None or falls_under(one, value)]
        placements = [one.placement for one in shown]
        self.model.show(entry, placements)
        self.foot.show_lines(entry, some)

    def _on_again(self) -> None:
        if self.work.entry is not None:
            job = partial(jobs.compute, self._context.work, self.work.entry.sheet.batch)
            self._context.tasks.run(self, job, None, self._context.complain)

    def _on_allowed(self, _nothing: Any) -> None:
        if self.model.keys:
            where = (Where("placement", "in", self.model.keys),)
            ExportDialog(self, self._context, Query("score", where=where), _EXPORTED).open()

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            self._reading, self._stale = None, True
            self._body.setCurrentIndex(1)
            title = N_("The batch could not be read")
            self.empty.say(title, error.message, N_("Try again"), "triangle-alert")

    def _on_empty(self) -> None:
        if self._stale:  # it could not be read
            self.refresh()
        else:
            self._context.navigate("allocation")

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _go(self, id: str) -> None:
        self._wanted = id
        self.refresh()

    def _on_chosen(self, place: int) -> None:
        wanted = str(self.chooser.itemData(place))
        if not self.work.leave(partial(self._go, wanted)):
            with QSignalBlocker(self.chooser):  # until the question is answered
                self.chooser.setCurrentIndex(self.chooser.findData(self._wanted))

    def _on_save(self) -> None:
        """Write what was typed; a cell that holds no score is gone to first."""
        if not self.work.save():
            self.chips.choose(None)
            self._filter()
            self.grid.to_error()

    def _on_paste(self) -> None:
        self.work.paste(self.model.keys, self._cursor())

    def _on_surveys(self) -> None:
        self._context.navigate("surveys", record=self._wanted)

    def _cursor(self) -> Place:
        index = self.grid.currentIndex()
        return self.model.place(index) if index.isValid() else ("", "")

    def _on_fill(self) -> None:
        self.work.fill(self.model.keys, self._cursor()[1])

    def _on_language(self) -> None:
        self.model.speak(self._languages.language)
        self.classes.setItemText(0, self._languages.say(N_("All classes")))

    def _stand(self) -> None:
        for tool in (self.chooser, self.classes, self.export, self.save_button):
            self._head.tools.addWidget(tool)
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(300)
        for one in (self.chooser, self.classes):
            one.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        column = stand(self, self._head)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.search_box.setMinimumWidth(180)
        self.search_box.setMaximumWidth(260)
        row.addWidget(self.search_box, 2)
        row.addWidget(self.chips, 5)
        for tool in (self.surveys, self.fill_button, self.paste_button):
            row.addWidget(tool)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        self._body = QStackedWidget()
        self._body.addWidget(self.grid)
        self._body.addWidget(self.empty)
        card.body.addWidget(self._body)
        column.addLayout(row)
        column.addWidget(card, 1)
        column.addWidget(self.foot)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Scores and grades"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))
        bind(self.classes, self.classes.setAccessibleName, N_("Class"))
        bind(self.search_box, self.search_box.name, N_("Search name or number"))
        bind(self.save_button, self.save_button.setText, N_("Save"))
        bind(self.export, self.export.setText, N_("Grade file"))
        bind(self.surveys, self.surveys.setText, N_("Surveys"))
        bind(self.fill_button, self.fill_button.setText, N_("Fill a column"))
        bind(self.paste_button, self.paste_button.setText, N_("Paste"))
        bind(self.grid, self.grid.setAccessibleName, N_("Scores"))

    def _connect(self) -> None:
        locked = self._context.work.read_only
        for part in (self.save_button, self.fill_button, self.paste_button):
            part.setEnabled(not locked)
        self.chooser.activated.connect(self._on_chosen)
        self.classes.activated.connect(self._filter)
        self.chips.chosen.connect(self._filter)
        self.search_box.asked.connect(self._filter)
        self.search_box.left_down.connect(self.grid.setFocus)
        self.grid.typed.connect(self.work.type)
        self.grid.paste_wanted.connect(self._on_paste)
        self.grid.opened.connect(partial(self._context.navigate, "placement", None))
        self.work.changed.connect(self._on_typed)
        self.work.saved.connect(self.refresh)
        self.save_button.clicked.connect(self._on_save)
        self.export.clicked.connect(self.take_out)
        self.surveys.clicked.connect(self._on_surveys)
        self.fill_button.clicked.connect(self._on_fill)
        self.paste_button.clicked.connect(self._on_paste)
        self.foot.compute_wanted.connect(self._on_again)
        self.empty.pressed.connect(self._on_empty)
        self._context.changed.connect(self._on_changed)
        self._languages.changed.connect(self._on_language)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_save)
