"""Enrolment: request, words, answer; and what a device may do that is no member, or was one."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, joined, meet, office
from xqhz_desktop.domain.school import School, SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import BadPackage, NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enrolling, enrolment, syncing, workspace
from xqhz_desktop.sync import certificates, outbox, package
from xqhz_desktop.sync.certificates import Certificate, Role
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.segment import Origin


@pytest.fixture
def second(first: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    """A department's laptop, admitted."""
    made = joined(first, tmp_path, "机电系")
    yield made
    workspace.close(made.work)


def names(laptop: Laptop) -> list[str]:
    return sorted(one.name for one in enrolling.members(laptop.work))


def test_request_and_answer_show_the_same_words_on_both_computers(
    first: Laptop, tmp_path: Path
) -> None:
    work = workspace.join(tmp_path / "new")
    asked = enrolling.request(work, tmp_path / "r.xqer", "机电系")
    seen = enrolling.look(tmp_path / "r.xqer")
    assert seen == asked
    assert enrolling.words(seen.public.id) == enrolling.words(asked.public.id)
    answered = enrolling.admit(first.work, tmp_path / "r.xqer", tmp_path / "a.xqhz")
    assert answered == asked
    enrolling.accept(work, tmp_path / "a.xqhz")
    assert {one.name for one in enrolling.members(work)} == {"教务处", "机电系"}
    workspace.close(work)


def test_asking_again_asks_for_the_same_device(tmp_path: Path) -> None:
    work = workspace.join(tmp_path / "new")
    one = enrolling.request(work, tmp_path / "1.xqer", "机电系")
    other = enrolling.request(work, tmp_path / "2.xqer", "机电系")
    assert one == other
    workspace.close(work)


def test_a_member_neither_asks_nor_founds_again(first: Laptop, tmp_path: Path) -> None:
    for again in (
        lambda: enrolling.begin(first.work, "x"),
        lambda: enrolling.request(first.work, tmp_path / "r", "x"),
    ):
        with pytest.raises(UserError) as refused:
            again()
        assert refused.value.code == "ENROLLED"


