"""Packages made, looked at, taken in, left out in parts and rolled back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, imaged, joined, meet
from xqhz_desktop.domain.alias import Alias
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import BadPackage, NotFound, UserError
from xqhz_desktop.services import duplicates, history, merging, records, syncing, workspace
from xqhz_desktop.services.syncing import WHY, Counts, Travel


def placed(student: Student, firm: Enterprise) -> Placement:
    return make(Placement, student=student.id, enterprise=firm.id, position="")


def firm(name: str, **more: str) -> Enterprise:
    return make(Enterprise, name=name, **{"uscc": "", **more})


def test_two_laptops_that_worked_the_same_week_have_the_same_after_meeting(
    first: Laptop, second: Laptop
) -> None:
    host, student = firm("栖澜精密"), make(Student, name="张三")
    first.save(host, student)
    second.save(make(Student, name="李四"))
    meet(first, second)
    second.save(placed(student, host))
    first.save(student.but(phone="13800000000"))
    meet(first, second)
    assert first.now(student).phone == "13800000000"


def test_a_look_says_who_changed_what_and_changes_nothing(first: Laptop, second: Laptop) -> None:
    known = make(Student, name="张三")
    first.save(known)
    meet(first, second)
    second.save(known.but(note="甲"), make(Student, name="李四"))
    second.remove(known)
    file, before = second.pack(), first.all()
    found = syncing.look(first.work, file)
    assert first.all() == before
    assert found.sender == "机电系"
    (group,) = found.groups
    assert (group.device, group.people, group.changes) == ("机电系", ("林老师",), 2)
    assert group.kinds == {"student": 2}
    assert found.kinds["student"] == Counts(new=1, removed=1)
    assert {(one.called, one.what) for one in found.records} == {
        ("李四", "new"),
        ("张三", "removed"),
    }
    assert syncing.packages(first.work)[0].file != file.name


def test_the_same_package_again_says_when_it_was_taken_in(first: Laptop, second: Laptop) -> None:
    first.save(make(Student))
    file = first.pack()
    assert syncing.look(second.work, file).taken_in is None
    second.take(file)
    again = syncing.look(second.work, file)
    assert again.taken_in is not None
    assert (again.groups, again.kinds, again.known) == ((), {}, 1)
    assert second.take(file).changes == 0


def test_only_what_the_receiver_lacks_is_sent(first: Laptop, second: Laptop) -> None:
    first.save(make(Student))
    assert syncing.make(first.work, first.desk / "a.xqhz").changes == 1
    second.take(first.desk / "a.xqhz")
    first.take(second.pack())
    first.save(make(Student), make(Student))
    made = syncing.make(first.work, first.desk / "b.xqhz")
    assert (made.changes, made.kinds) == (1, {"student": 2})
    everything = syncing.make(first.work, first.desk / "c.xqhz", since=0)
    assert everything.changes > made.changes


def test_packages_may_be_taken_in_out_of_order(first: Laptop, second: Laptop) -> None:
    student = make(Student, name="张三")
    first.save(student)
    older = first.pack()
    second_package = first.desk / "newer.xqhz"
    first.save(student.but(name="张叁"))
    stream_q = syncing.make(first.work, second_package, since=_last(first) - 1)
    assert stream_q.changes == 1
    taken = second.take(second_package)
    assert (taken.changes, taken.waits) == (0, 1)
    (waiting,) = syncing.waiting(second.work)
    assert (waiting.changes, waiting.set_aside) == (1, False)
    assert second.take(older).changes == 2
    assert second.now(student).name == "张叁"
    assert not syncing.waiting(second.work)


def _last(laptop: Laptop) -> int:
    with laptop.work.store.read() as reader:
        row = reader.cursor.execute("SELECT max(q) FROM journal_step WHERE taken = 0").fetchone()
    return int(row[0])


def test_a_group_left_out_waits_and_what_is_wanted_comes(first: Laptop, second: Laptop) -> None:
    student, host = make(Student, name="张三"), firm("栖澜精密")
    first.save(student)
    first.pack()
    first.save(host)
    file = first.pack()
    taken = second.take(file, leave_out=["enterprise"])
    assert (taken.changes, taken.waits) == (1, 1)
    assert second.now(student) == student
    assert second.now(host) is None
    let = syncing.let_in(second.work)
    assert (let.changes, let.waits) == (1, 0)
    assert second.now(host) == host
    assert first.all() == second.all()


def test_what_builds_on_something_left_out_waits_with_it(
    first: Laptop, second: Laptop, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    student = make(Student, name="张三")
    first.save(student)
    third.take(first.pack())
    third.save(student.but(note="甲"))
    first.take(third.pack())
    file = first.pack()
    (group,) = [one for one in syncing.look(second.work, file).groups if one.device == "教务处"]
    taken = second.take(file, leave_out=[group.key])
    assert (taken.changes, second.now(student)) == (0, None)
    assert {one.device for one in syncing.waiting(second.work)} == {"教务处", "土木系"}
    assert syncing.let_in(second.work).waits == 0
    assert second.now(student).note == "甲"
    workspace.close(third.work)


def test_the_sender_is_told_that_something_was_left_out(first: Laptop, second: Laptop) -> None:
    host = firm("栖澜精密")
    first.save(host)
    second.take(first.pack(), leave_out=["enterprise"])
    first.take(second.pack())
    assert syncing.states(first.work, "enterprise", [host.id]) == {host.id: Travel.RETURNED}
    syncing.let_in(second.work)
    first.take(second.pack())
    assert syncing.states(first.work, "enterprise", [host.id]) == {host.id: Travel.RECEIVED}


def test_a_record_says_how_far_it_has_travelled(first: Laptop, second: Laptop) -> None:
    student, theirs = make(Student), make(Student)
    second.save(theirs)
    first.take(second.pack())
    first.save(student)
    ids = [student.id, theirs.id]
    assert syncing.states(first.work, "student", ids) == {student.id: Travel.NOT_SENT}
    file = first.pack()
    assert syncing.states(first.work, "student", ids) == {student.id: Travel.SENT}
    second.take(file)
    first.take(second.pack())
    assert syncing.states(first.work, "student", ids) == {student.id: Travel.RECEIVED}
    first.save(student.but(note="甲"))
    assert syncing.states(first.work, "student", ids) == {student.id: Travel.NOT_SENT}


def test_the_status_says_what_is_not_sent_and_to_whom(first: Laptop, second: Laptop) -> None:
    first.save(make(Student), make(Student))
    status = syncing.status(first.work)
    assert (status.enrolled, status.name, status.unsent) == (True, "教务处", 1)
    assert status.kinds == {"student": 2}
    (receiver,) = status.receivers
    assert (receiver.name, receiver.changes) == ("机电系", 1)
    assert receiver.heard is not None
    assert receiver.size > 0
    meet(first, second)
    status = syncing.status(first.work)
    assert (status.unsent, status.receivers[0].changes) == (0, 0)


def test_taking_in_is_preceded_by_a_backup_and_can_be_rolled_back(
    first: Laptop, second: Laptop
) -> None:
    first.save(make(Student, name="张三"))
    before = second.all()
    taken = second.take(first.pack())
    assert taken.backup is not None
    assert taken.backup.is_file()
    (package, *_rest) = syncing.packages(second.work)
    assert package.until is not None
    assert package.until - package.at == timedelta(days=7)
    assert syncing.roll_back(second.work, taken.package) == 0
    assert second.all() == before
    (package, *_rest) = syncing.packages(second.work)
    assert package.rolled_back


def test_a_rollback_that_would_lose_own_work_asks_first(first: Laptop, second: Laptop) -> None:
    first.save(make(Student, name="张三"))
    taken = second.take(first.pack())
    own = make(Student, name="李四")
    second.save(own)
    with pytest.raises(UserError) as refused:
        syncing.roll_back(second.work, taken.package)
    assert refused.value.code == "CHANGED_SINCE"
    assert second.now(own) == own
    assert syncing.roll_back(second.work, taken.package, lose=True) == 1
    assert second.now(own) is None


def test_after_a_rollback_the_laptops_still_come_together(first: Laptop, second: Laptop) -> None:
    student = make(Student, name="张三")
    first.save(student)
    taken = second.take(first.pack())
    second.save(student.but(note="甲"))
    meet(first, second)
    syncing.roll_back(second.work, taken.package, lose=True)
    assert second.now(student) is None
    second.take(first.pack(since=0))
    first.take(second.pack(since=0))
    assert first.all() == second.all()
    assert first.now(student).note == "甲"


def test_there_is_nothing_to_roll_back_once_the_backup_is_gone(
    first: Laptop, second: Laptop
) -> None:
    first.save(make(Student))
    taken = second.take(first.pack())
    assert taken.backup is not None
    taken.backup.unlink()
    with pytest.raises(NotFound):
        syncing.roll_back(second.work, taken.package)


def test_a_damaged_package_changes_nothing(first: Laptop, second: Laptop) -> None:
    first.save(make(Student))
    file = first.pack()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    before = second.all()
    with pytest.raises(BadPackage):
        second.take(file)
    assert second.all() == before
    assert len(syncing.packages(second.work)) == 2  # those of the first meeting


def test_what_arrives_stands_in_the_history_under_who_did_it(first: Laptop, second: Laptop) -> None:
    student = make(Student, name="张三")
    first.save(student)
    meet(first, second)
    records.save(second.work, student.but(note="甲"), reason="电话更正")
    first.take(second.pack())
    (step, *_rest) = history.steps(first.work)
    assert (step.actor, step.reason) == ("林老师", "电话更正")
    assert [one.after for one in history.changes(first.work, step.number)] == ["甲"]


def test_a_placement_at_a_firm_removed_elsewhere_brings_it_back(
    first: Laptop, second: Laptop
) -> None:
    host, student = firm("栖澜精密"), make(Student, name="张三")
    first.save(host, student)
    meet(first, second)
    first.remove(host)
    second.save(placed(student, host))
    meet(first, second)
    assert first.now(host) == host


def test_twins_merged_on_one_and_placed_at_on_the_other_stay_one(
    first: Laptop, second: Laptop
) -> None:
    code = "91330106MA2CABCD9Q"
    keep, drop = firm("栖澜精密", uscc=code), firm("杭州栖澜精密有限公司", uscc=code)
    student = make(Student, name="张三")
    first.save(keep, student)
    second.save(drop)
    found = syncing.look(first.work, second.pack())
    assert found.kinds["enterprise"].twins == 1
    meet(first, second)
    assert duplicates.candidates(first.work, "enterprise")
    merging.merge(first.work, "enterprise", keep.id, drop.id)
    placement = placed(student, drop)
    second.save(placement)
    meet(first, second)
    for laptop in (first, second):
        assert laptop.now(placement).enterprise == keep.id
        assert laptop.now(drop) is None
        assert [one for one in laptop.all().values() if isinstance(one, Alias)]


def test_the_registers_follow_when_a_merge_is_taken_back(first: Laptop, second: Laptop) -> None:
    keep, drop = firm("栖澜精密"), firm("栖澜精工")
    first.save(keep, drop)
    meet(first, second)
    alias = merging.merge(first.work, "enterprise", keep.id, drop.id)
    meet(first, second)
    merging.unmerge(second.work, alias.id)
    meet(first, second)
    assert first.now(drop) is not None


def test_what_a_copy_of_a_whole_computer_sends_is_returned(
    first: Laptop, second: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second.save(make(Student, name="张三"))
    first.take(second.pack())
    second.take(first.pack())
    workspace.close(second.work)
    imaged(tmp_path / "机电系", tmp_path / "image")
    second.work = workspace.opened(tmp_path / "机电系")
    one, other = make(Student, name="甲"), make(Student, name="乙")
    second.save(one)
    first.take(second.pack())
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XQHZ_CONFIG", str(tmp_path / "image" / "settings"))
        image = Laptop(workspace.opened(tmp_path / "image" / "data"), tmp_path / "stick")
        image.save(other)
        assert first.take(image.pack()).set_aside == 1
        image.take(first.pack())
        assert (first.now(one), first.now(other)) == (one, None)
        assert syncing.states(image.work, "student", [other.id]) == {other.id: Travel.NOT_SENT}
        file = image.pack()  # it goes on under a name of its own
        workspace.close(image.work)
    first.take(file)
    second.save(make(Student, name="丙"))
    assert first.take(second.pack()).waits > 0
    (fork,) = [one for one in syncing.waiting(first.work) if one.why == WHY["fork"]]
    syncing.trust(first.work, fork.stream)
    assert not [one for one in syncing.waiting(first.work) if not one.set_aside]
    assert first.now(other) == other
    second.take(first.pack())
    assert first.all() == second.all()


def test_a_package_can_be_made_for_one_device_alone(
    first: Laptop, second: Laptop, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    file = first.pack(to=["土木系"])
    with pytest.raises(BadPackage) as refused:
        second.take(file)
    assert refused.value.code == "WRONG_KEY"
    third.take(file)
    workspace.close(third.work)
