"""Attached files between laptops: sent with their names, or asked for in the next package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop, joined, office
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import attaching, exchanging, newcomers
from xqhz_desktop.services.syncing import Way
from xqhz_desktop.sync import enclosed, package

SCAN = b"%PDF-1.4 signed"


@pytest.fixture
def laptops(tmp_path: Path) -> tuple[Laptop, Laptop]:
    first = office(tmp_path)
    return first, joined(first, tmp_path, "系部")


def attached(laptop: Laptop, data: bytes = SCAN, name: str = "三方协议.pdf") -> Attachment:
    student = make(Student, name="张小河")
    laptop.save(student)
    given = [attaching.pasted(name, data)]
    return attaching.attach(laptop.work, student.KIND, student.id, given)[0]


def here(laptop: Laptop, file: Attachment) -> bool:
    return attaching.contents(laptop.work).has(file.sha256)


def test_a_file_travels_with_its_name(laptops: tuple[Laptop, Laptop]) -> None:
    first, second = laptops
    file = attached(first)
    second.take(first.pack())
    assert attaching.read(second.work, second.now(file)) == SCAN


def test_a_file_left_out_is_asked_for_and_comes_with_the_next_package(
    laptops: tuple[Laptop, Laptop],
) -> None:
    first, second = laptops
    file = attached(first)
    second.take(first.pack(way=Way(files=False)))
    assert second.now(file) == file
    with pytest.raises(UserError, match="comes with the next package"):
        attaching.read(second.work, file)
    first.take(second.pack())
    second.take(first.pack())
    assert attaching.read(second.work, file) == SCAN


def test_a_file_goes_out_once_for_each_time_it_is_asked_for(
    laptops: tuple[Laptop, Laptop],
) -> None:
    first, second = laptops
    attached(first, SCAN * 100_000)
    second.take(first.pack())
    first.take(second.pack())
    assert first.pack().stat().st_size < 100_000


def test_a_file_changed_on_the_disk_comes_again_from_another_laptop(
    laptops: tuple[Laptop, Laptop],
) -> None:
    first, second = laptops
    file = attached(first)
    second.take(first.pack())
    attaching.contents(first.work).place(file.sha256).unlink()
    second.take(first.pack())
    first.take(second.pack())
    assert attaching.read(first.work, file) == SCAN


def test_what_does_not_fit_one_package_follows(
    laptops: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = laptops
    monkeypatch.setattr(enclosed, "MOST", 10)
    files = [attached(first, SCAN + bytes([n])) for n in range(3)]
    for number in (1, 2, 3):
        second.take(first.pack())
        first.take(second.pack())
        assert sum(here(second, one) for one in files) == number


def test_large_files_make_more_volumes(
    laptops: tuple[Laptop, Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = laptops
    monkeypatch.setattr(package, "DISK", 100_000)
    files = [attached(first, bytes([n]) * 60_000) for n in range(3)]
    made = first.pack()
    assert len(list(made.parent.glob("*.xqhz"))) > 1
    second.take(made)
    assert all(here(second, one) for one in files)


def test_a_folder_passes_files_on_and_wishes_back(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    first, second = laptops
    stick = tmp_path / "usb"
    stick.mkdir()
    file = attached(first)
    for laptop in (first, second, first, second):
        exchanging.with_folder(laptop.work, stick)
    assert attaching.read(second.work, file) == SCAN
    attaching.contents(second.work).place(file.sha256).unlink()
    for laptop in (second, first, second):
        exchanging.with_folder(laptop.work, stick)
    assert attaching.read(second.work, file) == SCAN
    lying = sorted(stick.rglob("*.xqhz"))
    for laptop in (second, first, second, first):
        exchanging.with_folder(laptop.work, stick)
    assert sorted(stick.rglob("*.xqhz")) == lying


def test_a_new_laptop_gets_the_files_along(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    first, _second = laptops
    file = attached(first)
    third = joined(first, tmp_path, "招就处")
    third.take(newcomers.make(first.work, first.desk / "all.xqhz").files[0])
    assert attaching.read(third.work, file) == SCAN
