"""Incidents: the open ones first, the story of one, and its report on paper."""

from __future__ import annotations

from datetime import date

import pytest

from tests.make import make
from tests.services.interns import Interns
from xqhz_desktop.domain.guidance import Incident, IncidentState
from xqhz_desktop.errors import NotFound
from xqhz_desktop.reports.kit import Edition
from xqhz_desktop.services import incidents, records
from xqhz_desktop.services.workspace import Work


@pytest.fixture
def interns(work: Work) -> Interns:
    return Interns(work)


def incident(interns: Interns, who: int, day: int, **traits: object) -> Incident:
    placement = interns.placements[who].id
    told = {"happened_on": date(2026, 10, day), "what": "左手食指被划伤", **traits}
    return make(Incident, placement=placement, **told)


def test_open_incidents_stand_first_then_the_newest(interns: Interns) -> None:
    closed = incident(interns, 0, 20, state=IncidentState.CLOSED)
    interns.save(closed, incident(interns, 1, 3), incident(interns, 2, 9))
    found = incidents.cases(interns.work)
    assert [(one.name, one.happened) for one in found] == [
        ("成三", date(2026, 10, 9)),
        ("程二", date(2026, 10, 3)),
        ("陈一", date(2026, 10, 20)),
    ]
    assert found[0].enterprise == interns.host.name


def test_the_story_tells_days_and_who_wrote_them_down(interns: Interns) -> None:
    one = incident(interns, 0, 3, guardian_told_on=date(2026, 10, 3))
    records.save(interns.work, one)
    records.save(
        interns.work,
        one.but(insurer_told_on=date(2026, 10, 4), claim_no="LP001", done="送医，缝两针"),
    )
    told = incidents.story(interns.work, one.id)
    days = [(moment.at, str(moment.what), moment.more) for moment in told if len(moment.at) == 10]
    assert days == [
        ("2026-10-03", "It happened", "左手食指被划伤"),
        ("2026-10-03", "The guardian was told", ""),
        ("2026-10-04", "The insurer was told", "LP001"),
    ]
    noted = [moment.by for moment in told if len(moment.at) > 10]
    assert noted == ["陈老师", "陈老师"]


def test_the_report_is_one_page_and_names_the_student(interns: Interns) -> None:
    one = incident(interns, 0, 3, done="送医，缝两针")
    interns.save(one)
    paper = incidents.paper(interns.work, one.id, Edition())
    assert (paper.pages, paper.missing) == (1, {})


def test_an_incident_that_is_gone_is_said_so(interns: Interns) -> None:
    with pytest.raises(NotFound):
        incidents.story(interns.work, "0" * 32)
