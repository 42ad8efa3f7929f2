"""Taking back part of a step where newer changes are in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.lists import House, house
from tests.ui.page_drivers import OnePage, rows
from xqhz_desktop.services import history, records
from xqhz_desktop.ui.dialogs.taking_back import TakeBackDialog
from xqhz_desktop.ui.pages.history import HistoryPage


@pytest.fixture
def school(tmp_path: Path) -> House:
    return house(tmp_path / "school")


@pytest.fixture
def page(school: House, qtbot: QtBot) -> Iterator[OnePage[HistoryPage]]:
    made = OnePage(qtbot, school.work, HistoryPage)
    yield made
    made.close()


def test_rows_nobody_edited_since_can_be_taken_back_alone(
    page: OnePage[HistoryPage], school: House
) -> None:
    changed = school.save(*(one.but(phone="13900001111") for one in school.students))
    records.save(school.work, school.now(school.students[0]).but(phone="13900002222"))
    page.page.show_record(str(changed))
    page.settle()
    page.press("Undo this step")
    page.press("Undo this step")  # the question
    dialog = page.front
    assert isinstance(dialog, TakeBackDialog)
    assert "2 of 3 rows can be taken back. The others stay as they are." in page.texts
    said = rows(dialog.table)
    assert sorted(row[0] for row in said[:2]) == ["李雅雪 Student", "王国伟 Student"]
    assert said[2][2].startswith("Edited since")
    page.press("Take back 2 rows")
    phones = [school.now(one).phone for one in school.students]
    assert phones == ["13900002222", school.students[1].phone, school.students[2].phone]
    assert page.said[-1] == ("2 rows taken back", True)
    history.undo(school.work)
    assert school.now(school.students[1]).phone == "13900001111"
