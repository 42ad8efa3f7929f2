"""The emergency card: found by initials, with everybody to call."""

from __future__ import annotations

from datetime import date

import pytest

from tests.make import make
from tests.services.interns import END, START, Interns
from xqhz_desktop.domain.enterprise import Mentor
from xqhz_desktop.domain.guidance import Incident
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.errors import NotFound
from xqhz_desktop.reports.kit import Edition
from xqhz_desktop.services import emergency
from xqhz_desktop.services.workspace import Work

TODAY = date(2026, 10, 20)


@pytest.fixture
def interns(work: Work) -> Interns:
    return Interns(work)


def lines(interns: Interns, who: int = 0, on: date = TODAY) -> dict[str, tuple[str, str]]:
    card = emergency.card(interns.work, interns.students[who].id, on)
    return {one.label: (one.text, one.call) for one in card.lines}


def test_initials_find_those_on_placement_first(interns: Interns) -> None:
    interns.save(interns.placements[0].but(status=PlacementStatus.CANCELLED))
    found = emergency.people(interns.work, "c", TODAY)
    assert [(one.name, bool(one.enterprise)) for one in found][-1] == ("陈一", False)
    assert {one.name for one in found} == {"陈一", "程二", "成三"}
    assert emergency.people(interns.work, "zz", TODAY) == []
    assert emergency.people(interns.work, " ", TODAY) == []


def test_the_card_says_whom_to_call(interns: Interns) -> None:
    mentor = make(Mentor, name="王师傅", enterprise=interns.host.id, phone="16600009999")
    policy = make(
        Policy, name="某保险公司", policy_no="PZ1", start_date=START, end_date=END, phone="95599"
    )
    cover = make(Cover, policy=policy.id, student=interns.students[0].id,
                 start_date=None, end_date=None)  # fmt: skip
    interns.save(mentor, policy, interns.placements[0].but(mentor=mentor.id), cover)
    found = lines(interns)
    assert found["Guardian"] == ("陈一父", "16600001234")
    assert found["Enterprise"] == (interns.host.name, "026-01234567")
    assert found["Nearest hospital"] == ("霁川市第二医院", "")
    assert found["Workplace mentor"] == ("王师傅", "16600009999")
    assert found["School tutor"][0] == "吴指导"
    assert ("某保险公司 PZ1", "95599") in found.values()
    assert found["School"][0] == "星河职校"


def test_a_policy_that_is_over_is_not_on_the_card(interns: Interns) -> None:
    policy = make(Policy, name="某保险公司", start_date=START, end_date=date(2026, 10, 1))
    cover = make(Cover, policy=policy.id, student=interns.students[0].id,
                 start_date=None, end_date=None)  # fmt: skip
    interns.save(policy, cover)
    assert not any("某保险公司" in text for text, _call in lines(interns).values())


def test_without_a_placement_the_family_and_the_school_are_left(interns: Interns) -> None:
    assert set(lines(interns, on=date(2027, 6, 1))) == {"Guardian", "Student", "School"}


def test_what_has_happened_before_stands_below(interns: Interns) -> None:
    old, new = (
        make(Incident, placement=interns.placements[0].id, happened_on=date(2026, 10, day))
        for day in (3, 9)
    )
    interns.save(old, new)
    card = emergency.card(interns.work, interns.students[0].id, TODAY)
    assert card.earlier == (new, old)
    assert card.placement == interns.placements[0].id


def test_the_card_is_one_page(interns: Interns) -> None:
    card = emergency.card(interns.work, interns.students[0].id, TODAY)
    paper = emergency.paper(interns.work, card, Edition())
    assert (paper.pages, paper.missing) == (1, {})


def test_a_student_who_is_gone_is_said_so(interns: Interns) -> None:
    with pytest.raises(NotFound):
        emergency.card(interns.work, "0" * 32, TODAY)
