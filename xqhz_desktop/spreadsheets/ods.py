"""OpenDocument spreadsheets, streamed: repeated cells are counted, not made."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from xqhz_desktop.spreadsheets.package import Package, local, without_entities
from xqhz_desktop.spreadsheets.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    Merge,
    Sheet,
    Value,
    corrupt,
    too_large,
)

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_Parser: TypeAlias = "ElementTree.XMLPullParser[ElementTree.Element]"
_ROWS_REPEATED = 2_000
"""A filled row may stand for this many; a file that repeats more is no list of people."""


@dataclass
class _Table:
    """A table while it is read."""

    name: str
    visible: bool
    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    number: int = 1
    cells: int = 0

    def add(self, row: ElementTree.Element) -> None:
        """Keep one row element, which may stand for many."""
        times = _count(row, "number-rows-repeated")
        values = list(self._values(row))
        if any(value not in (None, "") for value in values):
            if times > _ROWS_REPEATED:
                raise too_large()
            hidden = row.get(f"{_TABLE}visibility", "visible") != "visible"
            for number in range(self.number, self.number + times):
                self.rows.append((number, values))
                if hidden:
                    self.hidden.add(number)
            self.cells += len(values) * times
            if self.cells > MOST_CELLS:
                raise too_large()
        self.number += times

    def _values(self, row: ElementTree.Element) -> Iterator[Value]:
        column = 0
        for cell in row:
            if local(cell.tag) not in ("table-cell", "covered-table-cell"):
                continue
            value = _value(cell)
            down, right = (
                _count(cell, "number-rows-spanned"),
                _count(cell, "number-columns-spanned"),
            )
            if down > 1 or right > 1:
                place = (self.number, column + 1, self.number + down - 1, column + right)
                self.merges.append(Merge(*place))
            for _ in range(min(_count(cell, "number-columns-repeated"), MOST_COLUMNS - column)):
                yield value
                column += 1


def read(data: bytes) -> list[Sheet]:
    """Return the tables of a document in their order."""
    package = Package(data)
    try:
        return [
            Sheet(
                table.name, table.visible, table.rows, table.merges, frozenset(table.hidden)
            ).without_blank_rows()
            for table in _tables(package)
        ]
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise corrupt() from error


def _tables(package: Package) -> Iterator[_Table]:
    hidden_styles: set[str] = set()
    table: _Table | None = None
    depth = 0  # a table inside a cell is not one of the document
    for event, element in _events(package):
        name = local(element.tag)
        if event == "start":
            if name == "table" and depth == 0:
                style = element.get(f"{_TABLE}style-name", "")
                table = _Table(element.get(f"{_TABLE}name", ""), style not in hidden_styles)
            depth += name == "table"
        elif name == "style" and _hides(element):
            hidden_styles.add(element.get(f"{_STYLE}name", ""))
        elif name == "table":
            depth -= 1
            if table and depth == 0:
                yield table
                table = None
            element.clear()
        elif name == "table-row" and depth == 1 and table:
            table.add(element)
            element.clear()


def _events(package: Package) -> Iterator[tuple[str, ElementTree.Element]]:
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(
        ("start", "end")
    )
    for place, piece in enumerate(package.pieces("content.xml")):
        parser.feed(piece if place else without_entities(piece))
        yield from parser.read_events()  # type: ignore[misc]  # only these two were asked for
    parser.close()


def _hides(style: ElementTree.Element) -> bool:
    return any(one.get(f"{_TABLE}display") == "false" for one in style)


def _count(element: ElementTree.Element, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}{name}", "1")))


def _value(cell: ElementTree.Element) -> Value:
    match cell.get(f"{_OFFICE}value-type"):
        case "float" | "currency" | "percentage":
            return float(cell.get(f"{_OFFICE}value", "nan"))
        case "date":
            return datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:19])
        case "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
        case _:
            return "\n".join(_said(one) for one in cell if local(one.tag) == "p")


def _said(element: ElementTree.Element) -> str:
    """Return the text of a paragraph, its runs, blanks and breaks included."""
    parts = [element.text or ""]
    for one in element:
        match local(one.tag):
            case "s":
                parts.append(" " * min(int(one.get(f"{_TEXT}c", "1")), 1_000))
            case "line-break":
                parts.append("\n")
            case "tab":
                parts.append("\t")
            case "annotation":
                pass
            case _:
                parts.append(_said(one))
        parts.append(one.tail or "")
    return "".join(parts)
