"""Workbooks of Excel 2007 and later, read fast by calamine behind a guard.

calamine reserves memory for the whole rectangle a sheet spans and aborts the process when that
fails, so it is only shown copies of parts that were measured here. The same look at the XML
gathers what calamine does not tell: hidden rows, number formats with leading zeros, merges.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.worksheet._reader import WorkSheetParser
from python_calamine import CalamineWorkbook

from xqhz_desktop.spreadsheets.package import Package, local, without_entities
from xqhz_desktop.spreadsheets.sheet import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Merge,
    Sheet,
    Value,
    too_large,
)

MOST_XML = 200_000_000
"""Bytes of XML kept of one workbook."""

MOST_LOOSE = 80_000_000
"""Bytes of one sheet without a cell in between: a million empty rows with a height are less."""

SPARSE = 300_000
"""Cells of the rectangle calamine may always build; beyond, a quarter of them must be filled."""

_CELL = re.compile(rb'<(?:x:)?c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: [a-zA-Z:]+="[^"&<>]*")*(?<!/)>')
_EMPTY = re.compile(rb"<(?:x:)?c [^<>]*/>")
_FAR = re.compile(
    rb'<((?:x:)?)c r="(?:[A-Z]{3}\d+|[A-Z]+\d{7})"[^>]*>(?:(?!</?(?:x:)?c[ >]).)*</\1c>', re.DOTALL
)
_HIDDEN = re.compile(rb'<(?:x:)?row\b(?=[^>]*\shidden="(?:1|true)")[^>]*\sr="(\d+)"')
_MERGE = re.compile(rb'<(?:x:)?mergeCell\s[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ODD = (b"<c>", b"<c\t", b"<c\n", b"<c\r", b"<!")
_PREFIX = re.compile(rb"<[\w.-]+:c[\s/>]")
_ZEROS = re.compile(r'"?(0{2,})"?(;.*)?@?')
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass
class _Part:
    """One worksheet: its place in the zip and what was found in it."""

    name: str
    path: str
    visible: bool
    xml: bytes = b""
    plain: bool = True
    """Written as every known program writes it, so that the measures below hold."""
    cells: int = 0
    rows: set[bytes] = field(default_factory=set)
    columns: set[bytes] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def dense(self) -> int:
        """Return the cells of the rectangle from the first to the last filled cell."""
        if not self.cells:
            return 0
        rows, columns = list(map(int, self.rows)), list(map(column_number, self.columns))
        return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def read(data: bytes) -> list[Sheet]:
    """Return the worksheets of a workbook in their order."""
    package = Package(data)
    workbook = package.xml("xl/workbook.xml")
    parts = list(_parts(package, workbook))
    formats = _zero_formats(package)
    for part in parts:
        _examine(package, part, formats)
    if sum(part.cells for part in parts) > MOST_CELLS:
        raise too_large()
    small = _repacked(package, parts)
    starts_1904 = any(
        local(one.tag) == "workbookPr" and one.get("date1904") in ("1", "true") for one in workbook
    )
    return [_sheet(part, rows, starts_1904) for part, rows in _values(small, parts)]


def column_number(letters: bytes) -> int:
    """Return the 1-based number of a column such as ``AB``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _parts(package: Package, workbook: Any) -> Iterator[_Part]:
    """Return the worksheets the workbook names; charts and macro sheets are none."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package:
        for one in package.xml("xl/_rels/workbook.xml.rels"):
            if one.get("Type", "").endswith("/worksheet"):
                target = one.get("Target", "").replace("\\", "/")
                path = target if target.startswith("/") else posixpath.join("/xl", target)
                targets[one.get("Id")] = posixpath.normpath(path).lstrip("/")
    for one in workbook.iter():
        if local(one.tag) == "sheet":
            place = targets.get(one.get(_OFFICE) or one.get(_STRICT))
            if place and place in package:
                visible = one.get("state", "visible") == "visible"
                yield _Part(one.get("name", ""), place, visible)


def _zero_formats(package: Package) -> dict[bytes, int]:
    """Return the digits of formats such as ``000000``, by style index."""
    if "xl/styles.xml" not in package:
        return {}
    styles = package.xml("xl/styles.xml")
    codes = {}
    for one in styles.iter():
        if local(one.tag) == "numFmt":
            found = _ZEROS.fullmatch(one.get("formatCode", "").replace("\\", ""))
            if found:
                codes[one.get("numFmtId")] = len(found[1])
    cells: Any = next((one for one in styles if local(one.tag) == "cellXfs"), ())
    return {
        str(place).encode(): codes[one.get("numFmtId")]
        for place, one in enumerate(cells)
        if one.get("numFmtId") in codes
    }


def _examine(package: Package, part: _Part, formats: dict[bytes, int]) -> None:
    """Read a sheet's XML in pieces, measure it and keep what is not empty."""
    styles = b"|".join(formats)
    zeros = re.compile(
        rb'<(?:x:)?c r="([A-Z]+)(\d+)"[^>]*? s="('
        + styles
        + rb')"(?![^>]* t="(?:s|str|inlineStr)")'
    )
    kept, size, rest = [], 0, b""
    for piece in package.pieces(part.path):
        rest += piece
        cut = max(rest.rfind(b"<c "), rest.rfind(b"<x:c "), 0)  # between two cells
        piece, rest = rest[:cut], rest[cut:]
        kept.append(_measured(part, piece))
        size += len(kept[-1])
        if len(rest) > MOST_LOOSE:
            raise too_large()
        if size + len(rest) > MOST_XML or part.cells > MOST_CELLS or len(part.rows) > MOST_ROWS:
            raise too_large()
        if formats:
            _note_zeros(part, zeros, kept[-1], formats)
    kept.append(_measured(part, rest))
    if formats:
        _note_zeros(part, zeros, kept[-1], formats)
    part.xml = without_entities(b"".join(kept))
    if b"\0" in part.xml[:200]:
        part.plain = False  # UTF-16: nothing above has matched


