"""The exchange by a folder: what is left there, what is passed over, and sticks that fail."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, joined, meet
from tests.sync.transports import small_dav
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import exchanging, syncing, workspace
from xqhz_desktop.sync.transports.folder import Folder
from xqhz_desktop.sync.transports.parcel import Parcel


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def files(stick: Path) -> list[Path]:
    return sorted(stick.rglob("*.xqhz"))


def test_what_lies_there_is_not_left_again(first: Laptop, second: Laptop, stick: Path) -> None:
    first.save(make(Student, name="张三"))
    assert exchanging.with_folder(first.work, stick).sent == 1
    before = files(stick)
    assert exchanging.with_folder(first.work, stick).sent == 0
    assert files(stick) == before


def test_a_stick_serves_all_laptops_of_the_school(
    first: Laptop, second: Laptop, stick: Path, tmp_path: Path
) -> None:
    third = joined(first, tmp_path, "土木系")
    meet(first, third)
    student = make(Student, name="张三")
    second.save(student)
    exchanging.with_folder(second.work, stick)
    exchanging.with_folder(third.work, stick)
    third.save(student.but(note="丙"))
    exchanging.with_folder(third.work, stick)
    exchanging.with_folder(first.work, stick)
    assert first.now(student).note == "丙"
    workspace.close(third.work)


def test_a_broken_package_stops_no_other(first: Laptop, second: Laptop, stick: Path) -> None:
    student = make(Student, name="张三")
    exchanging.with_folder(first.work, stick)
    first.save(make(Student, name="李四"))
    exchanging.with_folder(first.work, stick)
    broken = files(stick)[0]
    broken.write_bytes(broken.read_bytes()[:-10] + b"0123456789")
    second.save(student)
    done = exchanging.with_folder(second.work, stick)
    assert [name for name, _why in done.refused] == [broken.relative_to(stick).as_posix()]
    assert done.sent > 0


def test_a_stick_that_is_not_there_is_said_and_nothing_is_lost(
    first: Laptop, second: Laptop, stick: Path
) -> None:
    student = make(Student, name="张三")
    first.save(student)
    shutil.rmtree(stick)
    with pytest.raises(UserError) as refused:
        exchanging.with_folder(first.work, stick)
    assert refused.value.code == "GONE"
    stick.mkdir()
    exchanging.with_folder(first.work, stick)
    exchanging.with_folder(second.work, stick)
    assert second.now(student) == student


def test_the_place_used_last_is_remembered(first: Laptop, second: Laptop, stick: Path) -> None:
    assert exchanging.last_place(first.work) == ""
    exchanging.with_folder(first.work, stick)
    assert exchanging.last_place(first.work) == str(stick.resolve())


def test_after_the_exchange_the_sender_hears_what_arrived(
    first: Laptop, second: Laptop, stick: Path
) -> None:
    first.save(make(Student, name="张三"))
    for laptop in (first, second, first):
        exchanging.with_folder(laptop.work, stick)
    (receiver,) = syncing.status(first.work).receivers
    assert receiver.changes == 0


@pytest.mark.parametrize(
    ("text", "said"), [("https://hub.example", True), ("/media/usb", False), ("E:\\", False)]
)
def test_an_address_is_told_from_a_folder(text: str, *, said: bool) -> None:
    assert exchanging.is_address(text) is said


def test_a_webdav_folder_serves_as_a_stick_and_its_password_is_kept(
    first: Laptop, second: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_dav.running(tmp_path / "disk") as (address, line):
        with pytest.raises(UserError) as asked:
            exchanging.exchange(first.work, address)
        assert asked.value.code == "PASSWORD"
        monkeypatch.setenv(exchanging.PASSWORD, small_dav.PASSWORD)
        student = make(Student, name="张三")
        first.save(student)
        assert exchanging.exchange(first.work, address).sent
        monkeypatch.delenv(exchanging.PASSWORD)
        line.cut = 1  # and it goes on where the line broke
        exchanging.exchange(second.work, address)
        assert second.now(student).name == "张三"
        second.save(student.but(note="乙"))
        exchanging.exchange(second.work, exchanging.last_place(second.work))
        exchanging.exchange(first.work, exchanging.last_place(first.work))
        assert first.now(student).note == "乙"
        assert small_dav.PASSWORD not in exchanging.last_place(first.work)


def test_what_a_broken_line_left_is_gone_on_with_the_next_time(
    first: Laptop, second: Laptop, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    student = make(Student, name="张三")
    first.save(student)
    exchanging.with_folder(first.work, stick)
    asked: list[int] = []

    def broken(folder: Folder, parcel: Parcel, offset: int = 0) -> Iterator[bytes]:
        asked.append(offset)
        yield (stick / parcel.name).read_bytes()[offset:][:100]

    with monkeypatch.context() as line:
        line.setattr(Folder, "fetch", broken)
        for _time in range(2):
            assert exchanging.with_folder(second.work, stick).refused
    exchanging.with_folder(second.work, stick)
    assert asked == [0, 100]
    assert second.now(student).name == "张三"
    assert not (second.work.folder / ".incoming").exists()
