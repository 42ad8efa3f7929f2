"""Files for tests, made as schools make them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from xqhz_desktop.spreadsheets.reading import RecordPlan
from xqhz_desktop.spreadsheets.understand import understand

ID_MALE, ID_FEMALE = "110222200802070037", "110224200803150066"
"""Numbers with right check characters that were never issued."""

HEADER = ("学号", "姓名", "性别", "身份证号", "班级")
STUDENT = ("2024010101", "李远明", "男", ID_MALE, "24机电1班")


def workbook(path: Path, *rows: Sequence[Any], name: str = "名单") -> Path:
    """Write rows to a new workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    """Write a text file."""
    path.write_bytes(content.encode(encoding))
    return path


def records(path: Path, kind: str = "student", **options: Any) -> list[RecordPlan]:
    """Return the records a file holds."""
    return understand(path, kind, **options).records


def only(path: Path, kind: str = "student") -> RecordPlan:
    """Return the one record of a file."""
    (found,) = records(path, kind)
    return found


def codes(record: RecordPlan) -> list[tuple[str, str]]:
    """Return a record's errors and warnings as (field, code)."""
    return [(one.field, one.code) for one in [*record.errors, *record.warnings]]


def cell(value: Any, column: str = "备注", kind: str = "student", *, folder: Path) -> RecordPlan:
    """Return the record of a sheet with one value under a column."""
    first = {"student": HEADER, "enterprise": ("企业名称",), "placement": ("学号", "实习单位")}[
        kind
    ]
    own = {"student": STUDENT, "enterprise": ("某某公司",), "placement": ("2024010101", "某公司")}
    titles, row = list(first), list(own[kind])
    if column in titles:
        row[titles.index(column)] = value
    else:
        titles, row = [*titles, column], [*row, value]
    return only(workbook(folder / "cell.xlsx", titles, row), kind)


def changed_part(source: Path, target: Path, part: str, old: str, new: str) -> Path:
    """Copy a workbook with one text of one part replaced."""
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as write:
        for name in read.namelist():
            data = read.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            write.writestr(name, data)
    return target


class Biff:
    """A stream of an old workbook with one sheet, record by record."""

    def __init__(self, strings: Sequence[str] = (), *, starts_1904: bool = False) -> None:
        self._cells: list[bytes] = []
        self._strings, self._1904 = strings, starts_1904

    def record(self, kind: int, body: bytes) -> Biff:
        """Add a record to the sheet."""
        self._cells.append(struct.pack("<HH", kind, len(body)) + body)
        return self

    def label(self, row: int, column: int, place: int) -> Biff:
        """Add a cell with a shared string."""
        return self.record(0xFD, struct.pack("<HHHI", row, column, 0, place))

    def number(self, row: int, column: int, value: float, style: int = 0) -> Biff:
        """Add a number."""
        return self.record(0x203, struct.pack("<HHHd", row, column, style, value))

    def save(self, path: Path) -> Path:
        """Write the stream; styles: 0 general, 1 a day, 2 zeros in front."""

        def one(kind: int, body: bytes) -> bytes:
            return struct.pack("<HH", kind, len(body)) + body

        zeros = "0000000000"
        name = "24机电1班"
        head = [
            one(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)),
            one(0x22, struct.pack("<H", self._1904)),
            one(0x41E, struct.pack("<HHB", 200, len(zeros), 0) + zeros.encode()),
            *(one(0xE0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 14, 200)),
        ]
        table = b"".join(
            struct.pack("<HB", len(said), 1) + said.encode("utf-16-le") for said in self._strings
        )
        table = struct.pack("<II", len(self._strings), len(self._strings)) + table
        # Cut inside the first string's characters: the next part says its width again.
        shared = one(0xFC, table[:13]) + one(0x3C, b"\1" + table[13:]) if self._strings else b""
        tail = one(0x0A, b"")
        sheet_at = len(b"".join(head)) + 12 + len(name) * 2 + len(shared) + len(tail)
        bound = struct.pack("<IBBBB", sheet_at, 0, 0, len(name), 1) + name.encode("utf-16-le")
        start = one(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
        whole = [*head, one(0x85, bound), shared, tail, start, *self._cells, tail]
        path.write_bytes(b"".join(whole))
        return path
