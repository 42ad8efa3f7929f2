"""Placements move through their life: one and many, from form and list, with their story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.placements import END, START
from tests.services.ready import TODAY, ReadySchool
from xqhz_desktop.domain.agreement import Tripartite
from xqhz_desktop.domain.guidance import EventKind, PlacementEvent
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.readiness import TO_START, Item
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.services import bulk, history, moving, records, workspace
from xqhz_desktop.services.moving import Wish

S = PlacementStatus


@pytest.fixture
def school(tmp_path: Path) -> Iterator[ReadySchool]:
    made = ReadySchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def events(school: ReadySchool, placement: Placement) -> list[PlacementEvent]:
    with school.work.store.read() as reader:
        found = reader.all("placement_event", placement=placement.id)
        return sorted((one for one in found if isinstance(one, PlacementEvent)), key=_id)


def _id(one: PlacementEvent) -> str:
    return one.id


def move(school: ReadySchool, one: Placement, to: S, **wish: object) -> int:
    return moving.move_one(school.work, one.id, Wish(to, **wish), TODAY)


def test_a_placement_walks_from_plan_to_archive_and_leaves_its_story(school: ReadySchool) -> None:
    (one,) = school.interns(1, S.PLANNED)
    move(school, one, S.ASSIGNED)
    move(school, one, S.AGREEING)
    with pytest.raises(UserError, match="cannot be earlier"):  # agreed today, started in March
        move(school, one, S.RUNNING)
    move(school, one, S.RUNNING, day=TODAY)
    move(school, one, S.ENDED, day=TODAY, reason="提前录用")
    assert school.now(one).end_date == TODAY
    told = events(school, one)
    assert [(event.before, event.after) for event in told] == [
        ("PLANNED", "ASSIGNED"),
        ("ASSIGNED", "AGREEING"),
        ("AGREEING", "RUNNING"),
        ("RUNNING", "ENDED"),
    ]
    assert told[-1].kind is EventKind.STOP
    assert told[-1].reason == "提前录用"
    assert {event.by for event in told} == {school.work.actor.id}


def test_what_is_missing_keeps_somebody_from_the_post_and_is_named(school: ReadySchool) -> None:
    (one,) = school.interns(1, ready=False)
    with pytest.raises(UserError) as caught:
        move(school, one, S.RUNNING)
    assert str(caught.value) == (
        "Not on post yet, still missing: Informed consent, Three-party agreement, "
        "Training before the start, Liability insurance."
    )
    assert school.now(one).status is S.AGREEING
    assert not events(school, one)


def test_a_written_explanation_stands_for_insurance_and_never_for_the_agreement(
    school: ReadySchool,
) -> None:
    (one,) = school.interns(1, ready=False)
    papers = [paper for paper in school.papers(one) if paper.KIND not in ("tripartite", "cover")]
    school.add(*papers, one.but(unpapered="企业并购，协议待重签；保险由新企业购买中"))
    with pytest.raises(UserError, match="Three-party agreement"):
        move(school, one, S.RUNNING)
    school.add(*(paper for paper in school.papers(one) if paper.KIND == "tripartite"))
    move(school, one, S.RUNNING)
    assert school.now(one).status is S.RUNNING


def test_many_move_as_one_step_and_the_others_say_why(school: ReadySchool) -> None:
    ready, bare = school.interns(3), school.interns(2, ready=False)
    ids = [one.id for one in (*ready, *bare)]
    plan = moving.preview(school.work, ids, Wish(S.RUNNING), TODAY)
    assert (len(plan.moving), len(plan.refused)) == (3, 2)
    assert plan.refused[0].lacking == tuple(
        item for item in TO_START if item not in (Item.SITE, Item.DECISION)
    )
    assert {one.step.day for one in plan.moving} == {START}
    assert list(moving.counted(plan).values()) == [2]
    done = moving.move(school.work, ids, Wish(S.RUNNING), TODAY)
    assert (done.moved, len(done.refused)) == (3, 2)
    assert {school.now(one).status for one in ready} == {S.RUNNING}
    history.undo(school.work, done.step)
    assert {school.now(one).status for one in ready} == {S.AGREEING}
    assert not events(school, ready[0])


def test_nobody_moves_where_nobody_may(school: ReadySchool) -> None:
    bare = school.interns(1, ready=False)
    done = moving.move(school.work, [bare[0].id], Wish(S.RUNNING), TODAY)
    assert (done.step, done.moved, len(done.refused)) == (0, 0, 1)
    with pytest.raises(UserError, match="does not exist any more"):
        moving.move(school.work, ["gone"], Wish(S.RUNNING), TODAY)


def test_the_ways_on_say_what_is_in_the_way_and_what_needs_a_reason(school: ReadySchool) -> None:
    (one,) = school.interns(1, ready=False)
    ways = moving.ways(school.work, one.id, TODAY)
    assert list(ways) == [S.RUNNING, S.ASSIGNED, S.CANCELLED]
    assert ways[S.RUNNING][0] is not None
    assert ways[S.CANCELLED] == (None, True)
    assert ways[S.ASSIGNED] == (None, False)


def test_a_status_typed_into_the_form_walks_the_same_way(school: ReadySchool) -> None:
    (one,) = school.interns(1, S.RUNNING)
    with pytest.raises(InvalidRecord) as caught:
        records.save(school.work, one.but(status=S.CANCELLED))
    assert "end the placement instead" in str(caught.value.problems["status"])
    with pytest.raises(InvalidRecord, match="needs a reason"):
        records.save(school.work, one.but(status=S.SUSPENDED))
    records.save(school.work, one.but(status=S.SUSPENDED, end_reason="住院"))
    (event,) = events(school, one)
    assert (event.after, event.reason) == ("SUSPENDED", "住院")


def test_a_bulk_edit_of_the_status_walks_the_same_way(school: ReadySchool) -> None:
    running, planned = school.interns(2, S.RUNNING), school.interns(1, S.PLANNED)
    ids = [one.id for one in (*running, *planned)]
    plan = bulk.preview(school.work, "placement", ids, {"status": S.ASSIGNED})
    assert [line.before.id for line in plan.changing] == [planned[0].id]
    assert len(plan.refused) == 2
    done = bulk.apply(school.work, plan)
    assert done.changed == 1
    assert len(events(school, planned[0])) == 1
    assert not events(school, running[0])


def test_the_placement_that_goes_on_is_found_by_its_student(school: ReadySchool) -> None:
    (one,) = school.interns(1, S.RUNNING)
    with school.work.store.read() as reader:
        assert moving.current(reader, one.student) == one
    school.add(one.but(status=S.ARCHIVED))
    with school.work.store.read() as reader, pytest.raises(UserError, match="no placement"):
        moving.current(reader, one.student)
    school.add(one, one.but(id="0" * 32))
    with school.work.store.read() as reader, pytest.raises(UserError, match="2 placements"):
        moving.current(reader, one.student)


def test_an_agreement_that_is_only_begun_does_not_count(school: ReadySchool) -> None:
    (one,) = school.interns(1, ready=False)
    papers = [paper for paper in school.papers(one) if paper.KIND != "tripartite"]
    school.add(*papers, Tripartite(placement=one.id))
    plan = moving.preview(school.work, [one.id], Wish(S.RUNNING), date(2026, 9, 1))
    assert plan.lines[0].lacking == (Item.AGREEMENT,)
    assert plan.lines[0].placement.end_date == END
