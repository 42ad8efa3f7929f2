"""What every page owes its users: nothing cut off, everything named, nothing too small to hit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import SIZES, Window, clipped, too_small, unnamed
from tests.ui.school import small_school
from xqhz_desktop.i18n import CODES
from xqhz_desktop.ui.pages import BY_NAME, PAGES


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp)
    made.open(small_school(tmp_path / "school"))
    yield made
    made.close()


@pytest.mark.parametrize("page", BY_NAME)
def test_nothing_is_cut_off_unnamed_or_too_small(window: Window, page: str) -> None:
    wrong = {}
    window.go(page)
    for code in CODES:
        window.shell.languages.switch(code)
        for size in SIZES:
            window.shell.resize(*size)
            window.settle()
            front = window.shell
            if found := [*clipped(front), *unnamed(front), *too_small(front)]:
                wrong[code, size] = found
    assert wrong == {}


@pytest.mark.parametrize("part", ["school", "people", "data", "window"])
def test_so_do_all_the_settings(window: Window, part: str) -> None:
    page = window.go("settings")
    page.show_part(part)  # type: ignore[attr-defined]
    for code in CODES:
        window.shell.languages.switch(code)
        for size in SIZES:
            window.shell.resize(*size)
            window.settle()
            assert [*clipped(page), *unnamed(page), *too_small(page)] == []


def test_the_page_in_front_is_in_sight_in_the_navigation(window: Window) -> None:
    window.shell.resize(*SIZES[-1])
    for name in ("bin", "today"):
        window.go(name)
        row = window.button(window.shell.languages.language.say(BY_NAME[name].title))
        assert row.visibleRegion().boundingRect() == row.rect()


def test_every_page_of_the_navigation_has_its_own_name() -> None:
    assert len({page.name for page in PAGES}) == len(PAGES)
