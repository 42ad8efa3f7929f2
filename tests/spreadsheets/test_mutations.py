"""Damaged copies of real files are read or refused; nothing else ever happens."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spreadsheets.files import Biff
from tests.spreadsheets.test_examples import EXPECTED, FOLDER
from tests.spreadsheets.test_read import HTML, LINES, ODS, XML
from xqhz_desktop.errors import BadFile
from xqhz_desktop.spreadsheets.read import read
from xqhz_desktop.spreadsheets.understand import understand


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def old_workbook() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        strings = ("学号", "姓名", "班级", "李远明", "24机电1班")
        book = Biff(strings)
        for column in range(3):
            book.label(0, column, column)
        book.number(1, 0, 2024010101).label(1, 1, 3).label(1, 2, 4)
        return book.save(Path(folder) / "a.xls").read_bytes()


KINDS = {name: one["kind"] for name, one in EXPECTED["files"].items()}
SOURCES = {name: (FOLDER / name).read_bytes() for name in KINDS} | {
    "document.ods": packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    ),
    "page.html": HTML.encode("gbk"),
    "of 2003.xml": XML.encode(),
    "utf-16.csv": LINES.encode("utf-16"),
    "tabs.txt": LINES.replace(",", "\t").encode("gb18030"),
    "old.xls": old_workbook(),
}
"""Real lists of schools, and one of every other format."""

ZIPPED = [name for name, data in sorted(SOURCES.items()) if data.startswith(b"PK")]
FILE_ERRORS = {
    *("ENCRYPTED", "CORRUPT", "EMPTY_FILE"),
    *("NOT_A_SPREADSHEET", "TOO_LARGE", "NO_HEADER"),
}
WORDS = "| |0|-1|1e309|2024-13-45|9999999999999999999|２０２４|\u202e|=1+1|合计|学号|#N/A"
ODD = st.sampled_from(WORDS.split("|")) | st.text(max_size=6)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=6)

bounded = settings(  # by hand with XQHZ_MUTATIONS=5000
    max_examples=int(os.environ.get("XQHZ_MUTATIONS", "100")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def edited(data: bytes, edits: list[tuple[float, bytes]], keep: float = 1.0) -> bytes:
    found = bytearray(data[: int(len(data) * keep)])
    for place, new in edits:
        at = int(place * len(found))
        found[at : at + len(new)] = new
    return bytes(found)


def swapped(data: bytes, swap: dict[str, str]) -> bytes:
    """Return a file with some of its texts replaced, in whichever encoding it has them."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            return packed({part: swapped(source.read(part), swap) for part in source.namelist()})
    for old, new in swap.items():
        for encoding in ("utf-8", "gb18030", "utf-16-le"):
            data = data.replace(old.encode(encoding), new.encode(encoding, "replace"))
    return data


@cache
def texts(data: bytes) -> list[str]:
    """Return Chinese words and long numbers a file has, as the reader of its format finds them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(data)
        values = {str(v) for sheet in read(path) for _n, row in sheet.rows for v in row if v}
    return sorted(one for one in values if 2 <= len(one) <= 20)


def read_or_refused(path: Path, data: bytes, name: str) -> None:
    path.write_bytes(data)
    assert refusal(path, KINDS.get(name, "student")) in {"", *FILE_ERRORS}


def refusal(path: Path, kind: str) -> str:
    try:
        understand(path, kind)
    except BadFile as error:
        return error.code
    return ""


@bounded
@given(st.sampled_from(sorted(SOURCES)), EDITS, st.sampled_from([1.0, 0.9, 0.5, 0.1]))
def test_damaged_bytes_are_read_or_refused(
    tmp_path: Path, name: str, edits: list[tuple[float, bytes]], keep: float
) -> None:
    read_or_refused(tmp_path / "a", edited(SOURCES[name], edits, keep), name)


@bounded
@given(st.sampled_from(ZIPPED), st.data())
def test_damaged_parts_of_a_whole_zip_are_read_or_refused(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    with zipfile.ZipFile(io.BytesIO(SOURCES[name])) as source:
        parts = {part: source.read(part) for part in source.namelist()}
    chosen = data.draw(st.sampled_from(sorted(parts)))
    parts[chosen] = edited(parts[chosen], data.draw(EDITS))
    read_or_refused(tmp_path / "a", packed(parts), name)


@bounded
@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_lists_with_odd_cells_are_read_or_refused(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    """Put odd texts in the place of texts: what is read must be understood without a crash."""
    found = texts(SOURCES[name])
    if not found:
        return
    chosen = data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=4))
    swap = {one: data.draw(ODD) for one in chosen}
    read_or_refused(tmp_path / "a", swapped(SOURCES[name], swap), name)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_truncation_is_read_or_refused(tmp_path: Path, name: str) -> None:
    data = SOURCES[name]
    for size in range(0, len(data), max(1, len(data) // 40)):
        read_or_refused(tmp_path / "a", data[:size], name)
