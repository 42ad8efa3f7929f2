"""What a pasted block would change in a sheet: rows found by name or number, columns by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from xqhz_desktop.ui.models.book import Book, Typed
from xqhz_desktop.ui.models.entries import Entries

_SEARCHED = 4
"""Columns at the left of a block that may hold names or numbers."""


@dataclass(frozen=True)
class Pasted:
    """One cell that would change, or cannot."""

    row: int
    field: str
    before: str
    after: str
    wrong: bool = False
    closed: bool = False


@dataclass(frozen=True)
class PastePlan:
    """What would happen."""

    cells: tuple[Pasted, ...]
    same: int
    by_name: bool
    """Rows were found by the names in the block, not by their place."""
    unknown: tuple[str, ...]
    """Names of the block that nobody on the sheet has, or more than one."""

    def typed(self) -> list[Typed]:
        """Return what is to be written."""
        return [(one.row, one.field, one.after) for one in self.cells if _good(one)]

    @property
    def changing(self) -> int:
        """Return how many cells would be others."""
        return sum(map(_good, self.cells))


def planned(model: Entries, rows: Sequence[Sequence[str]], span: QRect) -> PastePlan:
    """Return what a block would change that is pasted over a span (columns and rows).

    One cell fills the whole span. A block with names goes to the rows of these names, its columns
    by the days over them; any other block lies where the span begins.
    """
    book = model.book
    assert book is not None, "something is pasted into a sheet"
    if len(rows) == 1 == len(rows[0]):
        rows = [[rows[0][0]] * span.width() for _row in range(span.height())]
    column, known = _names(book, rows)
    if column < 0:
        targets = [
            (span.top() + n, span.left() + m, text)
            for n, row in enumerate(rows)
            for m, text in enumerate(row)
        ]
        return _plan(model, targets, (), by_name=False)
    days = _days(book, rows, column)
    body = [row for row in rows if row[column].strip() in known]
    lost = [row[column].strip() for row in rows if row[column].strip() not in known]
    head = next((row for row in rows if row[column].strip() not in known), None)
    unknown = [name for name in lost if name and (head is None or name != head[column].strip())]
    targets = [
        (known[row[column].strip()], place, row[m]) for row in body for m, place in days.items()
    ]
    return _plan(model, targets, tuple(unknown), by_name=True)


def _plan(
    model: Entries,
    targets: Sequence[tuple[int, int, str]],
    unknown: tuple[str, ...],
    *,
    by_name: bool,
) -> PastePlan:
    book = model.book
    assert book is not None, "something is pasted into a sheet"
    cells, same = [], 0
    for row, column, text in targets:
        if not (0 <= row < len(book.keys) and 0 <= column < len(book.fields)):
            continue
        field = book.fields[column]
        before = model.text(row, field)
        try:
            after, wrong = book.read(field, text), False
        except ValueError:
            after, wrong = text.strip(), True
        closed = bool(after) and not book.open(row, field)
        if after == before or not (after or book.open(row, field)):
            same += 1
        else:
            cells.append(Pasted(row, field, before, after, wrong, closed))
    return PastePlan(tuple(cells), same, by_name, unknown)


def _names(book: Book, rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return the column of the block that holds names of the sheet, -1 for none, and the rows."""
    names = [book.called(row)[0] for row in range(len(book.keys))]
    once = {name for name, n in Counter(names).items() if n == 1}
    known = {name: row for row, name in enumerate(names) if name in once}
    for column in range(min(_SEARCHED, len(rows[0]))):
        found = sum(row[column].strip() in known for row in rows)
        if found and found * 2 >= len(rows) - 1 and len(rows[0]) > column + 1:
            return column, known
    return -1, {}


def _days(book: Book, rows: Sequence[Sequence[str]], names: int) -> dict[int, int]:
    """Return the column of the sheet for each column of the block, by the heads over them."""
    titles = {str(book.title(n).text): n for n in range(len(book.fields))}
    for row in rows[:2]:
        found = {
            m: titles[said]
            for m, text in enumerate(row)
            if m > names and (said := text.strip().removesuffix("日").removesuffix("号")) in titles
        }
        if len(found) >= 2:
            return found
    width = min(len(rows[0]) - names - 1, len(book.fields))
    return {names + 1 + n: n for n in range(width)}


def _good(one: Pasted) -> bool:
    return not one.wrong and not one.closed
