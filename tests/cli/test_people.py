"""Records on the command line: listed, shown, set and removed by name."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Call
from xqhz_desktop.domain import ENTITIES


def test_kinds_are_listed_with_their_fields(call: Call) -> None:
    kinds = call("kinds", "--json").json["kinds"]
    assert [one["kind"] for one in kinds] == [entity.KIND for entity in ENTITIES]
    (student,) = [one for one in kinds if one["kind"] == "student"]
    assert student["label"] == "Student"
    (number,) = [one for one in student["fields"] if one["name"] == "id_no"]
    assert number == {
        "name": "id_no", "label": "ID number", "kind": "code", "required": False, "private": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ([], ["李四", "张三"]),
        (["--sort", "student_no"], ["张三", "李四"]),
        (["--search", "zs"], ["张三"]),
        (["--search", "0102"], ["李四"]),
        (["--where", "school_class=24机电1班", "--where", "name=张三"], ["张三"]),
        (["--where", "sex=女"], []),
        (["--where", "phone="], ["李四", "张三"]),
        (["--limit", "1"], ["李四"]),
    ],
)
def test_a_list_is_searched_narrowed_ordered_and_cut(
    xqhz: Call, words: list[str], names: list[str]
) -> None:
    document = xqhz("list", "student", *words, "--json").json
    assert [one["name"] for one in document["records"]] == names
    assert document["kind"] == "student"
    assert document["total"] == (2 if "--limit" in words else len(names))
    people = xqhz("list", "student", *words)
    assert people.code == 0
    assert all(name in people.out for name in names)


def test_references_are_named_and_shown_by_name(xqhz: Call) -> None:
    shown = xqhz("show", "student", "张三", "--json").json
    assert shown["names"] == {"school_class": "24机电1班"}
    assert xqhz("show", "student", shown["id"]).out == xqhz("show", "student", "20240101").out
    assert "Class: 24机电1班" in xqhz("show", "student", "张三").out


def test_set_changes_what_it_names_and_gives_advice(xqhz: Call) -> None:
    answer = xqhz("set", "student", "张三", "phone=12345", "note=x=y", "--json")
    assert answer.code == 0
    assert (answer.json["phone"], answer.json["note"]) == ("12345", "x=y")
    assert answer.json["advice"].keys() == {"phone"}
    assert answer.json["school_class"]
    said = xqhz("set", "student", "张三", "phone=123456").out
    assert "Saved: 张三" in said
    assert "phone" in said


def test_what_was_removed_is_brought_back(xqhz: Call) -> None:
    assert xqhz("remove", "student", "张三").code == 0
    assert xqhz("list", "student", "--json").json["total"] == 1
    assert xqhz("undo").code == 0
    assert xqhz("list", "student", "--json").json["total"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "student", "王五"], "There is no Student “王五”."),
        (["show", "pupil", "王五"], "There is no kind “pupil”."),
        (["set", "student", "colour=red"], "no field “colour”"),
        (["set", "student", "sex=女"], "must be filled in"),
        (["set", "student", "name=王五", "school_class=25机电1班"], "There is no Class"),
        (["set", "student", "name=王五", "id_no=110105194912310021"], "18th character"),
        (["set", "student", "name=王五", "birth_date=soon"], "is not a day"),
        (["remove", "school_class", "24机电1班"], "cannot be removed: Students 2 still"),
        (["list", "student", "--sort", "colour"], "no field “colour”"),
        (["list", "student", "--where", "colour=red"], "no field “colour”"),
        (["undo", "999"], "nothing to undo"),
        (["restore", "nowhere.xqbak"], "There is no file nowhere.xqbak."),
        (["--passphrase-file", "nowhere", "new", "x", "--school", "x"], "cannot be read"),
    ],
    ids=" ".join,
)
def test_what_is_refused_is_one_line_and_changes_nothing(
    xqhz: Call, words: list[str], said: str
) -> None:
    before = xqhz("history", "--json").out
    answer = xqhz(*words)
    assert (answer.code, answer.out) == (3, "")
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert xqhz("history", "--json").out == before


@pytest.mark.parametrize("names", [["a", "b"], ["\x00", "·\t㛃𠮷"]])
def test_awkward_names_are_kept(xqhz: Call, names: list[str]) -> None:
    for name in names:
        made = xqhz("set", "school_class", f"name=x{name}x", "--json")
        assert made.json["name"] == f"x{name}x"
        assert xqhz("list", "school_class", "--search", "24", "--json").json["total"] == 1
