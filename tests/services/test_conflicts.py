"""Conflicts: both sides with who and when, settled once for every copy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, joined, meet
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import language
from xqhz_desktop.reports.kit import Edition, Purpose
from xqhz_desktop.reports.register import RegisterQuestions
from xqhz_desktop.services import conflicts, history, records, reopening, reporting, workspace
from xqhz_desktop.services.conflicts import RECORD, Conflict, Whose


@pytest.fixture
def student(first: Laptop, second: Laptop) -> Student:
    """A student whose phone both have changed, each differently."""
    made = make(Student, name="张三", phone="13800000000", note="")
    first.save(made)
    meet(first, second)
    first.save(made.but(phone="13811111111"))
    second.save(made.but(phone="13822222222"))
    meet(first, second)
    return made


def only(laptop: Laptop) -> Conflict:
    (one,) = conflicts.open_ones(laptop.work)
    return one


def test_both_laptops_show_the_same_conflict_with_what_it_was_before(
    first: Laptop, second: Laptop, student: Student
) -> None:
    here, there = only(first), only(second)
    assert (here.kind, here.id, here.called, here.must) == ("student", student.id, "张三", False)
    (clash,) = here.clashes
    assert (clash.field, clash.base) == ("phone", "13800000000")
    assert {(side.value, side.actor, side.mine) for side in clash.sides} == {
        ("13811111111", "陈老师", True),
        ("13822222222", "林老师", False),
    }
    assert clash.sides[0].value == first.now(student).phone
    other = there.clashes[0].sides
    assert [side.value for side in other] == [side.value for side in clash.sides]
    assert [side.mine for side in other] == [not side.mine for side in clash.sides]


def test_settled_on_one_is_settled_on_the_other(
    first: Laptop, second: Laptop, student: Student
) -> None:
    conflicts.settle(first.work, "student", student.id, {"phone": "13811111111"})
    assert conflicts.counted(first.work) == (0, 0)
    meet(first, second)
    assert conflicts.counted(second.work) == (0, 0)
    assert second.now(student).phone == "13811111111"


def test_settling_with_the_value_that_is_shown_already_settles_too(
    first: Laptop, second: Laptop, student: Student
) -> None:
    shown = first.now(student).phone
    conflicts.settle(first.work, "student", student.id, {"phone": shown})
    meet(first, second)
    assert conflicts.counted(first.work) == conflicts.counted(second.work) == (0, 0)
    assert second.now(student).phone == shown


def test_a_conflict_can_be_settled_with_a_third_value(
    first: Laptop, second: Laptop, student: Student
) -> None:
    conflicts.settle(first.work, "student", student.id, {"phone": "13833333333"})
    meet(first, second)
    assert second.now(student).phone == "13833333333"


def test_an_edit_of_the_field_settles_it_as_well(
    first: Laptop, second: Laptop, student: Student
) -> None:
    records.save(second.work, second.now(student).but(phone="13844444444"))
    meet(first, second)
    assert conflicts.counted(first.work) == (0, 0)


def test_a_value_that_is_not_valid_settles_nothing(
    first: Laptop, second: Laptop, student: Student
) -> None:
    with pytest.raises(InvalidRecord):
        conflicts.settle(first.work, "student", student.id, {"id_no": "123"})
    assert conflicts.counted(first.work) == (1, 0)


def test_the_same_value_on_both_sides_is_no_conflict(first: Laptop, second: Laptop) -> None:
    made = make(Student, name="张三", phone="1")
    first.save(made)
    meet(first, second)
    first.save(made.but(phone="2"))
    second.save(made.but(phone="2"))
    meet(first, second)
    assert conflicts.counted(first.work) == (0, 0)


def test_different_fields_of_one_record_are_no_conflict(first: Laptop, second: Laptop) -> None:
    made = make(Student, name="张三")
    first.save(made)
    meet(first, second)
    first.save(made.but(phone="13811111111"))
    second.save(made.but(note="乙"))
    meet(first, second)
    assert conflicts.counted(first.work) == (0, 0)
    assert (first.now(made).phone, first.now(made).note) == ("13811111111", "乙")


def test_a_period_is_one_thing_and_never_mixed(first: Laptop, second: Laptop) -> None:
    batch = make(PlacementBatch, start_date=date(2026, 3, 2), end_date=date(2026, 8, 31))
    first.save(batch)
    meet(first, second)
    first.save(batch.but(start_date=date(2026, 3, 9)))
    second.save(batch.but(end_date=date(2026, 7, 31)))
    meet(first, second)
    shown = first.now(batch)
    assert (shown.start_date, shown.end_date) in {
        (date(2026, 3, 9), date(2026, 8, 31)),
        (date(2026, 3, 2), date(2026, 7, 31)),
    }
    assert {clash.group for clash in only(first).clashes} == {"period"}


def test_an_edit_beats_a_removal_and_says_so(first: Laptop, second: Laptop) -> None:
    made = make(Student, name="张三")
    first.save(made)
    meet(first, second)
    first.remove(made)
    second.save(made.but(note="乙"))
    meet(first, second)
    assert first.now(made).note == "乙"
    (clash,) = only(first).clashes
    assert (clash.field, [side.value for side in clash.sides]) == (RECORD, [True, False])


@pytest.mark.parametrize("stays", [True, False])
def test_whether_a_removed_record_stays_is_settled_for_all(
    first: Laptop, second: Laptop, *, stays: bool
) -> None:
    made = make(Student, name="张三")
    first.save(made)
    meet(first, second)
    first.remove(made)
    second.save(made.but(note="乙"))
    meet(first, second)
    conflicts.settle(second.work, "student", made.id, {RECORD: stays})
    meet(first, second)
    assert (first.now(made) is not None) is stays
    assert conflicts.counted(first.work) == (0, 0)


def test_both_can_be_kept(first: Laptop, second: Laptop, student: Student) -> None:
    theirs = next(side for side in only(first).clashes[0].sides if not side.mine)
    shown = first.now(student)
    made = conflicts.keep_both(first.work, "student", student.id)
    meet(first, second)
    phones = {one.phone for one in second.all().values() if isinstance(one, Student)}
    assert phones == {"13811111111", "13822222222"}
    assert made != student.id
    assert first.now(student) == shown
    assert theirs.value in phones
    assert conflicts.counted(second.work) == (0, 0)


@pytest.mark.parametrize("whose", list(Whose))
def test_alike_conflicts_are_settled_together(first: Laptop, second: Laptop, whose: Whose) -> None:
    some = [make(Student, name=name, note="") for name in ("甲", "乙", "丙")]
    first.save(*some)
    meet(first, second)
    first.save(*(one.but(note="office") for one in some))
    second.save(*(one.but(note="department") for one in some))
    meet(first, second)
    assert conflicts.settle_alike(first.work, "student", "note", whose) == 3
    meet(first, second)
    assert conflicts.counted(second.work) == (0, 0)
    wanted = "office" if whose is Whose.MINE else "department"
    assert {second.now(one).note for one in some} == {wanted}


def test_a_third_laptop_sees_and_settles_what_the_others_disagree_on(
    first: Laptop, second: Laptop, student: Student, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    meet(first, third)
    (clash,) = only(third).clashes
    assert not any(side.mine for side in clash.sides)
    assert {side.device for side in clash.sides} != {""}
    conflicts.settle(third.work, "student", student.id, {"phone": "13855555555"})
    meet(first, third)
    meet(first, second)
    assert conflicts.counted(second.work) == (0, 0)
    workspace.close(third.work)


def test_a_status_in_conflict_holds_up_official_papers_until_it_is_decided(
    first: Laptop, second: Laptop
) -> None:
    student, firm = make(Student, name="张三"), make(Enterprise, uscc="")
    placement = make(Placement, student=student.id, enterprise=firm.id, position="")
    first.save(student, firm, placement)
    meet(first, second)
    first.save(placement.but(status=PlacementStatus.RUNNING))
    second.save(placement.but(status=PlacementStatus.CANCELLED))
    meet(first, second)
    assert conflicts.counted(first.work) == (1, 1)
    assert only(first).must
    questions = RegisterQuestions()
    reporting.draw(first.work, questions, Edition(purpose=Purpose.INTERNAL))
    with pytest.raises(UserError) as refused:
        reporting.draw(first.work, questions, Edition(purpose=Purpose.REPORT))
    assert refused.value.code == "UNDECIDED"
    assert "1 record says two things" in language("en").say(refused.value.message)
    status = PlacementStatus.RUNNING
    conflicts.settle(first.work, "placement", placement.id, {"status": status})
    reporting.draw(first.work, questions, Edition(purpose=Purpose.REPORT))


def test_a_record_without_a_conflict_is_refused(first: Laptop, second: Laptop) -> None:
    with pytest.raises(NotFound):
        conflicts.one(first.work, "student", "nobody")


def test_an_own_field_can_be_in_conflict_too(first: Laptop, second: Laptop) -> None:
    field = "own:" + "a" * 32
    made = make(Student, name="张三")
    first.save(made)
    meet(first, second)
    first.save(made.but(**{field: "甲"}))
    second.save(made.but(**{field: "乙"}))
    meet(first, second)
    assert conflicts.counted(first.work)[0] == 1


def test_a_decision_taken_back_opens_the_conflict_again_everywhere(
    first: Laptop, second: Laptop, student: Student
) -> None:
    number = conflicts.settle(first.work, "student", student.id, {"phone": "13822222222"})
    meet(first, second)
    assert not conflicts.open_ones(second.work)
    history.undo(first.work, number)
    meet(first, second)
    for one in (first, second):
        (clash,) = conflicts.one(one.work, "student", student.id).clashes
        assert {side.value for side in clash.sides} == {"13811111111", "13822222222"}
    conflicts.settle(second.work, "student", student.id, {"phone": "13811111111"})
    meet(first, second)
    assert not conflicts.open_ones(first.work)
    assert first.now(student).phone == "13811111111"


def test_a_decision_for_what_was_shown_anyway_can_be_opened_again(
    first: Laptop, second: Laptop, student: Student
) -> None:
    shown = first.now(student).phone
    conflicts.settle(first.work, "student", student.id, {"phone": shown})
    (settled,) = reopening.past(first.work)
    assert settled.reopens
    assert reopening.reopen(first.work, settled.number) == 1
    meet(first, second)
    assert conflicts.one(second.work, "student", student.id).clashes
    with pytest.raises(NotFound):
        reopening.reopen(first.work, settled.number)


def test_what_others_wrote_since_is_not_lost_when_a_decision_is_opened_again(
    first: Laptop, second: Laptop, student: Student
) -> None:
    conflicts.settle(first.work, "student", student.id, {"phone": "13811111111"})
    meet(first, second)
    second.save(second.now(student).but(phone="13800000003"))
    meet(first, second)
    (settled,) = reopening.past(first.work)
    reopening.reopen(first.work, settled.number)
    (clash,) = conflicts.one(first.work, "student", student.id).clashes
    assert "13800000003" in {side.value for side in clash.sides}


def test_decisions_of_many_records_are_opened_again_together(first: Laptop, second: Laptop) -> None:
    some = [make(Student, name=name, phone="1") for name in ("甲", "乙")]
    first.save(*some)
    meet(first, second)
    first.save(*(one.but(phone="2") for one in some))
    second.save(*(one.but(phone="3") for one in some))
    meet(first, second)
    assert conflicts.settle_alike(first.work, "student", "phone", Whose.MINE) == 2
    (settled,) = reopening.past(first.work)
    assert reopening.reopen(first.work, settled.number) == 2
    meet(first, second)
    assert len(conflicts.open_ones(second.work)) == 2
