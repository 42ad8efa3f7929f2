"""The page of visits: who waits, planning, noting what was found, settling, and the blank sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.interns import Interns
from tests.ui.drivers import clipped, unnamed
from tests.ui.page_drivers import OnePage, pick, rows
from xqhz_desktop.domain.guidance import Visit, VisitState
from xqhz_desktop.services import drafts
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.answering import AnswerDialog
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.pages.visits import VisitsPage

Opened = Callable[[], OnePage[VisitsPage]]
TODAY = date.today()


@pytest.fixture
def interns(work: Work) -> Interns:
    """Three interns who began forty days ago, whatever day it is."""
    made = Interns(work)
    start, end = TODAY - timedelta(40), TODAY + timedelta(40)
    made.save(made.batch.but(start_date=start, end_date=end))
    made.save(*(one.but(start_date=start, end_date=end) for one in made.placements))
    return made


@pytest.fixture
def opened(qtbot: QtBot, interns: Interns) -> Iterator[Opened]:
    made: list[OnePage[VisitsPage]] = []

    def start() -> OnePage[VisitsPage]:
        made.append(OnePage(qtbot, interns.work, VisitsPage))
        return made[0]

    yield start
    for one in made:
        one.close()


def look(page: OnePage[VisitsPage], mode: str) -> None:
    page.page.mode.choose(mode)
    page.page.mode.chosen.emit(mode)
    page.settle()


def test_enterprises_wait_by_days_since_the_last_visit(opened: Opened) -> None:
    page = opened()
    (row,) = rows(page.page.hosts)
    assert row[0] == "霁川云和机械有限公司 3 interns"
    assert row[1].startswith("40 days never")


def test_a_visit_is_planned_and_noted(interns: Interns, opened: Opened) -> None:
    page = opened()
    pick(page.page.hosts, "霁川")
    page.press("Plan visits")
    page.press("Plan")
    (planned,) = page.stored("visit")
    assert isinstance(planned, Visit)
    assert (planned.state, planned.planned_on) == (VisitState.PLANNED, TODAY + timedelta(1))
    pick(page.page.hosts, "霁川")
    page.press("Note a visit")
    dialog = page.front
    assert isinstance(dialog, AnswerDialog)
    seen = dialog.findChild(QTreeWidget)
    assert seen is not None
    item = seen.topLevelItem(0)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)
    item.setText(1, "适应得不错")
    dialog.form.write("trouble", "热水器坏了")
    dialog.form.write("due_on", TODAY - timedelta(1))
    page.press("Save")
    (made,) = page.stored("visit")
    assert isinstance(made, Visit)
    assert (made.id, made.state, made.made_on, made.seen) == (
        planned.id,
        VisitState.DONE,
        TODAY,
        1,
    )
    assert [getattr(one, "said", "") for one in page.stored("visit_student")] == ["适应得不错"]
    assert rows(page.page.hosts)[0][1] == "0 days"


def test_what_is_typed_into_a_visit_is_kept_as_a_draft(opened: Opened) -> None:
    page = opened()
    pick(page.page.hosts, "霁川")
    page.press("Note a visit")
    dialog = page.front
    assert isinstance(dialog, AnswerDialog)
    dialog.form.write("trouble", "热水器坏了")
    drafting = dialog.findChild(Drafting)
    assert drafting is not None
    drafting.keep()
    page.settle()
    page.work.store.session = "the next opening"
    (left,) = drafts.left(page.work, "visit")
    assert left.draft.cells["trouble"] == "热水器坏了"
    page.work.store.session = left.draft.session
    page.press("Save")
    page.work.store.session = "the next opening"
    assert drafts.left(page.work, "visit") == []


def test_what_is_overdue_is_settled_with_one_press(interns: Interns, opened: Opened) -> None:
    visit = make(
        Visit,
        enterprise=interns.host.id,
        batch=interns.batch.id,
        state=VisitState.DONE,
        made_on=TODAY - timedelta(20),
        trouble="热水器坏了",
        due_on=TODAY - timedelta(2),
    )
    interns.save(visit)
    page = opened()
    look(page, "open")
    assert "overdue" in rows(page.page.visits)[0][4]
    pick(page.page.visits, "霁川")
    page.press("Mark as done")
    (settled,) = page.stored("visit")
    assert isinstance(settled, Visit)
    assert settled.settled_on == TODAY
    assert "Nothing is to be done" in page.texts


def test_the_sheet_of_a_planned_visit_is_shown_as_it_prints(
    interns: Interns, opened: Opened
) -> None:
    visit = make(Visit, enterprise=interns.host.id, batch=interns.batch.id, planned_on=TODAY)
    interns.save(visit)
    page = opened()
    look(page, "planned")
    pick(page.page.visits, "霁川")
    page.press("Blank sheets")
    assert isinstance(page.front, PaperDialog)
    assert "1 visit, 1 page" in page.texts
    page.press("Close")


def test_without_interns_there_is_nobody_to_visit(interns: Interns, opened: Opened) -> None:
    gone = TODAY - timedelta(3)
    interns.save(*(one.but(start_date=gone, end_date=gone) for one in interns.placements))
    page = opened()
    assert "Nobody is on placement now" in page.texts


def test_everything_has_a_name_and_fits(opened: Opened) -> None:
    page = opened()
    pick(page.page.hosts, "霁川")
    assert unnamed(page.page) == []
    assert clipped(page.page) == []
