"""Tables in disguise: web pages and the XML of Excel 2003 that were named .xls."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from html.parser import HTMLParser

from xqhz_desktop.spreadsheets import textfile
from xqhz_desktop.spreadsheets.package import local, without_entities
from xqhz_desktop.spreadsheets.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    Merge,
    Sheet,
    Value,
    corrupt,
    too_large,
)

_EXCEL = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_html(data: bytes) -> list[Sheet]:
    """Return each outermost table of a web page as a sheet; rows count within their table."""
    tables = _Tables()
    tables.feed(textfile.decoded(data))
    tables.close()
    names = (textfile.NAME, *(f"(text {number})" for number in range(2, len(tables.found) + 1)))
    return [
        Sheet(
            name, rows=grid.rows(), merges=grid.merges, hidden=frozenset(grid.hidden)
        ).without_blank_rows()
        for name, grid in zip(names, tables.found, strict=False)
    ]


def read_xml(data: bytes) -> list[Sheet]:
    """Return the sheets of an XML workbook of Excel 2003."""
    try:
        root = ElementTree.fromstring(without_entities(data))
        return [_excel_sheet(one) for one in root if local(one.tag) == "Worksheet"]
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise corrupt() from error


class _Grid:
    """Cells that may span rows and columns, put where they belong."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Value] = {}
        self.merges: list[Merge] = []
        self.hidden: set[int] = set()
        self.row = 0
        self.column = 0
        self._taken: set[tuple[int, int]] = set()

    def next_row(self) -> None:
        """Begin the next row."""
        self.row, self.column = self.row + 1, 1

    def put(self, value: Value, right: int = 1, down: int = 1) -> None:
        """Put a cell into the next free place of the row."""
        while (self.row, self.column) in self._taken:
            self.column += 1
        right, down = max(1, min(right, MOST_COLUMNS)), max(1, min(down, 10_000))
        if right * down > 1:
            bottom, last = self.row + down - 1, self.column + right - 1
            self.merges.append(Merge(self.row, self.column, bottom, last))
            self._taken |= {
                (row, column)
                for row in range(self.row + 1, bottom + 1)
                for column in range(self.column, last + 1)
            }
        if self.column <= MOST_COLUMNS:
            self.cells[self.row, self.column] = value
        self.column += right
        if len(self.cells) > MOST_CELLS or len(self._taken) > MOST_CELLS:
            raise too_large()

    def rows(self) -> list[tuple[int, list[Value]]]:
        """Return the rows that hold something."""
        found: dict[int, list[Value]] = {}
        for (number, column), value in self.cells.items():
            row = found.setdefault(number, [])
            row += [None] * (column - len(row))
            row[column - 1] = value
        return sorted(found.items(), key=lambda one: one[0])


class _Tables(HTMLParser):
    """Collects the outermost tables of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Grid] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Follow tables, rows and cells; a line break is one in the text."""
        told = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.found.append(_Grid())
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            self.found[-1].next_row()
            if _HIDDEN.search(told.get("style", "")):
                self.found[-1].hidden.add(self.found[-1].row)
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.found[-1].row:
                self.found[-1].next_row()
            self._text = []
            self._span = _span(told.get("colspan")), _span(told.get("rowspan"))
        elif tag in ("br", "p") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell, white space as a browser shows it."""
        if self._text is not None and self._depth == 1:
            self._text.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _end_cell(self) -> None:
        if self._text is not None:
            self.found[-1].put("".join(self._text).strip(" "), *self._span)
            self._text = None


def _span(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


def _excel_sheet(worksheet: ElementTree.Element) -> Sheet:
    grid = _Grid()
    rows = (row for row in worksheet.iter(f"{_EXCEL}Row"))
    for row in rows:
        grid.row = int(row.get(f"{_EXCEL}Index", grid.row + 1))
        grid.column = 1
        if row.get(f"{_EXCEL}Hidden") == "1":
            grid.hidden.add(grid.row)
        for cell in row.iter(f"{_EXCEL}Cell"):
            grid.column = int(cell.get(f"{_EXCEL}Index", grid.column))
            across, below = cell.get(f"{_EXCEL}MergeAcross"), cell.get(f"{_EXCEL}MergeDown")
            grid.put(_excel_value(cell), _span(across) + bool(across), _span(below) + bool(below))
    visible = next(
        (one.text for one in worksheet.iter() if local(one.tag) == "Visible"), ""
    ) not in ("SheetHidden", "SheetVeryHidden")
    name = worksheet.get(f"{_EXCEL}Name", "")
    return Sheet(
        name, visible, grid.rows(), grid.merges, frozenset(grid.hidden)
    ).without_blank_rows()


def _excel_value(cell: ElementTree.Element) -> Value:
    data = cell.find(f"{_EXCEL}Data")
    if data is None:
        return None
    text = "".join(data.itertext())
    match data.get(f"{_EXCEL}Type"):
        case "Number":
            return float(text)
        case "DateTime":
            return datetime.fromisoformat(text[:19])
        case "Boolean":
            return text == "1"
        case "Error":
            return None
    return text
