"""统计报表: choose a report, answer its questions, and see the very paper that will be printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_
from xqhz_desktop.reports import REPORTS
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.language import Text
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.pages import report_habits
from xqhz_desktop.ui.pages.report_drawing import (
    Drawn,
    batch_questions,
    draw,
    first_answers,
    sheet,
)
from xqhz_desktop.ui.pages.report_outlet import Outlet
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.catalogue import Catalogue
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.pages import Fit
from xqhz_desktop.ui.widgets.preview import Preview
from xqhz_desktop.ui.widgets.questions import Questions, Wanted

_CATALOGUE, _FORM = 220, 276
_NARROW = 1000
"""Below this width the catalogue folds into a drop-down."""
_SMALLEST = (740, 480)
_PAUSE = 200
"""Milliseconds without a change before the paper is drawn again."""


class ReportsPage(QWidget):
    """Catalogue, questions and preview; the preview is the file that is saved and printed."""

    def __init__(self, context: Context) -> None:
        """Show the frame; the first paper is drawn when the page comes into view."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._habits = report_habits.load()
        self._report = REPORTS[0]
        self._first: Wanted | None = None
        self._drawing: Handle | None = None
        self._number = 0
        self._way_out: Callable[[], object] = self.refresh
        self._full = self._stale = False
        self.drawn: Drawn | None = None
        self._head = Head()
        self._save, self._print = Button("save"), Button("printer", "primary")
        self.pick = QComboBox()
        self.catalogue = Catalogue(context.languages, REPORTS)
        tools = Tools(context.languages, Search(context.work.store, self))
        self.questions = Questions(context.languages, tools)
        self.preview = Preview(context.languages)
        self.outlet = Outlet(context, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._stand()
        self._say()
        self._connect()
        self._keys()
        self.choose(self._habits.last)

    def choose(self, name: str) -> None:
        """Take a report in hand, with the answers it begins with."""
        self._report = next((one for one in REPORTS if one.name == name), REPORTS[0])
        self.catalogue.show_current(self._report.name)
        self.pick.setCurrentIndex(REPORTS.index(self._report))
        job = partial(first_answers, self._context.work, self._report)
        self._context.tasks.run(self, job, self._on_answers, self._context.complain)

    def refresh(self) -> None:
        """Draw the paper again."""
        wanted = self.questions.read()
        if self._first is None or wanted is None:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        self._stale, self._number = False, self._number + 1
        self.preview.wait()
        job = partial(draw, self._context.work, self._report, wanted)
        done, failed = partial(self._on_drawn, self._number), partial(self._on_failed, self._number)
        self._drawing = self._context.tasks.run(self, job, done, failed)
        self._drawing.progress.connect(self.preview.show_progress)

    def save(self) -> None:
        """Save the paper in view as a PDF."""
        if self.drawn is not None:
            self._remember()
            self.outlet.save(self.drawn, self._habits.folder)

    def print_out(self) -> None:
        """Print the paper in view."""
        if self.drawn is not None and self.preview.paper is not None:
            self._remember()
            wanted = self.questions.read() or self.drawn.wanted
            drawn = replace(self.drawn, wanted=replace(self.drawn.wanted, copies=wanted.copies))
            self.outlet.print(drawn, self.preview.paper, self.preview.pages.front)

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Put the keyboard into the search box."""
        self.catalogue.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.catalogue.search.selectAll()

    def star(self, name: str = "") -> None:
        """Put a report, or the one in hand, among the favourites, or take it out."""
        self._habits = self._habits.toggled(name or self._report.name)
        report_habits.save(self._habits)
        self.catalogue.show_favourites(self._habits.favourites)

    def show_full(self) -> None:
        """Give the whole page to the preview, or no longer."""
        self._full = not self._full
        self._fold()

    @property
    def settled(self) -> bool:
        """Tell whether what is in view is what was asked for."""
        asked = self._drawing is not None or self._pause.isActive()
        return self._first is not None and not asked

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.catalogue, self.questions, self.preview]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the catalogue where room is short."""
        super().resizeEvent(event)
        self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw again what changed while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _stand(self) -> None:
        for part in (self.pick, self._save, self._print):
            self._head.tools.addWidget(part)
        self.catalogue.setFixedWidth(_CATALOGUE)
        self.questions.setFixedWidth(_FORM)
        self.catalogue.show_favourites(self._habits.favourites)
        self.pick.addItems([""] * len(REPORTS))
        self.setMinimumSize(*_SMALLEST)  # parts fold before that, which their layout cannot know
        column = stand(self, self._head)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.catalogue)
        row.addWidget(self.questions)
        row.addWidget(self.preview, 1)
        column.addLayout(row, 1)
        self._offer(possible=False)

    def _say(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Reports"))
        bind(self._head.line, self._head.line.setText, N_("What you see is what is printed"))
        bind(self._save, self._save.setText, N_("Save PDF"))
        bind(self._print, self._print.setText, N_("Print"))
        bind(self.pick, self.pick.setAccessibleName, N_("Report"))
        self._say_reports()

    def _say_reports(self) -> None:
        for place, one in enumerate(REPORTS):
            self.pick.setItemText(place, self._languages.say(one.title))

    def _connect(self) -> None:
        self._save.clicked.connect(self.save)
        self._print.clicked.connect(self.print_out)
        self.pick.activated.connect(self._on_pick)
        self.catalogue.chosen.connect(self.choose)
        self.catalogue.starred.connect(self.star)
        self.questions.changed.connect(self._pause.start)
        self.questions.restored.connect(self._on_restored)
        self.questions.kind_wanted.connect(self._context.navigate)
        self.preview.full_wanted.connect(self.show_full)
        self.preview.help_wanted.connect(self._on_help)
        self.outlet.saved.connect(self._on_saved)
        self._pause.timeout.connect(self.refresh)
        self._languages.changed.connect(self._say_reports)
        self._context.changed.connect(self._on_changed)

    def _keys(self) -> None:
        pages = self.preview.pages
        for keys, run in (
            ("Ctrl+S", self.save),
            ("Ctrl+D", self.star),
            ("F11", self.show_full),
            ("Ctrl++", partial(pages.step_zoom, 1)),
            ("Ctrl+=", partial(pages.step_zoom, 1)),
            ("Ctrl+-", partial(pages.step_zoom, -1)),
            ("Ctrl+0", partial(pages.show_fit, Fit.WIDTH)),
            ("PgUp", partial(pages.turn, -1)),
            ("PgDown", partial(pages.turn, 1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        leave = QShortcut(QKeySequence("Esc"), self.preview)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._on_escape)

    def _fold(self) -> None:
        narrow = self.width() < _NARROW
        self.catalogue.setVisible(not narrow and not self._full)
        self.pick.setVisible(narrow and not self._full)
        self.questions.setVisible(not self._full)
        self._head.setVisible(not self._full)

    def _offer(self, *, possible: bool) -> None:
        self._save.setEnabled(possible)
        self._print.setEnabled(possible)

    def _remember(self) -> None:
        wanted = self.questions.read()
        if wanted is not None:
            self._habits = self._habits.printed_as(self._report.name, wanted)
            report_habits.save(self._habits)

    def _on_escape(self) -> None:
        if self._full:
            self.show_full()

    def _on_pick(self, place: int) -> None:
        self.choose(REPORTS[place].name)

    def _on_answers(self, wanted: Wanted) -> None:
        self._first = wanted
        self.questions.ask(self._report, self._habits.dressed(self._report.name, wanted))
        self.refresh()

    def _on_restored(self) -> None:
        if self._first is not None:
            self.questions.ask(self._report, self._first)
            self.refresh()

    def _on_changed(self, _kinds: set[str]) -> None:
        self._stale = True
        if self.isVisible():
            self._pause.start()

    def _on_saved(self, folder: str) -> None:
        self._habits = replace(self._habits, folder=folder)
        report_habits.save(self._habits)

    def _on_drawn(self, number: int, drawn: Drawn) -> None:
        if number != self._number:
            return
        self._drawing = None
        paper = Paper(drawn.data)
        self.questions.show_sheet(sheet(paper))
        if not drawn.told:
            paper.close()
            self._explain_empty(drawn.wanted.answers)
            return
        self.drawn = drawn
        self._offer(possible=True)
        self.questions.show_count(drawn.sum, drawn.warning)
        self.preview.show_paper(paper)

    def _on_failed(self, number: int, error: UserError) -> None:
        if number == self._number and not isinstance(error, Cancelled):
            self._drawing = None
            way: tuple[str, Callable[[], object]] = (N_("Try again"), self.refresh)
            if error.code == "UNDECIDED":
                way = (N_("Settle the conflicts"), partial(self._context.navigate, "conflicts"))
            self._explain(error.message, *way)

    def _explain_empty(self, answers: Record) -> None:
        batch = next(iter(batch_questions(self._report)), "")
        first = self._first.answers if self._first else answers
        if batch and answers == first.but(**{batch: getattr(answers, batch)}):
            seek = partial(self.questions.seek, batch)
            self._explain(N_("This batch has no students yet"), N_("Choose another batch"), seek)
        else:
            title = N_("No student fits these answers")
            self._explain(title, N_("Restore defaults"), self._on_restored)

    def _explain(self, title: Text, button: Text, way_out: Callable[[], object]) -> None:
        self.drawn, self._way_out = None, way_out
        self._offer(possible=False)
        self.questions.show_count(None)
        self.preview.explain(title, button=button)

    def _on_help(self) -> None:
        self._way_out()
