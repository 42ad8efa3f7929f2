"""The attendance page: marks are typed like in Excel, summed up at once, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.interns import MONTH, Interns
from tests.ui.drivers import clipped, unnamed
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.attendance import Attendance, Leave
from xqhz_desktop.services import attendance, history, sheet_drafts
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.models.entries import FACE_ROLE
from xqhz_desktop.ui.pages.attendance import AttendancePage

ENTER, TAB, CONTROL = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier


class AttendanceSheet(OnePage[AttendancePage]):
    """The page with the sheet of one month."""

    def __init__(self, qtbot: QtBot, work: Work, month: str = MONTH) -> None:
        """Open the page and choose the month."""
        super().__init__(qtbot, work, AttendancePage)
        place = self.page.months.findData(month)
        if place >= 0:
            self.page.months.setCurrentIndex(place)
            self.page.months.activated.emit(place)
        self.settle()

    def look_at(self, row: int, day: int) -> None:
        """Look at a day of an intern, with the keyboard there."""
        self.page.grid.go_to(row, day - 1)
        self.page.grid.setFocus()

    def type(self, text: str, key: Qt.Key = ENTER) -> None:
        """Type a mark and end it with a key."""
        self.qtbot.keyClick(self.page.grid, Qt.Key.Key_F2 if text > "~" else text[0])
        lines = [one for one in self.page.grid.findChildren(QLineEdit) if one.isVisible()]
        assert lines, "typing opens the cell"
        line = lines[-1]
        line.setText(text)
        self.qtbot.keyClick(line, key)
        QApplication.processEvents()

    def press_key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key on the sheet."""
        self.qtbot.keyClick(self.page.grid, key, modifier)

    def select(self, rows: tuple[int, int], days: tuple[int, int]) -> None:
        """Select a block of days."""
        model = self.page.entries
        span = QItemSelection(model.index(rows[0], days[0] - 1), model.index(rows[1], days[1] - 1))
        flags = QItemSelectionModel.SelectionFlag
        self.page.grid.selectionModel().select(span, flags.ClearAndSelect)

    def mark(self, row: int, day: int) -> str:
        """Return what stands in a cell."""
        return self.page.entries.text(row, f"d{day:02}")

    def sums(self, row: int) -> list[str]:
        """Return what stands at the end of a row: days, hours, overtime, nights, away."""
        model = self.page.entries
        assert model.book is not None
        first = len(model.book.fields) - 1
        return [
            model.index(row, column).data(FACE_ROLE).text
            for column in range(first, model.columnCount())
        ]

    @property
    def here(self) -> tuple[int, int]:
        """Return the row and the day looked at."""
        index = self.page.grid.currentIndex()
        return index.row(), index.column() + 1


@pytest.fixture
def interns(work: Work) -> Interns:
    return Interns(work)


@pytest.fixture
def sheet(qtbot: QtBot, interns: Interns) -> Iterator[AttendanceSheet]:
    made = AttendanceSheet(qtbot, interns.work)
    yield made
    made.close()


