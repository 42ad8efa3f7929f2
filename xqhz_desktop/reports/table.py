"""Tables of many rows: measured once, cut into pages, drawn with raw operators.

Every cell has a main text and, under it, a smaller one (its English). The same cell is laid
out once a document. Pages are known before the first is drawn, so “page 3 of 12” is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from xqhz_desktop.reports.pen import Align, Pen, Style
from xqhz_desktop.reports.text import fit, wrap

Cell = tuple[str, str]
"""The main text of a cell and the small text under it, each "" for none."""

Progress = Callable[[int, int], None]
"""Told (done, total) as work goes on; it may raise ``Cancelled`` to stop the work."""

MAIN = Style("Song", 9.2, 11.4)
SMALL = Style("Song", 6.8, 8.0)
HEAD = Style("HeiBold", 9.2, 11.0)
BOLD = Style("SongBold", 9.2, 11.4)
PAD_X, PAD_Y = 2.6, 2.4
OUTER, INNER, GREY = 1.1, 0.4, 0.92
STEP = 250
"""Rows between two reports of progress."""


@dataclass(frozen=True)
class Column:
    """One column: its heading, its share of the table's width and how its cells stand."""

    head: Cell
    share: float
    align: Align = Align.CENTER
    name: bool = False
    """Holds names of persons: break after · or reduce the type, do not cut the name."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cell: its left end, how far its baseline and end stand under its start."""

    x: float
    drop: float
    height: float
    operators: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A cell laid out: operators around the one number that differs, the first baseline."""

    height: float
    drop: float
    before: str
    after: str
    lines: tuple[_Line, ...] = ()


_Row = tuple[float, Sequence[_Block]]
"""The height of a row and its cells."""


@dataclass
class FastTable:
    """A table of a fixed width, in points; lay it out, then draw its pages one by one."""

    pen: Pen
    columns: Sequence[Column]
    left: float
    width: float
    pages: list[list[_Row]] = field(default_factory=list)
    _cells: list[dict[Cell, _Block]] = field(default_factory=list)
    _edges: list[float] = field(default_factory=list)
    _head: _Row = (0.0, ())

    def __post_init__(self) -> None:
        """Find where the columns stand and how high the heading is."""
        total = sum(column.share for column in self.columns)
        self._edges = [self.left]
        for column in self.columns:
            self._edges.append(self._edges[-1] + column.share * self.width / total)
        self._cells = [{} for _ in self.columns]
        blocks = [
            self._laid(place, column.head, HEAD, Align.CENTER)
            for place, column in enumerate(self.columns)
        ]
        self._head = (max(block.height for block in blocks) + 2 * PAD_Y, blocks)

    def lay_out(
        self,
        rows: Sequence[Sequence[Cell]],
        rooms: tuple[float, float],
        progress: Progress,
        total: Sequence[Cell] | None = None,
    ) -> list[int]:
        """Cut the rows into pages; return which row is the first to begin on each page.

        ``rooms`` are the heights for heading and rows on the first page and on the others.
        A row that is higher than a page is cut between lines. ``total`` is set in bold.
        """
        first, later = (room - self._head[0] for room in rooms)
        free, starts = first, [0]
        self.pages = [[]]
        for number, row in enumerate(self._measured(rows, progress, total)):
            pieces = [row]
            if row[0] > min(first, later):
                pieces = list(_cut(row, free, later))
            for piece in pieces:
                if piece[0] > free + 0.01 and self.pages[-1]:
                    self.pages.append([])
                    starts.append(number if piece is pieces[0] else number + 1)
                    free = later
                self.pages[-1].append(piece)
                free -= piece[0]
        return starts

    def draw_head_form(self, name: str) -> None:
        """Define the heading once, with its top at 0, as a form named ``name``."""
        height, blocks = self._head
        self.pen.canvas.beginForm(name, self.left - 2, -height - 2, self._edges[-1] + 2, 2)
        self.pen.draw(
            f"q {GREY:g} g {self.left:.2f} {-height:.2f} {self.width:.2f} {height:.2f} re f Q"
        )
        self.pen.draw(f"BT {_row_text(0.0, (height, blocks))} ET")
        self.pen.canvas.endForm()

    def draw_page(self, page: int, top: float, head_form: str) -> float:
        """Draw a page's heading, rows and rules from ``top`` down; return where they end."""
        canvas, pen = self.pen.canvas, self.pen
        canvas.saveState()
        canvas.translate(0, top)
        canvas.doForm(head_form)
        canvas.restoreState()
        y = top - self._head[0]
        rules, texts = [f"{self.left:.2f} {y:.2f} m {self._edges[-1]:.2f} {y:.2f} l"], []
        for row in self.pages[page]:
            texts.append(_row_text(y, row))
            y -= row[0]
            rules.append(f"{self.left:.2f} {y:.2f} m {self._edges[-1]:.2f} {y:.2f} l")
        rules += [f"{x:.2f} {top:.2f} m {x:.2f} {y:.2f} l" for x in self._edges[1:-1]]
        pen.draw("BT\n" + "\n".join(texts) + "\nET")
        pen.draw(f"{INNER:g} w {' '.join(rules)} S")
        pen.draw(f"{OUTER:g} w {self.left:.2f} {y:.2f} {self.width:.2f} {top - y:.2f} re S")
        return y

    def _measured(
        self, rows: Sequence[Sequence[Cell]], progress: Progress, total: Sequence[Cell] | None
    ) -> Iterator[_Row]:
        known = self._cells
        for number, row in enumerate(rows):
            if number % STEP == 0:
                progress(number, len(rows))
            blocks = []
            height = 0.0
            for place, cell in enumerate(row):
                block = known[place].get(cell)
                if block is None:
                    known[place][cell] = block = self._laid(place, cell)
                height = max(height, block.height)
                blocks.append(block)
            yield height + 2 * PAD_Y, blocks
        if total:
            blocks = [self._laid(place, cell, BOLD) for place, cell in enumerate(total)]
            yield max(block.height for block in blocks) + 2 * PAD_Y, blocks

    def _laid(
        self, place: int, cell: Cell, style: Style = MAIN, align: Align | None = None
    ) -> _Block:
        column, (main, small) = self.columns[place], cell
        left, right = self._edges[place] + PAD_X, self._edges[place + 1] - PAD_X
        share = (align or column.align).value
        lines = self._set(main, style, right - left, column.name)
        if small:
            lines += self._set(small, SMALL, right - left, False)
        return _block(
            tuple(
                _Line(
                    left + (right - left - width) * share,
                    kind.drop,
                    kind.leading,
                    self.pen.spell(kind, text),
                )
                for text, kind, width in lines
            )
        )

    def _set(
        self, text: str, style: Style, room: float, name: bool
    ) -> list[tuple[str, Style, float]]:
        """Return the lines of a text with their style and width."""
        pen = self.pen
        if not text:
            return []
        width = pen.width(style, text)
        if width <= room and "\n" not in text:
            return [(text, style, width)]
        measure = pen.measure(style)
        if name:
            lines, factor = fit(text, room / style.size, measure)
            style = style.scaled(factor)
        else:
            lines = wrap(text, room / style.size, measure)
        return [(line, style, pen.width(style, line)) for line in lines]


