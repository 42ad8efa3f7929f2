"""Finding and merging duplicates as a coordinator does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.lists import House, house
from tests.ui.page_drivers import OnePage, rows
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.pages.duplicates import DuplicatesPage


@pytest.fixture
def school(tmp_path: Path) -> House:
    return house(tmp_path / "school")


@pytest.fixture
def page(school: House, qtbot: QtBot) -> Iterator[OnePage[DuplicatesPage]]:
    made = OnePage(qtbot, school.work, DuplicatesPage)
    yield made
    made.close()


def test_a_pair_is_shown_with_its_reason_and_what_would_move(
    page: OnePage[DuplicatesPage], school: House
) -> None:
    assert len(rows(page.page.pairs)) == 1
    assert rows(page.page.pairs)[0][0] == f"{school.first.name} {school.second.name}"
    assert "Perhaps the same: Same name apart from place, brackets or legal form" in page.texts
    assert "Nothing moves along." in page.texts
    page.press("Keep the other one")
    assert "Moves along: Workplace mentors 1, Positions 1, Placements 3" in page.texts


def test_what_is_chosen_field_by_field_is_what_the_merged_record_has(
    page: OnePage[DuplicatesPage], school: House
) -> None:
    pane = page.page.pane
    assert pane.result("name") == school.first.name
    pane.take("name", dropped=True)
    pane.take("contact", dropped=True)
    assert pane.result("contact") == "岑远"
    pane.take("phone", dropped=True)
    pane.take("phone", dropped=False)
    page.press("Merge")
    merged = school.now(school.first)
    assert (merged.name, merged.contact) == (school.second.name, "岑远")
    assert merged.phone == school.first.phone
    assert merged.former_names == school.first.name
    assert school.now(school.second) is None
    assert page.said[-1][1], "the way back is offered"
    assert "No duplicates found" in page.texts


def test_a_pair_that_is_not_the_same_is_not_shown_again(
    page: OnePage[DuplicatesPage], school: House
) -> None:
    page.press("Not the same")
    assert rows(page.page.pairs) == []
    assert "No duplicates found" in page.texts
    assert school.count("enterprise") == 2


def test_a_merge_can_be_separated_again(page: OnePage[DuplicatesPage], school: House) -> None:
    page.press("Merge")
    page.press("Merged")
    assert [row[:2] for row in rows(page.page.merged)] == [[school.second.name, school.first.name]]
    page.press("Separate again")
    page.press("Separate")
    assert school.now(school.second) == school.second
    assert "Nothing was merged" in page.texts


def test_the_menu_of_a_list_leads_to_the_pairs_of_its_kind(page: OnePage[DuplicatesPage]) -> None:
    page.page.show_query(Query("student"))
    page.settle()
    assert page.page.kinds.value == "student"
    assert "No duplicates found" in page.texts
