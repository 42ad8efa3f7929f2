"""The assessment page: typing down a column, pasting, filling, saving, the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.services.placements import SmallSchool
from tests.services.test_assessing import numbered, place
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.assessment import Score
from xqhz_desktop.ui.dialogs.scores import FillScores
from xqhz_desktop.ui.pages.assessment import AssessmentPage

Opened = Callable[[], OnePage[AssessmentPage]]


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool(tmp_path / "school")


@pytest.fixture
def opened(qtbot: QtBot, school: SmallSchool) -> Iterator[Opened]:
    made: list[OnePage[AssessmentPage]] = []

    def start() -> OnePage[AssessmentPage]:
        made.append(OnePage(qtbot, school.work, AssessmentPage))
        return made[0]

    yield start
    for one in made:
        one.close()


def type_text(page: OnePage[AssessmentPage], text: str) -> None:
    """Type as a person does: the first key opens the editor, Enter closes it."""
    grid = page.page.grid
    grid.setFocus()
    grid.edit(grid.currentIndex())
    (editor,) = (one for one in grid.findChildren(QLineEdit) if one.isVisible())
    page.qtbot.keyClicks(editor, text)
    page.qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def scores(page: OnePage[AssessmentPage]) -> dict[str, Decimal | None]:
    found = page.stored("score")
    names = {one.id: one.called for one in page.stored("student")}
    return {names[one.student]: one.school for one in found if isinstance(one, Score)}


def place_all(school: SmallSchool, n: int) -> None:
    for one in numbered(school, n):
        place(school, one)


def test_enter_goes_down_the_column_and_one_save_writes_all(
    school: SmallSchool, opened: Opened
) -> None:
    place_all(school, 3)
    page = opened()
    for text in ("81", "82", "83"):
        type_text(page, text)
    assert not page.stored("score")
    page.press("Save 3 students")
    assert scores(page) == {"学生00": 81, "学生01": 82, "学生02": 83}
    assert page.said[-1] == ("3 students assessed", True)


def test_ctrl_z_takes_back_what_is_not_saved(school: SmallSchool, opened: Opened) -> None:
    place_all(school, 2)
    page = opened()
    type_text(page, "81")
    type_text(page, "82")
    assert page.page.undo()
    page.press("Save 1 student")
    assert scores(page) == {"学生00": 81}
    assert not page.page.undo()  # from here on it is the journal's


def test_a_cell_that_is_no_score_keeps_its_text_and_holds_up_the_save(
    school: SmallSchool, opened: Opened
) -> None:
    place_all(school, 2)
    page = opened()
    type_text(page, "8o")
    assert "1 cell holds no score (F8)." in page.texts
    page.press("Save 1 student")
    assert not page.stored("score")
    assert page.page.grid.currentIndex().row() == 0
    type_text(page, "80")
    page.press("Save 1 student")
    assert scores(page) == {"学生00": 80}


def test_a_block_from_excel_is_shown_before_it_is_pasted(
    school: SmallSchool, opened: Opened
) -> None:
    place_all(school, 3)
    page = opened()
    QGuiApplication.clipboard().setText("20230002\t学生02\t92\n20230000\t学生00\t90\n")
    page.press("Paste")
    page.press("Paste 2 cells")
    page.press("Save 2 students")
    assert scores(page) == {"学生00": 90, "学生02": 92}


def test_filling_a_column_leaves_what_is_there(school: SmallSchool, opened: Opened) -> None:
    place_all(school, 3)
    page = opened()
    type_text(page, "70")
    page.press("Fill a column")
    dialog = page.front
    assert isinstance(dialog, FillScores)
    dialog.value.setText("good")
    page.press("Fill")
    page.press("Save 3 students")
    assert scores(page) == {"学生00": 70, "学生01": 85, "学生02": 85}


def test_ctrl_d_fills_the_selection_down(school: SmallSchool, opened: Opened) -> None:
    place_all(school, 3)
    page = opened()
    type_text(page, "70")
    grid = page.page.grid
    grid.setCurrentIndex(grid.model().index(0, 3))
    for _turn in range(2):
        page.qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.qtbot.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    page.press("Save 3 students")
    assert set(scores(page).values()) == {Decimal(70)}


def test_closing_with_typed_scores_asks_first(school: SmallSchool, opened: Opened) -> None:
    place_all(school, 1)
    page = opened()
    type_text(page, "70")
    assert not page.page.may_close()
    assert isinstance(page.front, QDialog)
    page.press("Drop the changes")
    assert page.page.may_close()
    assert not page.stored("score")


def test_who_has_no_grade_yet_is_one_press_away(school: SmallSchool, opened: Opened) -> None:
    place_all(school, 2)
    page = opened()
    grid = page.page.grid
    type_text(page, "70")
    grid.setCurrentIndex(grid.model().index(0, 4))
    type_text(page, "80")
    page.press("Save 1 student")
    page.press("no grade yet  1")
    assert grid.model().rowCount() == 1
    assert "Pass  1" in page.texts


def test_the_grade_file_is_offered_for_the_students_in_view(
    school: SmallSchool, opened: Opened
) -> None:
    place_all(school, 2)
    page = opened()
    page.press("Grade file")
    assert "Columns" in page.texts
