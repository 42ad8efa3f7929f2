"""The page of incidents: the list, the story beside it, and the report as it prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.interns import Interns
from tests.ui.drivers import clipped, unnamed
from tests.ui.page_drivers import OnePage, pick, rows
from xqhz_desktop.domain.guidance import Incident, IncidentKind, IncidentState
from xqhz_desktop.services import records
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.emergency import EmergencyDialog
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.pages.incidents import IncidentsPage


@pytest.fixture
def interns(work: Work) -> Interns:
    made = Interns(work)
    for who, what in ((0, "左手食指被划伤"), (1, "突发腹痛")):
        one = make(
            Incident,
            placement=made.placements[who].id,
            kind=IncidentKind.INJURY,
            state=IncidentState.OPEN,
            happened_on=date(2026, 10, 3 + who),
            what=what,
        )
        made.save(one)
    return made


@pytest.fixture
def page(qtbot: QtBot, interns: Interns) -> Iterator[OnePage[IncidentsPage]]:
    made = OnePage(qtbot, interns.work, IncidentsPage)
    yield made
    made.close()


def test_the_story_of_the_one_picked_stands_beside_the_list(page: OnePage[IncidentsPage]) -> None:
    assert [row[0].split()[0] for row in rows(page.page.table)] == ["程二", "陈一"]
    pick(page.page.table, "陈一")
    page.settle()
    assert {"It happened", "左手食指被划伤"} <= set(page.texts)
    assert "2 open, 0 being handled, 0 closed" in page.texts


def test_what_was_done_meanwhile_appears_in_the_list(page: OnePage[IncidentsPage]) -> None:
    first = next(one for one in page.stored("incident") if isinstance(one, Incident))
    records.save(page.work, first.but(state=IncidentState.CLOSED, closed_on=date(2026, 10, 9)))
    page.settle()
    assert "1 open, 0 being handled, 1 closed" in page.texts


def test_the_report_is_shown_as_it_prints(page: OnePage[IncidentsPage]) -> None:
    pick(page.page.table, "陈一")
    page.press("Print the report")
    assert isinstance(page.front, PaperDialog)
    page.press("Close")


def test_noting_an_incident_begins_with_the_student(page: OnePage[IncidentsPage]) -> None:
    page.press("Note an incident")
    assert isinstance(page.front, EmergencyDialog)


def test_the_form_opens_from_the_list(page: OnePage[IncidentsPage]) -> None:
    asked: list[tuple[str, str]] = []
    page.context.wanted.connect(lambda name, _query, id, _command: asked.append((name, id)))
    pick(page.page.table, "陈一")
    page.press("Open the form")
    assert asked[0][0] == "incident"


def test_everything_has_a_name_and_fits(page: OnePage[IncidentsPage]) -> None:
    assert unnamed(page.page) == []
    assert clipped(page.page) == []
