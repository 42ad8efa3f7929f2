"""The assessment of a batch: who is on the sheet, what is saved, what is typed and pasted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from xqhz_desktop.domain.assessment import Grade, Score, Sitting
from xqhz_desktop.domain.participation import NonParticipant
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.services import assessing, history, score_entry, workspace
from xqhz_desktop.services.assessing import Sheet
from xqhz_desktop.services.score_entry import ScoreEntry


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def place(school: SmallSchool, student: str, **traits: Any) -> Placement:
    made = make(
        Placement,
        **{
            "student": student,
            "enterprise": school.enterprise.id,
            "batch": school.batch.id,
            "start_date": START,
            "status": PlacementStatus.ENDED,
            **traits,
        },
    )
    school.add(made)
    return made


def sheet(school: SmallSchool) -> Sheet:
    return assessing.sheet(school.work, school.batch.id)


def stored(school: SmallSchool) -> list[Score]:
    with school.work.store.read() as reader:
        return [one for one in reader.all("score") if isinstance(one, Score)]


def numbered(school: SmallSchool, n: int) -> list[str]:
    ids = []
    for number in range(n):
        ids += school.students(1, name=f"学生{number:02}", student_no=f"2023{number:04}")
    return ids


def test_everybody_of_the_classes_is_placed_absent_or_open(school: SmallSchool) -> None:
    ids = school.students(5)
    place(school, ids[0])
    place(school, ids[1])
    place(school, ids[2], status=PlacementStatus.CANCELLED)
    school.add(make(NonParticipant, batch=school.batch.id, student=ids[3]))
    found = sheet(school)
    assert [one.student for one in found.lines] == ids[:2]
    assert (found.due, found.absent, found.open) == (5, 1, 2)


def test_who_changed_the_enterprise_is_assessed_once_at_the_last_one(school: SmallSchool) -> None:
    (student,) = school.students(1)
    first = place(school, student)
    second = place(school, student, continues=first.id)
    school.add(make(Score, student=student, placement=first.id, school=Decimal(70)))
    (line,) = sheet(school).lines
    assert line.placement == second.id
    assert line.score.school == 70  # given while the first leg ran


def test_a_grade_from_a_list_that_names_no_placement_is_found(school: SmallSchool) -> None:
    first, second = school.students(2)
    leg = place(school, first)
    place(school, second)
    elsewhere = make(PlacementBatch, name="2025秋季", start_date=START, end_date=END)
    school.add(elsewhere)
    place(school, second, batch=elsewhere.id)
    for student in (first, second):
        school.add(make(Score, student=student, placement="", total=Decimal(88)))
    lines = {one.student: one for one in sheet(school).lines}
    assert lines[first].score.total == 88
    assert lines[second].score.total is None  # nobody can tell which of the two it is
    assessing.save(school.work, school.batch, {leg.id: {"school": Decimal(90)}})
    assert [one.placement for one in stored(school) if one.student == first] == [leg.id]


def test_two_hosts_at_once_are_assessed_each(school: SmallSchool) -> None:
    (student,) = school.students(1)
    place(school, student, share=Decimal(60))
    place(school, student, share=Decimal(40))
    assert len(sheet(school).lines) == 2


def test_scores_are_saved_as_one_step_with_total_and_grade(school: SmallSchool) -> None:
    ids = school.students(2)
    legs = [place(school, one).id for one in ids]
    edits = {
        legs[0]: {"school": Decimal(80), "enterprise": Decimal(95)},
        legs[1]: {"school": Decimal(50), "enterprise": Decimal(60)},
    }
    before = history.steps(school.work)[0].number
    step = assessing.save(school.work, school.batch, edits)
    assert step == before + 1
    assert {one.total: one.grade for one in stored(school)} == {
        Decimal("87.5"): Grade.GOOD,
        Decimal("55.0"): Grade.FAIL,
    }
    history.undo(school.work)
    assert stored(school) == []


def test_a_score_above_a_hundred_saves_nothing(school: SmallSchool) -> None:
    legs = [place(school, one).id for one in school.students(2)]
    edits = {legs[0]: {"school": Decimal(80)}, legs[1]: {"school": Decimal(101)}}
    with pytest.raises(InvalidRecord):
        assessing.save(school.work, school.batch, edits)
    assert stored(school) == []


def test_other_weights_are_noticed_and_totals_computed_again(school: SmallSchool) -> None:
    (student,) = school.students(1)
    leg = place(school, student).id
    edits = {leg: {"school": Decimal(80), "enterprise": Decimal(100)}}
    assessing.save(school.work, school.batch, edits)
    assert not sheet(school).outdated
    changed = school.batch.but(school_share=Decimal(70), enterprise_share=Decimal(30))
    school.add(changed)
    assert len(sheet(school).outdated) == 1
    assert assessing.compute_again(school.work, changed) == 1
    assert stored(school)[0].total == Decimal("86.0")


def test_scores_of_parts_with_a_weight_are_asked_for(school: SmallSchool) -> None:
    assert sheet(school).parts == ("school", "enterprise")
    shares = {"usual_share": Decimal(20), "school_share": Decimal(30)}
    school.add(school.batch.but(**shares, enterprise_share=Decimal(50)))
    assert sheet(school).parts == ("usual", "school", "enterprise")


def test_the_rule_is_said_in_words(school: SmallSchool) -> None:
    said = str(assessing.weights_said(school.batch))
    assert "School's score 50 %, Enterprise's score 50 %" in said
    assert "Excellent from 90, good from 80, pass from 60" in said


def test_a_text_that_is_no_score_waits_marked_and_is_not_saved(school: SmallSchool) -> None:
    leg = place(school, *school.students(1)).id
    entry = ScoreEntry(sheet(school))
    entry.type({(leg, "school"): "8o", (leg, "enterprise"): "良好"})
    assert list(entry.wrong) == [(leg, "school")]
    assert entry.edits() == {leg: {"enterprise": Decimal(85)}}
    entry.type({(leg, "school"): "80"})
    assert not entry.wrong
    assert entry.line(leg).score.total == Decimal("82.5")


def test_every_edit_can_be_taken_back(school: SmallSchool) -> None:
    legs = [place(school, one).id for one in school.students(2)]
    entry = ScoreEntry(sheet(school))
    entry.type({(leg, "school"): "80" for leg in legs})
    entry.type({(legs[0], "school"): "90"})
    assert entry.take_back()
    assert entry.edits() == {leg: {"school": Decimal(80)} for leg in legs}
    assert entry.take_back()
    assert not entry.take_back()
    assert entry.edits() == {}


def test_typing_what_stands_there_already_is_no_edit(school: SmallSchool) -> None:
    leg = place(school, *school.students(1)).id
    assessing.save(school.work, school.batch, {leg: {"school": Decimal(80)}})
    entry = ScoreEntry(sheet(school))
    assert not entry.type({(leg, "school"): "80.0"})
    assert entry.edits() == {}


def test_what_was_typed_stays_when_the_batch_is_read_again(school: SmallSchool) -> None:
    legs = [place(school, one).id for one in school.students(2)]
    entry = ScoreEntry(sheet(school))
    entry.type({(legs[0], "school"): "80", (legs[1], "school"): "70"})
    assessing.save(school.work, school.batch, {legs[0]: {"school": Decimal(80)}})
    entry.move(sheet(school))
    assert entry.edits() == {legs[1]: {"school": Decimal(70)}}


def test_a_block_goes_down_from_the_cell_it_is_pasted_at(school: SmallSchool) -> None:
    legs = [place(school, one).id for one in numbered(school, 3)]
    at = (legs, (legs[1], "school"))
    cells = score_entry.pasted(sheet(school), [["81", "82"], ["83", "84"]], at)
    assert [(one.line.placement if one.line else "", one.field, one.after) for one in cells] == [
        (legs[1], "school", 81),
        (legs[1], "enterprise", 82),
        (legs[2], "school", 83),
        (legs[2], "enterprise", 84),
    ]


def test_a_block_that_names_students_finds_them_in_any_order(school: SmallSchool) -> None:
    legs = [place(school, one).id for one in numbered(school, 3)]
    rows = [
        ["序号", "学号", "姓名", "企业评分", "备注"],
        ["1", "20230002", "学生02", "91", "好"],
        ["2", "20230000", "学生00", "良好", ""],
        ["3", "20239999", "无此人", "70", ""],
    ]
    cells = score_entry.pasted(sheet(school), rows, (legs, (legs[0], "school")))
    good = {one.line.placement: one.after for one in cells if one.line}
    assert good == {legs[2]: 91, legs[0]: 85}
    (lost,) = [one for one in cells if one.problem]
    assert lost.row == 4
    assert "20239999" in lost.text


def test_numbers_and_names_without_titles_tell_who_is_meant(school: SmallSchool) -> None:
    legs = [place(school, one).id for one in numbered(school, 2)]
    rows = [["20230001", "学生01", "66"], ["20230000", "学生00", "77"]]
    cells = score_entry.pasted(sheet(school), rows, (legs, (legs[0], "enterprise")))
    assert {(one.line.placement, one.field): one.after for one in cells if one.line} == {
        (legs[1], "enterprise"): 66,
        (legs[0], "enterprise"): 77,
    }


def test_cells_beyond_the_limits_are_named_before_anything_is_pasted(school: SmallSchool) -> None:
    legs = [place(school, one).id for one in numbered(school, 2)]
    rows = [["101"], ["60"], ["70"]]
    cells = score_entry.pasted(sheet(school), rows, (legs, (legs[0], "school")))
    assert [bool(one.problem) for one in cells] == [True, False, True]


def test_a_sheet_survives_a_crash(school: SmallSchool) -> None:
    leg = place(school, *school.students(1)).id
    entry = ScoreEntry(sheet(school))
    entry.type({(leg, "school"): "8o"})
    draft = score_entry.draft(school.work, entry)
    assert draft is not None
    score_entry.drafts.keep(school.work, draft)
    assert score_entry.left(school.work, school.batch.id) is None  # still being typed
    folder = school.work.folder
    workspace.close(school.work)
    school.work = workspace.opened(folder)
    left = score_entry.left(school.work, school.batch.id)
    assert left is not None
    assert score_entry.places(left) == {(leg, "school"): "8o"}


def test_a_later_sitting_is_typed_in_either_language(school: SmallSchool) -> None:
    leg = place(school, *school.students(1)).id
    entry = ScoreEntry(sheet(school))
    entry.type({(leg, "sitting"): "Deferred sitting"})
    assert entry.line(leg).score.sitting is Sitting.DEFERRED
    entry.type({(leg, "sitting"): ""})
    assert entry.edits() == {}


def test_a_score_copies_disagree_about_is_decided_elsewhere(school: SmallSchool) -> None:
    leg = place(school, *school.students(1)).id
    assessing.save(school.work, school.batch, {leg: {"school": Decimal(80)}})
    assessing.refuse_undecided(school.work)
    with school.work.store.aside() as cursor:
        cursor.execute(
            "INSERT INTO sync_row (kind, id, state, alive, special, open, unknown)"
            " VALUES ('score', ?, x'00', 1, 0, 2, 0)",
            (stored(school)[0].id,),
        )
    entry = ScoreEntry(sheet(school))
    assert not entry.type({(leg, "school"): "90"})
    with pytest.raises(UserError):
        assessing.save(school.work, school.batch, {leg: {"school": Decimal(90)}})
    with pytest.raises(UserError):  # nor does a grade file leave the school
        assessing.refuse_undecided(school.work)
