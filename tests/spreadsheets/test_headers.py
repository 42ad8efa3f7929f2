"""Headers are found wherever they stand and however they are worded."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from xqhz_desktop import paths
from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets.general import KINDS, import_kind
from xqhz_desktop.spreadsheets.headers import find_header
from xqhz_desktop.spreadsheets.lexicon import lexicon
from xqhz_desktop.spreadsheets.lists import STUDENT
from xqhz_desktop.spreadsheets.sheet import Merge, Sheet

WORDS = json.loads(paths.resource("imports", "headers.json").read_text(encoding="utf-8"))


def synonyms() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for kind in WORDS.keys() & {*KINDS}:
        for name, words in WORDS[kind]["fields"].items():
            yield from ((kind, name, (said,)) for said in words)
        for group in WORDS[kind].get("groups", {}).values():
            for name, words in group["fields"].items():
                for head in group["words"]:
                    yield from ((kind, name, (head, said)) for said in words)


def test_every_synonym_names_its_own_column() -> None:
    wrong = [one for one in synonyms() if lexicon(import_kind(one[0])).field(one[2]) != one[1]]
    assert not wrong


@pytest.mark.parametrize("name", KINDS)
def test_the_labels_of_the_program_are_understood_in_every_language(name: str) -> None:
    kind = import_kind(name)
    for column in kind.columns:
        for code in CODES:
            said = language(code).say(column.label)
            assert lexicon(kind).field([said]) == column.name, said


@pytest.mark.parametrize(
    ("said", "name"),
    [
        *(
            (one, "name")
            for one in ("*姓名", "姓  名", "姓\n名", "姓名/Name", "1.姓名", "学生姓名", "姓名：")
        ),
        ("身份证号码（必填，18位）", "id_no"),
        ("联系电话（监护人）", "guardian_phone"),
        ("家长电话", "guardian_phone"),
        ("监护人及电话", "guardian"),
        ("性别(男/女)", "sex"),
        ("出生日期(YYYY-MM-DD)", "birth_date"),
        ("成员1姓名", "guardian_name"),
        ("全国学籍号", "registration_no"),
        *(
            (one, None)
            for one in ("班主任姓名", "父亲姓名", "成员2姓名", "紧急联系人电话", "专业代码", "寝室")
        ),
    ],
)
def test_a_column_is_known_by_many_names(said: str, name: str | None) -> None:
    assert lexicon(import_kind("student")).field([said]) == name


def sheet(*rows: tuple[object, ...], merges: tuple[Merge, ...] = ()) -> Sheet:
    numbered = [(number, row) for number, row in enumerate(rows, 1)]
    return Sheet("名单", rows=numbered, merges=merges)  # type: ignore[arg-type]


def test_groups_qualify_their_children_without_any_merge() -> None:
    found = find_header(
        sheet(
            ("序号", "学生信息", "", "监护人信息", ""),
            ("", "学号", "姓名", "姓名", "联系电话"),
            (1, "2024010101", "李远明", "李玉梅", "16600000001"),
        ),
        STUDENT,
    )
    assert found is not None
    assert found.rows == (1, 2)
    assert list(found.columns.values()) == [
        *("student_no", "name"),
        *("guardian_name", "guardian_phone"),
    ]


def test_a_title_above_the_header_is_no_part_of_it() -> None:
    found = find_header(
        sheet(
            ("××学校2024级学生花名册", "", ""),
            ("班级", "24机电1班", ""),
            ("学号", "姓名", "备用列"),
            ("2024010101", "李远明", ""),
            merges=(Merge(1, 1, 1, 3),),
        ),
        STUDENT,
    )
    assert found is not None
    assert (found.rows, found.unmapped) == ((3,), ("备用列",))


def test_somebody_elses_columns_are_left_alone() -> None:
    found = find_header(
        sheet(("学号", "姓名", "班主任", ""), ("", "", "姓名", "联系电话"), ("1", "李", "张", "2")),
        STUDENT,
    )
    assert found is not None
    assert list(found.columns.values()) == ["student_no", "name"]


@pytest.mark.parametrize("said", ["保单号", "保单号码", "保单编号", "保险单号码", "Policy No."])
def test_a_number_is_known_by_whatever_its_column_ends_with(said: str) -> None:
    assert lexicon(import_kind("policy")).field((said,)) == "policy_no"
