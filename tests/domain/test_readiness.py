"""What a placement needs before, during and after: one row of the matrix."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.make import make
from xqhz_desktop.domain import readiness
from xqhz_desktop.domain.agreement import TripartiteState
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus, PlacementType
from xqhz_desktop.domain.preparation import ConsentState
from xqhz_desktop.domain.readiness import PARTS, Host, Intern, Item, State, uncovered

START, END, TODAY = date(2026, 3, 16), date(2026, 9, 11), date(2026, 5, 4)
POST = PlacementType.POST
WHOLE = Intern(
    PlacementStatus.ARCHIVED,
    START,
    END,
    consent=ConsentState.RETURNED,
    agreement=TripartiteState.EFFECTIVE,
    trained=True,
    covered=((START, END),),
    guided=True,
    cared=True,
    scored=True,
)


def test_the_matrix_has_eight_three_and_two() -> None:
    assert [len(items) for items in PARTS.values()] == [8, 1, 3, 2]
    assert [item for items in PARTS.values() for item in items] == list(Item)


def test_a_whole_file_is_complete() -> None:
    assert set(readiness.of_intern(WHOLE, POST, TODAY).values()) == {State.DONE}


@pytest.mark.parametrize(
    ("gone", "item"),
    [
        ({"consent": ConsentState.PRINTED}, Item.CONSENT),
        ({"consent": ConsentState.REFUSED}, Item.CONSENT),
        ({"consent": None}, Item.CONSENT),
        ({"agreement": TripartiteState.SIGNING}, Item.AGREEMENT),
        ({"trained": False}, Item.TRAINING),
        ({"covered": ()}, Item.INSURANCE),
        ({"covered": ((START, date(2026, 8, 31)),)}, Item.INSURANCE),
        ({"guided": False}, Item.GUIDANCE),
        ({"cared": False}, Item.CARE),
    ],
)
def test_one_thing_that_is_gone_is_the_one_that_is_missing(
    gone: dict[str, Any], item: Item
) -> None:
    states = readiness.of_intern(replace(WHOLE, **gone), POST, TODAY)
    assert {one for one, state in states.items() if state is not State.DONE} == {item}
    assert states[item] is State.MISSING


def test_what_comes_later_is_not_missing_yet() -> None:
    waiting = replace(WHOLE, status=PlacementStatus.AGREEING, cared=False, scored=False)
    states = readiness.of_intern(waiting, POST, TODAY)
    for item in (Item.CARE, Item.ASSESSING, Item.ARCHIVING):
        assert states[item] is State.LATER
    ended = replace(WHOLE, status=PlacementStatus.ENDED, scored=False)
    assert readiness.of_intern(ended, POST, TODAY)[Item.ASSESSING] is State.MISSING


def test_daily_care_is_asked_for_after_a_month() -> None:
    new = replace(WHOLE, status=PlacementStatus.RUNNING, cared=False)
    assert readiness.of_intern(new, POST, date(2026, 4, 1))[Item.CARE] is State.LATER
    assert readiness.of_intern(new, POST, date(2026, 5, 1))[Item.CARE] is State.MISSING


def test_an_orientation_internship_needs_no_agreement_consent_or_filing() -> None:
    bare = Intern(PlacementStatus.ASSIGNED, START, END)
    kind = PlacementType.ORIENTATION
    states = readiness.of_intern(bare, kind, TODAY) | readiness.of_host(Host(), kind)
    free = {one for one, state in states.items() if state is State.NONE}
    assert free == {Item.CONSENT, Item.AGREEMENT, Item.FILING}


def test_the_papers_of_enterprise_and_batch_count_for_everybody() -> None:
    assert set(readiness.of_host(Host(True, True, True), POST).values()) == {State.DONE}
    assert set(readiness.of_host(Host(), POST).values()) == {State.MISSING}
    assert readiness.of_host(Host(exempt=True), POST)[Item.FILING] is State.NONE
    batch = make(PlacementBatch, plan_approved_on=START, rules_agreed_on=START)
    assert readiness.of_batch(batch, taught=True) == {
        Item.PLAN: State.DONE,
        Item.RULES: State.MISSING,
        Item.VALUES: State.DONE,
    }
    whole = batch.but(safety_rules_on=START, emergency_plan_on=START)
    assert readiness.of_batch(whole, taught=False)[Item.RULES] is State.DONE


def test_a_written_explanation_stands_for_insurance_alone() -> None:
    states = dict.fromkeys(Item, State.MISSING)
    assert readiness.lacking(states) == readiness.TO_START
    assert readiness.lacking(states, explained=True) == (
        Item.SITE,
        Item.DECISION,
        Item.CONSENT,
        Item.AGREEMENT,
        Item.TRAINING,
    )


@pytest.mark.parametrize(
    ("covered", "gaps"),
    [
        ([], [(1, 30)]),
        ([(1, 30)], []),
        ([(5, 10)], [(1, 4), (11, 30)]),
        ([(16, 40), (1, 15)], []),
        ([(1, 12), (8, 20)], [(21, 30)]),
        ([(31, 40)], [(1, 30)]),
    ],
)
def test_days_without_insurance_are_named(
    covered: list[tuple[int, int]], gaps: list[tuple[int, int]]
) -> None:
    def span(pair: tuple[int, int]) -> tuple[date, date]:
        first = date(2026, 3, 31).toordinal()
        return date.fromordinal(first + pair[0]), date.fromordinal(first + pair[1])

    assert uncovered(map(span, covered), span((1, 30))) == [span(one) for one in gaps]
