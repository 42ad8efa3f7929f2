"""Filter chips: what does not fit in a line is still there, behind the dots."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.chips import Chip, Chips

WORDS = ("Planned", "Assigned", "On post", "Ended", "Assessed", "Archived")


@pytest.fixture
def chips(qtbot: QtBot) -> Chips:
    made = Chips(Languages("en"))
    made.show_chips(60, [Chip(word, word, 10) for word in WORDS])
    qtbot.addWidget(made)
    made.resize(360, 40)
    made.show()
    return made


def shown(chips: Chips) -> list[str]:
    return [one.text().split("  ")[0] for one in chips._buttons if one.isVisible()]


def hidden(chips: Chips) -> list[str]:
    return [action.text().split("  ")[0] for action in chips.menu().actions()]


def test_every_value_is_in_the_line_or_in_the_menu(chips: Chips) -> None:
    assert hidden(chips)
    assert [*shown(chips), *hidden(chips)] == ["All", *WORDS]
    assert chips.more.geometry().right() <= chips.width()


def test_with_room_for_all_there_are_no_dots(chips: Chips) -> None:
    chips.resize(1200, 40)
    assert shown(chips) == ["All", *WORDS]
    assert not chips.more.isVisible()


def test_a_value_picked_from_the_menu_filters_and_comes_into_view(chips: Chips) -> None:
    told: list[object] = []
    chips.chosen.connect(told.append)
    last = chips.menu().actions()[-1]
    last.trigger()
    assert told == ["Archived"]
    assert "Archived" in shown(chips)
    assert chips.more.geometry().right() <= chips.width()
