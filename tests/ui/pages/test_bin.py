"""The recycle bin as a coordinator uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.lists import House, house
from tests.ui.page_drivers import OnePage, pick, rows
from xqhz_desktop.services import history, records
from xqhz_desktop.ui.pages.bin import BinPage


@pytest.fixture
def school(tmp_path: Path) -> House:
    return house(tmp_path / "school")


@pytest.fixture
def page(school: House, qtbot: QtBot) -> Iterator[OnePage[BinPage]]:
    made = OnePage(qtbot, school.work, BinPage)
    yield made
    made.close()


def test_an_empty_bin_says_what_it_is_for(page: OnePage[BinPage]) -> None:
    assert "The recycle bin is empty" in page.texts


def test_what_is_removed_shows_up_with_its_kind_the_person_and_what_belonged_to_it(
    page: OnePage[BinPage], school: House
) -> None:
    records.remove(school.work, "enterprise", [school.first.id], whole=True, reason="重复录入")
    page.settle()
    row = next(row for row in rows(page.page.table) if row[0].startswith(school.first.name))
    assert row[0] == f"{school.first.name} Enterprise | 重复录入"
    assert row[1] == "Workplace mentors 1, Positions 1, Placements 3"
    assert row[2].startswith("today")
    assert row[2].endswith("周敏")


def test_words_and_chips_narrow_the_bin(page: OnePage[BinPage], school: House) -> None:
    records.remove(school.work, "enterprise", [school.first.id], whole=True)
    page.settle()
    page.page.chips.choose("mentor")
    page.page._on_filter()
    assert [row[0] for row in rows(page.page.table)] == [f"{school.mentor.name} Workplace mentor"]
    page.page.search_box.setText("没有这个")
    assert "Nothing fits this filter" in page.texts
    page.press("Show everything")
    assert len(rows(page.page.table)) == 6


def test_an_enterprise_comes_back_with_what_belonged_to_it_and_that_can_be_undone(
    page: OnePage[BinPage], school: House
) -> None:
    records.remove(school.work, "enterprise", [school.first.id], whole=True)
    page.settle()
    pick(page.page.table, school.first.name)
    page.press("Bring back")
    assert any(
        "It had: Workplace mentors 1, Positions 1, Placements 3" in text for text in page.texts
    )
    page.press("Bring back")
    assert len(page.stored("placement")) == 3
    assert page.said[-1] == ("6 records brought back", True)
    assert rows(page.page.table) == []
    history.undo(school.work)
    page.settle()
    assert len(rows(page.page.table)) == 6


def test_a_placement_whose_enterprise_went_too_says_so_and_brings_it_along(
    page: OnePage[BinPage], school: House
) -> None:
    records.remove(school.work, "enterprise", [school.first.id], whole=True)
    page.settle()
    pick(page.page.table, "张晨怡")
    page.press("Bring back")
    said = next(text for text in page.texts if text.startswith("What they belong to"))
    assert f"{school.first.name} (Enterprise)" in said
    page.press("Bring back")
    assert [one.id for one in page.stored("enterprise")].count(school.first.id) == 1
    assert len(page.stored("placement")) == 1


def test_cancel_leaves_everything_in_the_bin(page: OnePage[BinPage], school: House) -> None:
    records.remove(school.work, "placement", [one.id for one in school.placements])
    page.settle()
    page.page.table.selectAll()
    page.press("Bring back 3 records")
    page.press("Cancel")
    assert page.stored("placement") == []
    assert len(rows(page.page.table)) == 3
