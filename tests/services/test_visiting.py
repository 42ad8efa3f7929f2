"""Visits: who waits how long, planning for many, noting whom one saw, and the sheet to print."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.make import make
from tests.services.interns import START, Interns
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.guidance import Visit, VisitState, VisitStudent, VisitWay
from xqhz_desktop.errors import InvalidRecord, NotFound
from xqhz_desktop.reports.kit import Edition
from xqhz_desktop.services import history, visiting
from xqhz_desktop.services.visiting import Journey
from xqhz_desktop.services.workspace import Work

TODAY = date(2026, 10, 20)


@pytest.fixture
def interns(work: Work) -> Interns:
    return Interns(work)


def visit(interns: Interns, **traits: object) -> Visit:
    return make(Visit, enterprise=interns.host.id, batch=interns.batch.id, **traits)


def test_an_enterprise_nobody_visited_waits_since_its_first_intern(interns: Interns) -> None:
    (host,) = visiting.board(interns.work, interns.batch.id, TODAY).hosts
    assert (host.interns, host.last, host.waits) == (3, None, (TODAY - START).days)
    assert host.due, "more than the usual thirty days"


def test_a_visit_begins_the_count_anew_and_a_plan_does_not(interns: Interns) -> None:
    made = visit(interns, state=VisitState.DONE, made_on=TODAY - timedelta(9))
    interns.save(made, visit(interns, planned_on=TODAY + timedelta(3)))
    (host,) = visiting.board(interns.work, interns.batch.id, TODAY).hosts
    assert (host.waits, host.due, host.planned) == (9, False, TODAY + timedelta(3))


def test_the_batch_says_how_often(interns: Interns) -> None:
    interns.save(interns.batch.but(visit_days=60))
    (host,) = visiting.board(interns.work, interns.batch.id, TODAY).hosts
    assert not host.due


def test_those_who_wait_longest_stand_first(interns: Interns) -> None:
    other = make(Enterprise, name="另一家", uscc="")
    moved = interns.placements[0].but(enterprise=other.id, start_date=TODAY - timedelta(2))
    interns.save(other, moved)
    names = [one.name for one in visiting.board(interns.work, interns.batch.id, TODAY).hosts]
    assert names == [interns.host.name, "另一家"]


def test_visits_to_several_enterprises_are_planned_as_one_step(interns: Interns) -> None:
    other = make(Enterprise, name="另一家", uscc="")
    interns.save(other)
    journey = Journey(interns.tutor.id, VisitWay.ON_SITE, TODAY)
    visiting.plan(interns.work, interns.batch.id, journey, [interns.host.id, other.id])
    found = visiting.board(interns.work, interns.batch.id, TODAY).visits
    assert sorted((one.name, one.visitor) for one in found) == [
        ("另一家", "吴指导"),
        (interns.host.name, "吴指导"),
    ]
    history.undo(interns.work)
    assert visiting.board(interns.work, interns.batch.id, TODAY).visits == ()


def test_a_visit_is_noted_with_those_who_were_seen(interns: Interns) -> None:
    first, second, third = (one.id for one in interns.students)
    made = visit(interns, state=VisitState.DONE, made_on=TODAY, seen=None)
    visiting.record(interns.work, made, {first: "适应", second: ""})
    assert {key: one.said for key, one in visiting.seen(interns.work, made.id).items()} == {
        first: "适应",
        second: "",
    }
    visiting.record(interns.work, made, {second: "太累", third: ""})
    assert set(visiting.seen(interns.work, made.id)) == {second, third}
    with interns.work.store.read() as reader:
        saved = reader.get("visit", made.id)
        kept = [one for one in reader.all("visit_student") if isinstance(one, VisitStudent)]
    assert isinstance(saved, Visit)
    assert (saved.seen, len(kept)) == (2, 2)


def test_a_visit_made_without_its_day_is_refused_whole(interns: Interns) -> None:
    with pytest.raises(InvalidRecord, match="when the visit was made"):
        visiting.record(
            interns.work,
            visit(interns, state=VisitState.DONE, made_on=None),
            {interns.students[0].id: ""},
        )
    with interns.work.store.read() as reader:
        assert reader.count("visit_student") == 0


def test_what_is_to_be_done_stays_open_until_it_is_settled(interns: Interns) -> None:
    asked = visit(interns, state=VisitState.DONE, made_on=TODAY, follow_up="修热水器", due_on=TODAY)
    interns.save(asked)
    (found,) = visiting.board(interns.work, interns.batch.id, TODAY).visits
    assert found.open
    interns.save(asked.but(settled_on=TODAY))
    (found,) = visiting.board(interns.work, interns.batch.id, TODAY).visits
    assert not found.open


def test_each_visit_has_a_sheet_of_its_own(interns: Interns) -> None:
    some = [visit(interns, planned_on=TODAY), visit(interns, planned_on=TODAY)]
    interns.save(*some)
    paper = visiting.blanks(interns.work, [one.id for one in some], Edition())
    assert (paper.pages, paper.told, paper.missing) == (2, 2, {})
    with pytest.raises(NotFound):
        visiting.blanks(interns.work, ["0" * 32], Edition())
