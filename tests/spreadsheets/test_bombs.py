"""Files made to fill the memory are refused with one sentence, long before they do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.spreadsheets.files import HEADER, STUDENT, changed_part, workbook
from xqhz_desktop.errors import BadFile
from xqhz_desktop.spreadsheets.understand import understand

ROOT = Path(__file__).resolve().parents[2]

ROWS = int(os.environ.get("XQHZ_ROWS", "500000"))
"""Rows of the long list; by hand with a million and more."""

MOST_MEMORY = 400_000_000

MEASURED = """
import sys
from pathlib import Path
from tests import memory
from xqhz_desktop.errors import BadFile
from xqhz_desktop.spreadsheets.understand import understand
try:
    understand(Path(sys.argv[1]), "student")
except BadFile as error:
    print(error.code, memory.most())
"""
"""Reads a file in a process of its own and tells its refusal and the most memory it took."""

LAUGHS = '<!DOCTYPE l [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refused(path: Path) -> str:
    with pytest.raises(BadFile) as error:
        understand(path, "student")
    return error.value.code


def long_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8") as target:
        target.write("学号,姓名,班级\n")
        target.writelines(f"{n},张三,24机电1班\n" for n in range(ROWS))


def long_xlsx(path: Path) -> None:
    """Write a sheet as Excel does, row by row: openpyxl would take minutes."""
    start = workbook(path.with_name("start.xlsx"), ("学号", "姓名"))
    part = "xl/worksheets/sheet1.xml"
    with (
        zipfile.ZipFile(start) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
        head, tail = source.read(part).split(b"</sheetData>")
        with target.open(part, "w", force_zip64=True) as stream:
            stream.write(head)
            for first in range(2, ROWS, 1000):
                stream.write(b"".join(map(_row, range(first, first + 1000))))
            stream.write(b"</sheetData>" + tail)


def hollow_xlsx(path: Path) -> None:
    """Write a sheet that unpacks to 300 MB without a single cell."""
    start = workbook(path.with_name("start.xlsx"), ("学号", "姓名"))
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(start) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            if name != part:
                out.writestr(name, source.read(name))
        with out.open(part, "w", force_zip64=True) as stream:
            for _ in range(300):
                stream.write(bytes(1_000_000))


def _row(n: int) -> bytes:
    name = f'<c r="B{n}" t="inlineStr"><is><t>n{n}</t></is></c>'
    return f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>{name}</row>'.encode()


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as POSIX tells it")
@pytest.mark.parametrize("write", [long_csv, long_xlsx, hollow_xlsx])
def test_too_long_and_hollow_lists_are_refused_in_bounded_memory(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    path = tmp_path / "long"
    write(path)
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    code, memory = run.stdout.split()
    assert code == "TOO_LARGE"
    assert int(memory) < MOST_MEMORY


def test_a_file_of_more_than_a_hundred_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, STUDENT)
    os.truncate(path, 100_000_001)
    assert refused(path) == "TOO_LARGE"


def test_a_zip_in_a_zip_is_never_unpacked(tmp_path: Path) -> None:
    inner = b"0" * 50_000_000
    for _layer in range(4):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for copy in range(4):
                target.writestr(f"{copy}.zip", inner)
        inner = buffer.getvalue()
    (tmp_path / "a.xlsx").write_bytes(inner)
    assert refused(tmp_path / "a.xlsx") == "NOT_A_SPREADSHEET"
    book = workbook(tmp_path / "b.xlsx", HEADER, STUDENT)
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(tmp_path / "c.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, inner if "sheet1" in name else source.read(name))
    assert refused(tmp_path / "c.xlsx") in {"CORRUPT", "EMPTY_FILE"}


@pytest.mark.parametrize(
    ("part", "old"),
    [
        ("xl/workbook.xml", "<workbook"),
        ("xl/styles.xml", "<styleSheet"),
        ("xl/sharedStrings.xml", "<sst"),
        ("xl/worksheets/sheet1.xml", "<worksheet"),
        ("xl/_rels/workbook.xml.rels", "<Relationships"),
    ],
)
def test_laughs_are_refused_wherever_they_stand(tmp_path: Path, part: str, old: str) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:  # Excel's way: texts in a part of their own
        book.add_worksheet().write_row(0, 0, HEADER)
    with zipfile.ZipFile(path) as made:
        assert part in made.namelist()
    assert refused(changed_part(path, tmp_path / "b.xlsx", part, old, LAUGHS + old)) == "CORRUPT"
