"""A field the school adds itself, from the settings to a sheet, and from a sheet into it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from tests.end_to_end.coordinator import Coordinator
from tests.spreadsheets.files import workbook
from tests.ui.school import small_school
from xqhz_desktop.domain.own import OwnField, OwnType
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services import own_fields, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.exporting import ExportDialog
from xqhz_desktop.ui.dialogs.importing import ImportDialog
from xqhz_desktop.ui.dialogs.own_field import OwnFieldDialog
from xqhz_desktop.ui.pages.settings import SettingsPage
from xqhz_desktop.ui.pages.staging import StagingPage

SIZES = ("大号", "小号")
STUDENT = "张晨怡"


def test_an_own_field_goes_from_the_settings_to_a_sheet(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    sheet = tmp_path / "学生.xlsx"
    person = Coordinator(qtbot, qapp, "en")
    opens(person, small_school(tmp_path / "one"))
    adds_the_field(person)
    fills_it_in(person)
    finds_it(person)
    takes_it_back_and_forth(person)
    exports(person, sheet)
    retires_it(person)
    person.close()
    rows = list(openpyxl.load_workbook(sheet).worksheets[0].iter_rows(values_only=True))
    (head,) = [row for row in rows if "Workwear size" in row]
    sizes = [row[head.index("Workwear size")] for row in rows if STUDENT in row]
    assert sizes == ["小号"]


def test_a_sheet_with_an_own_field_is_taken_in(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "two")
    work = workspace.opened(folder)
    size = OwnField(of_kind="student", name="工服尺码", type=OwnType.CHOICE)
    own_fields.save(work, size, SIZES)
    workspace.close(work)
    rows = [("学号", "姓名", "工服尺码"), ("20240100", STUDENT, "小号")]
    person = Coordinator(qtbot, qapp, "en")
    opens(person, folder)
    brings_it_in(person, workbook(tmp_path / "学生.xlsx", *rows))
    person.close()


def opens(person: Coordinator, folder: Path) -> None:
    person.window.open(folder)
    person.window.shell.languages.switch("en")  # the school's own language is Chinese
    person.window.settle()


def adds_the_field(person: Coordinator) -> None:
    page = person.window.go("settings")
    assert isinstance(page, SettingsPage)
    page.show_part("own")
    person.window.settle()
    person.window.press("Add a field")
    form = person.asked(OwnFieldDialog)
    person.type(form.name, "工服尺码")
    person.type(form.name_en, "Workwear size")
    form.type.setCurrentIndex(list(OwnType).index(OwnType.CHOICE))
    form.choices.setPlainText("\n".join(SIZES))
    form.search.setChecked(True)
    person.window.press("Save")
    assert person.sees("Workwear size", "2 choices")


def fills_it_in(person: Coordinator) -> None:
    page = person.records("student")
    place = person.names("student").index(STUDENT)
    page.table.choose(page.model.found.rows[place])
    person.quiet(page)
    combo = page.pane.form.fields[named(person.window.live.work)].editor.core
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findText("小号"))
    person.window.press("Save")
    person.quiet(page)
    assert size_of(person, STUDENT) == "小号"


def finds_it(person: Coordinator) -> None:
    page = person.records("student")
    person.type(page.head.search_box, "xiaohao")
    person.quiet(page)
    assert person.names("student") == [STUDENT]
    page.head.search_box.clear()
    person.quiet(page)


def takes_it_back_and_forth(person: Coordinator) -> None:
    person.command("undo")
    assert size_of(person, STUDENT) is None
    person.command("redo")
    assert size_of(person, STUDENT) == "小号"


def exports(person: Coordinator, sheet: Path) -> None:
    page = person.records("student")
    page.take_out()
    dialog = person.asked(ExportDialog)
    items = [dialog.columns.item(place) for place in range(dialog.columns.count())]
    (mine,) = [one for one in items if one.text() == "Workwear size"]
    (number,) = [one for one in items if one.text() == "Student number"]
    for item in (mine, number):
        item.setCheckState(item.checkState().Checked)
    dialog.write(sheet)
    person.window.settle()


def retires_it(person: Coordinator) -> None:
    page = person.window.go("settings")
    assert isinstance(page, SettingsPage)
    page.show_part("own")
    person.window.settle()
    person.window.press("Retire")
    assert person.sees("Retired")
    shown = person.records("student")
    person.quiet(shown)
    assert shown.listing.own == ()
    person.command("undo")
    shown = person.records("student")
    assert [str(one.label) for one in shown.listing.own] == ["工服尺码"]


def brings_it_in(person: Coordinator, sheet: Path) -> None:
    person.records("student").bring_in()
    dialog = person.asked(ImportDialog)
    dialog.update_box.setChecked(True)
    dialog.take(sheet)
    dialog.ok.click()
    window = person.window
    person.qtbot.waitUntil(lambda: isinstance(window.shell.front(), StagingPage), timeout=20_000)
    window.settle()
    front = window.shell.front()
    assert isinstance(front, StagingPage)
    assert front.body is not None
    front.body.foot.go.click()
    window.settle()
    assert size_of(person, STUDENT) == "小号"


def named(work: Work) -> str:
    (field,) = own_fields.of(work, "student")
    return field.name


def size_of(person: Coordinator, name: str) -> str | None:
    (field,) = own_fields.of(person.window.live.work, "student")
    (one,) = [each for each in person.stored("student") if called(each) == name]
    value = one.value(field)
    return str(value.value) if value else None


def called(record: Record) -> str:
    return record.called
