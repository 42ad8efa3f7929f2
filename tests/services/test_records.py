"""Saving and removing: problems by field, advice beside them, nothing left dangling."""

from __future__ import annotations

from datetime import date

import pytest

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import Message, language
from xqhz_desktop.services import history, records
from xqhz_desktop.services.workspace import Work


def count(work: Work, kind: str) -> int:
    with work.store.read() as reader:
        return reader.count(kind)


def test_a_saved_student_shows_up_in_the_history(work: Work) -> None:
    student = make(Student, name="张三")
    number = records.save(work, student, reason="转学")
    step = history.steps(work)[0]
    assert (step.number, step.reason) == (number, "转学")
    assert str(step.title) == "Student added: 张三"
    assert language("zh_CN").say(step.title) == "新增学生：张三"
    records.save(work, student.but(phone="13800000000"))
    assert str(history.steps(work)[0].title) == "Student changed: 张三"


def test_saving_without_a_change_is_no_step(work: Work) -> None:
    student = make(Student)
    records.save(work, student)
    assert records.save(work, student) == 0


def test_every_problem_is_told_by_field_and_nothing_is_saved(work: Work) -> None:
    with pytest.raises(InvalidRecord) as refused:
        records.save(work, Student(id_no="123"))
    assert {"name", "id_no"} <= refused.value.problems.keys()
    assert count(work, "student") == 0


def test_one_wrong_record_keeps_all_of_them_out(work: Work) -> None:
    good, bad = make(Student, name="张三"), Student()
    with pytest.raises(InvalidRecord):
        records.save_all(work, [good, bad], Message("Import"))
    assert count(work, "student") == 0


def test_a_reference_to_nobody_is_told_by_its_field(work: Work) -> None:
    with pytest.raises(InvalidRecord) as refused:
        records.save(work, make(Student, school_class="0" * 32))
    assert refused.value.problems.keys() == {"school_class"}


def test_what_others_point_to_is_not_removed(work: Work) -> None:
    student, host = make(Student, name="张三"), make(Enterprise, name="杭州星河有限公司")
    placement = make(Placement, student=student.id, enterprise=host.id)
    records.save_all(work, [student, host, placement], Message("Import"))
    assert records.dependents(work, "student", student.id) == {"placement": 1}
    with pytest.raises(UserError, match="张三 cannot be removed: Placements 1 still"):
        records.remove(work, "student", [student.id])
    assert count(work, "student") == 1
    records.remove(work, "placement", [placement.id])
    records.remove(work, "student", [student.id])
    assert count(work, "student") == 0


def test_parent_and_child_are_removed_together(work: Work) -> None:
    group = make(Enterprise, name="星河集团")
    site = make(Enterprise, name="星河一厂", parent=group.id)
    records.save_all(work, [group, site], Message("Import"))
    records.remove(work, "enterprise", [group.id, site.id])
    assert count(work, "enterprise") == 0
    assert str(history.steps(work)[0].title) == "Enterprise removed: 2 records"


def test_removing_what_is_gone_says_so(work: Work) -> None:
    with pytest.raises(NotFound):
        records.remove(work, "student", ["nobody"])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phone": "12345"}, "phone"),
        ({"id_no": "11010519491231002X", "sex": Sex.MALE}, "sex"),
        ({"id_no": "11010519491231002X", "birth_date": date(1949, 12, 30)}, "birth_date"),
    ],
)
def test_advice_is_given_and_does_not_stand_in_the_way(
    work: Work, values: dict[str, object], field: str
) -> None:
    student = make(Student, **values)
    assert field in records.advice(student)
    assert records.save(work, student) > 0


def test_a_sound_student_gets_no_advice() -> None:
    student = make(
        Student, id_no="11010519491231002X", sex=Sex.FEMALE, birth_date=date(1949, 12, 31)
    )
    assert records.advice(student) == {}


def test_twins_may_be_saved_and_stand_apart(work: Work) -> None:
    rooms = [make(SchoolClass, name="24机电1班") for _ in range(2)]
    records.save_all(work, rooms, Message("Import"))
    assert count(work, "school_class") == 2
