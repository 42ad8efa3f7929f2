"""The way back: the rows that failed, as the user wrote them, with the reasons beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.spreadsheets.correcting import places
from xqhz_desktop.spreadsheets.findings import Finding
from xqhz_desktop.spreadsheets.headers import Header
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.spreadsheets.reading import RecordPlan
from xqhz_desktop.spreadsheets.rows import filled_down
from xqhz_desktop.spreadsheets.sheet import Sheet, Value
from xqhz_desktop.spreadsheets.understand import SheetPlan, Understood
from xqhz_desktop.spreadsheets.write import put, sheet_name, workbook


def write_errors(understood: Understood, path: Path, lang: Language) -> int:
    """Write a workbook of the failing rows; return how many there are.

    Sheets, headers and columns are the user's own, so that the mended file imports as it is.
    """
    count = 0
    with workbook(path, streamed=False) as book:
        for plan in understood.sheets:
            if plan.header and any(not record.sound for record in plan.records):
                sheet = book.add_worksheet(_free_name(book, plan.name))
                count += _Returned(book, sheet, lang).fill(plan, understood.meant)
        if not book.worksheets():
            book.add_worksheet()
    return count


class _Returned:
    """One sheet being written."""

    def __init__(self, book: Any, sheet: Any, lang: Language) -> None:
        self._sheet, self._lang = sheet, lang
        self._head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF4", "border": 1, "align": "center"}
        )
        self._red = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        self._red_day = book.add_format(
            {"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "yyyy-mm-dd"}
        )
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._text = book.add_format({"num_format": "@"})
        self._reason = book.add_format({"font_color": "#9C0006", "text_wrap": True})

    def fill(self, plan: SheetPlan, kind: ImportKind) -> int:
        """Write the header and the failing rows of a sheet."""
        assert plan.header is not None
        width = max(len(row) for _, row in plan.sheet.rows)
        top = self._write_header(plan.sheet, plan.header, width)
        by_number, merged = dict(plan.sheet.rows), filled_down(plan.sheet)
        where = places(plan.header, kind)
        failing = [record for record in plan.records if not record.sound]
        for line, record in enumerate(failing, top):
            cells: dict[int, Value] = merged.get(record.row, {}) | {
                place: value
                for place, value in enumerate(by_number[record.row])
                if value not in (None, "")
            }
            wrong = by_place(record.errors, where)
            for place in sorted(cells.keys() | wrong.keys()):
                self._write_cell((line, place), cells.get(place), wrong.get(place, []))
            self._sheet.write_string(line, width, told(record, self._lang), self._reason)
        return len(failing)

    def _write_header(self, sheet: Sheet, header: Header, width: int) -> int:
        """Write the header rows with their merges; return the row below them."""
        tops = {number: line for line, number in enumerate(header.rows)}
        for number, row in sheet.rows:
            for place, value in enumerate(row):
                if number in tops and value not in (None, ""):
                    put(self._sheet, (tops[number], place), value, self._head)
        by_number = dict(sheet.rows)
        for one in sheet.merges:
            if one.top in tops and one.bottom in tops and one.left <= len(by_number[one.top]):
                said = by_number[one.top][one.left - 1]
                corner = tops[one.top], one.left - 1
                self._sheet.merge_range(*corner, tops[one.bottom], one.right - 1, "", self._head)
                put(self._sheet, corner, said, self._head)
        last = len(header.rows) - 1
        self._sheet.write_string(last, width, self._lang.say(N_("What is wrong")), self._head)
        self._sheet.set_column(0, width - 1, 16, self._text)
        self._sheet.set_column(width, width, 60)
        self._sheet.freeze_panes(last + 1, 0)
        return last + 1

    def _write_cell(self, place: tuple[int, int], value: Value, wrong: list[Finding]) -> None:
        day = isinstance(value, date)
        style = self._day if day else self._text if isinstance(value, str) else None
        if wrong:
            style = self._red_day if day else self._red
        put(self._sheet, place, value, style)
        if wrong:
            self._sheet.write_comment(
                *place, "\n".join(self._lang.say(one.message) for one in wrong), {"x_scale": 2}
            )


def by_place(errors: list[Finding], where: dict[str, int]) -> dict[int, list[Finding]]:
    """Return the errors of a row by the column of their value."""
    found: dict[int, list[Finding]] = {}
    for one in errors:
        if one.field in where:
            found.setdefault(where[one.field], []).append(one)
    return found


def told(record: RecordPlan, lang: Language) -> str:
    """Return what the last column says about a row."""
    reasons = [lang.say(one.message) for one in record.errors]
    return lang.say(N_("Row {row}: {reasons}"), row=str(record.row), reasons="\n".join(reasons))


def _free_name(book: Any, name: str) -> str:
    wanted = sheet_name(name.strip("()"))
    taken = {one.get_name().lower() for one in book.worksheets()}
    number = 2
    found = wanted
    while found.lower() in taken:
        found = f"{wanted[:27]} {number}"
        number += 1
    return found
