"""Partial copies: a class or a tutor's students given out, worked on, given back and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, joined, meet
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.services import (
    attaching,
    backups,
    conflicts,
    copies,
    enrolling,
    exchanging,
    history,
    syncing,
    workspace,
)
from xqhz_desktop.services.conflicts import Whose


@dataclass
class School:
    """Two classes with a student each, one of them placed and supervised by 林老师."""

    ours: SchoolClass
    other: SchoolClass
    student: Student
    stranger: Student
    firm: Enterprise
    tutor: Staff
    placement: Placement


@pytest.fixture
def school(first: Laptop) -> School:
    """The school, on the office's laptop."""
    ours, other = make(SchoolClass, name="23数控1班"), make(SchoolClass, name="23会计2班")
    student = make(Student, name="张三", school_class=ours.id, phone="13800000001")
    stranger = make(Student, name="李四", school_class=other.id, phone="13900000002")
    firm, tutor = make(Enterprise, name="栖澜精密"), make(Staff, name="林老师")
    placed = make(Placement, student=student.id, enterprise=firm.id, tutor=tutor.id)
    first.save(ours, other, student, stranger, firm, tutor, placed)
    return School(ours, other, student, stranger, firm, tutor, placed)


@pytest.fixture
def copy(first: Laptop, school: School, tmp_path: Path) -> Iterator[Laptop]:
    """The class teacher's laptop, which has the class."""
    made = given(first, tmp_path, "班主任", school.ours.id)
    yield made
    workspace.close(made.work)


def given(first: Laptop, folder: Path, name: str, *part: str) -> Laptop:
    """A laptop admitted for a part, with that part."""
    work = workspace.join(folder / name)
    request, answer = folder / f"{name}.xqask", folder / f"{name}.xqanswer"
    enrolling.request(work, request, name)
    enrolling.admit(first.work, request, answer, part=part)
    enrolling.accept(work, answer)
    made = Laptop(work, first.desk)
    made.take(first.pack(to=[name]))
    return made


def test_a_copy_has_its_class_and_what_that_has_to_do_with_and_nothing_else(
    copy: Laptop, school: School
) -> None:
    assert copy.now(school.student) == school.student
    assert copy.now(school.placement) == school.placement
    assert copy.now(school.firm) == school.firm
    assert copy.now(school.stranger) is None
    assert copy.now(school.other) is None


def test_no_byte_of_another_class_is_in_the_workspace_of_a_copy(copy: Laptop) -> None:
    with copy.work.store.read() as reader:
        tables = reader.cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in tables.fetchall():
            rows = reader.cursor.execute(f'SELECT * FROM "{name}"').fetchall()
            assert "李四" not in str(rows)
            assert "13900000002" not in str(rows)


def test_a_tutor_has_the_students_they_supervise(
    first: Laptop, school: School, tmp_path: Path
) -> None:
    tutor = given(first, tmp_path, "林老师", school.tutor.id)
    assert tutor.now(school.student) == school.student
    assert tutor.now(school.stranger) is None
    workspace.close(tutor.work)


def test_what_comes_back_is_looked_at_and_goes_in(
    first: Laptop, second: Laptop, copy: Laptop, school: School
) -> None:
    changed = school.placement.but(note="转到二车间", end_date=date(2026, 8, 1))
    copy.save(changed)
    file = copy.pack()
    seen = syncing.look(first.work, file)
    assert (seen.sender, seen.kinds["placement"].changed, seen.refused) == ("班主任", 1, 0)
    assert first.now(school.placement) == school.placement
    taken = first.take(file)
    assert (taken.changes, taken.refused) == (1, 0)
    assert first.now(school.placement) == changed
    meet(first, second)
    assert second.now(school.placement) == changed


def test_rows_outside_the_part_are_refused_and_named(
    first: Laptop, copy: Laptop, school: School
) -> None:
    copy.save(school.firm.but(name="改了名"), school.student.but(phone="13800000009"))
    stray = make(Placement, student=school.student.id, enterprise=school.firm.id)
    copy.save(stray, make(Student, name="王五", school_class=school.ours.id))
    file = copy.pack()
    seen = syncing.look(first.work, file)
    refused = [one for one in seen.records if one.what == "refused"]
    assert [(one.called, one.kind) for one in refused] == [("栖澜精密", "enterprise")]
    assert refused[0].why
    first.take(file)
    assert first.now(school.firm) == school.firm
    assert first.now(school.student).phone == "13800000009"
    assert first.now(stray) == stray
    with first.work.store.read() as reader:
        assert "王五" in {one.called for one in reader.all("student")}


