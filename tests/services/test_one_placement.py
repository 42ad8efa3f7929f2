"""Everything about one placement: its papers, its story, its neighbours, what may follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.make import make
from tests.services.placements import MINOR, START
from tests.services.ready import TODAY, ReadySchool
from xqhz_desktop.domain.agreement import PartyState, Tripartite, TripartiteState
from xqhz_desktop.domain.guidance import Incident, IncidentKind
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.domain.preparation import Consent, ConsentState, TrainingResult
from xqhz_desktop.domain.readiness import Item, State
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound
from xqhz_desktop.services import careers, moving, one_placement, workspace
from xqhz_desktop.services.moving import Wish

S = PlacementStatus


@pytest.fixture
def school(tmp_path: Path) -> Iterator[ReadySchool]:
    made = ReadySchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def words(school: ReadySchool, id: str) -> dict[Item, tuple[State, str, str]]:
    shown = one_placement.read(school.work, id, TODAY)
    return {one.item: (one.state, str(one.word), str(one.beside or "")) for one in shown.papers}


def test_every_paper_says_how_far_it_is(school: ReadySchool) -> None:
    (one,) = school.interns(1, ready=False)
    signing = Tripartite(
        placement=one.id, state=TripartiteState.SIGNING, enterprise=PartyState.SEALED
    )
    failed = TrainingResult(training=school.training.id, student=one.student, passed=False)
    school.add(signing, failed)
    found = words(school, one.id)
    assert found[Item.AGREEMENT] == (
        State.MISSING,
        "Being signed",
        "still to sign: School, Student",
    )
    assert found[Item.TRAINING][:2] == (State.MISSING, "not passed")
    assert found[Item.INSURANCE] == (State.MISSING, "missing", "")
    assert found[Item.DECISION] == (State.DONE, "complete", "published 2026-02-20")
    assert found[Item.FILING][1] == "Filed"


def test_a_complete_placement_lacks_nothing(school: ReadySchool) -> None:
    (one,) = school.interns(1)
    found = words(school, one.id)
    assert {state for state, _word, _beside in found.values()} == {State.DONE}
    assert found[Item.INSURANCE][2] == "covered until 2026-09-11"


def test_the_story_tells_steps_papers_and_incidents_newest_first(school: ReadySchool) -> None:
    (one,) = school.interns(1)
    signed = Consent(
        student=one.student,
        batch=school.batch.id,
        state=ConsentState.RETURNED,
        guardian_signed_on=date(2026, 2, 1),
    )
    fall = make(
        Incident, placement=one.id, kind=IncidentKind.INJURY, happened_on=TODAY, what="手指划伤"
    )
    school.add(signed, fall)
    moving.move_one(school.work, one.id, Wish(S.RUNNING), TODAY)
    shown = one_placement.read(school.work, one.id, TODAY)
    told = [str(each.text) for each in shown.story]
    assert told.index("Injury: 手指划伤") < told.index("On post")
    assert told[-1] == "Consent signed by the guardian"
    assert shown.reached == {"RUNNING": START}
    assert [str(each.text) for each in shown.story].count("On post") == 1


def test_age_neighbours_and_ways_are_those_of_the_placement(school: ReadySchool) -> None:
    first, second = school.interns(2)
    with school.work.store.read() as reader:
        young = reader.get("student", second.student)
    assert isinstance(young, Student)
    school.add(young.but(birth_date=MINOR))
    shown = one_placement.read(school.work, second.id, TODAY)
    assert shown.age == 16
    assert one_placement.read(school.work, first.id, TODAY).age is None
    assert set(shown.neighbours) == {first.id, second.id}
    assert list(shown.ways) == [S.RUNNING, S.ASSIGNED, S.CANCELLED]
    with pytest.raises(NotFound):
        one_placement.read(school.work, "gone", TODAY)


def test_the_placements_of_a_person_are_told_over_the_years(school: ReadySchool) -> None:
    (one,) = school.interns(1, S.RUNNING)
    before = one.but(
        id="0" * 32, start_date=date(2025, 3, 3), end_date=date(2025, 6, 1), status=S.ARCHIVED
    )
    school.add(before)
    every = careers.of(school.work, one.student)
    assert [stay.placement.id for stay in every] == [before.id, one.id]
    assert [stay.enterprise for stay in every] == ["霁川云和机械有限公司"] * 2
    (then,) = careers.of(school.work, one.student, date(2025, 4, 1))
    assert then.placement.id == before.id
    assert careers.of(school.work, one.student, date(2025, 12, 1)) == []
