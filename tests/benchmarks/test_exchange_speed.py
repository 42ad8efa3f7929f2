"""What the exchange costs: ``XQHZ_STUDENTS=20000 pytest tests/benchmarks -k package -s``.

20,000 students are 60,500 records. Capture is measured against the same bulk write without journal.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import TypeVar

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.make import make
from tests.services.laptops import Laptop, joined, office
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import syncing, workspace
from xqhz_desktop.sync import outbox

STUDENTS = int(os.environ.get("XQHZ_STUDENTS", "2000"))
T = TypeVar("T")


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Laptop]:
    """The office's laptop."""
    made = office(tmp_path)
    yield made
    workspace.close(made.work)


def school() -> tuple[list[Student], list[Enterprise], list[Placement]]:
    chance = random.Random(1)
    students = [
        make(
            Student,
            name=chance.choice("王李张刘陈") + "".join(chance.choices("伟芳娜敏静丽强", k=2)),
            student_no=f"2024{n:06d}",
            phone=f"138{chance.randrange(10**8):08d}",
            address="浙江省杭州市星河路 1 号",
        )
        for n in range(STUDENTS)
    ]
    firms = [make(Enterprise, name=f"栖澜{n}公司", uscc="") for n in range(STUDENTS // 40)]
    placements = [
        make(Placement, student=one.id, enterprise=chance.choice(firms).id, position="")
        for one in students
        for _ in range(2)
    ]
    return students, firms, placements


def put(laptop: Laptop, records: Sequence[Record]) -> None:
    """Save records in steps of a thousand, as large imports are."""
    for start in range(0, len(records), 1_000):
        with laptop.work.store.change(Message("Import"), laptop.work.actor) as change:
            for record in records[start : start + 1_000]:
                change.put(record)


def week(
    laptop: Laptop, students: list[Student], firms: list[Enterprise], placements: list[Placement]
) -> None:
    """Edit 2,000 records: students, placements, new ones, some that go."""
    chance = random.Random(2)
    part = min(1_200, len(students))
    with laptop.work.store.change(Message("Edit"), laptop.work.actor) as change:
        for student in students[:part]:
            change.put(student.but(phone=f"139{chance.randrange(10**8):08d}", note="改"))
        for placement in placements[: part // 2]:
            change.put(placement.but(note="改"))
        for placement in placements[part // 2 : part // 2 + 20]:
            change.remove("placement", placement.id)
        for student in students[: 2_000 - part - part // 2 - 20]:
            made = make(Placement, student=student.id, enterprise=firms[0].id, position="")
            change.put(made)


def test_capture(
    first: Laptop, benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    students = [make(Student, name=f"张{n}", student_no=str(n)) for n in range(2 * STUDENTS)]
    half, other = students[:STUDENTS], students[STUDENTS:]

    def bare() -> None:
        with first.work.store.merging() as change:
            for student in half:
                change.put(student)

    floor, _none = seconds(bare)
    captured, _none = seconds(lambda: benchmark.pedantic(lambda: first.save(*other), rounds=1))
    say(capsys, f"capture of {STUDENTS} new records: {captured / floor:.2f} × without journal")
    benchmark.extra_info.update(floor=floor, captured=captured)


def test_a_first_package_and_a_week(
    first: Laptop, tmp_path: Path, benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    students, firms, placements = school()
    second = joined(first, tmp_path, "机电系")
    put(first, [*students, *firms, *placements])
    count = len(students) + len(firms) + len(placements)
    absorbing, _none = seconds(lambda: outbox.absorb(first.work.store))
    packing, file = seconds(first.pack)
    taking, _taken = seconds(lambda: second.take(file))
    say(
        capsys,
        f"{count} records: absorbed {absorbing:.2f} s, packed {packing:.2f} s "
        f"({file.stat().st_size / 1e6:.1f} MB), taken in {taking:.2f} s CPU",
    )
    first.take(second.pack())
    week(first, students, firms, placements)
    packing, made = seconds(
        lambda: benchmark.pedantic(
            lambda: syncing.make(first.work, tmp_path / "week.xqhz"), rounds=1
        )
    )
    looking, _seen = seconds(lambda: syncing.look(second.work, made.files[0]))
    taking, _taken = seconds(lambda: second.take(made.files[0]))
    again, _taken = seconds(lambda: syncing.look(second.work, made.files[0]))
    say(
        capsys,
        f"2,000 changed records: packed {packing:.2f} s ({made.size / 1e3:.0f} kB), looked at "
        f"{looking:.2f} s, taken in {taking:.2f} s, once more {again:.3f} s CPU",
    )
    benchmark.extra_info.update(size=made.size, packing=packing, taking=taking, again=again)
    workspace.close(second.work)


def seconds(run: Callable[[], T]) -> tuple[float, T]:
    """Run something; return its seconds of CPU and what it answers."""
    start = process_time()
    answer = run()
    return process_time() - start, answer


def say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")
