"""Placing: who waits, what is refused, what needs a reason, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.make import make
from tests.services.placements import (
    ADULT,
    AUTO,
    CHILD,
    END,
    MACHINING,
    MINOR,
    START,
    SmallSchool,
)
from xqhz_desktop.domain.enterprise import Partnership
from xqhz_desktop.domain.placement import MajorMatch, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import history, offers, placing, workspace


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def refused(school: SmallSchool, students: list[str], **traits: str) -> str:
    with pytest.raises(UserError) as caught:
        placing.place(school.work, school.batch, students, school.position.id, **traits)
    assert not school.placed()
    return caught.value.code


def test_the_newest_batch_comes_first(school: SmallSchool) -> None:
    later = make(PlacementBatch, name="2026秋季", start_date=END, end_date=END + timedelta(90))
    school.add(later)
    assert [one.name for one in placing.batches(school.work)] == ["2026秋季", "2026春季"]


def test_a_board_balances_who_is_due_with_who_is_placed(school: SmallSchool) -> None:
    students = school.students(5)
    school.students(1, status=StudentStatus.SUSPENDED)
    school.students(1, school_class="")
    placing.place(school.work, school.batch, students[:2], school.position.id)
    board = placing.board(school.work, school.batch)
    assert (board.balance.due, board.balance.placed, board.balance.unplaced) == (5, 2, 3)
    assert [one.student.id for one in board.candidates] == students[2:]
    assert board.classes == 1
    assert board.balance == placing.balance(school.work, school.batch)
    assert list(board.candidates) == placing.unplaced(school.work, school.batch)


def test_a_board_shows_positions_with_room_and_closed_ones_not(school: SmallSchool) -> None:
    closed = make(Position, name="质检", enterprise=school.enterprise.id, open=False)
    school.add(closed)
    placing.place(school.work, school.batch, school.students(3), school.position.id)
    (host,) = placing.board(school.work, school.batch).hosts
    (offer,) = host.offers
    assert (offer.taken, offer.free, offer.full, host.free) == (3, 17, False, 17)
    assert (offer.meter.before, host.meter.before) == (3, 3)
    school.add(school.enterprise.but(status=Partnership.BLACKLISTED))
    assert not placing.board(school.work, school.batch).hosts


def test_minors_and_those_under_sixteen_are_told_apart_on_the_first_day(
    school: SmallSchool,
) -> None:
    for born in (ADULT, MINOR, CHILD, None):
        school.students(1, born)
    found = placing.unplaced(school.work, school.batch)
    assert sorted((one.age or 0, one.minor, one.young) for one in found) == [
        (0, False, False),
        (15, True, True),
        (16, True, False),
        (18, False, False),
    ]


def test_words_find_students_of_the_batch_only(school: SmallSchool) -> None:
    (mine,) = school.students(1, name="单雄信", student_no="20230107")
    school.students(1, name="单雄飞", school_class="")
    for words in ("雄", "sxx", "shanxiong", "0107"):
        assert placing.sought(school.work, school.batch, words) == {mine}
    assert not placing.sought(school.work, school.batch, "王")


def test_placing_is_one_step_that_carries_dates_and_pay_over(school: SmallSchool) -> None:
    students = school.students(3)
    step = placing.place(school.work, school.batch, students, school.position.id)
    assert {one.student for one in school.placed()} == set(students)
    for one in school.placed():
        assert (one.start_date, one.end_date) == (START, END)
        assert (one.enterprise, one.batch) == (school.enterprise.id, school.batch.id)
        assert one.major_match is MajorMatch.MATCH
    assert history.steps(school.work)[0].number == step


def test_undo_brings_everybody_back_to_the_waiting_list(school: SmallSchool) -> None:
    students = school.students(3)
    step = placing.place(school.work, school.batch, students, school.position.id)
    history.undo(school.work, step)
    assert not school.placed()
    assert [one.student.id for one in placing.unplaced(school.work, school.batch)] == students


def test_beyond_a_cap_a_reason_is_required_and_kept_with_the_rule(school: SmallSchool) -> None:
    students = school.students(11)
    assert refused(school, students) == "REASON"
    assert refused(school, students, reason="   ") == "REASON"
    placing.place(school.work, school.batch, students, school.position.id, reason="企业新增产线")
    assert len(school.placed()) == 11
    kept = history.steps(school.work)[0].reason
    assert kept.startswith("企业新增产线")
    assert "R33" in kept
    assert "national 2026.1" in kept


def test_more_than_the_places_offered_needs_a_reason_too(school: SmallSchool) -> None:
    school.add(school.position.but(headcount=2))
    students = school.students(3)
    assert refused(school, students) == "REASON"
    placing.place(school.work, school.batch, students, school.position.id, reason="已电话商定")
    assert history.steps(school.work)[0].reason == "已电话商定"


def test_no_reason_helps_who_is_under_sixteen(school: SmallSchool) -> None:
    assert refused(school, school.students(1, CHILD), reason="家长同意") == "R01"


def test_nobody_is_placed_twice_in_a_batch(school: SmallSchool) -> None:
    students = school.students(1)
    placing.place(school.work, school.batch, students, school.position.id)
    with pytest.raises(UserError) as caught:
        placing.place(school.work, school.batch, students, school.position.id)
    assert caught.value.code == "PLACED"
    assert len(school.placed()) == 1


def test_nobody_is_sent_where_the_cooperation_is_paused(school: SmallSchool) -> None:
    school.add(school.enterprise.but(status=Partnership.PAUSED))
    assert refused(school, school.students(1), reason="x") == "CLOSED"


def test_a_student_named_twice_gets_one_place(school: SmallSchool) -> None:
    (one,) = school.students(1)
    placing.place(school.work, school.batch, [one, one], school.position.id)
    assert len(school.placed()) == 1


def test_places_are_taken_back_until_work_has_begun(school: SmallSchool) -> None:
    students = school.students(2)
    placing.place(school.work, school.batch, students, school.position.id)
    first, second = school.placed()
    placing.unplace(school.work, [first.id])
    assert [one.id for one in school.placed()] == [second.id]
    school.add(second.but(status=PlacementStatus.RUNNING))
    with pytest.raises(UserError) as caught:
        placing.unplace(school.work, [second.id])
    assert caught.value.code == "BEGUN"


def test_those_placed_are_listed_with_names_and_cancelled_ones_not(school: SmallSchool) -> None:
    students = school.students(2)
    placing.place(school.work, school.batch, students, school.position.id)
    gone = next(one for one in school.placed() if one.student == students[0])
    school.add(gone.but(status=PlacementStatus.CANCELLED))
    (row,) = placing.placed(school.work, school.batch)
    assert row.names["student"] == "学生01"
    assert row.names["position"] == "数控车床操作"
    assert row.names["enterprise"] == "霁川云和机械有限公司"


@pytest.mark.parametrize(
    ("wanted", "codes", "expected"),
    [
        (MACHINING, (MACHINING,), MajorMatch.MATCH),
        (MACHINING, ("660103",), MajorMatch.NEAR),
        (MACHINING, ("460104",), MajorMatch.NEAR),
        (MACHINING, (AUTO,), MajorMatch.NONE),
        (MACHINING, (MACHINING, "660103"), MajorMatch.NEAR),
        (MACHINING, (MACHINING, AUTO), MajorMatch.NONE),
        ("520201K", ("520201",), MajorMatch.MATCH),
        ("", (MACHINING,), MajorMatch.UNKNOWN),
        (MACHINING, (), MajorMatch.UNKNOWN),
    ],
)
def test_the_farthest_major_decides_how_near_a_position_is(
    wanted: str, codes: tuple[str, ...], expected: MajorMatch
) -> None:
    assert offers.match(wanted, codes) is expected


@pytest.mark.parametrize(
    ("students", "beyond", "fitting"),
    [
        (9, (), 9),
        (10, (), 10),
        (11, ("R33",), 10),
        (21, ("R32", "R33", "places"), 10),
    ],
)
def test_a_trial_says_what_is_exceeded_and_how_many_would_fit(
    school: SmallSchool, students: int, beyond: tuple[str, ...], fitting: int
) -> None:
    board = placing.board(school.work, school.batch)
    tried = offers.trial(board.crowd, students, school.position)
    assert (tried.beyond, tried.fitting) == (beyond, fitting)
