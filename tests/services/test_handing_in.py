"""Students' reports: received of those owed, the missing ones, and reading them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.make import make
from tests.services.interns import Interns
from xqhz_desktop.domain.guidance import JournalKind, ReviewState, StudentReport
from xqhz_desktop.domain.placement import ReportCycle
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import handing_in, history
from xqhz_desktop.services.handing_in import Board, Review
from xqhz_desktop.services.workspace import Work

TODAY = date(2026, 9, 29)  # four weeks after the first day


@pytest.fixture
def interns(work: Work) -> Interns:
    return Interns(work)


def board(interns: Interns) -> Board:
    return handing_in.board(interns.work, interns.scope, TODAY)


def report(interns: Interns, who: int, number: int, **traits: object) -> StudentReport:
    placement = interns.placements[who].id
    made = make(StudentReport, placement=placement, kind=JournalKind.WEEKLY, number=number)
    return made.but(state=ReviewState.OPEN, **traits)


def test_who_owes_how_many_and_which_are_missing(interns: Interns) -> None:
    interns.save(report(interns, 0, 1), report(interns, 0, 3), report(interns, 1, 2))
    found = board(interns)
    assert [(one.owed, one.missing) for one in found.writers] == [
        (4, (2, 4)),
        (4, (1, 3, 4)),
        (4, (1, 2, 3, 4)),
    ]
    assert (found.owed, found.received) == (12, 3)


def test_a_report_ahead_of_its_week_counts_once_it_is_owed(interns: Interns) -> None:
    interns.save(report(interns, 0, 9))
    assert board(interns).received == 0


def test_the_share_read_is_of_those_that_came(interns: Interns) -> None:
    read = report(interns, 0, 2).but(state=ReviewState.READ)
    again = report(interns, 0, 3).but(state=ReviewState.AGAIN)
    interns.save(report(interns, 0, 1), read, again)
    found = board(interns)
    assert found.read_share == 67
    assert (found.writers[0].unread, found.writers[0].again) == (1, 1)


def test_many_are_marked_received_at_once_each_the_next_they_owe(interns: Interns) -> None:
    interns.save(report(interns, 0, 1))
    ids = [one.id for one in interns.placements]
    assert handing_in.receive(interns.work, interns.scope, ids, 0, TODAY) == 3
    assert [one.received for one in board(interns).writers] == [(1, 2), (1,), (1,)]
    history.undo(interns.work)
    assert [one.received for one in board(interns).writers] == [(1,), (), ()]


def test_one_number_is_marked_for_those_who_have_not_handed_it_in(interns: Interns) -> None:
    interns.save(report(interns, 0, 3))
    ids = [one.id for one in interns.placements[:2]]
    assert handing_in.receive(interns.work, interns.scope, ids, 3, TODAY) == 1
    with pytest.raises(UserError, match="None of them owes this report"):
        handing_in.receive(interns.work, interns.scope, ids, 3, TODAY)


def test_unread_reports_are_reviewed_together_and_read_ones_stay(interns: Interns) -> None:
    read = report(interns, 0, 1).but(state=ReviewState.READ, comment="好")
    interns.save(read, report(interns, 0, 2), report(interns, 1, 1))
    ids = [one.id for one in interns.placements[:2]]
    said = Review(ReviewState.READ, "A", "继续保持", TODAY)
    assert handing_in.review(interns.work, ids, said) == 2
    with interns.work.store.read() as reader:
        comments = sorted(getattr(one, "comment", "") for one in reader.all("student_report"))
    assert comments == ["好", "继续保持", "继续保持"]
    with pytest.raises(UserError, match="has been read"):
        handing_in.review(interns.work, ids, said)


def test_comments_written_most_often_come_first(interns: Interns) -> None:
    said = ["写具体", "写具体", "很好"]
    interns.save(
        *(
            report(interns, 0, n).but(state=ReviewState.READ, comment=text)
            for n, text in enumerate(said, 1)
        )
    )
    assert handing_in.comments(interns.work) == ["写具体", "很好"]


def test_the_internship_report_is_received_once(interns: Interns) -> None:
    ids = [one.id for one in interns.placements]
    assert handing_in.receive_summary(interns.work, ids, TODAY) == 3
    assert handing_in.receive_summary(interns.work, ids, TODAY) == 0
    assert all(one.summary for one in board(interns).writers)


def test_a_batch_without_reports_owes_none(interns: Interns) -> None:
    interns.save(interns.batch.but(report_cycle=ReportCycle.NONE))
    found = board(interns)
    assert (found.kind, found.owed) == (None, 0)


def test_monthly_reports_are_counted_apart_from_weekly_ones(interns: Interns) -> None:
    interns.save(interns.batch.but(report_cycle=ReportCycle.MONTHLY), report(interns, 0, 1))
    found = handing_in.board(interns.work, interns.scope, date(2026, 11, 3))
    assert next((one.owed, one.missing) for one in found.writers) == (2, (1, 2))
