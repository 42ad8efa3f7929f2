"""Old workbooks (.xls, and .et with that content), read record by record.

A damaged or hostile .xls can make a compiled reader reserve memory until the process dies; this
one only ever holds the cells that are there. Sources: MS-XLS; BIFF5 and BIFF8.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from xqhz_desktop.spreadsheets import biff_text, ole
from xqhz_desktop.spreadsheets.sheet import (
    MOST_CELLS,
    Merge,
    Sheet,
    Value,
    corrupt,
    encrypted,
    too_large,
)

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_DATE_FORMATS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_MOST_COLUMNS = 256
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_ZEROS = re.compile(r"0{2,}")

Parts = list[bytes]
"""The body of a record and of the CONTINUE records after it."""


@dataclass
class _Book:
    """What the first part of the stream says about all sheets."""

    encoding: str = ""
    """Of its texts; none in BIFF8, where each text says how wide its characters are."""
    starts_1904: bool = False
    sheets: list[tuple[int, bool, str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def format(self, style: int) -> tuple[int, str]:
        """Return the number and the code of a cell's number format."""
        number = self.styles[style] if style < len(self.styles) else 0
        return number, self.formats.get(number, "")


@dataclass
class _Cells:
    """The cells of one sheet while it is read."""

    book: _Book
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    count: int = 0
    waiting: tuple[int, int] | None = None
    """The formula cell whose text comes in the next record."""

    def put(self, row: int, column: int, value: Value) -> None:
        """Keep a value, 0-based."""
        if column >= _MOST_COLUMNS:
            return
        self.count += 1
        if self.count > MOST_CELLS:
            raise too_large()
        self.rows.setdefault(row, {})[column] = value

    def number(self, row: int, column: int, style: int, value: float) -> None:
        """Keep a number as what its format makes of it."""
        number, code = self.book.format(style)
        if _ZEROS.fullmatch(code):
            self.zeros[row + 1, column] = len(code)
        if number in _DATE_FORMATS or (code and re.search("[yd年]", _QUOTED.sub("", code.lower()))):
            found = _moment(value, self.book.starts_1904)
            self.put(row, column, value if found is None else found)
        else:
            self.put(row, column, value)

    def made(self) -> list[tuple[int, list[Value]]]:
        """Return the rows in order, numbered from 1."""
        return [
            (row + 1, [cells.get(column) for column in range(max(cells) + 1)])
            for row, cells in sorted(self.rows.items())
        ]


def read(data: bytes) -> list[Sheet]:
    """Return the worksheets of a workbook in their order."""
    stream = data
    if data.startswith(ole.MAGIC):
        stream = ole.Compound(data).stream("Workbook", "Book")
    try:
        book = _globals(stream)
        return [_sheet(stream, book, one) for one in book.sheets]
    except (struct.error, IndexError, UnicodeDecodeError, LookupError) as error:
        raise corrupt() from error


