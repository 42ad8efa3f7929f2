"""工作台, the first page: what needs attention, this week, what changed."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import today
from xqhz_desktop.services.drafts import REASON, Left
from xqhz_desktop.services.today import Today
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.pages.findings_news import NewsLine
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.changes import Changes
from xqhz_desktop.ui.widgets.draft_bar import DraftBar
from xqhz_desktop.ui.widgets.figure import LOOKS, FigureCard
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.starts import Starts
from xqhz_desktop.ui.widgets.sync_bar import SyncBar
from xqhz_desktop.ui.widgets.week import Week, weekday

_COLUMNS = 3
_SIDE, _SIDE_NARROW = 320, 260
_LOW, _NARROW, _TWO = 780, 1180, 1080
"""Sizes of the page below which lines fold, the side narrows, and two cards stand in a row."""


class TodayPage(QWidget):
    """Nine figures that open their lists, the week, and the latest changes."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; the figures fill when they have been counted."""
        super().__init__()
        self._context = context
        self._on = date.today()
        self._head = Head()
        self._add = Button("plus", "primary")
        self.drafts = DraftBar(context)
        self._week = Week(context.languages)
        self.cards = {name: FigureCard(context.languages, name) for name in LOOKS}
        self._changes = Changes(context.languages)
        self._starts = Starts(context.languages)
        self._figures = QWidget()
        self._stand()
        self._say()
        self._connect()

    def refresh(self) -> None:
        """Count everything anew, elsewhere."""
        self._on = date.today()
        self.drafts.load()
        self._context.tasks.run(self, self._look, self._show, self._on_failed)

    def add(self) -> None:
        """Begin a new placement batch, the start of every placing."""
        self._context.navigate("allocation", command="add")

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self._figures, self._changes]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what can be folded in a low or narrow window."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._week.fold(low)
        for card in self.cards.values():
            card.fold(low)
        narrow = self.width() < _NARROW
        self._changes.setFixedWidth(_SIDE_NARROW if narrow else _SIDE)
        self._arrange(_COLUMNS if self.width() >= _TWO else 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list of a card with 1–9."""
        number = event.key() - Qt.Key.Key_1
        cards = list(self.cards.values())
        if 0 <= number < len(cards) and not event.modifiers():
            cards[number].press()
            return
        super().keyPressEvent(event)

    def _stand(self) -> None:
        self._head.tools.addWidget(self._add)
        column = stand(self, self._head)
        inner = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        column.addWidget(scroll, 1)
        grid = QGridLayout(self._figures)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        self._grid = grid
        self._row = row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._figures, 1)
        row.addWidget(self._changes, 0, Qt.AlignmentFlag.AlignLeft)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addWidget(SyncBar(self._context))
        rows.addWidget(NewsLine(self._context))
        rows.addWidget(self.drafts)
        rows.addWidget(self._starts)
        rows.addWidget(self._week)
        rows.addLayout(row, 1)
        self._starts.hide()

    def _arrange(self, columns: int) -> None:
        """Put the cards into rows of so many."""
        if self._grid.property("columns") == columns:
            return
        self._grid.setProperty("columns", columns)
        for number, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, number // columns, number % columns)
        for number in range(_COLUMNS):
            self._grid.setColumnStretch(number, int(number < columns))

    def _say(self) -> None:
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Today"))
        bind(self._add, self._add.setText, N_("New batch"))
        self._say_line()

    def _say_line(self) -> None:
        line = self._head.line
        self._context.languages.bind(
            line,
            line.setText,
            Message(
                "{weekday}, {day} | {person}",
                weekday=Message(weekday(self._on)),
                day=self._on,
                person=self._context.work.actor.called,
            ),
        )

    def _connect(self) -> None:
        for card in self.cards.values():
            card.opened.connect(self._on_opened)
        self.drafts.wanted.connect(self._on_draft)
        self._changes.all_wanted.connect(partial(self._context.navigate, "history"))
        self._changes.step_wanted.connect(self._on_step)
        self._starts.chosen.connect(self._on_start)
        self._add.setEnabled(not self._context.work.read_only)
        self._add.clicked.connect(self.add)
        self._context.changed.connect(self._on_changed)

    def _look(self, _progress: Progress) -> Today:
        return today.look(self._context.work, self._on)

    def _show(self, found: Today) -> None:
        self._say_line()
        fresh = not found.students or not found.enterprises or not found.batches
        self._starts.setVisible(fresh)
        self._starts.show_done(
            student=bool(found.students),
            enterprise=bool(found.enterprises),
            placement_batch=bool(found.batches),
        )
        busy = bool(found.students or found.enterprises)
        self._figures.setVisible(busy)
        left, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
        self._row.setAlignment(self._changes, left if busy else left | top)
        self._week.show_days(found.week, self._on)
        for figure in found.figures:
            self.cards[figure.name].show_figure(figure)
        self._changes.show_steps(found.steps)

    def _on_failed(self, error: UserError) -> None:
        for card in self.cards.values():
            card.show_failure()
        self._context.complain(error)

    def _on_changed(self, _kinds: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew when the page comes back to the front."""
        super().showEvent(event)
        self.refresh()

    def _on_opened(self, page: str, query: Query | None) -> None:
        self._context.navigate(page, query)

    def _on_draft(self, one: Left) -> None:
        """Go to where the draft was typed; it is restored there."""
        kind = one.draft.kind
        if kind == REASON:  # it waits in the box below its position
            self._context.navigate("allocation")
        else:
            self._context.navigate(kind if kind in BY_NAME else "settings", None, one.draft.id)

    def _on_step(self, number: int) -> None:
        self._context.navigate("history", None, str(number))

    def _on_start(self, kind: str, importing: bool) -> None:
        self._context.navigate(kind, command="bring_in" if importing else "add")
