"""The life of a placement: every step from every status, allowed or explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from tests.make import make
from xqhz_desktop.domain import journey
from xqhz_desktop.domain.guidance import EventKind
from xqhz_desktop.domain.journey import Standing, Step
from xqhz_desktop.domain.placement import Placement, PlacementStatus, PlacementType
from xqhz_desktop.domain.readiness import Item

S = PlacementStatus
START, END, TODAY = date(2026, 3, 16), date(2026, 9, 11), date(2026, 9, 30)
AT = Standing(TODAY, scored=True)

ALLOWED = {
    (S.PLANNED, S.ASSIGNED): "",
    (S.PLANNED, S.CANCELLED): "reason",
    (S.ASSIGNED, S.PLANNED): "",
    (S.ASSIGNED, S.AGREEING): "",
    (S.ASSIGNED, S.CANCELLED): "reason",
    (S.AGREEING, S.ASSIGNED): "",
    (S.AGREEING, S.RUNNING): "",
    (S.AGREEING, S.CANCELLED): "reason",
    (S.RUNNING, S.SUSPENDED): "reason",
    (S.RUNNING, S.CHANGING): "reason",
    (S.RUNNING, S.ENDED): "reason",
    (S.SUSPENDED, S.RUNNING): "",
    (S.SUSPENDED, S.CHANGING): "reason",
    (S.SUSPENDED, S.ENDED): "reason",
    (S.CHANGING, S.RUNNING): "",
    (S.CHANGING, S.SUSPENDED): "reason",
    (S.CHANGING, S.ENDED): "reason",
    (S.ENDED, S.RUNNING): "reason",
    (S.ENDED, S.ASSESSED): "",
    (S.ASSESSED, S.ENDED): "reason",
    (S.ASSESSED, S.ARCHIVED): "",
    (S.ARCHIVED, S.ASSESSED): "reason",
    (S.CANCELLED, S.PLANNED): "",
}

EXPLAINED = {
    (S.PLANNED, S.AGREEING): "Name the position first: the next step is “Assigned”.",
    (
        S.PLANNED,
        S.RUNNING,
    ): "Nobody goes on post without an agreement: the next step is “Assigned”.",
    (S.ASSIGNED, S.RUNNING): (
        "Nobody goes on post without an agreement: the next step is “Signing agreement”."
    ),
    (S.AGREEING, S.PLANNED): "It is being signed: go back to “Assigned” first.",
    (S.AGREEING, S.ENDED): "Nobody works there yet. Cancel the placement, or let it start first.",
    (S.PLANNED, S.SUSPENDED): (
        "Nobody works there yet. Cancel the placement, or let it start first."
    ),
    (S.RUNNING, S.CANCELLED): "Work has begun: end the placement instead of cancelling it.",
    (S.RUNNING, S.ASSIGNED): "Work has begun, so it does not go back to “Assigned”.",
    (S.RUNNING, S.ASSESSED): "“Assessed” comes only after “Ended”.",
    (S.RUNNING, S.ARCHIVED): "“Archived” comes only after “Assessed”.",
    (S.ENDED, S.ARCHIVED): "Only what was assessed is archived: assess it first.",
    (S.ENDED, S.CANCELLED): "It took place, so it cannot be cancelled.",
    (S.ENDED, S.SUSPENDED): "It is “Ended”. Take it back to “On post” first.",
    (S.ARCHIVED, S.RUNNING): "It is “Archived”. Take it back to “Assessed” first.",
    (S.CANCELLED, S.RUNNING): "It was cancelled. Take it up again as “Planned” first.",
    (S.RUNNING, S.RUNNING): "It is “On post” already.",
}


def placement(status: PlacementStatus, **traits: object) -> Placement:
    return make(Placement, **{"status": status, "start_date": START, "end_date": END, **traits})


def asked(
    before: PlacementStatus, to: PlacementStatus, at: Standing = AT, **step: object
) -> str | None:
    wanted = replace(Step(to, END - timedelta(30), "因故"), **step)
    found = journey.refusal(placement(before), wanted, at)
    return str(found) if found else None


@pytest.mark.parametrize(("before", "to"), list(product(S, S)), ids=lambda one: one.name)
def test_every_step_is_taken_or_explained_in_one_sentence(
    before: PlacementStatus, to: PlacementStatus
) -> None:
    said = asked(before, to)
    if (before, to) in ALLOWED:
        assert said is None
        return
    assert said
    assert said.endswith(".")
    assert "{" not in said
    if (before, to) in EXPLAINED:
        assert said == EXPLAINED[before, to]


@pytest.mark.parametrize(("pair", "needs"), list(ALLOWED.items()), ids=str)
def test_a_stop_an_early_end_and_a_way_back_need_a_reason(
    pair: tuple[PlacementStatus, PlacementStatus], needs: str
) -> None:
    said = asked(*pair, reason="  ")
    assert (said is not None) == bool(needs)
    if said:
        assert said == f"Say why: “{pair[1].value}” needs a reason."


def test_an_end_as_planned_needs_no_reason_and_keeps_its_day() -> None:
    running = placement(S.RUNNING)
    step = Step(S.ENDED, journey.usual_day(running, S.ENDED, TODAY))
    assert step.day == END
    assert journey.refusal(running, step, AT) is None
    assert journey.after(running, step) == running.but(status=S.ENDED)


def test_an_early_end_closes_the_placement_on_its_day_with_its_reason() -> None:
    ended = journey.after(placement(S.RUNNING), Step(S.ENDED, date(2026, 6, 1), "企业搬迁"))
    assert (ended.status, ended.end_date, ended.end_reason) == (
        S.ENDED,
        date(2026, 6, 1),
        "企业搬迁",
    )
    back = journey.after(ended, Step(S.RUNNING, date(2026, 6, 2), "误操作"))
    assert back.end_reason == ""


def test_nobody_starts_while_something_is_missing_and_all_of_it_is_named() -> None:
    lacking = Standing(TODAY, lacking=(Item.CONSENT, Item.AGREEMENT))
    said = "Not on post yet, still missing: Informed consent, Three-party agreement."
    assert asked(S.AGREEING, S.RUNNING, lacking) == said
    assert asked(S.SUSPENDED, S.RUNNING, lacking) is None
    assert asked(S.AGREEING, S.CANCELLED, lacking) is None


def test_nothing_is_assessed_without_scores() -> None:
    assert asked(S.ENDED, S.ASSESSED, Standing(TODAY)) == (
        "There is no assessment yet. Enter the scores first."
    )


def test_an_orientation_internship_starts_without_an_agreement() -> None:
    visit = Standing(TODAY, PlacementType.ORIENTATION)
    assert asked(S.ASSIGNED, S.RUNNING, visit) is None
    assert journey.steps(S.ASSIGNED, PlacementType.ORIENTATION)[0] is S.RUNNING


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        (date(2026, 10, 1), AT, "2026-10-01 has not come yet. Take the step on its day."),
        (date(2026, 3, 1), AT, "The placement begins on 2026-03-16; nothing happens before."),
        (
            date(2026, 4, 1),
            replace(AT, last=date(2026, 5, 4)),
            "The step before this was on 2026-05-04; this one cannot be earlier.",
        ),
    ],
)
def test_a_step_has_a_possible_day(day: date, at: Standing, said: str) -> None:
    assert asked(S.RUNNING, S.SUSPENDED, at, day=day) == said


def test_a_placement_may_be_cancelled_before_it_would_begin() -> None:
    assert asked(S.AGREEING, S.CANCELLED, day=date(2026, 3, 1)) is None


def test_steps_tell_what_was_on_any_day() -> None:
    one, events = placement(S.AGREEING), []
    for step in (
        Step(S.RUNNING, START),
        Step(S.SUSPENDED, date(2026, 5, 1), "住院"),
        Step(S.RUNNING, date(2026, 5, 20)),
    ):
        events.append(journey.event(one, step, ""))
        one = journey.after(one, step)
    assert [event.kind for event in events] == [EventKind.STATUS, EventKind.STOP, EventKind.STATUS]
    days = [date(2026, 3, 1), START, date(2026, 5, 3), date(2026, 6, 1)]
    told = [journey.status_on(one, events, day) for day in days]
    assert told == [S.AGREEING, S.RUNNING, S.SUSPENDED, S.RUNNING]
    assert journey.status_on(one, [], START) is S.RUNNING


def test_the_leg_in_force_on_a_day_is_found() -> None:
    first = placement(S.ENDED, end_date=date(2026, 5, 31))
    second = placement(S.RUNNING, start_date=date(2026, 6, 1), continues=first.id)
    beside = placement(S.RUNNING, start_date=date(2026, 6, 1))
    gone = placement(S.CANCELLED)
    legs = [second, gone, beside, first]
    assert journey.legs_on(legs, date(2026, 5, 31)) == [first]
    assert set(journey.legs_on(legs, date(2026, 6, 1))) == {second, beside}
    assert journey.legs_on(legs, date(2026, 12, 1)) == []


def test_every_status_has_steps_and_every_step_is_reached() -> None:
    assert set(journey.STEPS) == set(S)
    assert {to for steps in journey.STEPS.values() for to in steps} == set(S)
