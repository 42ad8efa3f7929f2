"""Filters of a list, as a coordinator keeps and shares them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import ListPage, school
from xqhz_desktop import paths
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.services import workspace


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.json")


def page(qtbot: QtBot, folder: Path) -> ListPage:
    """Open the list of a school, made on the first call."""
    if folder.exists():
        return ListPage(qtbot, workspace.opened(folder), "enterprise")
    some = [
        make(Enterprise, name=name, uscc="", no_code_reason="代码待发", status=status)
        for name, status in (
            ("华东机械", Partnership.ACTIVE),
            ("西南汽车", Partnership.PAUSED),
            ("中原电子", Partnership.PAUSED),
        )
    ]
    return ListPage(qtbot, school(folder, some), "enterprise")


def only_paused(one: ListPage) -> None:
    one.page.head.chips.choose(Partnership.PAUSED)
    one.page._on_chip(Partnership.PAUSED)
    one.settle()


def test_words_chip_and_order_come_back_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    first = page(qtbot, tmp_path / "school")
    only_paused(first)
    first.page.table._on_title(0)
    first.settle()
    first.page.hide()
    first.close()
    again = page(qtbot, tmp_path / "school")
    assert again.page.head.chips.value is Partnership.PAUSED
    assert again.names == ["中原电子", "西南汽车"]
    again.close()


def test_a_named_filter_can_be_saved_chosen_and_removed(qtbot: QtBot, tmp_path: Path) -> None:
    one = page(qtbot, tmp_path / "school")
    only_paused(one)
    one.page.filters.ask_name()
    dialog = one.dialog
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText("暂停的")
    one.answer("Save")
    one.page._on_everything()
    one.settle()
    assert len(one.names) == 3
    menu = one.page.filters.menu()
    next(action for action in menu.actions() if action.text() == "暂停的").trigger()
    one.settle()
    assert sorted(one.names) == ["中原电子", "西南汽车"]
    assert one.page.head.chips.value is Partnership.PAUSED
    one.page.filters.drop("暂停的")
    assert "暂停的" not in [action.text() for action in one.page.filters.menu().actions()]
    one.close()


def test_filters_travel_in_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    one = page(qtbot, tmp_path / "one")
    only_paused(one)
    one.page.filters.keep("暂停的")
    one.page.filters.write(str(tmp_path / "f.json"))
    one.close()
    other = page(qtbot, tmp_path / "other")
    other.page.filters.read(str(tmp_path / "f.json"))
    assert other.said[-1][0] == "1 filter read"
    assert "暂停的" in [action.text() for action in other.page.filters.menu().actions()]
    other.page.filters.read(str(tmp_path / "none.json"))
    assert "holds no filters" in other.said[-1][0]
    other.close()
