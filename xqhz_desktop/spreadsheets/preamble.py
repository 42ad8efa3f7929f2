"""What stands above a list and counts for every row of it, such as 课程名称：机械制图."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from xqhz_desktop.spreadsheets.kinds import ImportKind, Sort
from xqhz_desktop.spreadsheets.lexicon import lexicon
from xqhz_desktop.spreadsheets.sheet import Sheet, Value

_PAIR = re.compile(
    r"([^\s:,;()]{2,12})\s*:\s*([^\s:,;][^:,;]*?)(?=\s{2,}|\s+[^\s:,;]{2,12}\s*:|[,;]|$)"
)
_LABEL = re.compile(r"([^\s:,;()]{2,12})\s*:\s*")
_MONTH = re.compile(r"(20\d{2})\s*[年./-]\s*(1[0-2]|0?[1-9])(?:\s*月|(?!\d|\s*[./-]\s*\d))")
_HOST = re.compile(r"实习|企业|公司|用人|接收|enterprise|company|employer", re.IGNORECASE)
"""单位 alone is the school that made the list."""

_TOLD = {
    "student": frozenset({"major_name", "enrol_date"}),
    "placement": frozenset(
        {"enterprise_name", "period", "start_date", "end_date", "teacher", "teacher_contact"}
    ),
    "score": frozenset({"course_name", "batch", "placement_enterprise"}),
    "course": frozenset({"major_name"}),
}
"""Columns that may be told once for a whole list, by kind."""


def told(sheet: Sheet, header: int, kind: ImportKind) -> dict[str, str]:
    """Return texts by the name of their column, as the rows above a header row tell them.

    The month of a list also stands in its title, or in the name of the sheet.
    """
    wanted = _wanted(kind)
    found: dict[str, str] = {}
    for number, row in sheet.rows:
        if number >= header or not wanted:
            break
        for label, said in _pairs(row):
            name = lexicon(kind).field([label]) or ""
            if name in wanted and (_path(kind, name) != "enterprise" or _HOST.search(label)):
                found.setdefault(name, said)
    if "month" in wanted and "month" not in found and (month := _month(sheet, header)):
        found["month"] = month
    return found


def _wanted(kind: ImportKind) -> frozenset[str]:
    """Return what may be told once for a whole list: what it belongs to, its month, its day."""
    if kind.name in _TOLD:
        return _TOLD[kind.name]
    needed = {name for group in kind.needs for name in group}
    return frozenset(
        one.name
        for one in kind.columns
        if one.sort is Sort.MONTH
        or (one.grouping and one.path and one.sort not in (Sort.ID, Sort.USCC))
        or (one.sort is Sort.DAY and not one.path and one.name in needed)
    )


def _path(kind: ImportKind, name: str) -> str:
    return kind.column(name).tells.rsplit(".", 1)[-1]


def _month(sheet: Sheet, header: int) -> str:
    """Return the month that the title of a list, or else its sheet, is called by."""
    above = [text for number, row in sheet.rows if number < header for text in row]
    for text in (*above, sheet.name):
        if isinstance(text, str) and (found := _MONTH.search(text)):
            return f"{found[1]}-{int(found[2]):02d}"
    return ""


def _pairs(row: Sequence[Value]) -> Iterator[tuple[str, str]]:
    """Yield labels and what they say, in one cell or in the next one."""
    cells = [unicodedata.normalize("NFKC", one).strip() for one in row if isinstance(one, str)]
    cells = [one for one in cells if one]
    for place, cell in enumerate(cells):
        label = _LABEL.fullmatch(cell)
        if label and place + 1 < len(cells) and ":" not in cells[place + 1]:
            yield label[1], cells[place + 1]
        for found in _PAIR.finditer(cell):
            yield found[1], found[2].strip()
