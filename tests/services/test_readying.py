"""Papers for many at once, and places found by students themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.make import make
from tests.services.placements import MINOR
from tests.services.ready import TODAY, ReadySchool
from xqhz_desktop.domain.agreement import PartyState, Tripartite, TripartiteState
from xqhz_desktop.domain.participation import Absence
from xqhz_desktop.domain.placement import Arrangement, Placement, PlacementStatus
from xqhz_desktop.domain.preparation import Application, ApplicationState, Consent, ConsentState
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import applying, history, placing, readying, workspace

A = ApplicationState
DAY = date(2026, 3, 10)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[ReadySchool]:
    made = ReadySchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def stored(school: ReadySchool, kind: str) -> list[Record]:
    with school.work.store.read() as reader:
        return list(reader.all(kind))


def test_consents_come_back_for_many_at_once(school: ReadySchool) -> None:
    students = school.students(3, guardian_name="张建国")
    batch, state = school.batch.id, ConsentState
    readying.consents(school.work, batch, students, state.PRINTED, DAY)
    step = readying.consents(school.work, batch, students[:2], state.RETURNED, DAY)
    readying.consents(school.work, batch, students, state.PRINTED, DAY)
    made = {one.student: one for one in stored(school, "consent") if isinstance(one, Consent)}
    assert [made[id].state for id in students] == [state.RETURNED, state.RETURNED, state.PRINTED]
    assert made[students[0]].guardian_signed_on == DAY
    assert made[students[0]].guardian_name == "张建国"
    history.undo(school.work, step)
    assert {one.state for one in stored(school, "consent")} == {state.PRINTED}  # type: ignore[attr-defined]


def test_agreements_signed_on_paper_are_in_force_for_many_at_once(school: ReadySchool) -> None:
    adult, minor = school.interns(2, ready=False)
    with school.work.store.read() as reader:
        young = reader.get("student", minor.student)
    assert isinstance(young, Student)
    scanned = Tripartite(placement=adult.id, school=PartyState.SCANNED, agreement_no="三方1号")
    school.add(young.but(birth_date=MINOR), scanned)
    readying.signed(school.work, [adult.id, minor.id], DAY)
    made = {
        one.placement: one for one in stored(school, "tripartite") if isinstance(one, Tripartite)
    }
    assert {one.state for one in made.values()} == {TripartiteState.EFFECTIVE}
    assert made[adult.id].but(id=scanned.id).school is PartyState.SCANNED
    assert made[adult.id].guardian is PartyState.OPEN
    assert made[minor.id].guardian is PartyState.SIGNED
    assert made[minor.id].outside
    assert made[minor.id].signed_on == DAY


def test_one_policy_covers_many_and_nobody_twice(school: ReadySchool) -> None:
    students = school.students(3)
    readying.insured(school.work, school.policy.id, students[:2])
    readying.insured(school.work, school.policy.id, students)
    assert len(stored(school, "cover")) == 3
    with pytest.raises(UserError, match="There is no"):
        readying.insured(school.work, "gone", students)


def test_a_score_below_the_limit_does_not_pass(school: ReadySchool) -> None:
    good, bad, unmarked = school.students(3)
    school.add(school.training.but(pass_score=Decimal(80)))
    scores = {good: Decimal(92), bad: Decimal(64), unmarked: None}
    readying.trained(school.work, school.training.id, scores)
    passed = {one.student: one.passed for one in stored(school, "training_result")}  # type: ignore[attr-defined]
    assert passed == {good: True, bad: False, unmarked: True}


def test_who_takes_no_part_leaves_the_roster_balanced(school: ReadySchool) -> None:
    away, _waiting = school.students(2)
    (placed,) = school.interns(1)
    readying.absent(school.work, school.batch.id, [away], Absence.ARMY, "应征入伍通知书")
    balance = placing.balance(school.work, school.batch)
    assert (balance.due, balance.placed, balance.absent, balance.unplaced) == (3, 1, 1, 1)
    with pytest.raises(UserError, match="has a place in this batch already"):
        readying.absent(school.work, school.batch.id, [placed.student], Absence.ARMY)


def asked(school: ReadySchool, **traits: object) -> Application:
    (student,) = school.students(1)
    made = make(
        Application,
        **{
            "student": student,
            "batch": school.batch.id,
            "company": "望岳精工有限公司",
            "enterprise": school.enterprise.id,
            "student_signed_on": DAY,
            "guardian_signed_on": DAY,
            "state": A.ASKED,
            **traits,
        },
    )
    school.add(made)
    return made


def test_a_place_of_ones_own_is_checked_accepted_and_becomes_a_placement(
    school: ReadySchool,
) -> None:
    one = asked(school)
    with pytest.raises(UserError, match="cannot become"):
        applying.answer(school.work, one.id, A.ACCEPTED, TODAY)
    applying.answer(school.work, one.id, A.CHECKED, TODAY)
    applying.answer(school.work, one.id, A.ACCEPTED, TODAY, "同意")
    (made,) = (each for each in school.placed() if isinstance(each, Placement))
    assert (made.student, made.arrangement) == (one.student, Arrangement.SELF)
    assert made.status is PlacementStatus.ASSIGNED
    history.undo(school.work)
    assert not school.placed()


@pytest.mark.parametrize(
    ("traits", "said"),
    [
        ({"guardian_signed_on": None}, "have not both signed"),
        ({"enterprise": ""}, "is not in the register yet"),
    ],
)
def test_a_request_that_lacks_something_says_what(
    school: ReadySchool, traits: dict[str, object], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        applying.answer(school.work, asked(school, **traits).id, A.CHECKED, TODAY)


def test_a_returned_request_says_why_and_may_come_again(school: ReadySchool) -> None:
    one = asked(school)
    with pytest.raises(UserError, match="Say why"):
        applying.answer(school.work, one.id, A.RETURNED, TODAY)
    applying.answer(school.work, one.id, A.RETURNED, TODAY, "单位不具备条件")
    applying.answer(school.work, one.id, A.ASKED, TODAY)
    (now,) = stored(school, "application")
    assert isinstance(now, Application)
    assert (now.state, now.answer) == (A.ASKED, "单位不具备条件")