def test_a_forged_return_reaches_no_other_class(
    first: Laptop, copy: Laptop, school: School
) -> None:
    smuggled = school.stranger.but(school_class="", phone="10000000000")
    copy.save(smuggled)
    seen = syncing.look(first.work, file := copy.pack())
    assert [one.called for one in seen.records if one.what == "refused"] == ["李四"]
    first.take(file)
    assert first.now(school.stranger) == school.stranger


def test_what_the_school_changed_meanwhile_is_a_conflict_and_not_overwritten(
    first: Laptop, copy: Laptop, school: School
) -> None:
    first.save(school.student.but(phone="13811111111"))
    copy.save(school.student.but(phone="13822222222"))
    taken = first.take(copy.pack())
    assert taken.conflicts == 1
    (found,) = conflicts.open_ones(first.work)
    (clash,) = found.clashes
    assert {side.value for side in clash.sides} == {"13811111111", "13822222222"}
    assert [conflicts.taken(clash, whose).value for whose in (Whose.MINE, Whose.THEIRS)] == [  # type: ignore[union-attr]
        "13811111111", "13822222222",
    ]  # fmt: skip


def test_a_newer_part_brings_what_the_school_did_and_keeps_what_is_under_way(
    first: Laptop, copy: Laptop, school: School
) -> None:
    first.save(school.student.but(guardian_phone="13700000000", phone="13811111111"))
    copy.save(school.student.but(phone="13822222222"))
    copy.take(first.pack(to=["班主任"]))
    assert copy.now(school.student).guardian_phone == "13700000000"
    assert copy.now(school.student).phone == "13822222222"


def test_after_a_return_the_copy_has_nothing_to_give_back(
    first: Laptop, copy: Laptop, school: School
) -> None:
    copy.save(school.student.but(phone="13822222222"), school.firm.but(name="改了名"))
    first.take(copy.pack())
    copy.take(first.pack(to=["班主任"]))
    assert syncing.status(copy.work).unsent == 0
    assert copy.now(school.firm) == school.firm
    assert copy.now(school.student).phone == "13822222222"
    with pytest.raises(UserError) as nothing:
        copy.pack()
    assert nothing.value.code == "NOTHING"


def test_a_student_who_leaves_the_class_leaves_the_copy(
    first: Laptop, copy: Laptop, school: School
) -> None:
    first.save(school.student.but(school_class=school.other.id))
    copy.take(first.pack(to=["班主任"]))
    assert copy.now(school.student) is None
    assert copy.now(school.placement) is None


def test_the_same_return_again_changes_nothing(first: Laptop, copy: Laptop, school: School) -> None:
    copy.save(school.student.but(phone="13822222222"))
    file = copy.pack()
    first.take(file)
    first.save(first.now(school.student).but(phone="13833333333"))
    assert first.take(file).changes == 0
    assert first.now(school.student).phone == "13833333333"
    assert not conflicts.open_ones(first.work)


def test_a_return_taken_in_on_one_laptop_is_known_on_the_other(
    first: Laptop, second: Laptop, copy: Laptop, school: School
) -> None:
    meet(first, second)
    copy.save(school.student.but(phone="13822222222"))
    file = copy.pack()
    first.take(file)
    meet(first, second)
    assert second.take(file).changes == 0
    assert not conflicts.open_ones(second.work)


