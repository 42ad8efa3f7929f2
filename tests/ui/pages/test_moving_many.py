"""Selected placements of the list take a step together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.ready import ReadySchool
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.step import StepDialog
from xqhz_desktop.ui.pages import moving_many
from xqhz_desktop.ui.pages.records import RecordsPage

S = PlacementStatus


@pytest.fixture
def school(tmp_path: Path) -> ReadySchool:
    return ReadySchool(tmp_path / "school")


@pytest.fixture
def placements(qtbot: QtBot, school: ReadySchool) -> Iterator[OnePage[RecordsPage]]:
    school.interns(2, S.RUNNING)
    school.interns(1, S.PLANNED)

    def make(context: Context) -> RecordsPage:
        return RecordsPage(context, "placement")

    page = OnePage(qtbot, school.work, make)
    page.qtbot.waitUntil(lambda: bool(page.page.model.found.rows), timeout=20_000)
    page.page.table.selectAll()
    page.settle()
    yield page
    page.close()


def statuses(page: OnePage[RecordsPage]) -> list[str]:
    return sorted(one.status.name for one in page.stored("placement") if isinstance(one, Placement))


def test_those_who_may_go_and_the_others_are_counted(placements: OnePage[RecordsPage]) -> None:
    moving_many.begin(placements.page, placements.context, S.SUSPENDED)
    placements.settle()
    dialog = placements.front
    assert isinstance(dialog, StepDialog)
    assert any(text.startswith("1 of 3 stay. 1: Nobody works") for text in placements.texts)
    placements.press("Suspend")
    assert "Say why: “Suspended” needs a reason." in placements.texts
    dialog.form.write("reason", "企业停产")
    placements.press("Suspend")
    assert statuses(placements) == ["PLANNED", "SUSPENDED", "SUSPENDED"]


def test_where_nobody_may_go_it_only_says_why(placements: OnePage[RecordsPage]) -> None:
    moving_many.begin(placements.page, placements.context, S.ARCHIVED)
    placements.settle()
    assert any(text.startswith("3 of 3 stay.") for text in placements.texts)
    placements.press("Close")
    assert statuses(placements) == ["PLANNED", "RUNNING", "RUNNING"]