def test_enter_goes_down_and_tab_goes_right(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("v")
    assert (sheet.mark(0, 8), sheet.here) == ("√", (1, 8))
    sheet.type("√8+2", TAB)
    assert (sheet.mark(1, 8), sheet.here) == ("√8+2", (1, 9))
    sheet.press_key(ENTER)
    assert sheet.here == (2, 9)


def test_the_sums_follow_every_mark(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("8+2", TAB)
    assert sheet.sums(0) == ["1", "10", "2", "", ""]
    sheet.type("夜8", TAB)
    sheet.type("x")
    assert sheet.sums(0) == ["2", "18", "2", "1", "1"]


def test_a_block_is_filled_by_one_press_and_emptied_by_delete(sheet: AttendanceSheet) -> None:
    sheet.select((0, 2), (8, 9))
    sheet.press("night shift")
    assert [sheet.mark(row, 9) for row in range(3)] == ["夜", "夜", "夜"]
    sheet.press_key(Qt.Key.Key_Delete)
    assert [sheet.mark(row, 9) for row in range(3)] == ["", "", ""]


def test_control_d_fills_a_column_from_its_first_cell(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("病")
    sheet.select((0, 2), (8, 8))
    sheet.press_key(Qt.Key.Key_D, CONTROL)
    assert [sheet.mark(row, 8) for row in range(3)] == ["病"] * 3


def test_full_attendance_leaves_out_holidays_weekends_and_leaves(
    interns: Interns, qtbot: QtBot
) -> None:
    leave = make(
        Leave,
        placement=interns.placements[0].id,
        start_date=date(2026, 9, 8),
        end_date=date(2026, 9, 9),
    )
    interns.save(leave)
    sheet = AttendanceSheet(qtbot, interns.work, "2026-09")
    book = sheet.page.book
    assert book is not None
    workdays = [on for on in book.dates.values() if on not in book.sheet.free]
    sheet.press("Full attendance")
    if date.today() > date(2026, 9, 30):  # only days that have passed are filled in
        assert sheet.sums(1)[0] == str(len(workdays))
        assert sheet.sums(0) == [str(len(workdays) - 2), str(8 * (len(workdays) - 2)), "", "", "2"]
    assert sheet.mark(0, 8) == ""
    sheet.close()


def test_saving_writes_one_step_and_undo_takes_it_back(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("v")
    sheet.type("假")
    sheet.press("Save")
    assert len(sheet.stored("attendance")) == 2
    assert sheet.page.entries.unsaved == 0
    assert sheet.said[-1] == ("2 cells saved", True)
    assert not sheet.page.undo(), "now the journal takes it back"
    history.undo(sheet.work)
    sheet.settle()
    assert sheet.mark(0, 8) == ""


def test_control_z_takes_back_what_was_typed_last(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("v")
    sheet.select((0, 2), (8, 9))
    sheet.press("absent")
    assert sheet.page.undo()
    assert [sheet.mark(row, 8) for row in range(3)] == ["√", "", ""]


def test_what_is_no_mark_stays_in_sight_and_is_not_saved(sheet: AttendanceSheet) -> None:
    sheet.look_at(1, 8)
    sheet.type("abc")
    sheet.type("v")
    sheet.press("Save")
    assert sheet.stored("attendance") == []
    assert "“abc” is no mark of a day" in sheet.said[-1][0]
    assert sheet.here == (1, 8)
    sheet.type("8")
    sheet.press("Save")
    assert len(sheet.stored("attendance")) == 2


def test_days_outside_the_placement_are_closed(interns: Interns, qtbot: QtBot) -> None:
    interns.save(interns.placements[0].but(end_date=date(2026, 10, 9)))
    sheet = AttendanceSheet(qtbot, interns.work)
    sheet.select((0, 1), (8, 12))
    sheet.press("night shift")
    assert (sheet.mark(0, 9), sheet.mark(0, 12), sheet.mark(1, 12)) == ("夜", "", "夜")
    sheet.close()


def test_an_enterprise_may_report_only_the_days(sheet: AttendanceSheet) -> None:
    sheet.look_at(2, 32)
    sheet.type("21.5")
    sheet.press("Save")
    (found,) = sheet.stored("attendance")
    assert isinstance(found, Attendance)
    assert (str(found.days), sheet.sums(2)[0]) == ("21.5", "21.5")


def test_night_work_and_holidays_are_counted_in_words_and_found(sheet: AttendanceSheet) -> None:
    sheet.look_at(2, 1)
    sheet.type("v")
    sheet.look_at(1, 12)
    sheet.type("夜8")
    assert {"Holiday worked 1", "Night shift 1"} <= set(sheet.texts)
    sheet.press("Holiday worked 1")
    assert sheet.here == (2, 1)
    assert any("work on a public holiday" in text for text in sheet.texts)


def test_a_block_with_names_goes_to_their_rows_after_a_preview(sheet: AttendanceSheet) -> None:
    lines = ["姓名\t8日\t9日", "成三\t√\t夜8", "陈一\t假\tabc", "王五\t√\t√"]
    QGuiApplication.clipboard().setText("\n".join(lines))
    sheet.press_key(Qt.Key.Key_V, CONTROL)
    assert "Not on this sheet, or there twice: 王五" in sheet.texts
    assert sheet.mark(2, 9) == "", "nothing is pasted before it is wanted"
    sheet.press("Paste 3 cells")
    assert [sheet.mark(0, 8), sheet.mark(0, 9), sheet.mark(2, 8), sheet.mark(2, 9)] == [
        "假", "", "√", "夜8",
    ]  # fmt: skip
    assert sheet.page.undo()
    assert sheet.mark(2, 9) == ""


def test_a_bare_block_lies_where_the_cursor_is(sheet: AttendanceSheet) -> None:
    sheet.look_at(1, 8)
    QGuiApplication.clipboard().setText("√\t8+1\n×\t")
    sheet.press_key(Qt.Key.Key_V, CONTROL)
    sheet.press("Paste 3 cells")
    assert [sheet.mark(1, 8), sheet.mark(1, 9), sheet.mark(2, 8)] == ["√", "√8+1", "×"]


def test_a_block_is_copied_for_excel(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("v")
    sheet.select((0, 1), (8, 9))
    sheet.press_key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "√\t\r\n\t\r\n"
    sheet.page.grid.selectAll()
    sheet.press_key(Qt.Key.Key_C, CONTROL)
    first, second = QGuiApplication.clipboard().text().splitlines()[:2]
    assert first.split("\t")[:3] == ["Name", "1", "2"]
    assert second.split("\t")[0] == "陈一"
    assert second.split("\t")[-5] == "1"


def test_another_month_waits_until_the_marks_are_saved(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("v")
    place = sheet.page.months.findData("2026-09")
    sheet.page.months.setCurrentIndex(place)
    sheet.page.months.activated.emit(place)
    assert sheet.page.months.currentData() == MONTH
    sheet.press("Save")
    assert sheet.page.months.currentData() == "2026-09"
    assert len(sheet.stored("attendance")) == 1
    assert not sheet.page.entries.unsaved


def test_marks_typed_before_the_program_ended_come_back(interns: Interns, qtbot: QtBot) -> None:
    draft = sheet_drafts.begun(interns.work, "attendance_month", interns.scope, "2026-09")
    typed = sheet_drafts.typed(draft, {interns.placements[1].id: {"d08": "√", "d09": "ab"}})
    now, interns.work.store.session = interns.work.store.session, "an earlier one"
    sheet_drafts.drafts.keep(interns.work, typed)
    interns.work.store.session = now
    sheet = AttendanceSheet(qtbot, interns.work)
    sheet.press("Restore")
    assert sheet.page.months.currentData() == "2026-09"
    assert [sheet.mark(1, 8), sheet.mark(1, 9)] == ["√", "ab"]
    assert sheet.page.entries.unsaved == 2
    sheet.close()


def test_a_sheet_that_somebody_else_changes_is_read_again(sheet: AttendanceSheet) -> None:
    with sheet.work.store.read() as reader:
        placement = next(iter(reader.all("placement"))).id
    attendance.save(sheet.work, MONTH, {placement: {"d08": "病"}})
    sheet.settle()
    assert "病" in [sheet.mark(row, 8) for row in range(3)]


def test_too_many_interns_are_asked_for_by_class(
    interns: Interns, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendance, "MOST", 2)
    sheet = AttendanceSheet(qtbot, interns.work)
    assert "That is too much for one sheet. Choose a class or an enterprise." in sheet.texts
    sheet.close()


def test_without_a_batch_the_page_says_what_is_missing(work: Work, qtbot: QtBot) -> None:
    sheet = AttendanceSheet(qtbot, work)
    assert "No placement batch yet" in sheet.texts
    sheet.close()


def test_everything_on_the_page_has_a_name_and_fits(sheet: AttendanceSheet) -> None:
    sheet.look_at(0, 8)
    sheet.type("v")
    assert unnamed(sheet.page) == []
    assert clipped(sheet.page) == []
