"""What is saved comes back as it was, in every kind of field, and a change is all or nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields as parts
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.make import make
from xqhz_desktop.domain import ENTITIES
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.domain.school import School, SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import codec

TITLE = Message("Test")

LETTERS = some.one_of(
    some.sampled_from("张㛃𠮷𬭎·•’“\n\t\x1f%_\\'\"\0é①Ａ"),
    some.characters(exclude_categories=["Cs"]),
)


def values(field: Field) -> some.SearchStrategy[Any]:
    match field.kind:
        case Kind.NOTE:
            return some.text(LETTERS, max_size=60)
        case Kind.DAY:
            return some.none() | some.dates()
        case Kind.FLAG:
            return some.booleans()
        case Kind.CHOICE:
            return some.sampled_from(list(field.choices or ()))
        case Kind.REF:
            return some.just("")
        case kind if kind in NUMBERS:
            whole = some.integers(0, 10**12)
            if not field.decimals:
                return some.none() | whole
            return some.none() | whole.map(lambda n: Decimal(n).scaleb(-field.decimals))
    return some.text(LETTERS, max_size=8)


def records(entity: type[Record]) -> some.SearchStrategy[Record]:
    chosen = {name: values(field) for name, field in entity.FIELDS.items()}
    return some.fixed_dictionaries(chosen).map(lambda given: entity(**given))


@pytest.fixture(params=["", "口令 123"], ids=["plain", "encrypted"])
def any_work(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    made = workspace.create(tmp_path / "w", make(School), passphrase=request.param)
    yield made
    workspace.close(made)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.KIND)
@given(data=some.data())
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_a_record_becomes_cells_and_back(entity: type[Record], data: some.DataObject) -> None:
    record = data.draw(records(entity))
    assert codec.from_cells(entity.KIND, codec.to_cells(record)) == record


@given(data=some.data())
@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_record_of_every_kind_comes_back_as_it_was(any_work: Work, data: some.DataObject) -> None:
    drawn = [data.draw(records(entity)) for entity in ENTITIES]
    with any_work.store.change(TITLE, any_work.actor) as change:
        for record in drawn:
            change.put(record)
    with any_work.store.read() as reader:
        for record in drawn:
            assert reader.get(record.KIND, record.id) == record


def test_a_choice_of_a_newer_program_is_kept(work: Work) -> None:
    student = make(Student, name="张三", status="ON_THE_MOON")
    with work.store.change(TITLE, work.actor) as change:
        change.put(student)
    with work.store.read() as reader:
        assert reader.get("student", student.id) == student


def test_an_error_inside_a_change_leaves_nothing(work: Work) -> None:
    student = make(Student)
    with suppress(RuntimeError), work.store.change(TITLE, work.actor) as change:
        change.put(student)
        assert change.get("student", student.id) == student
        raise RuntimeError
    with work.store.read() as reader:
        assert reader.count("student") == 0


def test_a_change_sees_what_it_has_put_itself(work: Work) -> None:
    room, student = make(SchoolClass, name="24机电1班"), make(Student, name="张三")
    with work.store.change(TITLE, work.actor) as change:
        change.put(room)
        change.put(student.but(school_class=room.id))
        assert change.names("school_class", [room.id]) == {room.id: "24机电1班"}
        assert [one.id for one in change.some("student", [student.id])] == [student.id]
        assert change.count("student", school_class=room.id) == 1


def test_a_reader_is_not_disturbed_by_a_change(work: Work) -> None:
    with work.store.read() as reader:
        assert reader.count("student") == 0
        with work.store.change(TITLE, work.actor) as change:
            change.put(make(Student))
        assert reader.count("student") == 0
    with work.store.read() as reader:
        assert reader.count("student") == 1


def test_a_reference_to_nobody_is_refused_in_plain_words(work: Work) -> None:
    with pytest.raises(UserError) as refused, work.store.change(TITLE, work.actor) as change:
        change.put(make(Student, school_class="0" * 32))
    assert "does not exist" in str(refused.value)


def test_listeners_are_told_the_kinds_and_only_when_something_changed(work: Work) -> None:
    told: list[set[str]] = []
    work.store.listeners.append(told.append)
    student = make(Student)
    for _ in range(2):
        with work.store.change(TITLE, work.actor) as change:
            change.put(student)
    assert told == [{"student"}]


def test_a_field_that_does_not_exist_is_named(work: Work) -> None:
    with work.store.read() as reader, pytest.raises(NotFound, match="colour"):
        list(reader.all("student", colour="red"))


def test_names_of_placements_are_those_of_their_students(work: Work) -> None:
    with work.store.read() as reader:
        assert reader.names("placement", ["nobody"]) == {}


def test_records_only_point_to_kinds_with_tables() -> None:
    kinds = {entity.KIND for entity in ENTITIES}
    assert {target for entity in ENTITIES for target in references(entity).values()} <= kinds
    assert all(parts(entity)[0].name == "id" for entity in ENTITIES)


def test_days_before_1970_and_far_ahead_come_back(work: Work) -> None:
    for day in (date(1, 1, 1), date(1949, 10, 1), date(9999, 12, 31)):
        student = make(Student, birth_date=day)
        with work.store.change(TITLE, work.actor) as change:
            change.put(student)
        with work.store.read() as reader:
            assert reader.get("student", student.id) == student
