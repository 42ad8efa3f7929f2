"""The same value for many records: looked at first, written as one step, refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.lists import House, house
from xqhz_desktop.domain.records import new_id
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.errors import Cancelled, NotFound, UserError
from xqhz_desktop.services import bulk, history, records, workspace
from xqhz_desktop.storage.queries import Query, Where


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    workspace.close(made.work)


def stop(_done: int, _total: int) -> None:
    raise Cancelled


def test_every_record_is_shown_before_and_after_and_nothing_is_written(school: House) -> None:
    ids = [one.id for one in school.students[:2]]
    plan = bulk.preview(school.work, "student", ids, {"status": StudentStatus.GRADUATED})
    assert [line.before for line in plan.lines] == school.students[:2]
    assert [line.after.status for line in plan.changing] == [StudentStatus.GRADUATED] * 2
    assert school.now(school.students[0]) == school.students[0]


def test_all_that_a_list_shows_are_written_as_one_step(school: House) -> None:
    query = Query("student", where=(Where("school_class", "=", school.room.id),))
    plan = bulk.preview(school.work, "student", query, {"note": "返校", "school_class": ""})
    done = bulk.apply(school.work, plan)
    assert (done.changed, done.refused) == (3, ())
    assert school.count("student", note="返校", school_class="") == 3
    history.undo(school.work)
    assert school.now(school.students[2]) == school.students[2]


def test_what_points_elsewhere_is_shown_by_name(school: House) -> None:
    ids = [one.id for one in school.placements]
    plan = bulk.preview(school.work, "placement", ids, {"enterprise": school.second.id})
    assert plan.names[school.first.id] == school.first.name
    assert plan.names[school.second.id] == school.second.name


def test_records_with_a_problem_are_named_and_left_out(school: House) -> None:
    early, *others = school.placements
    school.save(early.but(end_date=date(2026, 3, 5)))
    ids = [one.id for one in school.placements]
    plan = bulk.preview(school.work, "placement", ids, {"start_date": date(2026, 4, 1)})
    (line,) = plan.refused
    assert line.before.id == early.id
    assert str(line.problem) == "The end lies before the start."
    done = bulk.apply(school.work, plan)
    assert (done.changed, done.refused) == (2, (line,))
    assert school.now(early).start_date == date(2026, 3, 2)
    assert school.now(others[0]).start_date == date(2026, 4, 1)


def test_records_with_that_value_already_are_counted(school: House) -> None:
    school.save(school.students[0].but(note="走读"))
    ids = [one.id for one in school.students]
    plan = bulk.preview(school.work, "student", ids, {"note": "走读"})
    assert (plan.same, len(plan.changing)) == (1, 2)


def test_an_edit_made_while_looking_is_never_overwritten(school: House) -> None:
    one, other, gone = school.students
    ids = [one.id, other.id, gone.id]
    plan = bulk.preview(school.work, "student", ids, {"note": "返校"})
    school.save(one.but(note="休养"), other.but(phone="13800138000"))
    records.remove(school.work, "student", [gone.id], whole=True)
    done = bulk.apply(school.work, plan)
    assert [str(line.problem) for line in done.refused] == [
        "Somebody edited it meanwhile.",
        "This record does not exist any more.",
    ]
    assert school.now(one).note == "休养"
    assert (school.now(other).note, school.now(other).phone) == ("返校", "13800138000")


def test_cancel_leaves_everything_as_it_was(school: House) -> None:
    plan = bulk.preview(school.work, "student", Query("student"), {"note": "返校"})
    steps = len(history.steps(school.work))
    with pytest.raises(Cancelled):
        bulk.apply(school.work, plan, stop)
    assert school.count("student", note="返校") == 0
    assert len(history.steps(school.work)) == steps


def test_a_number_that_tells_people_apart_is_not_given_to_many(school: House) -> None:
    with pytest.raises(UserError, match="tells records apart"):
        bulk.preview(school.work, "student", Query("student"), {"student_no": "1"})
    one = bulk.preview(school.work, "student", [school.students[0].id], {"student_no": "1"})
    assert len(one.changing) == 1


def test_a_field_or_a_target_that_does_not_exist_is_refused(school: House) -> None:
    with pytest.raises(NotFound, match="no field"):
        bulk.preview(school.work, "student", Query("student"), {"nonsense": "1"})
    plan = bulk.preview(school.work, "student", Query("student"), {"school_class": new_id()})
    assert {str(line.problem) for line in plan.lines} == {
        "Class points to a record that does not exist."
    }
    assert bulk.apply(school.work, plan).step == 0
