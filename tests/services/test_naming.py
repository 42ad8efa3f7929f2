"""Values as people type them on the command line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.make import make
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import naming, records
from xqhz_desktop.services.workspace import Work


@pytest.fixture
def room(work: Work) -> SchoolClass:
    room = make(SchoolClass, name="24机电1班")
    students = [
        make(Student, name="张三", student_no="20240101", school_class=room.id),
        make(Student, name="李四", student_no="20240102"),
        make(Student, name="李四", student_no="20240103"),
    ]
    records.save_all(work, [room, *students], Message("Import"))
    return room


def typed(work: Work, **pairs: str) -> dict[str, Any]:
    with work.store.read() as reader:
        return naming.values(reader, Student, pairs)


def test_values_are_read_in_either_language(work: Work, room: SchoolClass) -> None:
    assert typed(work, sex="男", birth_date="2008年5月1日", school_class="24机电1班") == {
        "sex": Sex.MALE,
        "birth_date": date(2008, 5, 1),
        "school_class": room.id,
    }
    assert typed(work, sex="female", school_class=room.id)["school_class"] == room.id
    assert typed(work, school_class="", birth_date="") == {"school_class": "", "birth_date": None}


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ({"colour": "red"}, "no field “colour”"),
        ({"sex": "?"}, "is not one of"),
        ({"school_class": "25机电1班"}, "no Class “25机电1班”"),
        ({"birth_date": "soon"}, "is not a day"),
    ],
)
def test_what_is_wrong_is_said(work: Work, pairs: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        typed(work, **pairs)


def test_a_record_is_named_by_id_number_or_name(work: Work, room: SchoolClass) -> None:
    with work.store.read() as reader:
        by_number = naming.reference(reader, "student", "20240101")
        assert naming.reference(reader, "student", "张三") == by_number
        assert naming.reference(reader, "student", by_number) == by_number
        with pytest.raises(UserError, match="2 records called “李四”") as twice:
            naming.reference(reader, "student", "李四")
        with pytest.raises(NotFound):
            naming.reference(reader, "placement", "张三")
    assert twice.value.code == "AMBIGUOUS"


def test_an_unknown_kind_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="student"):
        naming.kind("pupil")


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("", None), (None, None), (Sex.MALE, "MALE"), (date(2026, 3, 5), "2026-03-05"),
        (Decimal("2200.00"), 2200), (Decimal("2200.50"), 2200.5), (True, True), (0, 0), ("a", "a"),
    ],
)  # fmt: skip
def test_values_are_plain_in_json(value: Any, plain: Any) -> None:
    assert naming.plain(value) == plain


def test_a_record_in_json_says_what_its_references_are_called() -> None:
    made = naming.as_json(
        make(Placement, id="1", student="2"), Placement.FIELDS, {"student": "张三"}
    )
    assert (made["id"], made["student"], made["names"]["student"]) == ("1", "2", "张三")
    assert made["names"]["tutor"] is None
