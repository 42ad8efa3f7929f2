"""Packages against the same edits as zipped JSON: ``pytest tests/benchmarks -s``.

2,000 changed records, made and read back with every check; a snapshot of 60,500 records. The
floors are an object for every field in a zip, and JSON of the snapshot's values.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from time import process_time
from typing import TypeVar

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.sync import busy_week, samples
from tests.sync.busy_week import Week
from tests.sync.samples import OFFICE, READERS, STREAM
from xqhz_desktop.sync import package, segment, snapshot
from xqhz_desktop.sync.changes import Key
from xqhz_desktop.sync.merge import Row, Write

T = TypeVar("T")
RECORDS = 60_500


def test_two_thousand_changed_records(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = busy_week.one_by_one()
    floor, zipped = _seconds(lambda: busy_week.zipped_json(changes))
    floor_back, _ = _seconds(lambda: _unzipped(zipped))

    def made() -> bytes:
        return package.write(busy_week.contents(changes), READERS, OFFICE)

    making, data = _seconds(lambda: benchmark.pedantic(made, rounds=1))
    reading, _ = _seconds(lambda: _read(data))
    again, _ = _seconds(lambda: package.read(data, samples.AT_TUTOR))
    with capsys.disabled():
        sys.stdout.write(
            f"\n2,000 records: {len(data):,} B, zipped JSON {len(zipped):,} B; made in "
            f"{making * 1000:.0f} ms CPU ({making / floor:.1f} × JSON), read with all checks in "
            f"{reading * 1000:.0f} ms ({reading / floor_back:.1f} × JSON), without its changes in "
            f"{again * 1000:.1f} ms\n"
        )


def test_a_snapshot_for_a_new_device(
    benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(_rows())
    values = [{name: one[0].value for name, one in row.cells.items()} for _, row in rows]
    floor, plain = _seconds(lambda: json.dumps(values, ensure_ascii=False))
    floor_back, _ = _seconds(lambda: json.loads(plain))

    def made() -> list[bytes]:
        return list(snapshot.blocks({}, rows, RECORDS))

    making, blocks = _seconds(lambda: benchmark.pedantic(made, rounds=1))
    reading, _ = _seconds(lambda: list(snapshot.rows(blocks)))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{RECORDS:,} records: {sum(map(len, blocks)) / 1e6:.1f} MB, made in {making:.1f} s "
            f"CPU ({making / floor:.1f} × JSON), read in {reading:.1f} s "
            f"({reading / floor_back:.1f} × JSON)\n"
        )


def _rows() -> Iterator[tuple[Key, Row]]:
    week = Week()
    for n in range(RECORDS):
        cells = {
            name: (Write(STREAM, n // 1_000 + 1, n, one),) for name, one in week.whole().items()
        }
        yield ("placement", week.id()), Row((Write(STREAM, n // 1_000 + 1, n, True),), cells)


def _read(data: bytes) -> None:
    for one in package.read(data, samples.AT_TUTOR).segments:
        segment.check(one, OFFICE.public.key)
        segment.changesets(one)


def _unzipped(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        json.loads(file.read("changes.json"))


def _seconds(run: Callable[[], T]) -> tuple[float, T]:
    start = process_time()
    found = run()
    return process_time() - start, found
