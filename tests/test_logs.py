"""The log helps to find a fault and gives nobody away."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop import logs
from xqhz_desktop.logs import LOG, log_to

Write = Callable[[str], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Log a text and return what is in the file."""
    file = log_to(tmp_path)
    assert file is not None

    def written(text: str) -> str:
        LOG.info(text)
        return file.read_text(encoding="utf-8")

    return written


@pytest.mark.parametrize(
    "number",
    [
        "990000200803020017",  # resident ID
        "99000020080302001X",
        "990000080302001",  # of 15 digits
        "13800000000",
        "02300000000",
        "6200000000000000000",  # bank account
    ],
)
@pytest.mark.parametrize("around", ["{}", "phone={}", "学号{}，姓名", "('{}',)", "a/{}.pdf"])
def test_personal_numbers_are_blacked_out(number: str, around: str, write: Write) -> None:
    line = write(around.format(number))
    assert around.format(f"{number[:3]}****{number[-2:]}") in line
    assert number[3:-2] not in line


@given(st.integers(10**9, 10**18).map(str))
def test_no_long_number_survives(number: str) -> None:
    record = logging.LogRecord("xqhz", logging.INFO, "", 0, "%s", (number,), None)
    assert logs._Redacted("%(message)s").format(record) == f"{number[:3]}****{number[-2:]}"


def test_numbers_in_a_traceback_are_blacked_out_too(write: Write) -> None:
    try:
        raise ValueError("13800000000")
    except ValueError:
        LOG.info("failed", exc_info=True)
    assert "ValueError: 138****00" in write("")


@pytest.mark.parametrize(
    "text", ["took 1234567 ms", "2026-03-05", "0193a5f2c4d87b3e9a01b2c3d4e5f607"]
)
def test_what_is_no_personal_number_stays_readable(text: str, write: Write) -> None:
    assert text in write(text)


def test_the_log_moves_to_the_workspace_that_is_opened(tmp_path: Path) -> None:
    first, second = log_to(tmp_path / "one"), log_to(tmp_path / "two")
    assert first is not None
    assert second is not None
    LOG.info("opened")
    assert first.read_text(encoding="utf-8") == ""
    assert "opened" in second.read_text(encoding="utf-8")


def test_a_full_log_goes_on_in_a_new_file_and_old_ones_are_dropped(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "_FULL", 1)
    for number in range(6):
        write(f"line {number}")
    kept = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert {name: text.split()[-1] for name, text in kept.items()} == {
        "xqhz.log": "5",
        "xqhz.log.1": "4",
        "xqhz.log.2": "3",
        "xqhz.log.3": "2",
    }


def test_a_folder_that_cannot_be_written_has_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert log_to(tmp_path / "file") is None
