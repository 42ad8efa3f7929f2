"""Own fields on the command line: named by their labels, in every command that names fields."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call


@pytest.fixture
def school(xqhz: Call) -> Call:
    """The workspace of two students, with a code list and two own fields."""
    made = xqhz("set", "own_list", "name=工服尺码", "--json").json["id"]
    for place, name in enumerate(("大号", "小号"), 1):
        words = [f"own_list={made}", f"name={name}", f"place={place}"]
        assert xqhz("set", "own_choice", *words).code == 0
    sized = ["of_kind=student", "name=工服尺码", "name_en=Size", "type=CHOICE", f"own_list={made}"]
    assert xqhz("set", "own_field", *sized).code == 0
    board = ["of_kind=student", "name=是否住校", "name_en=Boarding", "type=FLAG"]
    assert xqhz("set", "own_field", *board).code == 0
    return xqhz


def test_kinds_name_the_own_fields(school: Call) -> None:
    (student,) = [
        one for one in school("kinds", "--json").json["kinds"] if one["kind"] == "student"
    ]
    own = [
        (one["label"], one["kind"]) for one in student["fields"] if one["name"].startswith("own:")
    ]
    assert own == [("Size", "choice"), ("Boarding", "flag")]
    assert "Boarding" in school("kinds").out


def test_an_own_field_is_set_shown_listed_and_sorted_by_its_label(school: Call) -> None:
    assert school("set", "student", "张三", "工服尺码=小号", "Boarding=是").code == 0
    assert school("set", "student", "李四", "Size=大号").code == 0
    shown = school("show", "student", "张三", "--json").json
    assert shown["own"] == {"工服尺码": "小号", "是否住校": True}
    assert "Size: 小号" in school("show", "student", "张三").out
    found = school("list", "student", "--where", "Boarding=yes", "--json").json
    assert [one["name"] for one in found["records"]] == ["张三"]
    found = school("list", "student", "--sort", "工服尺码", "--json").json
    assert [one["name"] for one in found["records"]] == ["李四", "张三"]


def test_a_field_nobody_knows_is_answered_with_those_there_are(school: Call) -> None:
    answer = school("set", "student", "张三", "鞋码=42")
    assert answer.code == 3
    assert "Boarding" in answer.err


def test_a_wrong_choice_is_answered_with_the_choices(school: Call) -> None:
    answer = school("set", "student", "张三", "工服尺码=特大号")
    assert answer.code == 3
    assert "大号, 小号" in answer.err


def test_own_fields_go_out_and_come_in(school: Call, tmp_path: Path) -> None:
    assert school("set", "student", "张三", "工服尺码=小号", "是否住校=是").code == 0
    sheet, template = str(tmp_path / "a.xlsx"), str(tmp_path / "t.xlsx")
    assert school("export", "student", sheet, "--columns", "student_no,name,工服尺码").code == 0
    rows = list(openpyxl.load_workbook(sheet).worksheets[0].iter_rows(values_only=True))
    assert ("20240101", "张三", "小号") in rows
    assert school("template", "student", template).code == 0
    titles = [cell.value for cell in openpyxl.load_workbook(template).worksheets[0][1]]
    assert {"Size", "Boarding"} <= set(titles)
    file = tmp_path / "b.csv"
    file.write_text(
        "学号,姓名,工服尺码\n20240101,张三,大号\n20240102,李四,巨号\n", encoding="utf-8"
    )
    done = school("import", "student", str(file), "--update", "--json")
    assert done.code == 1
    assert (done.json["counts"]["changed"], done.json["counts"]["errors"]) == (1, 1)
    assert school("show", "student", "张三", "--json").json["own"]["工服尺码"] == "大号"


def test_a_definition_with_values_is_not_removed(school: Call) -> None:
    assert school("set", "student", "张三", "是否住校=是").code == 0
    answer = school("remove", "own_field", "是否住校")
    assert answer.code == 3
    assert "Retire it instead" in answer.err
    assert school("set", "own_field", "是否住校", "retired=yes").code == 0
    assert "own" in school("show", "student", "张三", "--json").json
    assert "是否住校" not in school("show", "student", "张三", "--json").json["own"]
    assert school("undo").code == 0
    assert school("show", "student", "张三", "--json").json["own"]["是否住校"] is True


def test_the_history_names_own_fields_and_their_choices(school: Call) -> None:
    assert school("set", "student", "张三", "工服尺码=小号").code == 0
    assert school("set", "student", "张三", "工服尺码=大号").code == 0
    (change,) = school("history", "--limit", "1", "--json").json["steps"][0]["changes"]
    assert (change["label"], change["before"], change["after"]) == ("Size", "小号", "大号")
