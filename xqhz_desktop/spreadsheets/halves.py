"""Lists that stand side by side on one sheet, as printed name lists do: 学号 姓名 | 学号 姓名."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xqhz_desktop.spreadsheets.headers import ROWS_SEARCHED, label
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.spreadsheets.lexicon import key, lexicon
from xqhz_desktop.spreadsheets.sheet import Sheet, Value

Span = tuple[int, int]
"""The first column of a list, from 0, and the one behind its last."""


def halves(sheet: Sheet, kind: ImportKind) -> list[Sheet]:
    """Return a sheet's lists as sheets of their own; a usual sheet comes back as it is.

    Columns stay where they stand, and rows above the column names belong to every list.
    """
    for number, row in sheet.rows[:ROWS_SEARCHED]:
        spans = _spans(row, kind)
        if len(spans) > 1:
            return [_part(sheet, number, span, n) for n, span in enumerate(spans, 1)]
    return [sheet]


def _spans(row: Sequence[Value], kind: ImportKind) -> list[Span]:
    """Return where the lists of a row of column names stand; they name the same columns."""
    words = [(place, key(said)) for place, value in enumerate(row) if (said := label(value))]
    names = [name for _place, name in words]
    for count in range(2, len(words) // 2 + 1):
        width = len(words) // count
        first = names[:width]
        if len(words) % count or names != first * count or len(set(first)) != width:
            continue
        fields = {lexicon(kind).field([name]) for name in first}
        if len(fields - {None}) > 1 and fields & set(kind.subject):
            starts = [words[n * width][0] for n in range(count)]
            return list(zip(starts, [*starts[1:], len(row)], strict=True))
    return []


def _part(sheet: Sheet, header: int, span: Span, place: int) -> Sheet:
    first, last = span
    rows = [
        (number, row if number < header else [*[""] * first, *row[first:last]])
        for number, row in sheet.rows
    ]
    name = f"{sheet.name} ({place})"
    return replace(sheet, name=name, rows=rows, within=sheet.name).without_blank_rows()
