"""Lists written as .xlsx that Excel, WPS and LibreOffice open: text stays text, dates are dates."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import NN_, Language, Message

LONGEST_TEXT = 32_767
"""Characters Excel keeps in a cell."""

_WIDTHS = {
    Kind.CODE: 20,
    Kind.DAY: 12,
    Kind.MONTH: 10,
    Kind.NUMBER: 10,
    Kind.MONEY: 12,
    Kind.PERCENT: 10,
    Kind.FLAG: 8,
    Kind.CHOICE: 14,
    Kind.NOTE: 40,
}
_FORMATS = {Kind.CODE: "@", Kind.DAY: "yyyy-mm-dd", Kind.MONEY: "#,##0.00", Kind.PERCENT: "0.##%"}


@dataclass(frozen=True)
class OutColumn:
    """One column of a list: its header and the field that says how its values are written.

    Values of a reference are the names it stands for, as they come from the database.
    """

    header: str
    field: Field
    total: bool = False
    """Below it stands the sum of its numbers; below words, how many rows there are."""


@contextmanager
def workbook(path: Path, *, streamed: bool = True) -> Iterator[Any]:
    """Open a new workbook; the file appears whole at the end, or not at all.

    A streamed one is written row by row, in constant memory. Raises UserError for a name that
    promises another format.
    """
    refuse_ending(path)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".xqhz-") as folder:
            part = Path(folder) / "part.xlsx"
            options = {
                "constant_memory": streamed,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": folder,
            }
            book = xlsxwriter.Workbook(str(part), options)
            yield book
            book.close()
            part.replace(path)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise UserError(
            Message(
                "“{file}” cannot be written. Close it in other programs or choose another folder.",
                file=path.name,
            )
        ) from error


def refuse_ending(path: Path) -> None:
    """Raise UserError where the name of a file promises another format than the one written."""
    if path.suffix.lower() != ".xlsx":
        name = f"{path.stem or path.name}.xlsx"
        text = Message("Sheets are written as .xlsx only. Name the file “{file}”.", file=name)
        raise UserError(text, code="WRONG_ENDING")


def write_table(
    path: Path,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[Any]],
    lang: Language,
    title: str = "",
) -> int:
    """Write a list with its header, frozen and filtered; return the number of rows.

    A title stands in a line of its own above the header, totals in one below the rows.
    """
    with workbook(path) as book:
        sheet = book.add_worksheet(sheet_name(title))
        styles = [_style(book, column.field.kind) for column in columns]
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column), styles[place])
        if title:
            sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        top = int(bool(title))
        head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        for place, column in enumerate(columns):
            sheet.write_string(top, place, column.header, head)
        sums: dict[int, Any] = {
            place: 0 for place, one in enumerate(columns) if one.total and summed(one.field)
        }
        count = 0
        for count, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                written = _written(columns[place], value, lang)
                put(sheet, (top + count, place), written, styles[place])
            for place in sums:
                sums[place] += row[place] or 0
        if any(column.total for column in columns):
            _write_totals(book, sheet, top + count + 1, (columns, sums, _counted(count, lang)))
        sheet.freeze_panes(top + 1, 0)
        if columns:
            sheet.autofilter(top, 0, top + count, len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(top)
    return count


def summed(field: Field) -> bool:
    """Tell whether a totals row adds the values of a field up: counts and amounts."""
    return field.tally and field.kind in (Kind.NUMBER, Kind.MONEY)


def put(sheet: Any, place: tuple[int, int], value: Any, style: Any = None) -> None:
    """Write one value as what it is; a text is never a formula, a link or a number."""
    match value:
        case None | "":
            sheet.write_blank(*place, None, style)
        case bool():
            sheet.write_boolean(*place, value, style)
        case int() | float() | Decimal():
            sheet.write_number(*place, value, style)
        case date():
            sheet.write_datetime(*place, value, style)
        case _:
            sheet.write_string(*place, str(value)[:LONGEST_TEXT], style)


def sheet_name(title: str) -> str:
    """Return a title as Excel allows it on a sheet's tab."""
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)
    return kept.strip("' ")[:31] or "Sheet1"


def _counted(count: int, lang: Language) -> str:
    return lang.say(Message(NN_("Total: {n} row", "Total: {n} rows"), n=count))


def _write_totals(
    book: Any, sheet: Any, row: int, told: tuple[Sequence[OutColumn], dict[int, Any], str]
) -> None:
    """Write sums as plain numbers, so that they are the same in every program."""
    columns, sums, said = told
    for place, column in enumerate(columns):
        style = book.add_format(
            {"bold": True, "top": 1, "num_format": _FORMATS.get(column.field.kind, "General")}
        )
        value = sums.get(place, said) if column.total else None
        put(sheet, (row, place), value, style)


def _written(column: OutColumn, value: Any, lang: Language) -> Any:
    field = column.field
    match field.kind:
        case Kind.DAY:
            return value if value is None or value.year >= 1900 else value.isoformat()
        case Kind.CHOICE | Kind.TABLE | Kind.FLAG:
            return field.show(value, lang)
        case Kind.PERCENT:  # as spreadsheets keep shares: 0.4 is shown as 40%
            return None if value is None else value / 100
        case kind if kind in NUMBERS:
            return value
    return "" if value is None else str(value)


def _style(book: Any, kind: Kind) -> Any:
    traits: dict[str, Any] = {"valign": "top"}
    if kind in _FORMATS:
        traits["num_format"] = _FORMATS[kind]
    if kind is Kind.NOTE:
        traits["text_wrap"] = True
    return book.add_format(traits)


def _width(column: OutColumn) -> int:
    said = sum(2 if letter > "\u2e7f" else 1 for letter in column.header) + 4
    return max(_WIDTHS.get(column.field.kind, 16), min(said, 40))
