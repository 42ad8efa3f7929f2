"""What happens during the placements of the sample school: believable, and never in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

import pytest

from xqhz_desktop.domain.attendance import Attendance, Leave, Pay
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.guidance import Incident, StudentReport, Visit, VisitState
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services import sample

TODAY = date(2026, 11, 20)
R = TypeVar("R", bound=Record)


@pytest.fixture(scope="module")
def everything() -> list[Record]:
    return list(sample.school(students=400, today=TODAY))


def some(everything: list[Record], kind: type[R]) -> Iterator[R]:
    return (one for one in everything if isinstance(one, kind))


def test_marks_stand_on_days_of_the_placement_that_have_passed(everything: list[Record]) -> None:
    placed = {one.id: one for one in some(everything, Placement)}
    months = list(some(everything, Attendance))
    assert len(months) > 200
    for month in months:
        start = placed[month.placement].start_date
        assert start
        assert all(start <= on < TODAY for on, _day in month.marked())
        assert not month.problems()


def test_nobody_is_marked_present_while_on_leave(everything: list[Record]) -> None:
    leaves = list(some(everything, Leave))
    assert leaves
    months = list(some(everything, Attendance))
    for leave in leaves:
        assert leave.start_date
        assert leave.end_date
        mine = [one for one in months if one.placement == leave.placement]
        days = [on for one in mine for on, _day in one.marked()]
        assert not [on for on in days if leave.start_date <= on <= leave.end_date]


def test_what_came_in_and_was_paid_is_of_the_past(everything: list[Record]) -> None:
    reports = list(some(everything, StudentReport))
    assert len(reports) > 500
    assert len({(one.placement, one.number) for one in reports}) == len(reports)
    assert all(one.received_on and one.received_on <= TODAY for one in reports)
    assert all(one.paid_on and one.paid_on <= TODAY for one in some(everything, Pay))
    assert all(one.happened_on and one.happened_on <= TODAY for one in some(everything, Incident))


def test_some_visits_were_made_and_some_are_planned(everything: list[Record]) -> None:
    visits = list(some(everything, Visit))
    assert {one.state for one in visits} == {VisitState.DONE, VisitState.PLANNED}
    assert all(one.made_on <= TODAY for one in visits if one.made_on)
    hosts = {one.id for one in some(everything, Enterprise)}
    assert {one.enterprise for one in visits} <= hosts
