"""The sheet every school prints lists on: title, facts, a table, and lines to sign on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, landscape

from xqhz_desktop.reports.pen import Align, Pen, Style
from xqhz_desktop.reports.table import Cell, Column, FastTable, Progress

TITLE = Style("SongBold", 21, 25)
SUBTITLE = Style("SongBold", 10, 13)
FACT = Style("Song", 9.2, 12)
RUNNING = Style("Song", 8, 10)
MARGIN, TOP, BOTTOM = 30.0, 28.0, 26.0
SIGN = 30.0
"""Height of the line to sign on, with the number of the page."""


@dataclass(frozen=True)
class Roster:
    """A list on A4 across, its title on the first page and a running line on the others."""

    heading: Cell
    facts: tuple[str, str, str]
    """What stands left, in the middle and right under the title."""
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    marks: Sequence[str]
    """For each row the words its place in the outline goes by; a new word makes an entry."""
    signs: Sequence[str]
    """What is signed for at the foot of every page."""
    page_of: Callable[[int, int], str]
    told: int
    """How many the list tells of: a student may have more than one row."""
    author: str = ""
    total: Sequence[Cell] | None = None
    size: tuple[float, float] = landscape(A4)

    @property
    def title(self) -> str:
        """Return the title in the main language."""
        return self.heading[0]

    def draw(self, pen: Pen, progress: Progress) -> int:
        """Draw every page and return how many there are."""
        width, height = self.size
        table = FastTable(pen, self.columns, MARGIN, width - 2 * MARGIN)
        top, later = height - TOP - self._title_height(), height - TOP - RUNNING.leading - 4
        rooms = (top - BOTTOM - SIGN, later - BOTTOM - SIGN)
        work = 2 * len(self.rows)
        starts = table.lay_out(
            self.rows, rooms, lambda done, _total: progress(done, work), self.total
        )
        table.draw_head_form("head")
        pages = len(table.pages)
        for page in range(pages):
            progress(len(self.rows) + starts[page], work)
            if page:
                self._draw_running_line(pen)
            else:
                self._draw_title(pen)
            self._mark(pen, page, starts)
            table.draw_page(page, later if page else top, "head")
            self._draw_foot(pen, self.page_of(page + 1, pages))
            pen.canvas.showPage()
        progress(work, work)
        return pages

    def _title_height(self) -> float:
        under = SUBTITLE.leading if self.heading[1] else 0
        return TITLE.leading + under + FACT.leading + 6

    def _draw_title(self, pen: Pen) -> None:
        width, height = self.size
        y = height - TOP
        pen.write((width / 2, y - TITLE.drop), TITLE, self.heading[0], Align.CENTER)
        y -= TITLE.leading
        if self.heading[1]:
            pen.write((width / 2, y - SUBTITLE.drop), SUBTITLE, self.heading[1], Align.CENTER)
            y -= SUBTITLE.leading
        y -= 2 + FACT.drop
        needed = sum(pen.width(FACT, fact) for fact in self.facts) + 4 * FACT.size
        style = FACT.scaled(min(1.0, (width - 2 * MARGIN) / needed))
        places = (MARGIN, width / 2, width - MARGIN)
        if pen.width(style, self.facts[0]) + pen.width(style, self.facts[1]) / 2 > width / 2 - 40:
            # a long name of a school: the middle moves to the middle of what is left
            left = MARGIN + pen.width(style, self.facts[0])
            right = width - MARGIN - pen.width(style, self.facts[2])
            places = (MARGIN, (left + right) / 2, width - MARGIN)
        for x, fact, align in zip(places, self.facts, Align, strict=True):
            pen.write((x, y), style, fact, align)

    def _draw_running_line(self, pen: Pen) -> None:
        width, height = self.size
        y = height - TOP - RUNNING.drop
        pen.write((MARGIN, y), RUNNING, "　".join(filter(None, self.heading)), Align.LEFT)
        pen.write((width - MARGIN, y), RUNNING, self.facts[1], Align.RIGHT)

    def _draw_foot(self, pen: Pen, page: str) -> None:
        y = BOTTOM + 6
        step = (self.size[0] - 2 * MARGIN) / (len(self.signs) + 1.4)
        for place, sign in enumerate(self.signs):
            pen.write((MARGIN + place * step, y), FACT, sign, Align.LEFT)
        pen.write((self.size[0] - MARGIN, y), FACT, page, Align.RIGHT)

    def _mark(self, pen: Pen, page: int, starts: list[int]) -> None:
        """Put what begins on this page into the outline."""
        if page == 0:
            self._enter(pen, "title", self.title, 0)
            if self.marks:
                pen.canvas.showOutline()
        first = starts[page]
        end = starts[page + 1] if page + 1 < len(starts) else len(self.marks)
        for row in range(first, min(end, len(self.marks))):
            if row == 0 or self.marks[row] != self.marks[row - 1]:
                self._enter(pen, f"row-{row}", self.marks[row] or "—", 1)

    def _enter(self, pen: Pen, key: str, text: str, level: int) -> None:
        # XYZ with zoom 0 leaves the reader's zoom as it is
        pen.canvas.bookmarkPage(key, fit="XYZ", left=0, top=self.size[1], zoom=0)
        pen.canvas.addOutlineEntry(text, key, level, closed=level > 0)
