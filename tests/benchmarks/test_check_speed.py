"""What checking costs, at 1×, 10× and 100×: ``pytest tests/benchmarks -k check -s``.

All rules over 8,000 running placements have to take at most 3 s, one edited placement 50 ms.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from xqhz_desktop.domain.agreement import Tripartite, TripartiteState
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.preparation import Consent, ConsentState
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services import checking, rule_packs, workspace

TODAY = date(2026, 4, 1)
AT_ONE_HOST = 25


def intern(school: SmallSchool, student: str, host: Enterprise, post: Position) -> list[Record]:
    one = make(
        Placement, student=student, enterprise=host.id, position=post.id, batch=school.batch.id,
        start_date=START, end_date=END, status=PlacementStatus.RUNNING,
        weekly_hours=Decimal(40), allowance=Decimal(3000),
    )  # fmt: skip
    paper = Tripartite(placement=one.id, state=TripartiteState.EFFECTIVE, signed_on=START)
    consent = Consent(student=student, batch=school.batch.id, state=ConsentState.SCANNED)
    return [one, paper, consent]


@pytest.fixture(params=[80, 800, 8_000])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallSchool]:
    """A school with so many placements that run, twenty-five at one host."""
    made = SmallSchool(tmp_path / "school")
    students = made.students(request.param)
    for start in range(0, len(students), AT_ONE_HOST):
        host = make(Enterprise, name=f"栖澜{start}公司", uscc="", staff_total=300)
        post = make(Position, name="装配", enterprise=host.id, hours_per_day=Decimal(8))
        some = [intern(made, one, host, post) for one in students[start : start + AT_ONE_HOST]]
        made.add(host, post, *(record for records in some for record in records))
    yield made
    workspace.close(made.work)


def test_all_rules_over_all_placements(benchmark: BenchmarkFixture, school: SmallSchool) -> None:
    def check() -> int:
        with school.work.store.read() as reader:
            return sum(1 for _one in checking.judged(reader, checking.placements(reader), TODAY))

    assert benchmark.pedantic(check, rounds=3, warmup_rounds=1) > 0


def test_one_edited_placement(benchmark: BenchmarkFixture, school: SmallSchool) -> None:
    with school.work.store.read() as reader:
        packs = rule_packs.of(reader)
        ids = checking.placements(reader)[:1]

    def check() -> int:
        with school.work.store.read() as reader:
            return sum(1 for _one in checking.judged(reader, ids, TODAY, packs))

    assert benchmark.pedantic(check, rounds=5, warmup_rounds=1) == 1
