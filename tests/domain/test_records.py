"""Records keep values, never change, and know what is wrong with them."""

from __future__ import annotations

import dataclasses
import time
from datetime import date
from typing import Any

import pytest

from tests.make import make
from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.placement import Placement, PlacementBatch
from xqhz_desktop.domain.records import new_id, references
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message

EVERY = pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.KIND)


def test_ids_sort_by_birth_and_are_never_the_same() -> None:
    made = []
    for _ in range(3):
        made.append(new_id())
        birth = int(made[-1][:12], 16)
        while time.time_ns() // 1_000_000 <= birth:
            pass
    assert made == sorted(made)
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_an_id_is_a_uuid_of_version_7() -> None:
    assert {(len(one), one[12], one[16] in "89ab") for one in (new_id() for _ in range(200))} == {
        (32, "7", True)
    }


@EVERY
def test_a_made_record_is_valid(entity: Any) -> None:
    assert make(entity).problems() == {}


@EVERY
def test_what_must_be_filled_in_is_missed(entity: Any) -> None:
    required = {name for name, field in entity.FIELDS.items() if field.required}
    assert required <= entity().problems().keys()


@EVERY
def test_a_record_is_found_by_its_kind_and_links_to_known_kinds(entity: Any) -> None:
    assert BY_KIND[entity.KIND] is entity
    assert set(references(entity).values()) <= BY_KIND.keys()


@EVERY
def test_keys_and_titles_are_fields(entity: Any) -> None:
    keys = {name for key in entity.KEYS for name in key}
    assert keys | {entity.TITLE} <= entity.FIELDS.keys() | {"id"}


@EVERY
def test_an_empty_value_is_the_one_its_field_calls_empty(entity: Any) -> None:
    record = entity()
    for name, field in entity.FIELDS.items():
        if field.kind not in (Kind.CHOICE, Kind.FLAG, Kind.TABLE):
            assert getattr(record, name) == field.empty, name


def test_a_record_never_changes() -> None:
    student = make(Student, name="李明")
    with pytest.raises(dataclasses.FrozenInstanceError):
        student.name = "王芳"  # type: ignore[misc]
    renamed = student.but(name="王芳")
    assert (student.name, renamed.name, renamed.id) == ("李明", "王芳", student.id)


def test_values_leave_out_the_id() -> None:
    assert "id" not in make(Student).values()
    assert list(make(Student).values()) == list(Student.FIELDS)


def test_a_record_is_called_by_its_title() -> None:
    assert make(Student, name="李明").called == "李明"


@pytest.mark.parametrize("entity", [Placement, PlacementBatch])
def test_an_end_before_the_start_is_a_problem(entity: Any) -> None:
    record = make(entity, start_date=date(2026, 3, 2), end_date=date(2026, 3, 1))
    assert record.problems() == {"end_date": Message("The end lies before the start.")}


def test_an_enterprise_is_not_its_own_parent() -> None:
    enterprise = make(Enterprise)
    assert "parent" in enterprise.but(parent=enterprise.id).problems()


def test_the_problem_of_a_single_value_comes_first() -> None:
    batch = make(PlacementBatch, start_date=date(2026, 3, 2), end_date=None)
    assert str(batch.problems()["end_date"]) == "Until must be filled in."


def test_an_id_number_is_checked_only_where_the_document_is_an_id_card() -> None:
    assert "id_no" in make(Student, id_no="123").problems()
    assert make(Student, id_no="123", id_type="A").problems().get("id_no") is None


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2026, 3, 1), 17), (date(2026, 3, 2), 18), (date(2027, 3, 1), 18)],
)
def test_a_student_comes_of_age_on_the_birthday(day: date, age: int) -> None:
    assert make(Student, birth_date=date(2008, 3, 2)).age_on(day) == age


def test_the_age_is_unknown_where_no_birth_date_is() -> None:
    assert make(Student).age_on(date(2026, 3, 1)) is None
