"""Own fields in the window: set up in the settings, then used as all other fields are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.own import OwnSchool, own_school
from tests.ui.list_drivers import ListPage
from tests.ui.list_drivers import school as small
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.own import OwnType
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import history, own_fields, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.dialogs.bulk import BulkDialog
from xqhz_desktop.ui.dialogs.code_list import CodeListDialog
from xqhz_desktop.ui.dialogs.own_field import OwnFieldDialog
from xqhz_desktop.ui.pages.list_filters import chip_by
from xqhz_desktop.ui.pages.list_menu import change_many
from xqhz_desktop.ui.pages.settings_own import OwnFieldsCard
from xqhz_desktop.ui.widgets.diff import Diff


@pytest.fixture
def work(tmp_path: Path) -> Work:
    some = [
        make(Student, name=name, student_no=str(number), id_no="")
        for number, name in enumerate(("张三", "李四", "王五"))
    ]
    return small(tmp_path / "school", some)


@pytest.fixture
def card(qtbot: QtBot, work: Work) -> Iterator[OnePage[OwnFieldsCard]]:
    made = OnePage(qtbot, work, OwnFieldsCard)
    yield made
    made.close()


@pytest.fixture
def students(qtbot: QtBot, work: Work) -> Iterator[Callable[[], ListPage]]:
    """Open the list of students once the own fields are there."""
    made: list[ListPage] = []

    def opened() -> ListPage:
        made.append(ListPage(qtbot, work, "student"))
        return made[-1]

    yield opened
    if made:
        made[-1].close()
    else:
        workspace.close(work)


def dialog(card: OnePage[OwnFieldsCard], kind: type[Any]) -> Any:
    front = card.front
    assert isinstance(front, kind)
    return front


def said(card: OnePage[OwnFieldsCard]) -> list[str]:
    """Return the rows of the card as they read."""
    return [one.text() for one in card.page.findChildren(QLabel) if one.isVisible() and one.text()]


def fields(work: Work) -> dict[str, Any]:
    return {one.name: one for one in own_fields.definitions(work).fields}


def test_a_field_with_its_own_choices_is_added(card: OnePage[OwnFieldsCard]) -> None:
    card.press("Add a field")
    form = dialog(card, OwnFieldDialog)
    assert not form.choices.isVisible()
    form.name.setText("工服尺码")
    form.name_en.setText("Workwear size")
    form.type.setCurrentIndex(list(OwnType).index(OwnType.CHOICE))
    form.choices.setPlainText("大号\n小号\n\n大号\n")
    form.search.setChecked(True)
    card.press("Save")
    assert card.said[-1] == ("Saved: 工服尺码", True)
    made = fields(card.work)["工服尺码"]
    assert (made.name_en, made.type, made.search) == ("Workwear size", OwnType.CHOICE, True)
    assert [one.name for one in own_fields.lists(card.work)[0].choices] == ["大号", "小号"]
    assert "Workwear size" in said(card)
    assert "2 choices" in said(card)


def test_a_field_without_a_name_or_with_a_taken_one_is_refused(
    card: OnePage[OwnFieldsCard],
) -> None:
    card.press("Add a field")
    form = dialog(card, OwnFieldDialog)
    for name, problem in (("", "must be filled in"), ("姓名", "There is a field")):
        form.name.setText(name)
        card.press("Save")
        assert problem in form.problem.text()
    card.press("Cancel")
    assert not fields(card.work)


def test_a_field_is_retired_and_brought_back(card: OnePage[OwnFieldsCard]) -> None:
    own_school(card.work)
    card.settle()
    bed = fields(card.work)["床位"]
    card.page.retire(bed, retired=True)
    card.settle()
    assert card.said[-1] == ("Retired: 床位. Its values are kept.", True)
    assert "Bed" in said(card)
    card.press("Bring back")
    assert not fields(card.work)["床位"].retired


def test_fields_move_up_and_down(card: OnePage[OwnFieldsCard]) -> None:
    own_school(card.work)
    card.settle()
    size, boards = (fields(card.work)[name] for name in ("工服尺码", "是否住校"))
    card.page.shift(boards, -1)
    card.settle()
    known = fields(card.work)
    assert known["是否住校"].place < known["工服尺码"].place
    card.page.shift(size, 1)
    card.settle()
    assert fields(card.work)["工服尺码"].place == 3


def test_what_a_field_holds_cannot_be_changed_and_one_with_values_not_removed(
    card: OnePage[OwnFieldsCard],
) -> None:
    school = own_school(card.work)
    school.saved(make(Student, name="赵六", id_no=""), 床位="4")
    card.settle()
    card.page.edit(fields(card.work)["床位"])
    form = dialog(card, OwnFieldDialog)
    assert not form.type.isEnabled()
    card.press("Remove")
    assert "Retire it instead" in form.problem.text()
    card.press("Cancel")
    card.page.edit(fields(card.work)["押金"])
    card.press("Remove")
    assert "押金" not in fields(card.work)


def test_choices_are_added_renamed_retired_and_put_in_order(card: OnePage[OwnFieldsCard]) -> None:
    school = own_school(card.work)
    kept = school.saved(make(Student, name="赵六", id_no=""), 工服尺码="中号")
    card.settle()
    card.page.edit_list(own_fields.lists(card.work)[0])
    form = dialog(card, CodeListDialog)
    card.press("Add a choice")
    form.rows[3].name.setText("特大号")
    form.rows[3].up.click()
    form.rows[0].name.setText("加大")
    form.rows[1].turn.click()
    card.press("Save")
    choices = [(one.name, one.retired) for one in own_fields.lists(card.work)[0].choices]
    assert choices == [("加大", False), ("中号", True), ("特大号", False), ("小号", False)]
    assert school.said(kept, "工服尺码").value == "中号"


def test_own_fields_stand_in_the_form_and_are_saved(
    work: Work, students: Callable[[], ListPage]
) -> None:
    school = own_school(work)
    page = students()
    page.look_at("张三")
    known = school.fields()
    editors = page.page.pane.form.fields
    assert "Our own fields" in [
        one.text() for one in page.page.pane.form.findChildren(QLabel) if one.isVisible()
    ]
    size, boards = known["工服尺码"], known["是否住校"]
    combo = editors[size.name].editor.core
    assert [combo.itemText(n) for n in range(combo.count())] == ["—", "大号", "中号", "小号"]
    combo.setCurrentIndex(2)
    editors[boards.name].editor.core.setChecked(True)
    page.fill(known["宿舍号"].name, "3号楼 402")
    page.fill(known["床位"].name, "vier")
    assert "is not a number" in page.finding(known["床位"].name)
    page.fill(known["床位"].name, "4")
    page.save()
    (stored,) = page.stored("student", name="张三")
    assert stored.value(size).value == "中号"
    assert (stored.value(boards), stored.value(known["床位"])) == (True, 4)
    combo.setCurrentIndex(0)
    page.save()
    (stored,) = page.stored("student", name="张三")
    assert stored.value(size) is None


def test_a_retired_choice_is_offered_only_where_it_stands(
    work: Work, students: Callable[[], ListPage]
) -> None:
    school = own_school(work)
    with work.store.read() as reader:
        one = next(reader.all("student", name="张三"))
    school.saved(one, 工服尺码="中号")
    sizes = school.sizes()
    own_fields.save_list(
        work, own_fields.CodeList(sizes.record, (sizes.choices[0], sizes.choices[2]))
    )
    page = students()
    combo = page.page.pane.form.fields
    page.look_at("张三")
    name = school.fields()["工服尺码"].name
    core = combo[name].editor.core
    assert core.currentText() == "中号"
    page.look_at("李四")
    assert [core.itemText(n) for n in range(core.count())] == ["—", "大号", "小号"]


def test_own_fields_are_columns_chips_and_an_order(
    work: Work, students: Callable[[], ListPage]
) -> None:
    school = own_school(work)
    with work.store.read() as reader:
        some = {one.called: one for one in reader.all("student")}
    school.saved(some["张三"], 工服尺码="小号")
    school.saved(some["李四"], 工服尺码="大号")
    page = students()
    size = school.fields()["工服尺码"].name
    assert "Workwear size" not in page.columns
    choice = page.page.table.choice
    choice._change(choice.layout.toggled(size))
    page.settle()
    assert "Workwear size" in page.columns
    section = [one.name for one in page.page.model.columns].index(size)
    page.page.table._on_title(section)
    page.settle()
    assert page.names == ["李四", "张三", "王五"]
    assert page.page.model.index(0, section).data() == "大号"
    chip_by(page.page, size)
    page.settle()
    assert page.chips == ["All  3", "大号  1", "小号  1"]
    page.click(page.page.head.chips._buttons[2])
    assert page.names == ["张三"]
    page.page.add()
    combo = page.page.pane.form.fields[size].editor.core
    assert combo.currentText() == "小号"
    page.page.pane.revert()


def test_the_chosen_chips_come_back_after_a_restart(
    qtbot: QtBot, work: Work, students: Callable[[], ListPage]
) -> None:
    size = own_school(work).fields()["工服尺码"].name
    first = ListPage(qtbot, work, "student")
    menu = first.page.filters.menu()
    (chips,) = [one for one in menu.actions() if one.text() == "Filter at a click by"]
    texts = [one.text() for one in chips.menu().actions()]
    assert texts == ["Status", "Workwear size", "Boarding"]
    chip_by(first.page, size)
    first.settle()
    first.tasks.shutdown()
    first.context.leave()
    first.page._search.close()
    again = students()
    assert again.page.listing.chips == size
    chip_by(again.page, "status")
    again.settle()
    assert again.page.listing.standing is not None


def test_many_records_get_an_own_value(work: Work, students: Callable[[], ListPage]) -> None:
    school = own_school(work)
    page = students()
    page.page.table.selectAll()
    page.settle()
    change_many(page.page, page.context)
    form = page.dialog
    assert isinstance(form, BulkDialog)
    labels = [form.fields.itemText(n) for n in range(form.fields.count())]
    form.fields.setCurrentIndex(labels.index("Workwear size"))
    form.field.editor.core.setCurrentIndex(1)
    form.look()
    page.settle()
    page.click(form.go)
    size = school.fields()["工服尺码"]
    assert {one.value(size).value for one in page.stored("student")} == {"大号"}


def test_the_history_shows_own_fields_by_their_names(
    work: Work, students: Callable[[], ListPage]
) -> None:
    school = own_school(work)
    with work.store.read() as reader:
        one = next(reader.all("student", name="张三"))
    school.saved(one, 工服尺码="小号")
    page = students()
    step = history.steps(work, 1)[0]
    diff = Diff(page.context)
    page.qtbot.addWidget(diff)
    diff.show_changes(history.changes(work, step.number), step.records)
    said = [label.text() for label in diff.findChildren(QLabel)]
    assert "Workwear size" in said
    assert "小号" in said


def test_a_list_opened_with_a_filter_on_an_own_field_shows_its_chip(
    work: Work, students: Callable[[], ListPage]
) -> None:
    size = own_school(work).fields()["工服尺码"]
    page = students()
    chip_by(page.page, size.name)
    page.page.show_query(Query("student"))
    page.settle()
    assert page.chips == ["All  3"]
    assert page.names == ["李四", "王五", "张三"]


def test_the_sorts_of_own_fields_can_be_read_in_the_card(card: OnePage[OwnFieldsCard]) -> None:
    school: OwnSchool = own_school(card.work)
    card.settle()
    assert school.fields()
    assert "Choice from a code list, Can be searched" in said(card)
    assert "Amount in yuan" in said(card)
