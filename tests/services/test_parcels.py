"""Packages in several files: taken in together, whichever of them is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import make
from tests.services.laptops import Laptop
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.services import enrolment, sending, syncing
from xqhz_desktop.sync import package


@pytest.fixture
def volumes(first: Laptop, second: Laptop, tmp_path: Path) -> list[Path]:
    """The files of a package too large for one, as large ones are cut and named."""
    for name in ("甲", "乙", "丙"):
        first.save(make(Student, name=name))
        first.pack()
    circle = enrolment.enrolled(first.work)
    receivers = sending.chosen(circle, ())
    parts = package.volumes(sending.gathered(first.work, circle, receivers), (64 << 10) + 500)
    files = []
    for number, part in enumerate(parts, 1):
        files.append(sending.place(tmp_path / "week-9.xqhz", number))
        sending.put(files[-1], package.write(part, circle.readers(receivers), circle.device))
    return files


def test_a_large_package_is_several_files_with_one_name(volumes: list[Path]) -> None:
    assert len(volumes) > 2
    assert [one.name for one in volumes[:2]] == ["week-9.xqhz", "week-9-2.xqhz"]


@pytest.mark.parametrize("chosen", [0, 1, -1])
def test_any_volume_stands_for_all_of_them(
    first: Laptop, second: Laptop, volumes: list[Path], chosen: int
) -> None:
    assert syncing.look(second.work, volumes[chosen]).kinds["student"].new == 3
    assert second.take(volumes[chosen]).changes == 3
    assert first.all() == second.all()


def test_a_missing_volume_is_named_and_nothing_is_taken_in(
    second: Laptop, volumes: list[Path]
) -> None:
    before = second.all()
    volumes[1].unlink()
    with pytest.raises(BadPackage) as refused:
        second.take(volumes[0])
    assert refused.value.code == "MISSING_VOLUME"
    assert second.all() == before


def test_other_packages_in_the_folder_are_no_volumes(
    first: Laptop, second: Laptop, volumes: list[Path]
) -> None:
    first.save(make(Student, name="丁"))
    syncing.make(first.work, volumes[0].with_name("week-10.xqhz"))
    (volumes[0].parent / "week-11.xqhz").write_text("hello", encoding="utf-8")
    assert second.take(volumes[0]).changes == 3