def _measured(part: _Part, xml: bytes) -> bytes:
    """Note what a piece holds; return it without empty and far-away cells."""
    part.hidden.update(map(int, _HIDDEN.findall(xml)))
    if b"/>" in xml:
        xml = _EMPTY.sub(b"", xml)
    found = _CELL.findall(xml)
    columns, rows = {column for column, _ in found}, {row for _, row in found}
    if any(len(column) > 2 for column in columns) or any(len(row) > 6 for row in rows):
        xml = _FAR.sub(b"", xml)
        found = _CELL.findall(xml)
        columns, rows = {column for column, _ in found}, {row for _, row in found}
    prefixed = xml.count(b"<x:c ")
    tags = xml.count(b"<c ") + prefixed
    odd = any(one in xml for one in _ODD) or (b":c" in xml and len(_PREFIX.findall(xml)) > prefixed)
    if tags != len(found) or odd:
        part.plain = False
    part.cells += tags
    part.columns |= columns
    part.rows |= rows
    return xml


def _note_zeros(
    part: _Part, pattern: re.Pattern[bytes], xml: bytes, formats: dict[bytes, int]
) -> None:
    for column, row, style in pattern.findall(xml):
        part.zeros[int(row), column_number(column) - 1] = formats[style]


def _repacked(package: Package, parts: list[_Part]) -> bytes:
    """Return a zip of only the parts that were looked at, as they were looked at."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for name in (
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
        ):
            if name in package:
                target.writestr(name, package.read(name))
        if "xl/sharedStrings.xml" in package:
            target.writestr("xl/sharedStrings.xml", _strings(package))
        for part in parts:
            target.writestr(part.path, part.xml)
            part.xml = part.xml[part.xml.rfind(b"sheetData") :]  # merges stand behind the cells
    return buffer.getvalue()


def _strings(package: Package) -> bytes:
    found = bytearray()
    for piece in package.pieces("xl/sharedStrings.xml"):
        found += piece
        if len(found) > MOST_XML:
            raise too_large()
    return without_entities(bytes(found))


def _values(
    workbook: bytes, parts: list[_Part]
) -> Iterator[tuple[_Part, list[tuple[int, list[Value]]]]]:
    """Return each sheet's rows: by calamine where that is safe, else cell by cell."""
    fast = [part for part in parts if part.plain and part.dense <= max(SPARSE, 4 * part.cells)]
    reader = CalamineWorkbook.from_filelike(io.BytesIO(workbook)) if fast else None
    for part in parts:
        if reader is None or part not in fast:
            yield part, _cell_by_cell(workbook, part)
            continue
        sheet = reader.get_sheet_by_name(part.name)
        first, left = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True)
        before = [""] * left
        yield part, [(first + place, [*before, *row]) for place, row in enumerate(rows, 1)]


def _cell_by_cell(workbook: bytes, part: _Part) -> list[tuple[int, list[Value]]]:
    """Read a sheet as openpyxl parses it: slow, but only what is really there.

    Its own read-only sheet makes a row of empty cells for every number that is left out.
    """
    rows: list[tuple[int, list[Value]]] = []
    cells = 0
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True, data_only=True)
    sheet = book[part.name]
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, found in parser.parse():
            values = {one["column"]: one["value"] for one in found if one["value"] is not None}
            near = [column for column in values if 0 < column <= MOST_COLUMNS]
            if near:
                rows.append((number, [values.get(one) for one in range(1, max(near) + 1)]))
            cells += max(near, default=0)
            if cells > MOST_CELLS or len(rows) > MOST_ROWS:
                raise too_large()
    return sorted(rows, key=lambda one: one[0])


def _sheet(part: _Part, rows: list[tuple[int, list[Value]]], starts_1904: bool) -> Sheet:
    merges = [
        Merge(int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in _MERGE.findall(part.xml)
    ]
    return Sheet(
        part.name, part.visible, rows, merges, frozenset(part.hidden), part.zeros, starts_1904
    ).without_blank_rows()
