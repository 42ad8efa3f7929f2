"""Surveys in the window: sheets typed in, saved at once, and their results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.services.placements import SmallSchool
from tests.services.test_assessing import place
from tests.ui.page_drivers import OnePage
from xqhz_desktop.ui.pages.surveys import SurveysPage

Opened = Callable[[], OnePage[SurveysPage]]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    school = SmallSchool(tmp_path / "school")
    for student in school.students(2):
        place(school, student)
    made: list[OnePage[SurveysPage]] = []

    def start() -> OnePage[SurveysPage]:
        made.append(OnePage(qtbot, school.work, SurveysPage))
        return made[0]

    yield start
    for one in made:
        one.close()


def mark(page: OnePage[SurveysPage], row: int, text: str) -> None:
    """Type a mark into the first question of a sheet."""
    model = page.page.model
    page.page.grid.typed.emit({model.place(model.index(row, 2)): text})


def test_sheets_are_typed_in_saved_and_summed_up(opened: Opened) -> None:
    page = opened()
    mark(page, 0, "5")
    mark(page, 1, "4")
    page.press("Save 2 sheets")
    assert len(page.stored("survey")) == 2
    assert "2 of 2 sheets typed in" in page.texts
    page.press("Results")
    (result,) = page.page.table.told.rows
    assert str(result.mean) == "4.5"


def test_a_mark_that_is_none_holds_up_the_save_and_is_not_lost(opened: Opened) -> None:
    page = opened()
    mark(page, 0, "5")
    mark(page, 1, "7")
    page.press("Save 1 sheet")
    assert not page.stored("survey")
    assert page.page.grid.currentIndex().row() == 1
    assert page.page.undo()
    page.press("Save 1 sheet")
    assert len(page.stored("survey")) == 1


def test_turning_to_other_sheets_asks_about_unsaved_ones(opened: Opened) -> None:
    page = opened()
    mark(page, 0, "5")
    page.press("Enterprises' sheets")
    assert isinstance(page.front, QDialog)
    page.press("Drop the changes")
    assert page.page.parts.value == "STUDENT"