def _block(lines: tuple[_Line, ...]) -> _Block:
    """Join lines into operators that stand still relative to the first baseline."""
    if not lines:
        return _Block(0.0, 0.0, "", "")
    shown = [f" Tm {lines[0].operators}"]
    for above, line in pairwise(lines):
        down = above.height - above.drop + line.drop
        shown.append(f"{line.x - above.x:.2f} {-down:.2f} Td {line.operators}")
    height = sum(line.height for line in lines)
    return _Block(height, lines[0].drop, f"1 0 0 1 {lines[0].x:.2f} ", "".join(shown), lines)


def _row_text(top: float, row: _Row) -> str:
    height, blocks = row
    return "\n".join(
        [
            f"{block.before}{top - (height - block.height) / 2 - block.drop:.2f}{block.after}"
            for block in blocks
            if block.before
        ]
    )


def _cut(row: _Row, free: float, page: float) -> Iterator[_Row]:
    """Cut a row between lines into pieces: one for the ``free`` height, the others a page."""
    rest = [list(block.lines) for block in row[1]]
    room = free if free > page / 4 else page
    while any(rest):
        pieces = []
        for lines in rest:
            taken, height = 0, 2 * PAD_Y
            while taken < len(lines) and height + lines[taken].height <= room:
                height += lines[taken].height
                taken += 1
            pieces.append(_block(tuple(lines[:taken])))
            del lines[:taken]
        yield max(piece.height for piece in pieces) + 2 * PAD_Y, pieces
        room = page
