"""Surveys: a sheet for every student and enterprise, and what they say of each enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.make import make
from tests.services.placements import SmallSchool
from tests.services.test_assessing import place
from xqhz_desktop.domain.assessment import Asked
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.services import history, surveying, workspace
from xqhz_desktop.services.surveying import SurveyEntry


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def test_every_student_has_a_sheet_for_every_enterprise_he_was_at(school: SmallSchool) -> None:
    other = make(Enterprise, name="岚州新程有限公司", uscc="")
    school.add(other)
    first, second, third = school.students(3)
    place(school, first)
    place(school, second)
    place(school, second, enterprise=other.id)
    place(school, third, status=PlacementStatus.CANCELLED)
    found = surveying.lines(school.work, school.batch.id, Asked.STUDENT)
    assert len(found) == 3
    own = surveying.lines(school.work, school.batch.id, Asked.ENTERPRISE)
    assert {one.name for one in own} == {"霁川云和机械有限公司", "岚州新程有限公司"}


def test_typed_marks_are_saved_as_one_step_and_found_again(school: SmallSchool) -> None:
    for student in school.students(2):
        place(school, student)
    before = surveying.lines(school.work, school.batch.id, Asked.STUDENT)
    entry = SurveyEntry(before)
    entry.type({(one.key, "match"): "4" for one in before} | {(before[0].key, "safety"): "５"})
    surveying.save(school.work, school.batch.id, Asked.STUDENT, entry.edits())
    after = surveying.lines(school.work, school.batch.id, Asked.STUDENT)
    assert [(one.survey.match, one.survey.safety) for one in after] == [(4, 5), (4, None)]
    history.undo(school.work)
    again = surveying.lines(school.work, school.batch.id, Asked.STUDENT)
    assert not any(one.answered for one in again)


@pytest.mark.parametrize("text", ["0", "6", "4.5", "good", "-1", "55"])
def test_marks_go_from_one_to_five(text: str) -> None:
    with pytest.raises(UserError):
        surveying.read(text)


def test_a_mark_beyond_the_scale_saves_nothing(school: SmallSchool) -> None:
    place(school, *school.students(1))
    (line,) = surveying.lines(school.work, school.batch.id, Asked.STUDENT)
    with pytest.raises(InvalidRecord):
        surveying.save(school.work, school.batch.id, Asked.STUDENT, {line.key: {"match": 6}})


def test_the_worst_enterprise_comes_first_with_its_means(school: SmallSchool) -> None:
    other = make(Enterprise, name="岚州新程有限公司", uscc="")
    school.add(other)
    marks = {school.enterprise.id: (5, 4), other.id: (2, 3)}
    for host, given in marks.items():
        for student, mark in zip(school.students(2), given, strict=True):
            place(school, student, enterprise=host)
            key = f"{student} {host}"
            edits = {key: {"match": mark, "safety": 3}}
            surveying.save(school.work, school.batch.id, Asked.STUDENT, edits)
    own = {other.id: {"satisfied": 5}}
    surveying.save(school.work, school.batch.id, Asked.ENTERPRISE, own)
    worst, best = surveying.results(school.work, school.batch.id)
    assert (worst.name, worst.students, worst.own) == ("岚州新程有限公司", 2, 1)
    assert worst.means["match"] == Decimal("2.5")
    assert worst.means["satisfied"] is None  # an enterprise does not mark itself
    assert worst.mean == Decimal("2.8")
    assert best.mean == Decimal("3.8")
