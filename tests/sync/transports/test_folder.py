from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from tests.sync.samples import GROUP, OTHER, STREAM
from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.sync.transports import folder, parcel
from xqhz_desktop.sync.transports.folder import Folder

DATA = b"a package" * 300_000
NAME = parcel.name(GROUP, STREAM, (5, 9), DATA)


def sender(stick: Path) -> Folder:
    return Folder(stick, GROUP, STREAM)


def receiver(stick: Path) -> Folder:
    return Folder(stick, GROUP, OTHER)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


def files(stick: Path) -> list[str]:
    return [path.relative_to(stick).as_posix() for path in stick.rglob("*") if path.is_file()]


def test_a_package_left_on_a_stick_reaches_the_other_device(stick: Path, tmp_path: Path) -> None:
    sender(stick).put(NAME, DATA)
    (one,) = receiver(stick).list({})
    assert (one.name, one.size) == (NAME, len(DATA))
    copy = parcel.received(receiver(stick), one, tmp_path / "spool")
    assert copy.read_bytes() == DATA
    assert files(stick) == [NAME]


def test_a_device_is_not_offered_its_own_packages_nor_those_of_other_schools(stick: Path) -> None:
    sender(stick).put(NAME, DATA)
    assert sender(stick).list({}) == []
    assert Folder(stick, "ee" * 16, OTHER).list({}) == []


def test_packages_come_in_the_order_they_were_made(stick: Path) -> None:
    for numbers in ((10, 12), (1, 1), (2, 9)):
        sender(stick).put(parcel.name(GROUP, STREAM, numbers, b"x"), b"x")
    found = [Path(one.name).name.partition("-")[0] for one in receiver(stick).list({})]
    assert found == ["1", "2", "10"]


def test_what_else_lies_on_the_stick_is_left_alone(stick: Path) -> None:
    own = stick / "xq" / GROUP / STREAM
    own.mkdir(parents=True)
    for name in ("holiday.jpg", "5-9-abcd.xqhz", "1-2-01234567.xqhz.part", "x.xqhz"):
        (own / name).write_bytes(b"x")
    assert receiver(stick).list({}) == []


def test_a_package_is_left_once(stick: Path) -> None:
    for _ in range(2):
        sender(stick).put(NAME, DATA)
    before = (stick / NAME).stat().st_mtime_ns
    sender(stick).put(NAME, DATA)
    assert (stick / NAME).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "FULL"),
        (errno.EFBIG, "FULL"),
        (errno.EROFS, "LOCKED"),
        (errno.EACCES, "LOCKED"),
        (errno.EIO, "GONE"),
        (errno.ENODEV, "GONE"),
    ],
)
def test_a_stick_that_fails_while_writing_keeps_no_half_package(
    stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "the stick")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError) as refused:
        sender(stick).put(NAME, DATA)
    assert refused.value.code == reason
    assert files(stick) == []


def test_a_full_stick_is_known_before_writing(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(UserError) as refused:
        sender(stick).put(NAME, DATA)
    assert refused.value.code == "FULL"


def test_a_stick_that_forgets_is_found_out(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def forgetting(self: Path, target: Path) -> Path:
        self.write_bytes(b"\0" * self.stat().st_size)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", forgetting)
    with pytest.raises(UserError) as refused:
        sender(stick).put(NAME, DATA)
    assert refused.value.code == "NOT_KEPT"


def test_a_stick_pulled_out_is_said_so(stick: Path, tmp_path: Path) -> None:
    sender(stick).put(NAME, DATA)
    (one,) = receiver(stick).list({})
    shutil.rmtree(stick)
    for act in (
        lambda: receiver(stick).list({}),
        lambda: sender(stick).put(NAME, DATA),
        lambda: parcel.received(receiver(stick), one, tmp_path / "spool"),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == "GONE"
    assert not stick.exists()


def test_a_copy_broken_off_goes_on_where_it_stopped(stick: Path, tmp_path: Path) -> None:
    sender(stick).put(NAME, DATA)
    (one,) = receiver(stick).list({})
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / f"{one.hash}.part").write_bytes(DATA[:1_000_000])
    assert parcel.received(receiver(stick), one, spool).read_bytes() == DATA


def test_a_package_damaged_on_the_stick_is_not_taken(stick: Path, tmp_path: Path) -> None:
    sender(stick).put(NAME, DATA)
    (one,) = receiver(stick).list({})
    damaged = bytearray(DATA)
    for content, reason in ((damaged[:-1], "TRUNCATED"), (damaged[:-1] + b"?", "DAMAGED")):
        (stick / NAME).write_bytes(bytes(content))
        with pytest.raises(BadPackage) as refused:
            parcel.received(receiver(stick), one, tmp_path / "spool")
        assert refused.value.code == reason
    assert not list((tmp_path / "spool").iterdir())


def test_a_package_too_large_is_not_copied(stick: Path, tmp_path: Path) -> None:
    big = parcel.Parcel("xq/x", 65 << 20, "00000000")
    with pytest.raises(BadPackage) as refused:
        parcel.received(receiver(stick), big, tmp_path / "spool")
    assert refused.value.code == "TOO_LARGE"


def test_writing_over_an_older_file_is_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "week.xqhz"
    folder.write(file, b"old")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "x")))
    with pytest.raises(UserError):
        folder.write(file, b"new")
    assert file.read_bytes() == b"old"
