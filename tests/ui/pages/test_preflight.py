"""The page 上岗前检查: the matrix, its filters, what stands behind a cell, filling gaps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.ready import ReadySchool
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.agreement import TripartiteState
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.readiness import Item
from xqhz_desktop.domain.records import Record
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.models.matrix import FIRST, ITEMS
from xqhz_desktop.ui.pages.preflight import PreflightPage

OTHER = "望岳精工有限公司"


class Check(OnePage[PreflightPage]):
    """The page, with what a coordinator does there."""

    def rows(self) -> list[str]:
        """Return the names at the left."""
        return [row.name for row in self.page.body.rows()]

    def go(self, row: int, item: Item) -> None:
        """Put the keyboard on a cell."""
        table = self.page.body.table
        table.setFocus()
        table.setCurrentIndex(table.matrix.index(row, FIRST + ITEMS.index(item)))

    def key(self, key: Qt.Key) -> None:
        """Press a key in the table."""
        self.qtbot.keyClick(self.page.body.table, key)
        self.settle()

    def wanted(self) -> list[tuple[str, str]]:
        """Return the pages somebody was sent to, as they come."""
        gone: list[tuple[str, str]] = []

        def note(page: str, query: Query | None, record: str, _command: str) -> None:
            gone.append((page, record or (query.kind if query else "")))

        self.context.wanted.connect(note)
        return gone


@pytest.fixture
def school(tmp_path: Path) -> ReadySchool:
    return ReadySchool(tmp_path / "school")


@pytest.fixture
def check(qtbot: QtBot, school: ReadySchool) -> Iterator[Check]:
    school.interns(2)
    school.interns(1, ready=False)
    other = make(Enterprise, name=OTHER, uscc="")
    (lone,) = school.interns(1)
    school.add(other, lone.but(enterprise=other.id, position=""))
    made = Check(qtbot, school.work, PreflightPage)
    yield made
    made.close()


def states(some: list[Record]) -> list[str]:
    return sorted(getattr(one, "state").name for one in some)  # noqa: B009 - several kinds


def test_enterprises_stand_by_their_gaps_with_totals_below(check: Check) -> None:
    assert check.rows() == ["霁川云和机械有限公司", OTHER]
    assert check.page.matrix is not None
    assert check.page.matrix.totals[Item.AGREEMENT] == 1
    assert check.page.matrix.totals[Item.SITE] == 1
    assert "9 in all" in check.texts or f"{check.page.matrix.gaps} in all" in check.texts


def test_a_click_on_a_gap_shows_only_who_misses_it(check: Check) -> None:
    bar = check.page.body.gaps.bars[Item.SITE]
    check.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert check.rows() == [OTHER]
    check.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert len(check.rows()) == 2


def test_students_are_shown_instead_and_found_by_pinyin(check: Check) -> None:
    check.press("By student")
    assert len(check.rows()) == 4
    check.page.body.search_box.setText("xs")
    check.settle()
    assert len(check.rows()) == 4
    check.page.body.search_box.setText("nobody")
    check.settle()
    assert check.rows() == []


def test_a_head_orders_by_what_is_missing(check: Check) -> None:
    check.page.body.table.sorted_by.emit(FIRST + ITEMS.index(Item.SITE))
    assert check.rows()[0] == OTHER


def test_space_shows_who_is_missing_and_one_button_fills_the_gap(check: Check) -> None:
    check.go(0, Item.AGREEMENT)
    check.key(Qt.Key.Key_Space)
    card = check.page.card
    assert card.isVisible()
    assert "2 of 3" in check.texts
    assert "Not yet: 学生00" in check.texts
    check.press("Signed and sealed on paper: 1")
    assert not card.isVisible()
    assert check.page.matrix is not None
    assert check.page.matrix.totals[Item.AGREEMENT] == 0
    assert states(check.stored("tripartite")) == [TripartiteState.EFFECTIVE.name] * 4
    assert check.said[-1] == ("Signed and sealed on paper: 1", True)


@pytest.mark.parametrize(
    ("item", "button", "kind"),
    [
        (Item.CONSENT, "Signed and returned: 1", "consent"),
        (Item.INSURANCE, "Under policy ZX2026: 1", "cover"),
        (Item.TRAINING, "Passed “Topic”: 1", "training_result"),
    ],
)
def test_what_many_miss_is_filled_from_the_cell(
    check: Check, item: Item, button: str, kind: str
) -> None:
    assert len(check.stored(kind)) == 3
    check.go(0, item)
    check.key(Qt.Key.Key_Space)
    check.press(button)
    assert len(check.stored(kind)) == 4
    assert check.page.matrix is not None
    assert check.page.matrix.totals[item] == 0


def test_an_enterprise_is_put_on_the_list_of_a_meeting(check: Check) -> None:
    check.go(1, Item.DECISION)
    check.key(Qt.Key.Key_Space)
    check.press("Accepted by “Meeting”")
    assert check.page.matrix is not None
    assert check.page.matrix.totals[Item.DECISION] == 0


def test_everybody_shown_is_done_at_once_from_the_totals(check: Check) -> None:
    check.page.body.totals.asked.emit(Item.CONSENT)
    check.settle()
    assert "3 of 4" in check.texts
    check.page.card.leave()
    check.go(1, Item.CONSENT)
    table = check.page.body.table
    check.qtbot.keyClick(table, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    check.settle()
    assert "3 of 4" in check.texts
    check.press("Signed and returned: 1")
    assert check.page.matrix is not None
    assert check.page.matrix.totals[Item.CONSENT] == 0


def test_enter_opens_the_list_behind_a_cell(check: Check) -> None:
    gone = check.wanted()
    check.go(0, Item.CONSENT)
    check.key(Qt.Key.Key_Return)
    assert gone == [("consent", "consent")]


def test_escape_closes_the_card_and_gives_the_keyboard_back(check: Check) -> None:
    check.go(0, Item.CONSENT)
    check.key(Qt.Key.Key_Space)
    check.qtbot.keyClick(check.page.card, Qt.Key.Key_Escape)
    assert not check.page.card.isVisible()
    assert check.page.body.table.hasFocus()


def test_the_matrix_is_looked_at_as_a_paper(check: Check) -> None:
    check.press("Print with gaps")
    assert "2 lines, 1 page" in check.texts


def test_the_gaps_are_written_into_a_sheet(check: Check, tmp_path: Path) -> None:
    check.press("Export gaps")
    target = tmp_path / "gaps.xlsx"
    check.front.fileSelected.emit(str(target))  # type: ignore[attr-defined]  # a file dialog
    check.settle()
    assert target.stat().st_size


def test_a_batch_without_placements_leads_to_allocation(qtbot: QtBot, school: ReadySchool) -> None:
    check = Check(qtbot, school.work, PreflightPage)
    gone = check.wanted()
    assert "Nobody has a place in this batch yet" in check.texts
    check.press("Allocation")
    assert gone == [("allocation", school.batch.id)]
    check.close()