def test_only_the_computer_with_the_schools_key_admits(
    first: Laptop, second: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with second.work.store.aside() as cursor:
        cursor.execute("UPDATE meta SET value = ? WHERE name = 'anchors'", (f'["{"0" * 64}"]',))
    work = workspace.join(tmp_path / "third")
    enrolling.request(work, tmp_path / "r.xqer", "三系")
    with pytest.raises(UserError) as refused:
        enrolling.revoke(second.work, "教务处", "")
    assert refused.value.code in {"NO_SCHOOL_KEY", "NOT_ENROLLED"}
    workspace.close(work)


def test_the_first_package_brings_the_school_to_the_new_laptop(
    first: Laptop, second: Laptop
) -> None:
    first.save(make(Student, name="张三"))
    meet(first, second)
    assert "张三" in {one.called for one in second.all().values()}


def test_nobody_packs_or_takes_in_before_taking_part(first: Laptop, tmp_path: Path) -> None:
    work = workspace.create(tmp_path / "other", make(School))
    for refused in (
        lambda: syncing.make(work, tmp_path / "p.xqhz"),
        lambda: syncing.look(work, tmp_path / "p.xqhz"),
    ):
        with pytest.raises(UserError) as said:
            refused()
        assert said.value.code == "NOT_ENROLLED"
    assert not syncing.status(work).enrolled
    workspace.close(work)


def test_the_first_device_alone_has_nobody_to_send_to(first: Laptop) -> None:
    with pytest.raises(UserError) as refused:
        first.pack()
    assert refused.value.code == "NO_DEVICE"


def test_a_device_that_is_not_there_is_named(first: Laptop, second: Laptop) -> None:
    with pytest.raises(UserError) as refused:
        first.pack(to=["土木系"])
    assert "土木系" in str(refused.value)


def test_a_package_of_another_school_is_refused(first: Laptop, tmp_path: Path) -> None:
    other = office(tmp_path / "other school")
    friend = joined(other, tmp_path / "other school", "机电系")
    with pytest.raises(BadPackage) as refused:
        first.take(other.pack())
    assert refused.value.code == "OTHER_SCHOOL"
    workspace.close(other.work)
    workspace.close(friend.work)


def test_a_blocked_device_is_refused_and_gets_nothing_more(
    first: Laptop, second: Laptop, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    meet(first, second)
    enrolling.revoke(first.work, "机电系", "笔记本丢失")
    with pytest.raises(BadPackage) as refused:
        first.take(second.pack(to=["教务处"]))
    assert refused.value.code == "REVOKED"
    made = syncing.make(first.work, tmp_path / "p.xqhz")
    assert made.receivers == ("土木系",)
    with pytest.raises(BadPackage) as refused:
        second.take(tmp_path / "p.xqhz")
    assert refused.value.code == "WRONG_KEY"
    workspace.close(third.work)


def test_what_a_blocked_device_wrote_before_counts_and_what_it_wrote_later_is_set_aside(
    first: Laptop, second: Laptop, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    early, late = make(Student, name="早"), make(Student, name="晚")
    meet(first, second)
    third.take(first.pack(to=["土木系"]))
    second.take(third.pack(to=["机电系"]))
    second.save(early)
    first.take(second.pack())
    enrolling.revoke(first.work, "机电系", "笔记本丢失")
    second.save(late)
    third.take(second.pack(to=["土木系"]))  # it has not heard yet
    third.take(first.pack())
    taken = first.take(third.pack())
    assert first.now(early) == early
    assert first.now(late) is None
    assert taken.set_aside == 1
    (waiting,) = [one for one in syncing.waiting(first.work) if one.set_aside]
    assert waiting.changes == 1
    workspace.close(third.work)


def test_a_third_laptop_learns_of_the_second_by_a_package(
    first: Laptop, second: Laptop, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    student = make(Student, name="张三")
    second.save(student)
    first.take(second.pack())
    third.take(first.pack(to=["土木系"]))
    assert third.now(student) == student
    assert names(third) == ["土木系", "教务处", "机电系"]
    workspace.close(third.work)


def test_a_copied_workspace_is_not_the_same_device(first: Laptop, tmp_path: Path) -> None:
    workspace.close(first.work)
    shutil.copytree(tmp_path / "office", tmp_path / "copy")
    copy = workspace.opened(tmp_path / "copy")
    assert enrolment.known(copy) is None
    workspace.close(copy)
    first.work = workspace.opened(tmp_path / "office")
    assert names(first) == ["教务处"]


def test_an_encrypted_workspace_keeps_its_keys_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = office(tmp_path, passphrase="山高水长")
    second = joined(first, tmp_path, "机电系")
    student = make(Student, name="张三")
    first.save(student)
    meet(first, second)
    workspace.close(first.work)
    again = workspace.opened(tmp_path / "office", passphrase="山高水长")
    assert enrolment.enrolled(again).me.name == "教务处"
    workspace.close(again)
    workspace.close(second.work)


def test_a_file_that_asks_for_nothing_is_no_request(first: Laptop, tmp_path: Path) -> None:
    (tmp_path / "r.xqer").write_text("hello", encoding="utf-8")
    with pytest.raises(BadPackage):
        enrolling.admit(first.work, tmp_path / "r.xqer", tmp_path / "a.xqhz")
    with pytest.raises(NotFound):
        enrolling.look(tmp_path / "nothing.xqer")


def ended(first: Laptop, folder: Path, name: str, part: str = "") -> str:
    """Let the office know a device whose admission ended yesterday, and return its id."""
    work = workspace.join(folder / name)
    asked = enrolling.request(work, folder / f"{name}.xqask", name)
    workspace.close(work)
    circle = enrolment.enrolled(first.work)
    yesterday = int(time.time() * 1000) - 24 * 3600 * 1000
    made = Certificate(
        role=Role.READER if part else Role.DEVICE,
        public=asked.public,
        group=circle.group,
        name=name,
        since=yesterday - certificates.YEAR,
        until=yesterday,
        scopes=(part or circle.group,),
    )
    with first.work.store.merging() as change:
        enrolment.keep(change, [certificates.certify(enrolling.school_key(first.work), made)])
    return asked.public.id


def test_a_device_whose_admission_ended_gets_packages_again_once_it_is_renewed(
    first: Laptop, tmp_path: Path
) -> None:
    ended(first, tmp_path, "土木系")
    with pytest.raises(UserError) as refused:
        first.pack(to=["土木系"])
    assert refused.value.code == "NO_DEVICE"
    renewed = enrolling.renew(first.work, "土木系")
    assert renewed.until > time.time() * 1000 + 364 * 24 * 3600 * 1000
    assert first.pack(to=["土木系"]).exists()


def test_a_partial_copy_keeps_its_part_when_it_is_renewed(first: Laptop, tmp_path: Path) -> None:
    first.save(home := make(SchoolClass, name="23数控1班"))
    ended(first, tmp_path, "班主任", home.id)
    with pytest.raises(UserError) as refused:
        first.pack(to=["班主任"])
    assert refused.value.code == "ENDED"
    renewed = enrolling.renew(first.work, "班主任")
    assert (renewed.partial, renewed.scopes) == (True, (home.id,))
    assert first.pack(to=["班主任"]).exists()


def test_a_renewal_reaches_the_device_by_the_next_package(first: Laptop, second: Laptop) -> None:
    before = enrolment.enrolled(second.work).me.until
    enrolling.renew(first.work, "机电系")
    first.save(make(Student, name="张三"))
    second.take(first.pack())
    assert enrolment.enrolled(second.work).me.until > before


def test_a_blocked_device_is_not_renewed(first: Laptop, second: Laptop) -> None:
    enrolling.revoke(first.work, "机电系", "丢失")
    with pytest.raises(UserError) as refused:
        enrolling.renew(first.work, "机电系")
    assert refused.value.code == "REVOKED"


def test_what_a_partial_copy_sends_like_an_ordinary_device_is_set_aside(
    first: Laptop, tmp_path: Path
) -> None:
    """A forged program may send segments; the school does not take them for its own."""
    first.save(home := make(SchoolClass, name="23数控1班"))
    work = workspace.join(tmp_path / "copy")
    request, answer = tmp_path / "q", tmp_path / "a"
    enrolling.request(work, request, "班主任")
    enrolling.admit(first.work, request, answer, part=[home.id])
    enrolling.accept(work, answer)
    with work.store.change(Message("Test"), work.actor) as change:
        change.put(student := make(Student, name="李四"))
    circle = enrolment.enrolled(work)
    with work.store.merging() as change:
        outbox.absorb_into(change)
        made = outbox.seal(change, Origin(circle.device, circle.group, 1))
    others = [one.recipient for one in circle.members if one.receives]
    file = tmp_path / "forged.xqhz"
    contents = Contents(circle.group, segments=tuple(made), app=("", 1))
    file.write_bytes(package.write(contents, others, circle.device))
    assert first.take(file).set_aside == 1
    assert first.now(student) is None
    workspace.close(work)
