"""What the first page counts, and that every number is the number of rows behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import BatchClass, Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School, SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records, today, workspace
from xqhz_desktop.services.today import Figure, Today
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries

ON = date(2026, 3, 5)  # a Thursday


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    made = workspace.create(tmp_path / "school", make(School, name="霁川职校"))
    yield made
    workspace.close(made)


def keep(work: Work, *these: Record) -> None:
    records.save_all(work, these, Message("Edit"))


def figure(found: Today, name: str) -> Figure:
    return next(one for one in found.figures if one.name == name)


def seen(work: Work, name: str) -> int:
    """Return the number of a card, which must be the number of rows of its list."""
    counted = figure(today.look(work, ON), name)
    with work.store.read() as reader:
        assert queries.found(reader, counted.query).total == counted.count
    return counted.count


def test_a_new_school_has_nothing_to_do(work: Work) -> None:
    found = today.look(work, ON)
    assert (found.students, found.enterprises, found.batches) == (0, 0, 0)
    assert [one.count for one in found.figures] == [0] * 9


def test_students_of_the_coming_batch_without_a_place_are_counted(work: Work) -> None:
    room = make(SchoolClass, name="甲班")
    batch = make(
        PlacementBatch, name="第一批", start_date=date(2026, 3, 16), end_date=date(2026, 9, 1)
    )
    link = make(BatchClass, batch=batch.id, school_class=room.id)
    pair = [make(Student, name=name, school_class=room.id) for name in ("张晨", "李雪")]
    host = make(Enterprise, name="霁川早教")
    placed = make(Placement, student=pair[0].id, enterprise=host.id, batch=batch.id)
    keep(work, room, batch, link, *pair, host, placed)
    assert seen(work, "unplaced") == 1
    counted = figure(today.look(work, ON), "unplaced")
    assert str(counted.urgent) == "in 11 days"
    assert counted.tone == "bad"
    assert [line.text for line in counted.lines] == ["甲班"]


@pytest.mark.parametrize(
    ("ends", "counted"),
    [
        (date(2026, 3, 4), 0),
        (date(2026, 3, 5), 1),
        (date(2026, 4, 4), 1),
        (date(2026, 4, 5), 0),
        (None, 0),
    ],
)
def test_placements_that_end_within_thirty_days_are_counted(
    work: Work, ends: date | None, counted: int
) -> None:
    student, host = make(Student, name="张晨"), make(Enterprise, name="霁川早教")
    stay = make(
        Placement,
        student=student.id,
        enterprise=host.id,
        start_date=date(2025, 9, 1),
        end_date=ends,
        status=PlacementStatus.RUNNING,
    )
    keep(work, student, host, stay)
    assert seen(work, "ending") == counted


@pytest.mark.parametrize(
    ("born", "id_no", "minor"),
    [
        (date(2008, 3, 5), "", 0),
        (date(2008, 3, 6), "", 1),
        (None, "", 0),
    ],
)
def test_minors_on_post_are_counted_by_their_birthday(
    work: Work, born: date | None, id_no: str, minor: int
) -> None:
    student = make(Student, name="张晨", birth_date=born, id_no=id_no)
    host = make(Enterprise, name="霁川早教")
    stay = make(Placement, student=student.id, enterprise=host.id, status=PlacementStatus.RUNNING)
    keep(work, student, host, stay)
    assert seen(work, "minors") == minor
    assert seen(work, "guardians") == minor


def test_facts_that_are_missing_are_counted(work: Work) -> None:
    host = make(Enterprise, name="霁川早教", status=Partnership.ACTIVE)
    excused = make(Enterprise, name="霁川新厂", no_code_reason="筹建中")
    post = make(Position, name="保育员助理", enterprise=host.id)
    shut = make(Position, name="门卫", enterprise=host.id, open=False)
    student = make(Student, name="张晨")
    stay = make(Placement, student=student.id, enterprise=host.id)
    keep(work, host, excused, post, shut, student, stay)
    assert seen(work, "codes") == 1
    assert seen(work, "staff_totals") == 1
    assert seen(work, "posts") == 1
    assert seen(work, "tutors") == 1
    assert seen(work, "agreements") == 1


def test_the_week_runs_from_monday_to_sunday_and_knows_its_batches(work: Work) -> None:
    batch = make(
        PlacementBatch, name="第一批", start_date=date(2026, 3, 6), end_date=date(2026, 9, 1)
    )
    keep(work, batch)
    week = today.look(work, ON).week
    assert [one.day.day for one in week] == [2, 3, 4, 5, 6, 7, 8]
    assert [str(item) for item in week[4].items] == ["第一批 starts"]


def test_a_birthday_on_a_leap_day_is_no_trouble(work: Work) -> None:
    assert today.look(work, date(2028, 2, 29)).students == 0
