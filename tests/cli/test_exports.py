"""Forms of authorities on the command line: listed, checked, written, added."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call
from tests.spreadsheets.adapter_files import adapter_file


@pytest.fixture
def placed(xqhz: Call) -> Call:
    """The workspace with one student placed, without the papers a platform asks for."""
    assert xqhz("set", "enterprise", "name=霁川鹿石有限公司", "no_code_reason=新设").code == 0
    words = ["student=20240101", "enterprise=霁川鹿石有限公司", "start_date=2026-03-02"]
    assert xqhz("set", "placement", *words, "end_date=2026-08-31", "status=RUNNING").code == 0
    return xqhz


def test_the_forms_are_listed_with_what_is_filled_and_what_nobody_compared(call: Call) -> None:
    answer = call("exports", "--json")
    assert answer.code == 0
    forms = {one["name"]: one for one in answer.json["exports"]}
    columns = {one["header"]: one for one in forms["rp01"]["columns"]}
    assert len(columns) == 25
    assert not columns["是否购买保险"]["filled"]
    assert not columns["企业性质"]["checked"]
    assert columns["学号"] == {
        "header": "学号",
        "required": True,
        "filled": True,
        "checked": True,
        "from": "Student › Student number",
        "note": None,
    }
    assert forms["platform-visits"]["kind"] is None


def test_a_check_says_what_would_be_refused_and_writes_nothing(
    placed: Call, tmp_path: Path
) -> None:
    answer = placed("export", "rp01", "--check", "--json")
    assert answer.code == 1
    found = answer.json
    assert (found["template"], found["file"], found["rows"], found["refused"]) == (
        "rp01",
        None,
        1,
        1,
    )
    by_column = {one["column"]: one for one in found["findings"]}
    code = by_column["统一社会信用代码"]
    assert (code["row"], code["person"], code["severity"]) == (2, "张三 20240101", "refuse")
    assert code["advice"] == "Fill in “Credit code” in Enterprise “霁川鹿石有限公司”."
    assert by_column["备案情况"]["row"] is None
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_form_is_written_whole_or_with_its_good_rows(placed: Call, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    for options, rows in (((), 1), (("--good",), 0)):
        answer = placed("export", "rp01", str(file), *options)
        assert answer.code == 1, "something would be refused"
        assert f"{rows} row" in answer.out
        sheet = openpyxl.load_workbook(file).worksheets[0]
        assert sheet.max_row == 1 + rows


def test_rows_are_chosen_by_value_and_by_day(placed: Call) -> None:
    def rows(*options: str) -> int:
        return int(placed("export", "rp02", "--check", "--json", *options).json["rows"])

    assert rows("--where", "student=20240101") == 1
    assert rows("--where", "student=20240102") == 0
    assert rows("--on", "2026-05-01") == 1
    assert rows("--on", "2027-05-01") == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("rp01",), 2, "FILE.xlsx is missing."),
        (("student",), 2, "FILE.xlsx is missing."),
        (("rp01", "x.xlsx", "--columns", "name"), 2, "A template has its own columns"),
        (("rp01", "x.xlsx", "--purpose", "public"), 2, "nothing in it is covered"),
        (("rp01", "--check", "--on", "May"), 2, "“May” is not a day"),
        (("student", "x.xlsx", "--check"), 2, "--check"),
        (("rp99", "x.xlsx"), 3, "There is no kind and no template “rp99”."),
        (("rp01", "--check", "--where", "colour=red"), 3, "has no field “colour”"),
    ],
)
def test_wrong_words_are_answered_in_one_line(
    xqhz: Call, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = xqhz("export", *words)
    assert answer.code == code
    assert said in answer.err


def test_a_form_of_the_school_is_added_and_filled(placed: Call, tmp_path: Path) -> None:
    answer = placed("exports", "--add", str(adapter_file(tmp_path)), "--json")
    assert answer.code == 0
    assert any(one["own"] for one in answer.json["exports"])
    assert placed("export", "own-form", str(tmp_path / "own.xlsx")).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "own.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["20240101", "霁川鹿石有限公司"]


def test_a_broken_form_is_refused_and_named(xqhz: Call, tmp_path: Path) -> None:
    answer = xqhz("exports", "--add", str(adapter_file(tmp_path, columns=[])))
    assert answer.code == 3
    assert "“own.json” is no template" in answer.err


def test_a_broken_file_in_the_folder_is_told_beside_the_others(xqhz: Call, tmp_path: Path) -> None:
    adapter_file(tmp_path / "w" / "adapters", columns=[])
    answer = xqhz("exports", "--json")
    assert answer.code == 1
    assert len(answer.json["troubles"]) == 1
