"""Batches and the classes that take part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from xqhz_desktop.domain.placement import PlacementBatch, Term
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.services import batches, history, placing, workspace


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def chosen(school: SmallSchool, batch: PlacementBatch) -> set[str]:
    return {one.name for one in batches.members(school.work, batch.id) if one.chosen}


def test_a_new_batch_and_its_classes_are_one_step(school: SmallSchool) -> None:
    other = make(SchoolClass, name="23机电1班")
    school.add(other)
    batch = make(PlacementBatch, name="2026秋季", start_date=START, end_date=END)
    step = batches.save(school.work, batch, {other.id, school.school_class.id})
    assert chosen(school, batch) == {"23机电1班", "23数控1班"}
    assert history.steps(school.work)[0].number == step
    history.undo(school.work, step)
    assert [one.name for one in placing.batches(school.work)] == ["2026春季"]


def test_classes_come_and_go_and_nothing_changed_is_no_step(school: SmallSchool) -> None:
    other = make(SchoolClass, name="23机电1班")
    school.add(other)
    assert batches.save(school.work, school.batch, {school.school_class.id}) == 0
    assert batches.save(school.work, school.batch.but(note="x"), {other.id})
    assert chosen(school, school.batch) == {"23机电1班"}


def test_a_class_with_placed_students_stays(school: SmallSchool) -> None:
    placing.place(school.work, school.batch, school.students(2), school.position.id)
    with pytest.raises(UserError) as caught:
        batches.save(school.work, school.batch.but(name="别的名字"), set())
    assert caught.value.code == "PLACED"
    assert "23数控1班" in str(caught.value)
    assert "2" in str(caught.value)
    assert chosen(school, school.batch) == {"23数控1班"}
    assert [one.name for one in placing.batches(school.work)] == ["2026春季"]


def test_a_batch_that_ends_before_it_begins_is_not_saved(school: SmallSchool) -> None:
    with pytest.raises(InvalidRecord) as caught:
        batches.save(school.work, school.batch.but(end_date=START.replace(year=2025)), set())
    assert "end_date" in caught.value.problems


def test_classes_say_how_many_students_they_have_and_how_many_are_placed(
    school: SmallSchool,
) -> None:
    school.add(make(SchoolClass, name="24数控1班", enrol_year=2024))
    placing.place(school.work, school.batch, school.students(3)[:2], school.position.id)
    mine, other = batches.members(school.work, school.batch.id)
    assert (mine.name, mine.students, mine.placed, mine.chosen) == ("23数控1班", 3, 2, True)
    assert (other.name, other.students, other.chosen) == ("24数控1班", 0, False)


@pytest.mark.parametrize(
    ("on", "year", "term"),
    [
        (date(2026, 8, 1), "2026—2027", Term.FIRST),
        (date(2026, 11, 22), "2026—2027", Term.FIRST),
        (date(2027, 1, 31), "2026—2027", Term.FIRST),
        (date(2027, 2, 1), "2026—2027", Term.SECOND),
        (date(2027, 7, 31), "2026—2027", Term.SECOND),
    ],
)
def test_a_new_batch_begins_in_the_term_of_now(on: date, year: str, term: Term) -> None:
    fresh = batches.fresh(on)
    assert (fresh.school_year, fresh.term) == (year, term)