def test_a_laptop_that_lags_behind_the_copy_says_so(
    first: Laptop, copy: Laptop, school: School, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    copy.take(first.pack(to=["班主任"]))
    copy.save(school.student.but(phone="13822222222"))
    file = copy.pack()
    with pytest.raises(UserError) as behind:
        third.take(file)
    assert behind.value.code == "BEHIND"
    third.take(first.pack())
    assert third.take(file).changes == 1
    workspace.close(third.work)


def test_kinds_left_out_of_a_return_stay_out(first: Laptop, copy: Laptop, school: School) -> None:
    copy.save(school.student.but(phone="13822222222"), school.placement.but(note="晚班"))
    taken = first.take(copy.pack(), leave_out=["student"])
    assert taken.refused == 1
    assert first.now(school.student) == school.student
    assert first.now(school.placement).note == "晚班"


def test_a_return_can_be_rolled_back_and_taken_in_again(
    first: Laptop, second: Laptop, copy: Laptop, school: School
) -> None:
    copy.save(school.student.but(phone="13822222222"))
    file = copy.pack()
    taken = first.take(file)
    second.take(first.pack())
    syncing.roll_back(first.work, taken.package, lose=True)
    assert first.now(school.student) == school.student
    first.take(file)
    meet(first, second)
    assert first.now(school.student).phone == "13822222222"
    assert not [one for one in syncing.waiting(second.work) if one.set_aside]


def test_files_travel_to_a_copy_and_back(first: Laptop, school: School, tmp_path: Path) -> None:
    (there,) = attaching.attach(
        first.work, "student", school.student.id, [attaching.pasted("a.pdf", b"one")]
    )
    copy = given(first, tmp_path, "班主任", school.ours.id)
    assert attaching.read(copy.work, there) == b"one"
    (back,) = attaching.attach(
        copy.work, "student", school.student.id, [attaching.pasted("b.pdf", b"two")]
    )
    assert first.take(copy.pack()).files == 1
    assert attaching.read(first.work, back) == b"two"
    workspace.close(copy.work)


def test_the_history_says_who_changed_it_and_who_let_it_in(
    first: Laptop, copy: Laptop, school: School
) -> None:
    copy.work = copy.work.acting(school.tutor)
    copy.save(school.student.but(phone="13822222222"))
    first.take(copy.pack())
    told = history.steps(first.work, 2)
    assert [one.actor for one in told] == ["陈老师", "林老师"]


def test_a_copy_exchanges_with_nobody_and_gets_no_ordinary_package(
    first: Laptop, copy: Laptop, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError) as refused:
        exchanging.with_folder(copy.work, tmp_path / "folder")
    assert refused.value.code == "PARTIAL"
    joined(first, tmp_path, "土木系")
    with pytest.raises(BadPackage) as closed:
        copies.take_in(copy.work, first.pack())
    assert closed.value.code == "WRONG_KEY"


def test_a_part_is_not_taken_in_where_the_whole_school_is(
    first: Laptop, copy: Laptop, school: School
) -> None:
    with pytest.raises(UserError) as refused:
        first.take(first.pack(to=["班主任"]))
    assert refused.value.code == "NO_COPY"
    assert first.now(school.stranger) == school.stranger


def test_a_blocked_copy_gets_nothing_and_gives_nothing_back(
    first: Laptop, copy: Laptop, school: School
) -> None:
    copy.save(school.student.but(phone="13822222222"))
    file = copy.pack()
    enrolling.revoke(first.work, "班主任", "丢失")
    with pytest.raises(BadPackage) as refused:
        first.take(file)
    assert refused.value.code == "REVOKED"
    with pytest.raises(UserError):
        first.pack(to=["班主任"])


def test_what_is_done_on_a_copy_that_was_set_back_is_not_taken_for_what_it_did_before(
    first: Laptop, copy: Laptop, school: School, tmp_path: Path
) -> None:
    copy.save(school.student.but(phone="13822222222"))
    first.take(copy.pack())
    copy.take(first.pack(to=["班主任"]))
    backup = backups.make(copy.work, tmp_path / "backup.zip")
    copy.save(copy.now(school.student).but(note="家访"))
    first.take(copy.pack())
    workspace.close(copy.work)
    backups.restore(backup, tmp_path / "班主任")
    copy.work = workspace.opened(tmp_path / "班主任")
    copy.save(copy.now(school.student).but(guardian_phone="13700000000"))
    assert first.take(copy.pack()).changes == 1
    assert first.now(school.student).guardian_phone == "13700000000"
    assert first.now(school.student).note == "家访"
    copy.take(first.pack(to=["班主任"]))
    assert copy.now(school.student) == first.now(school.student)
