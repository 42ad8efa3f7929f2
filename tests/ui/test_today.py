"""The first page: figures that are right and open the list behind them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import Window
from tests.ui.school import small_school
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.pages.today import TodayPage


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    made.open(small_school(tmp_path / "school"))
    yield made
    made.close()


def test_every_number_opens_as_many_rows(window: Window) -> None:
    page = window.go("today")
    assert isinstance(page, TodayPage)
    asked: list[tuple[str, Query]] = []
    window.live.context.wanted.disconnect()
    for card in page.cards.values():
        card.opened.connect(lambda name, query: asked.append((name, query)))
        card.press()
    store = window.live.work.store
    with store.read() as reader:
        shown = [queries.found(reader, query).total for _page, query in asked]
    numbers = {name: card.figure.count for name, card in page.cards.items() if card.figure}
    assert shown == [n for n in numbers.values() if n]
    assert numbers["unplaced"] == 3
    assert numbers["codes"] == 1
    assert numbers["tutors"] == 2


def test_a_digit_opens_its_card(window: Window) -> None:
    page = window.go("today")
    window.qtbot.keyClick(page, Qt.Key.Key_1)
    window.settle()
    assert window.live.page == "student"


def test_the_latest_changes_lead_into_the_history(window: Window) -> None:
    window.go("today")
    window.press("Sample school made")
    assert window.live.page == "history"
