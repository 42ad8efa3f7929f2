"""How many segments the server merges a second, with one school and with a thousand.

Segments of ten one-row changes, as laptops send them; five in a package. Besides the figure it
prints the ratio to the floor of the same run: the same rows written by plain INSERTs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.laptops import NOW, Laptop, School, student
from xqhz_desktop.hub import home, keyring, uploads, worker
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.sync import segment
from xqhz_desktop.sync.changes import Changeset, Op
from xqhz_desktop.sync.segment import Origin

PACKAGES, SEGMENTS, CHANGES = 40, 5, 10
SCHOOLS = int(os.environ.get("XQHZ_SCHOOLS", "1000"))


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    folder = Path(tempfile.mkdtemp(prefix="xqhz-speed-"))
    home.make(folder / "s")
    opened = home.opened(folder / "s")
    yield opened
    opened.database.close()
    shutil.rmtree(folder, ignore_errors=True)


def test_segments_a_second_with_one_school_and_with_a_thousand(hub: Hub) -> None:
    floor = _floor(hub)
    alone = _rate(hub, _laptop(hub, 0), PACKAGES)
    for number in range(1, SCHOOLS):
        _rate(hub, _laptop(hub, number), 1)
    among = _rate(hub, _laptop(hub, SCHOOLS), PACKAGES)
    sys.stdout.write(
        f"\n{alone:.0f} segments a second with one school ({floor / alone:.1f} times the floor), "
        f"{among:.0f} with {SCHOOLS}: {alone / among:.2f} times the time a segment\n"
    )


def _laptop(hub: Hub, number: int) -> Laptop:
    made = Laptop(School(f"学校{number}"))
    made.school.joined(hub)
    with hub.database.school(made.school.id) as connection:
        keyring.admit(connection, made.school.id, made.school.statements)
    return made


def _rate(hub: Hub, laptop: Laptop, packages: int) -> float:
    """Return how many segments a second one worker merges; making them is not counted."""
    for _package in range(packages):
        made = [_segment(laptop) for _one in range(SEGMENTS)]
        data = laptop.package(hub, *made)
        id, where = hashlib.sha256(data).digest(), (hub.database, laptop.school.id)
        uploads.begin(*where, laptop.caller.device, id, len(data))
        uploads.add(*where, id, 0, data)
        uploads.commit(*where, id)
    begun = time.perf_counter()
    while worker.one(hub):
        pass
    return packages * SEGMENTS / (time.perf_counter() - begun)


def _segment(laptop: Laptop) -> segment.Segment:
    changes = []
    for _change in range(CHANGES):
        laptop.q += 1
        values = student("学生", phone="13800000000", sex="M", address="人民路 1 号")
        op = Op("student", f"{laptop.q:032x}", values)
        changes.append(Changeset(laptop.stream, laptop.q, NOW + laptop.q, "0" * 32, {}, (op,)))
    prev = laptop.segments[-1].id if laptop.segments else ""
    laptop.segments.append(segment.make(changes, prev, Origin(laptop.keys, laptop.school.group, 1)))
    return laptop.segments[-1]


def _floor(hub: Hub) -> float:
    """Return how many segments' rows a second plain INSERTs write, a transaction a package."""
    school = School("floor").joined(hub)
    begun = time.perf_counter()
    for package in range(PACKAGES):
        with hub.database.school(school.id) as connection, connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO record (school_id, kind, id, state, shown)"
                " VALUES (%s, 'student', %s, %s, '{}')",
                [(school.id, f"{package}-{row}", bytes(200)) for row in range(SEGMENTS * CHANGES)],
            )
    return PACKAGES * SEGMENTS / (time.perf_counter() - begun)
