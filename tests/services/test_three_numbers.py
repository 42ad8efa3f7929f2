"""Register, agreements and insurance of a batch: the same persons, or who is where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from tests.services.test_assessing import place
from xqhz_desktop.domain.agreement import Tripartite, TripartiteState
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.i18n import language
from xqhz_desktop.services import three_numbers, workspace
from xqhz_desktop.services.three_numbers import Line, Listed, Numbers
from xqhz_desktop.spreadsheets import read


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def insure(school: SmallSchool, student: str, *spans: tuple[date, date]) -> None:
    for first, last in spans:
        policy = make(Policy, start_date=first, end_date=last)
        school.add(policy, make(Cover, policy=policy.id, student=student))


def agree(school: SmallSchool, leg: Placement, state: TripartiteState) -> None:
    school.add(make(Tripartite, placement=leg.id, state=state))


def numbers(school: SmallSchool) -> Numbers:
    return three_numbers.of(school.work, school.batch.id)


def only(school: SmallSchool) -> Line:
    (line,) = numbers(school).lines
    return line


def test_the_three_lists_agree_when_everybody_is_in_all_of_them(school: SmallSchool) -> None:
    for student in school.students(2):
        leg = place(school, student, end_date=END)
        agree(school, leg, TripartiteState.EFFECTIVE)
        insure(school, student, (START, END))
    found = numbers(school)
    assert found.counts == (2, 2, 2)
    assert found.differing == ()
    assert str(found.said) == "Register 2, agreements 2, insured 2: the same persons."


def test_equal_numbers_of_different_persons_do_not_agree(school: SmallSchool) -> None:
    first, second = school.students(2)
    agree(school, place(school, first, end_date=END), TripartiteState.EFFECTIVE)
    insure(school, second, (START, END))
    found = numbers(school)
    assert found.counts == (1, 1, 1)
    assert len(found.differing) == 2


def test_an_agreement_being_signed_is_not_complete(school: SmallSchool) -> None:
    leg = place(school, *school.students(1), end_date=END)
    agree(school, leg, TripartiteState.SIGNING)
    assert only(school).agreement is Listed.PARTLY


def test_a_voided_agreement_is_none(school: SmallSchool) -> None:
    leg = place(school, *school.students(1), end_date=END)
    agree(school, leg, TripartiteState.VOIDED)
    assert only(school).agreement is Listed.NO


def test_the_agreement_of_a_cancelled_place_stands_without_its_person(school: SmallSchool) -> None:
    leg = place(school, *school.students(1), end_date=END, status=PlacementStatus.CANCELLED)
    agree(school, leg, TripartiteState.EFFECTIVE)
    line = only(school)
    assert (line.register, line.agreement, line.placement) == (Listed.NO, Listed.YES, "")


def test_every_leg_needs_its_own_agreement(school: SmallSchool) -> None:
    (student,) = school.students(1)
    first = place(school, student, end_date=date(2026, 5, 1))
    place(school, student, start_date=date(2026, 5, 2), end_date=END, continues=first.id)
    agree(school, first, TripartiteState.EFFECTIVE)
    assert only(school).agreement is Listed.PARTLY


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(START, END)], Listed.YES),
        ([(date(2026, 1, 1), date(2026, 12, 31))], Listed.YES),
        ([(START, date(2026, 6, 30)), (date(2026, 7, 1), END)], Listed.YES),
        ([(START, date(2026, 6, 30)), (date(2026, 7, 2), END)], Listed.PARTLY),
        ([(START, date(2026, 6, 30))], Listed.PARTLY),
        ([(date(2026, 3, 17), END)], Listed.PARTLY),
        ([(date(2025, 1, 1), date(2025, 12, 31))], Listed.NO),
        ([], Listed.NO),
    ],
)
def test_insurance_counts_when_every_day_is_insured(
    school: SmallSchool, spans: list[tuple[date, date]], found: Listed
) -> None:
    (student,) = school.students(1)
    place(school, student, end_date=END)
    insure(school, student, *spans)
    assert only(school).insurance is found


def test_who_is_insured_and_has_no_place_is_named(school: SmallSchool) -> None:
    (student,) = school.students(1)
    insure(school, student, (START, END))
    assert (only(school).register, only(school).agreement) == (Listed.NO, Listed.NO)


def test_the_differences_go_into_a_sheet(school: SmallSchool, tmp_path: Path) -> None:
    place(school, *school.students(1, name="林冲"), end_date=END)
    found = numbers(school)
    assert three_numbers.write(found, tmp_path / "out.xlsx", language("zh_CN")) == 1
    (sheet,) = read.read(tmp_path / "out.xlsx")
    assert any("林冲" in row for _number, row in sheet.rows)
