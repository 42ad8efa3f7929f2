"""Writing papers to files."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.reports.papers import BILINGUAL, Office, rows
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.reports.kit import Edition, Output, file_name, printed, put
from xqhz_desktop.reports.register import RegisterQuestions, tell

PAPER = tell(Office(rows(30)), RegisterQuestions(), BILINGUAL)


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def test_a_paper_is_written_whole(tmp_path: Path) -> None:
    paper = printed(PAPER, BILINGUAL)
    put(paper.data, tmp_path / "名册.pdf")
    assert (tmp_path / "名册.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert paper.pages == 3
    assert names(tmp_path) == ["名册.pdf"]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    put(b"new", target)
    assert target.read_bytes() == b"new"


def test_a_missing_folder_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        put(b"x", tmp_path / "nowhere" / "a.pdf")
    assert "There is no folder" in str(refused.value)


def test_a_name_that_is_taken_by_a_folder_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UserError) as refused:
        put(b"x", tmp_path / "a.pdf")
    assert "“a.pdf” cannot be written here" in str(refused.value)
    assert names(tmp_path) == ["a.pdf"]


def test_a_locked_folder_is_said_in_plain_words(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    if os.access(locked, os.W_OK):
        pytest.skip("this user may write anywhere")
    with pytest.raises(UserError) as refused:
        put(b"x", locked / "a.pdf")
    assert "“a.pdf” cannot be written here" in str(refused.value)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(UserError) as refused:
            put(b"x" * 100_000, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "The disk is full" in str(refused.value)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]


def test_a_paper_being_drawn_can_be_stopped() -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        printed(PAPER, BILINGUAL, stop)


def test_the_proposed_file_name_is_good_on_every_system() -> None:
    edition = Edition(Output.EN, printed_on=date(2026, 3, 5))
    assert file_name('a/b:c*"', edition) == "a b c 2026-03-05.pdf"


def test_days_are_written_as_the_paper_speaks() -> None:
    assert Edition(Output.ZH_CN).day(date(2026, 3, 5)) == "2026年3月5日"
    assert Edition(Output.EN).day(date(2026, 3, 5)) == "2026-03-05"
