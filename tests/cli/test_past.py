"""Taking a step back on the command line, whole or record by record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.spreadsheets.files import workbook


@pytest.fixture
def step(xqhz: Call, tmp_path: Path) -> str:
    """An import of two students, one of whom was edited since; its number."""
    header = ("学号", "姓名", "班级")
    rows = (("20240201", "岑远", "24机电1班"), ("20240202", "邱禾", "24机电1班"))
    assert xqhz("import", "student", str(workbook(tmp_path / "a.xlsx", header, *rows))).code == 0
    number = str(xqhz("history", "--limit", "1", "--json").json["steps"][0]["step"])
    assert xqhz("set", "student", "20240201", "note=走读").code == 0
    return number


def names(call: Call) -> set[str]:
    return {one["name"] for one in call("list", "student", "--json").json["records"]}


def test_the_rows_of_a_step_say_whether_they_can_be_taken_back(xqhz: Call, step: str) -> None:
    rows = xqhz("undo", step, "--rows", "--json").json["rows"]
    assert {one["name"]: one["state"] for one in rows} == {"岑远": "edited", "邱禾": "free"}
    assert "走读" not in xqhz("undo", step, "--rows").out
    assert {"岑远", "邱禾"} <= names(xqhz)


def test_one_record_of_an_import_is_taken_back(xqhz: Call, step: str) -> None:
    rows = xqhz("undo", step, "--rows", "--json").json["rows"]
    ids = {one["name"]: one["id"] for one in rows}
    assert xqhz("undo", step, "--record", ids["邱禾"]).code == 0
    assert names(xqhz) == {"张三", "李四", "岑远"}
    refused = xqhz("--language", "en", "undo", step, "--record", ids["岑远"])
    assert (refused.code, "was edited since" in refused.err) == (3, True)


def test_all_rows_that_nobody_edited_are_taken_back_and_the_others_named(
    xqhz: Call, step: str
) -> None:
    run = xqhz("--language", "en", "undo", step, "--free")
    assert (run.code, "岑远" in run.out) == (1, True)
    assert names(xqhz) == {"张三", "李四", "岑远"}


def test_rows_are_taken_back_of_a_step_that_is_named(xqhz: Call) -> None:
    assert xqhz("undo", "--free").code == 2
    assert xqhz("undo", "3", "--free", "--record", "x").code == 2
