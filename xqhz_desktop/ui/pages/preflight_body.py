"""The middle of the page 上岗前检查: filters, the matrix, its gaps; or why there is nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain.readiness import Item, State
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.preflight import Matrix, Row
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.matrix import GAPS, NAME, PEOPLE, item_of
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.matrix import MatrixTable
from xqhz_desktop.ui.widgets.matrix_foot import Gaps, Legend, Totals
from xqhz_desktop.ui.widgets.searchbox import SearchBox
from xqhz_desktop.ui.widgets.segmented import Segmented

HOSTS, INTERNS = "enterprise", "student"
"""The two sides of the matrix, by the kind that is searched."""
_WIDE, _PANEL = 1080, 214

Fits = Callable[[Row], bool]
_CHIPS: dict[str, tuple[str, Fits]] = {
    "gaps": (N_("With gaps"), lambda row: row.gaps > 0),
    "complete": (N_("Complete"), lambda row: row.gaps == 0),
    "away": (N_("Other province"), lambda row: row.away),
    "minor": (N_("Under age"), lambda row: row.minor),
}


class PreflightBody(QStackedWidget):
    """Filters and orders the rows of a matrix; it reads nothing itself."""

    counted = Signal(int)
    """Other rows are shown: how many."""

    def __init__(self, languages: Languages) -> None:
        """Make it without a matrix."""
        super().__init__()
        self.matrix: Matrix | None = None
        self._languages, self._order = languages, GAPS
        self._item: Item | None = None
        self._found: frozenset[str] | None = None
        sides = ((HOSTS, N_("By enterprise")), (INTERNS, N_("By student")))
        self.side = Segmented(languages, sides)
        self.chips, self.search_box = Chips(languages), SearchBox()
        self.table = MatrixTable(languages)
        self.totals, self.gaps = Totals(self.table, languages), Gaps(languages)
        self.empty = Empty(languages, "shield-check")
        self._stand()
        bind = languages.bind
        bind(self.search_box, self.search_box.name, N_("Search name, number or pinyin"))
        bind(self.table, self.table.setAccessibleName, N_("Before the start"))
        self.side.chosen.connect(self._on_side)
        self.chips.chosen.connect(self._filter)
        self.search_box.left_down.connect(self.table.setFocus)
        self.table.sorted_by.connect(self._on_order)
        self.gaps.chosen.connect(self._on_item)

    def show_matrix(self, matrix: Matrix | None) -> None:
        """Show a batch, or that there is none."""
        self.matrix = matrix
        if matrix is None:
            hint = N_("A batch says which classes go out together, and from when until when.")
            self._say_empty(N_("No placement batch yet"), hint)
            return
        if not matrix.hosts:
            hint = N_("Who has a place appears here with everything that is needed.")
            self._say_empty(N_("Nobody has a place in this batch yet"), hint)
            return
        self.setCurrentIndex(0)
        self.totals.show_totals(matrix.totals)
        self.gaps.show_matrix(matrix, self._item)
        self._filter()

    def fail(self, why: Message) -> None:
        """Say that the batch could not be read."""
        self.setCurrentIndex(1)
        title = N_("The batch could not be read")
        self.empty.say(title, why, N_("Try again"), "triangle-alert")

    def rows(self) -> list[Row]:
        """Return the rows as they are filtered and ordered."""
        some = [row for row in self._side() if self._fits(row)]
        item = item_of(self._order)
        if item is not None:
            return sorted(some, key=lambda row: -row.cells[item].missing)
        if self._order == GAPS:
            return sorted(some, key=lambda row: -row.gaps)
        return sorted(some, key=lambda row: -len(row.lines)) if self._order == PEOPLE else some

    def narrow(self, ids: frozenset[str] | None) -> None:
        """Show only the enterprises or students of these ids, None for all."""
        self._found = ids
        self._filter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the gaps out where there is no room for them."""
        super().resizeEvent(event)
        self.gaps.setVisible(event.size().width() >= _WIDE)

    def _side(self) -> tuple[Row, ...]:
        if self.matrix is None:
            return ()
        return self.matrix.hosts if self.side.value == HOSTS else self.matrix.interns

    def _fits(self, row: Row) -> bool:
        chip = self.chips.value
        if chip is not None and not _CHIPS[chip][1](row):
            return False
        if self._item is not None and row.cells[self._item].state is not State.MISSING:
            return False
        if self._found is None:
            return True
        key = row.id if self.side.value == HOSTS else row.lines[0].student
        return key in self._found

    def _filter(self, _value: object = None) -> None:
        """Show the rows that fit, and how many fit each chip."""
        every = self._side()
        counts = ((name, text, sum(map(fits, every))) for name, (text, fits) in _CHIPS.items())
        self.chips.show_chips(len(every), [Chip(*one) for one in counts])
        rows = self.rows()
        self.table.show_rows(rows)
        self.counted.emit(len(rows))

    def _on_side(self, _side: str) -> None:
        self._found = None
        self.search_box.clear()
        self._filter()

    def _on_item(self, item: Item | None) -> None:
        self._item = item
        self._filter()

    def _on_order(self, section: int) -> None:
        self._order = NAME if section == self._order else section
        self._filter()

    def _say_empty(self, title: str, hint: str) -> None:
        self.setCurrentIndex(1)
        self.empty.say(title, hint, N_("Allocation"), "shield-check")

    def _stand(self) -> None:
        filters, work, body = QHBoxLayout(), QWidget(), QHBoxLayout()
        filters.setSpacing(GAP)
        self.search_box.setMaximumWidth(300)
        filters.addWidget(self.side)
        filters.addWidget(self.chips, 2)
        filters.addWidget(self.search_box, 1)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 1)
        for part in (self.table, self.totals, Legend(self._languages)):
            card.body.addWidget(part, 1 if part is self.table else 0)
        self.gaps.setFixedWidth(_PANEL)
        body.setSpacing(GAP)
        body.addWidget(card, 1)
        body.addWidget(self.gaps)
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(filters)
        rows.addLayout(body, 1)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self.addWidget(work)
        self.addWidget(nothing)
