"""冲突 in the window: two sides next to each other, decided field by field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import SIZES, Window, clipped, too_small, unnamed
from tests.ui.exchange import LAPTOP, OFFICE, Pair, edit
from tests.ui.sync_drivers import Conflicts, Sync
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.i18n import CODES
from xqhz_desktop.services import exchanging, records
from xqhz_desktop.ui.pages.reports import ReportsPage


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    yield made
    made.close()


def in_dispute(window: Window, pair: Pair) -> Conflicts:
    """Open the office's window after both edited the same week."""
    pair.disagree()
    pair.carry()
    window.open(pair.close()[0])
    return Conflicts(window)


def placement(window: Window, place: int = 0) -> Placement:
    with window.live.work.store.read() as reader:
        found = sorted(reader.all("placement"), key=lambda one: one.id)[place]
    assert isinstance(found, Placement)
    return found


def test_both_sides_are_told_with_computer_person_and_time(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    assert page.fields == ["end_date", "status", "allowance", "note"]
    texts = window.texts()
    assert {OFFICE, LAPTOP, "2,400", "2,500", "Must be decided"} <= texts
    assert any(text.startswith("周敏 | today") for text in texts)
    assert any(text.startswith("李雨桐 | today") for text in texts)


def test_only_what_is_decided_is_saved_as_one_step(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    shown = placement(window).allowance
    page.use("allowance", mine=shown == 2500)  # the other one than is shown
    assert "1 of 4 decided" in window.texts()
    page.save()
    assert placement(window).allowance != shown
    assert page.fields == ["end_date", "status", "note"]
    window.live._on_undo()
    window.settle()
    assert placement(window).allowance == shown


def test_the_keys_decide_as_the_mouse_does(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    page.key(Qt.Key.Key_Down)
    page.key(Qt.Key.Key_Down)
    page.key(Qt.Key.Key_2)
    page.key(Qt.Key.Key_Up)
    page.key(Qt.Key.Key_1)
    decided = page.page.pane.grid.decisions
    assert {name: bool(one.side and one.side.mine) for name, one in decided.items()} == {
        "allowance": False,
        "status": True,
        "end_date": True,  # the period moves together
    }
    page.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.fields == ["note"]


def test_both_texts_are_kept_unless_somebody_says_otherwise(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    for _turn in range(3):
        page.key(Qt.Key.Key_Down)
    page.key(Qt.Key.Key_E)
    page.save()
    assert {"note"}.isdisjoint(page.fields)
    note = placement(window).note
    assert "家长已知情" in note
    assert "3 号楼 512" in note


def test_the_same_is_applied_to_others_after_they_were_named(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    page.use("allowance", mine=True)
    window.press("Apply to 1 alike …")
    assert any("李雅雪" in text and "Monthly pay" in text for text in window.texts())
    window.press("Apply")
    assert [placement(window, place).allowance for place in (0, 1)] == [2400, 2400]
    assert len(page.records) == 2


def test_removed_here_and_edited_there_is_a_row_to_decide(window: Window, pair: Pair) -> None:
    with pair.office.store.read() as reader:
        first = min(reader.all("placement"), key=lambda one: one.id)
    edit(pair.laptop, first, note="还在用")
    records.remove(pair.office, "placement", [first.id])
    pair.carry()
    window.open(pair.close()[0])
    page = Conflicts(window)
    assert "The whole record" in window.texts()
    window.press("Remove it")
    page.save()
    assert page.records == []
    assert "Both sides agree" in window.texts()
    with window.live.work.store.read() as reader:
        assert reader.get("placement", first.id) is None


def test_both_can_be_kept_as_two_records(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    page.pick(page.records.index("李雅雪 Placement"))
    page.page.pane.both_wanted.emit()
    window.press("Keep both")
    with window.live.work.store.read() as reader:
        found = sorted(str(one.value(one.FIELDS["allowance"])) for one in reader.all("placement"))
    assert len(found) == 3
    assert {"2400", "2500"} <= {text.split(".")[0] for text in found}


def test_the_navigation_counts_and_leads_there(window: Window, pair: Pair) -> None:
    in_dispute(window, pair)
    window.go("today")
    row = window.shell.nav._rows["conflicts"]
    assert row.isVisible()
    assert window.shell.nav._counts["conflicts"].text() == "3"
    window.press("Settle the conflicts")
    assert window.live.page == "conflicts"


def test_an_official_paper_waits_and_leads_to_the_conflict(window: Window, pair: Pair) -> None:
    in_dispute(window, pair)
    page = window.go("reports")
    assert isinstance(page, ReportsPage)
    window.qtbot.waitUntil(lambda: page.settled)
    page.questions.purpose._group.button(1).click()
    window.qtbot.waitUntil(lambda: page.settled)
    window.settle()
    window.press("Settle the conflicts")
    assert window.live.page == "conflicts"


def test_no_conflict_says_that_both_sides_agree(window: Window, pair: Pair) -> None:
    window.open(pair.close()[0])
    Conflicts(window)
    assert "Both sides agree" in window.texts()
    window.press("To the exchange")
    assert window.live.page == "sync"
    assert not window.shell.nav._rows["conflicts"].isVisible()


def test_a_decision_made_elsewhere_is_taken_over(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    work = window.live.work
    edit(work, placement(window, 1), allowance=Decimal(2600))
    window.settle()
    exchanging.with_folder(work, pair.stick)
    Sync(window)
    page = Conflicts(window)
    assert len(page.records) == 2


def test_nothing_is_cut_off_while_conflicts_are_decided(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    page.use("allowance", mine=True)
    page.row("note").edit()
    for code in CODES:
        window.shell.languages.switch(code)
        for size in SIZES:
            window.shell.resize(*size)
            window.settle()
            shell = window.shell
            assert [*clipped(shell), *unnamed(shell), *too_small(shell)] == [], (code, size)


def test_closing_asks_before_decisions_are_forgotten(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    page.use("allowance", mine=True)
    window.shell.close()
    window.settle()
    assert window.shell.isVisible()
    assert "1 decision is not saved yet. Closing forgets it." in window.texts()
    window.press("Cancel")
    page.save()
    assert page.fields == ["end_date", "status", "note"]


def test_what_was_settled_is_listed_and_can_be_opened_again(window: Window, pair: Pair) -> None:
    page = in_dispute(window, pair)
    page.use("allowance", mine=True)
    page.save()
    assert "allowance" not in page.fields
    page.page.chips.choose("settled")
    page.page.chips.chosen.emit("settled")
    assert len(page.page.settled.list.told.rows) == 1
    window.press("Open again")
    assert "allowance" in page.fields
    assert "1 conflict is open again" in window.texts()
