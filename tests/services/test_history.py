"""Undo and redo: any step, also after a restart, and never over newer work."""

from __future__ import annotations

import pytest

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import history, records, workspace
from xqhz_desktop.services.workspace import Work


def called(work: Work, kind: str = "student") -> list[str]:
    with work.store.read() as reader:
        return sorted(one.called for one in reader.all(kind))


def test_the_step_that_made_the_school_is_never_undone(work: Work) -> None:
    assert history.undoable(work) is None
    with pytest.raises(NotFound, match="nothing to undo"):
        history.undo(work)
    with pytest.raises(UserError, match="made the school"):
        history.undo(work, 1)
    assert called(work, "school") != []
    records.save(work, make(Student, name="张三"))
    history.undo(work)
    with pytest.raises(NotFound, match="nothing to undo"):
        history.undo(work)
    history.redo(work)
    with pytest.raises(NotFound, match="nothing to redo"):
        history.redo(work)


def test_steps_go_back_and_forth_in_order(work: Work) -> None:
    for name in ("张一", "张二", "张三"):
        records.save(work, make(Student, name=name))
    history.undo(work)
    history.undo(work)
    assert called(work) == ["张一"]
    history.redo(work)
    assert called(work) == ["张一", "张二"]
    history.undo(work)
    history.redo(work)
    history.redo(work)
    assert called(work) == ["张一", "张三", "张二"]


def test_new_work_ends_what_can_be_redone(work: Work) -> None:
    records.save(work, make(Student, name="张一"))
    history.undo(work)
    records.save(work, make(Student, name="张二"))
    assert history.redoable(work) is None
    with pytest.raises(NotFound):
        history.redo(work)


def test_any_step_can_be_undone_on_its_own(work: Work) -> None:
    first = records.save(work, make(Student, name="张一"))
    records.save(work, make(Student, name="张二"))
    history.undo(work, first)
    assert called(work) == ["张二"]
    with pytest.raises(UserError, match="undone already"):
        history.undo(work, first)
    with pytest.raises(NotFound):
        history.undo(work, 999)


def test_undoing_a_redo_marks_the_first_step_as_undone_again(work: Work) -> None:
    first = records.save(work, make(Student, name="张一"))
    history.undo(work)
    again = history.redo(work)
    history.undo(work, again.number)
    assert called(work) == []
    marks = {step.number: step.undone for step in history.steps(work)}
    assert marks[first]
    assert marks[again.number]
    history.redo(work)
    assert called(work) == ["张一"]


def test_other_fields_edited_since_stay(work: Work) -> None:
    student = make(Student, name="张三")
    records.save(work, student)
    number = records.save(work, student.but(phone="13800000000"))
    records.save(work, student.but(phone="13800000000", name="张四"))
    history.undo(work, number)
    with work.store.read() as reader:
        assert reader.get("student", student.id) == student.but(name="张四")


@pytest.mark.parametrize("since", ["edited", "removed"])
def test_a_record_changed_since_is_not_undone_over(work: Work, since: str) -> None:
    student = make(Student, name="张三")
    number = records.save(work, student)
    if since == "edited":
        newer = records.save(work, student.but(phone="13800000000"))
    else:
        newer = records.remove(work, "student", [student.id])
    with pytest.raises(UserError, match="张三 was changed since by") as refused:
        history.undo(work, number)
    assert refused.value.code == "EDITED_SINCE"
    history.undo(work, newer)
    history.undo(work, number)
    assert called(work) == []


def test_what_newer_records_need_is_not_undone(work: Work) -> None:
    room = make(SchoolClass, name="24机电1班")
    number = records.save(work, room)
    records.save(work, make(Student, name="张三", school_class=room.id))
    with pytest.raises(UserError, match="newer records of Students need it") as refused:
        history.undo(work, number)
    assert refused.value.code == "NEEDED"
    assert called(work, "school_class") == ["24机电1班"]


def test_a_record_is_not_led_back_to_one_that_is_gone(work: Work) -> None:
    old, new = make(SchoolClass, name="24机电1班"), make(SchoolClass, name="24机电2班")
    student = make(Student, name="张三", school_class=old.id)
    for record in (old, new, student):
        records.save(work, record)
    number = records.save(work, student.but(school_class=new.id))
    records.remove(work, "school_class", [old.id])
    with pytest.raises(UserError, match="“Class” was removed since"):
        history.undo(work, number)


def test_changes_are_listed_field_by_field_with_the_name_of_the_record(work: Work) -> None:
    student, host = make(Student, name="张三"), make(Enterprise, name="杭州星河有限公司")
    placement = make(Placement, student=student.id, enterprise=host.id)
    for record in (student, host, placement):
        records.save(work, record)
    number = records.save(work, student.but(phone="13800000000"))
    (change,) = history.changes(work, number)
    assert (change.called, change.field, change.before, change.after) == (
        "张三", "phone", "", "13800000000",
    )  # fmt: skip
    made = history.steps(work, record=placement.id)[0]
    assert {one.called for one in history.changes(work, made.number)} == {"张三"}


def test_the_history_of_one_record_is_its_own(work: Work) -> None:
    students = [make(Student, name=f"张{n}") for n in range(300)]
    number = records.save_all(work, students, Message("Import"))
    last = students[-1].id
    assert [step.number for step in history.steps(work, record=last)] == [number]
    assert {one.id for one in history.changes(work, number, record=last)} == {last}


def test_an_import_of_twenty_thousand_is_undone_after_a_restart(work: Work) -> None:
    names = ("张三", "李四", "阿依古丽")
    students = (make(Student, name=names[n % 3], student_no=f"{n:08d}") for n in range(20_000))
    number = records.save_all(work, students, Message("Import"))
    workspace.close(work)
    again = workspace.opened(work.folder)
    assert history.undoable(again) is not None
    history.undo(again, number)
    with again.store.read() as reader:
        assert reader.count("student") == 0
    history.redo(again)
    with again.store.read() as reader:
        assert reader.count("student") == 20_000
    workspace.close(again)
