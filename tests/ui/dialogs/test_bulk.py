"""Changing many records at once, as a coordinator does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import ListPage, school
from tests.ui.page_drivers import rows
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.services import history
from xqhz_desktop.ui.dialogs.bulk import BulkDialog
from xqhz_desktop.ui.pages.list_menu import change_many

NAMES = ("华东机械", "西南汽车", "中原电子")


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[ListPage]:
    some = [
        make(Enterprise, name=name, uscc="", no_code_reason="代码待发", staff_total=10)
        for name in NAMES
    ]
    made = ListPage(qtbot, school(tmp_path / "school", some), "enterprise")
    yield made
    made.close()


def opened(page: ListPage, field: str, count: int = 2) -> BulkDialog:
    """Select rows, open the dialog as the button of the toolbar does, and choose a field."""
    model, table = page.page.model, page.page.table
    flags = table.selectionModel().SelectionFlag
    table.clearSelection()
    for place in range(count):
        table.selectionModel().select(model.index(place, 0), flags.Select | flags.Rows)
    page.settle()
    change_many(page.page, page.context)
    dialog = page.dialog
    assert isinstance(dialog, BulkDialog)
    dialog.fields.setCurrentIndex(list(Enterprise.FIELDS).index(field) - _keys_before(field))
    return dialog


def _keys_before(field: str) -> int:
    keys = {key[0] for key in Enterprise.KEYS if len(key) == 1}
    names = list(Enterprise.FIELDS)
    return sum(name in keys for name in names[: names.index(field)])


def put(page: ListPage, dialog: BulkDialog, value: Any) -> None:
    dialog.field.editor.put(value)
    dialog.look()
    page.settle()


def test_the_toolbar_offers_it_once_several_rows_are_selected(page: ListPage) -> None:
    assert page.page.head.bulk_button.isHidden()
    page.page.table.selectAll()
    page.settle()
    assert page.page.head.bulk_button.text() == "Change 3 at once"


def test_before_and_afterwards_are_shown_and_nothing_is_written_yet(page: ListPage) -> None:
    dialog = opened(page, "status")
    assert dialog.selected.text() == "The 2 selected"
    assert dialog.all.text() == "All 3 the list shows now"
    put(page, dialog, Partnership.PAUSED)
    assert [row[1:] for row in rows(dialog.table)] == [["In talks", "Paused"]] * 2
    assert dialog.go.text() == "Change 2 records"
    assert page.stored("enterprise", status=Partnership.PAUSED) == []


def test_all_the_list_shows_are_changed_in_one_step_that_can_be_undone(page: ListPage) -> None:
    dialog = opened(page, "status")
    dialog.all.setChecked(True)
    put(page, dialog, Partnership.PAUSED)
    page.click(dialog.go)
    assert len(page.stored("enterprise", status=Partnership.PAUSED)) == 3
    assert page.said[-1] == ("3 records changed", True)
    history.undo(page.work)
    page.settle()
    assert page.stored("enterprise", status=Partnership.PAUSED) == []


def test_cancel_really_cancels(page: ListPage) -> None:
    dialog = opened(page, "status")
    put(page, dialog, Partnership.PAUSED)
    before = len(history.steps(page.work))
    page.click(dialog.cancel)
    assert page.stored("enterprise", status=Partnership.PAUSED) == []
    assert len(history.steps(page.work)) == before


def test_an_empty_editor_empties_nothing_unless_that_is_asked_for(page: ListPage) -> None:
    dialog = opened(page, "staff_total")
    dialog.look()
    page.settle()
    assert not dialog.go.isEnabled()
    dialog.clear_box.setChecked(True)
    page.settle()
    assert dialog.go.text() == "Change 2 records"


def test_who_stays_out_is_named_with_the_reason(page: ListPage) -> None:
    dialog = opened(page, "staff_total")
    put(page, dialog, -5)
    refused = [row[2] for row in rows(dialog.table)]
    assert len(refused) == 2 or dialog.field.said
    assert not dialog.go.isEnabled()
