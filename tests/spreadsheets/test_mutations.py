"""Damaged copies of real files are read or refused; nothing else ever happens."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spreadsheets.test_examples import EXPECTED, FOLDER
from xqhz_desktop.errors import BadFile
from xqhz_desktop.spreadsheets.understand import understand

SOURCES = {name: (FOLDER / name).read_bytes() for name in EXPECTED["files"]}
FILE_ERRORS = {
    *("ENCRYPTED", "CORRUPT", "EMPTY_FILE"),
    *("NOT_A_SPREADSHEET", "TOO_LARGE", "NO_HEADER"),
}
EDITS = st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=6)

bounded = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def edited(data: bytes, edits: list[tuple[float, bytes]], keep: float = 1.0) -> bytes:
    found = bytearray(data[: int(len(data) * keep)])
    for place, new in edits:
        at = int(place * len(found))
        found[at : at + len(new)] = new
    return bytes(found)


def read_or_refused(path: Path, data: bytes, name: str) -> None:
    path.write_bytes(data)
    assert refusal(path, EXPECTED["files"][name]["kind"]) in {"", *FILE_ERRORS}


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
@given(st.sampled_from([name for name in sorted(SOURCES) if name.endswith("x")]), st.data())
def test_damaged_parts_of_a_whole_zip_are_read_or_refused(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOURCES[name])) as source:
        parts = source.namelist()
        chosen = data.draw(st.sampled_from(parts))
        with zipfile.ZipFile(buffer, "w") as target:
            for part in parts:
                content = source.read(part)
                if part == chosen:
                    content = edited(content, data.draw(EDITS))
                target.writestr(part, content)
    read_or_refused(tmp_path / "a", buffer.getvalue(), name)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_truncation_is_read_or_refused(tmp_path: Path, name: str) -> None:
    data = SOURCES[name]
    for size in range(0, len(data), max(1, len(data) // 40)):
        read_or_refused(tmp_path / "a", data[:size], name)
