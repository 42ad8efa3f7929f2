"""The page of students' reports: who is missing what, and marking many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.interns import Interns
from tests.ui.drivers import clipped, unnamed
from tests.ui.page_drivers import OnePage, pick, rows
from xqhz_desktop.domain.guidance import JournalKind, ReviewState, StudentReport
from xqhz_desktop.domain.placement import ReportCycle
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.answering import AnswerDialog
from xqhz_desktop.ui.pages.handed_in import HandedInPage

Opened = Callable[[], OnePage[HandedInPage]]


@pytest.fixture
def interns(work: Work) -> Interns:
    """Three interns who began four weeks ago, whatever day it is."""
    made = Interns(work)
    start, end = date.today() - timedelta(28), date.today() + timedelta(28)
    made.save(made.batch.but(start_date=start, end_date=end))
    made.save(*(one.but(start_date=start, end_date=end) for one in made.placements))
    return made


@pytest.fixture
def opened(qtbot: QtBot, interns: Interns) -> Iterator[Opened]:
    made: list[OnePage[HandedInPage]] = []

    def start() -> OnePage[HandedInPage]:
        made.append(OnePage(qtbot, interns.work, HandedInPage))
        return made[0]

    yield start
    for one in made:
        one.close()


def report(interns: Interns, who: int, number: int) -> StudentReport:
    placement = interns.placements[who].id
    return make(StudentReport, placement=placement, kind=JournalKind.WEEKLY, number=number,
                state=ReviewState.OPEN)  # fmt: skip


def test_every_intern_stands_with_what_came_and_what_is_missing(
    interns: Interns, opened: Opened
) -> None:
    interns.save(report(interns, 0, 1), report(interns, 0, 2))
    page = opened()
    first = rows(page.page.table)[0]
    assert first[0].startswith("陈一 2301000")
    assert first[1].startswith("2 of 4")
    assert first[2] == "2 missing No. 3, 4"
    assert first[3].startswith("2 not read")
    assert "2 of 12 received, 10 missing | 0 % of what came has been read" in page.texts


def test_a_report_is_marked_as_received_for_everybody_picked(opened: Opened) -> None:
    page = opened()
    pick(page.page.table, "陈一", "成三")
    page.press("Mark as received")
    page.press("Mark")
    assert len(page.stored("student_report")) == 2
    assert page.said[-1] == ("2 reports marked", True)
    assert len(page.page.table.chosen()) == 2, "they stay picked for the next report"


def test_nobody_who_owes_it_is_said_in_the_dialog(interns: Interns, opened: Opened) -> None:
    interns.save(report(interns, 0, 1))
    page = opened()
    pick(page.page.table, "陈一")
    page.press("Mark as received")
    dialog = page.front
    assert isinstance(dialog, AnswerDialog)
    dialog.form.write("number", 1)
    page.press("Mark")
    assert "None of them owes this report." in page.texts


def test_reports_are_reviewed_with_a_comment_of_the_bank(interns: Interns, opened: Opened) -> None:
    interns.save(report(interns, 0, 1), report(interns, 0, 2))
    page = opened()
    pick(page.page.table, "陈一")
    page.press("Review")
    dialog = page.front
    assert isinstance(dialog, AnswerDialog)
    bank = dialog.findChild(QListWidget)
    assert bank is not None
    bank.setCurrentRow(0)
    bank.itemActivated.emit(bank.item(0))
    page.press("Review")
    saved = page.stored("student_report", state=ReviewState.READ)
    assert [getattr(one, "comment", "") for one in saved] == [bank_text()] * 2
    assert rows(page.page.table)[0][3] == "all read"


def bank_text() -> str:
    return "Complete and carefully written. Keep it up."


def test_a_chip_leaves_those_who_miss_reports(interns: Interns, opened: Opened) -> None:
    interns.save(*(report(interns, 0, number) for number in range(1, 5)))
    page = opened()
    page.page.chips.choose("missing")
    page.page.chips.chosen.emit("missing")
    assert [row[0].split()[0] for row in rows(page.page.table)] == ["程二", "成三"]


def test_the_reports_of_those_picked_are_shown_in_their_list(opened: Opened) -> None:
    page = opened()
    asked: list[str] = []
    page.context.wanted.connect(lambda name, _query, _id, _command: asked.append(name))
    pick(page.page.table, "陈一")
    page.press("Show reports")
    assert asked == ["student_report"]


def test_a_batch_without_reports_says_so(interns: Interns, opened: Opened) -> None:
    interns.save(interns.batch.but(report_cycle=ReportCycle.NONE))
    page = opened()
    assert "Students of this batch hand in no reports" in page.texts


def test_everything_has_a_name_and_fits(interns: Interns, opened: Opened) -> None:
    interns.save(report(interns, 0, 1))
    page = opened()
    pick(page.page.table, "陈一")
    assert unnamed(page.page) == []
    assert clipped(page.page) == []