def _records(stream: bytes, place: int) -> Iterator[tuple[int, Parts]]:
    """Return records with their continuations, from a BOF to its EOF."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        parts = [stream[place + 4 : place + 4 + size]]
        place += 4 + size
        while stream[place : place + 2] == b"\x3c\x00":
            size = struct.unpack_from("<H", stream, place + 2)[0]
            parts.append(stream[place + 4 : place + 4 + size])
            place += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)  # a chart inside a sheet has its own
        if depth <= 1:
            yield kind, parts
        if depth == 0:
            return


def _globals(stream: bytes) -> _Book:
    book = _Book()
    for kind, parts in _records(stream, 0):
        body = parts[0]
        match kind:
            case 0x809:
                book.encoding = "" if struct.unpack_from("<H", body)[0] >= 0x600 else "gb18030"
            case 0x2F:
                raise encrypted()
            case 0x22:
                book.starts_1904 = body[:1] == b"\1"
            case 0x42:
                if book.encoding:
                    book.encoding = biff_text.encoding(struct.unpack_from("<H", body)[0])
            case 0x85:
                place, state, sort = struct.unpack_from("<IBB", body)
                if sort == 0:
                    book.sheets.append((place, state & 3 == 0, _short(body[6:], book)))
            case 0x41E:
                number = struct.unpack_from("<H", body)[0]
                book.formats[number] = (
                    _short(body[2:], book) if book.encoding else _long(body[2:], book)
                )
            case 0xE0:
                book.styles.append(struct.unpack_from("<H", body, 2)[0])
            case 0xFC:
                book.strings = biff_text.Strings(parts).all()
    if not book.sheets:
        raise corrupt()
    return book


def _sheet(stream: bytes, book: _Book, told: tuple[int, bool, str]) -> Sheet:
    place, visible, name = told
    cells = _Cells(book)
    for kind, parts in _records(stream, place):
        if kind in _READERS:
            _READERS[kind](cells, parts[0])
    return Sheet(
        name,
        visible,
        cells.made(),
        cells.merges,
        frozenset(cells.hidden),
        cells.zeros,
        book.starts_1904,
    ).without_blank_rows()


def _row(cells: _Cells, body: bytes) -> None:
    if len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & 0x20:
        cells.hidden.add(struct.unpack_from("<H", body)[0] + 1)


def _number(cells: _Cells, body: bytes) -> None:
    cells.number(*struct.unpack_from("<HHHd", body))


def _rk(cells: _Cells, body: bytes) -> None:
    row, column, style, packed = struct.unpack_from("<HHHI", body)
    cells.number(row, column, style, _unpacked(packed))


def _rks(cells: _Cells, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    for place in range(4, len(body) - 7, 6):
        style, packed = struct.unpack_from("<HI", body, place)
        cells.number(row, column + (place - 4) // 6, style, _unpacked(packed))


def _shared(cells: _Cells, body: bytes) -> None:
    row, column, _, place = struct.unpack_from("<HHHI", body)
    cells.put(row, column, cells.book.strings[place])


def _label(cells: _Cells, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    cells.put(row, column, _long(body[6:], cells.book))


def _truth(cells: _Cells, body: bytes) -> None:
    row, column, _, value, wrong = struct.unpack_from("<HHHBB", body)
    if not wrong:
        cells.put(row, column, bool(value))


def _formula(cells: _Cells, body: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    if body[12:14] != b"\xff\xff":
        cells.number(row, column, style, struct.unpack_from("<d", body, 6)[0])
    elif body[6] == 0:
        cells.waiting = row, column
    elif body[6] == 1:
        cells.put(row, column, bool(body[8]))


def _formula_text(cells: _Cells, body: bytes) -> None:
    if cells.waiting:
        cells.put(*cells.waiting, _long(body, cells.book))
        cells.waiting = None


def _merges(cells: _Cells, body: bytes) -> None:
    for place in range(2, len(body) - 7, 8):
        top, bottom, left, right = struct.unpack_from("<4H", body, place)
        cells.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))


_READERS: dict[int, Callable[[_Cells, bytes], None]] = {
    0x208: _row,
    0x203: _number,
    0x27E: _rk,
    0xBD: _rks,
    0xFD: _shared,
    0x204: _label,
    0xD6: _label,
    0x205: _truth,
    0x06: _formula,
    0x206: _formula,
    0x207: _formula_text,
    0xE5: _merges,
}


def _short(body: bytes, book: _Book) -> str:
    return biff_text.characters(body[1:], body[0], book.encoding)


def _long(body: bytes, book: _Book) -> str:
    return biff_text.characters(body[2:], struct.unpack_from("<H", body)[0], book.encoding)


def _unpacked(packed: int) -> float:
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value


def _moment(serial: float, starts_1904: bool) -> datetime | None:
    if not 1 <= serial < 2_958_466:
        return None
    start = datetime(1904, 1, 1) if starts_1904 else datetime(1899, 12, 30)
    return start + timedelta(days=serial)
