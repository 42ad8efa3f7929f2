"""Tabs of a record: none is cut off, however many there are and however narrow the pane is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.tab_row import TabRow

TEXTS = ["Details", *(f"Placements {n}" for n in range(10)), "Files 2"]


@pytest.fixture
def row(qtbot: QtBot, qapp: QApplication) -> TabRow:
    made = TabRow(Languages("en", qapp))
    qtbot.addWidget(made)
    made.show_tabs(TEXTS)
    made.resize(400, 40)
    made.show()
    return made


def seen(row: TabRow) -> list[str]:
    return [row.bar.tabText(n) for n in range(row.bar.count()) if n not in row.hidden]


def test_what_does_not_fit_is_behind_a_button(row: TabRow) -> None:
    assert seen(row)[0] == "Details"
    assert seen(row)[-1] == "Files 2"
    assert row.more.isVisible()
    assert [one.text() for one in row.menu().actions()] == [TEXTS[n] for n in row.hidden]
    assert sum(row.bar.width_of(TEXTS.index(text)) for text in seen(row)) <= 400


def test_a_tab_chosen_in_the_menu_comes_into_view(row: TabRow, qtbot: QtBot) -> None:
    last = row.hidden[-1]
    with qtbot.waitSignal(row.chosen) as told:
        row.menu().actions()[-1].trigger()
    assert (told.args, row.bar.currentIndex()) == ([last], last)
    assert TEXTS[last] in seen(row)
    assert sum(row.bar.width_of(TEXTS.index(text)) for text in seen(row)) <= 400


def test_in_a_wide_pane_there_is_no_button(row: TabRow) -> None:
    row.resize(4_000, 40)
    assert (seen(row), row.more.isVisible()) == (TEXTS, False)
    row.show_tabs(TEXTS[:2])
    row.resize(400, 40)
    assert (seen(row), row.more.isVisible()) == (TEXTS[:2], False)
