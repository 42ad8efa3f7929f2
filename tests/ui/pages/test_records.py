"""The generated page of a kind, driven as a coordinator drives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import ListPage, compose, school
from xqhz_desktop.domain.enterprise import Enterprise, EnterpriseContact, Partnership
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import history, importing, records
from xqhz_desktop.ui.pages.lists import LISTINGS

Opened = Callable[..., ListPage]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    pages: list[ListPage] = []

    def open_page(kind: str, *things: Record, language: str = "en") -> ListPage:
        pages.append(ListPage(qtbot, school(tmp_path / "school", things), kind, language=language))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


def company(name: str, **values: object) -> Enterprise:
    return make(Enterprise, name=name, uscc="", **values)


def test_every_kind_has_a_page_that_opens_empty(opened: Opened) -> None:
    page = opened("enterprise")
    assert page.nothing == "Nothing here yet"
    assert {one.kind for one in LISTINGS} >= {"student", "position", "placement", "staff"}


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda one: one.kind)
def test_a_list_names_only_fields_there_are(listing: object, opened: Opened) -> None:
    page = opened(listing.kind)  # type: ignore[attr-defined]
    named = {
        name
        for one in page.page.listing.sections
        for line in one.lines
        for name in ((line,) if isinstance(line, str) else line)
    }
    assert named <= set(page.page.listing.entity.FIELDS)
    page.page.add()  # a form is made when its first record is shown
    assert set(page.page.pane.form.fields) == set(page.page.listing.entity.FIELDS)


def test_what_can_be_imported_says_so_in_its_list() -> None:
    can = {one.kind for one in LISTINGS if one.importable}
    assert can == {one.kind for one in LISTINGS} & set(importing.IMPORTABLE)
    assert {"student", "attendance", "visit", "policy"} <= can


def test_names_stand_in_pinyin_order_and_the_first_is_open(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰"), company("成都云帆"), company("阿坝青禾"))
    assert page.names == ["阿坝青禾", "成都云帆", "重庆渝峰"]
    assert page.open_record == "阿坝青禾"


def test_typing_finds_by_character_and_by_initials(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰机械"), company("成都云帆软件"))
    page.search("云")
    assert page.names == ["成都云帆软件"]
    page.page.head.search_box.clear()
    page.search("yfjx")
    assert page.names == ["重庆渝峰机械"]


def test_letters_still_being_composed_are_not_searched(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰"), company("成都云帆"))
    compose(page.page.head.search_box, preedit="yun'fan")
    page.settle()
    assert len(page.names) == 2


def test_nothing_found_says_what_to_try_and_clears(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰"))
    page.search("火星")
    assert page.nothing == "Nothing found for “火星”"
    page.click(page.page.body.empty._button)
    assert page.names == ["重庆渝峰"]


def test_chips_of_a_flag_say_what_is_meant(opened: Opened) -> None:
    host = company("甲")
    some = [
        make(EnterpriseContact, name=name, enterprise=host.id, signatory=signs)
        for name, signs in (("张三", False), ("李四", False), ("王五", True))
    ]
    page = opened("enterprise_contact", host, *some)
    yes, no = "May sign agreements: yes  1", "May sign agreements: no  2"
    assert page.chips == ["All  3", yes, no]


def test_chips_count_and_filter(opened: Opened) -> None:
    page = opened(
        "enterprise",
        company("甲", status=Partnership.ACTIVE),
        company("乙", status=Partnership.ACTIVE),
        company("丙", status=Partnership.PAUSED),
    )
    assert page.chips == ["All  3", "Active  2", "Paused  1"]
    page.click(page.page.head.chips._buttons[2])
    assert page.names == ["丙"]


def test_a_click_on_a_title_sorts_and_a_second_turns_it_round(opened: Opened) -> None:
    page = opened("enterprise", company("甲", staff_total=5), company("乙", staff_total=50))
    header = page.page.table.horizontalHeader()
    section = [one.name for one in page.page.model.columns].index("staff_total")
    header.sectionClicked.emit(section)
    page.settle()
    assert page.names == ["甲", "乙"]
    header.sectionClicked.emit(section)
    page.settle()
    assert page.names == ["乙", "甲"]


def test_a_changed_field_is_tinted_counted_and_saved(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰", contact="刘"))
    page.fill("contact", "刘海涛（生产部）")
    assert page.page.pane.form.fields["contact"].editor.core.property("dirty") == "true"
    assert page.page.pane._state.text() == "1 unsaved change"
    page.save()
    assert page.stored("enterprise")[0].values()["contact"] == "刘海涛（生产部）"
    assert page.page.pane._state.text() == "All changes are saved"
    assert page.said[-1] == ("Saved: 重庆渝峰", True)


def test_saving_again_after_saving_works(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰", contact="刘"))
    for name in ("王", "李"):
        page.fill("contact", name)
        page.save()
    assert page.stored("enterprise")[0].values()["contact"] == "李"


def test_a_wrong_credit_code_is_said_at_once_and_not_saved(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰"))
    page.fill("uscc", "915")
    assert page.finding("uscc") == "A credit code has 18 characters; this one has 3."
    page.save()
    assert page.stored("enterprise")[0].values()["uscc"] == ""


def test_a_strange_phone_is_only_remarked_on(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰"))
    page.fill("phone", "12")
    assert page.finding("phone").startswith("“12” does not look like a phone number")
    page.save()
    assert page.stored("enterprise")[0].values()["phone"] == "12"


def test_revert_brings_back_what_was_loaded(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰", contact="刘"))
    page.fill("contact", "王")
    page.click(page.page.pane.revert_button)
    assert page.text("contact") == "刘"
    assert page.page.may_leave()


def test_private_numbers_are_covered_until_asked_for(opened: Opened) -> None:
    page = opened("student", make(Student, name="张三", phone="13812345678"))
    assert page.text("phone") == "138****5678"
    page.page.pane.form.fields["phone"].editor.uncover()
    assert page.text("phone") == "13812345678"
    assert not page.page.pane.unsaved


def test_a_new_record_is_added_and_open(opened: Opened) -> None:
    page = opened("enterprise", company("甲"))
    page.click(page.page.head.add_button)
    page.fill("name", "重庆新来")
    page.save()
    assert page.names == ["重庆新来", "甲"] or page.names == ["甲", "重庆新来"]
    assert page.open_record == "重庆新来"
    assert page.said[-1] == ("Added: 重庆新来", True)


def test_a_new_record_without_its_name_says_what_is_missing(opened: Opened) -> None:
    page = opened("enterprise", company("甲"))
    page.click(page.page.head.add_button)
    page.save()
    assert page.finding("name") == "Enterprise name must be filled in."
    assert len(page.stored("enterprise")) == 1


def test_looking_elsewhere_with_unsaved_changes_asks_first(opened: Opened) -> None:
    page = opened("enterprise", company("甲", contact="刘"), company("乙"))
    page.look_at("甲")
    page.fill("contact", "王")
    page.look_at("乙")
    page.answer("Save")
    assert page.open_record == "乙"
    assert page.stored("enterprise", name="甲")[0].values()["contact"] == "王"


def test_a_row_that_was_still_being_read_does_not_push_away_a_new_record(opened: Opened) -> None:
    page = opened("enterprise", company("甲"), company("乙"))
    other = page.page.model.found.rows[1]
    page.page.table.choose(other)  # its answer comes later
    page.page.add()
    page.fill("name", "丙")
    page.settle()
    assert page.open_record == "New: Enterprise"
    assert page.text("name") == "丙"


def test_what_is_typed_while_the_next_row_is_read_is_asked_about(opened: Opened) -> None:
    page = opened("enterprise", company("甲"), company("乙"))
    page.page.table.choose(page.page.model.found.rows[1])  # its answer comes later
    page.page.pane.form.write("contact", "周小雨")
    page.settle()
    assert page.dialog is not None
    assert page.text("contact") == "周小雨"
    page.answer("Go on editing")


def test_going_on_editing_keeps_row_and_text(opened: Opened) -> None:
    page = opened("enterprise", company("甲", contact="刘"), company("乙"))
    page.look_at("甲")
    page.fill("contact", "王")
    page.look_at("乙")
    page.answer("Go on editing")
    assert (page.open_record, page.text("contact")) == ("甲", "王")


def test_leaving_the_page_with_unsaved_changes_asks(opened: Opened) -> None:
    page = opened("enterprise", company("甲", contact="刘"))
    page.fill("contact", "王")
    assert not page.page.may_leave()
    page.answer("Drop the changes")
    assert page.text("contact") == "刘"


def test_a_change_elsewhere_updates_other_fields_and_keeps_what_is_typed(opened: Opened) -> None:
    one = company("甲", contact="刘", address="旧址")
    page = opened("enterprise", one)
    page.fill("contact", "王")
    records.save(page.work, one.but(contact="李", address="新址"))
    page.settle()
    assert (page.text("contact"), page.text("address")) == ("王", "新址")
    assert "Contact" in page.page.pane._warning.text()
    assert not page.page.pane._banner.isHidden()
    page.save()
    saved = page.stored("enterprise")[0].values()
    assert (saved["contact"], saved["address"]) == ("王", "新址")


def test_a_changed_row_keeps_its_selection(opened: Opened) -> None:
    first, second = company("甲"), company("乙")
    page = opened("enterprise", first, second)
    page.look_at("甲")
    records.save(page.work, second.but(name="阿坝"))
    page.settle()
    assert page.open_record == "甲"
    assert page.names[0] == "阿坝"
    assert page.chosen == 1


def test_removing_can_be_undone(opened: Opened) -> None:
    page = opened("enterprise", company("甲"), company("乙"))
    page.look_at("甲")
    page.page.remove()
    page.settle()
    page.answer("Remove")
    assert page.names == ["乙"]
    assert page.said[-1] == ("Removed: 1 enterprise", True)
    history.undo(page.work)
    page.settle()
    assert sorted(page.names) == sorted(["甲", "乙"])


def test_what_others_need_is_not_removed(opened: Opened) -> None:
    host = company("甲")
    page = opened("enterprise", host, make(Position, name="车工", enterprise=host.id))
    page.page.remove()
    page.settle()
    page.answer("Show them")
    assert len(page.stored("enterprise")) == 1


def test_what_others_need_can_be_removed_with_everything_that_belongs_to_it(
    opened: Opened,
) -> None:
    host, student = company("甲"), make(Student, name="张三")
    post = make(Position, name="车工", enterprise=host.id)
    legs = [make(Placement, student=student.id, enterprise=host.id, position=post.id)]
    page = opened("enterprise", host, student, post, *legs)
    page.page.remove()
    page.settle()
    page.answer("Remove with everything …")
    said = {one.text() for one in page.dialog.findChildren(QLabel)}  # type: ignore[union-attr]
    assert any("With it goes: Positions 1, Placements 1" in text for text in said), said
    page.answer("Remove everything")
    assert page.names == []
    assert page.stored("position") == page.stored("placement") == []
    assert len(page.stored("student")) == 1
    history.undo(page.work)
    page.settle()
    assert page.names == ["甲"]
    assert len(page.stored("placement")) == 1


def test_a_number_of_people_is_grouped_in_the_list(opened: Opened) -> None:
    page = opened("enterprise", company("甲", staff_total=12500))
    section = [one.name for one in page.page.model.columns].index("staff_total")
    assert page.page.model.index(0, section).data() == "12,500"


def test_select_all_says_how_many(opened: Opened) -> None:
    page = opened("enterprise", company("甲"), company("乙"), company("丙"))
    page.press(page.page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.chosen == 3
    assert page.counted[-1] == "3 of 3 selected"


def test_a_letter_typed_into_the_list_goes_into_the_search_box(opened: Opened) -> None:
    page = opened("enterprise", company("重庆渝峰"), company("成都云帆"))
    page.press(page.page.table, "y")
    assert page.page.head.search_box.text() == "y"


def test_keys_move_select_and_open(opened: Opened) -> None:
    page = opened("enterprise", company("甲"), company("乙"), company("丙"))
    table = page.page.table
    page.press(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 2
    page.press(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0
    page.press(table, Qt.Key.Key_Space)
    assert page.chosen == 0
    page.press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.chosen == 1 or page.chosen == 2


def test_columns_go_before_the_name_is_squeezed_and_come_back(opened: Opened) -> None:
    page = opened("enterprise", company("甲"))
    wide = page.columns
    page.page.table.resize(420, 500)
    narrow = page.columns
    assert narrow[0] == wide[0] == "Enterprise"
    assert len(narrow) < len(wide)


def test_a_chosen_column_is_remembered(opened: Opened) -> None:
    page = opened("enterprise", company("甲", short_name="渝峰"))
    page.page.resize(2200, 870)
    menu = page.page.table.choice.menu()
    next(one for one in menu.actions() if one.data() == "short_name").trigger()
    assert "Short name" in page.columns
    again = ListPage(page.qtbot, page.work, "enterprise")
    again.page.resize(2200, 870)
    again.settle()
    assert "Short name" in again.columns
    again.tasks.shutdown()
    again.page._search.close()


def test_what_belongs_to_a_record_is_counted_and_opened(opened: Opened) -> None:
    host, one = company("甲"), make(Student, name="张三")
    placed = make(
        Placement,
        student=one.id,
        enterprise=host.id,
        start_date=date(2026, 3, 2),
    )
    page = opened("enterprise", host, one, placed)
    bar = page.page.pane.related.tabs.bar
    assert [bar.tabText(n) for n in range(bar.count())] == ["Details", "Placements 1", "Files"]
    bar.setCurrentIndex(1)
    page.settle()
    table = page.page.pane.related.stack.currentWidget()
    table.opened.emit(table.records.found.rows[0])  # type: ignore[attr-defined]
    assert page.went == [("placement", placed.id)]


def test_a_record_opened_from_elsewhere_is_shown_and_selected(opened: Opened) -> None:
    second = company("乙")
    page = opened("enterprise", company("甲"), second)
    page.search("甲")
    page.page.show_record(second.id)
    page.settle()
    assert page.open_record == "乙"
    assert page.chosen == 1


def test_a_reference_is_found_while_typing(opened: Opened, qtbot: QtBot) -> None:
    room = make(SchoolClass, name="23数控1班")
    page = opened("student", make(Student, name="张三"), room)
    page.page.activateWindow()
    editor = page.page.pane.form.fields["school_class"].editor
    page.fill("school_class", "数控")
    assert editor._offers.item(0).text() == "23数控1班"
    assert editor._offers.item(1).text() == "New: Class “数控”"
    editor._on_picked(editor._offers.index(0, 0))
    page.save()
    assert page.stored("student")[0].values()["school_class"] == room.id


def test_a_reference_that_is_not_there_is_made_on_the_way(opened: Opened) -> None:
    page = opened("student", make(Student, name="张三"))
    editor = page.page.pane.form.fields["school_class"].editor
    page.fill("school_class", "24护理2班")
    editor._on_picked(editor._offers.index(0, 0))
    page.settle()
    page.save()
    made = page.stored("school_class")[0]
    assert made.values()["name"] == "24护理2班"
    assert page.stored("student")[0].values()["school_class"] == made.id


def test_codes_are_found_by_pinyin_initials(opened: Opened) -> None:
    page = opened("enterprise", company("甲"))
    editor = page.page.pane.form.fields["industry"].editor
    page.fill("industry", "qczz")
    words = [editor._offers.item(n).text() for n in range(editor._offers.rowCount())]
    assert "汽车制造业" in words


def test_a_switch_of_language_reaches_every_word(opened: Opened) -> None:
    page = opened("student", make(Student, name="张三"))
    before = page.columns
    page.languages.switch("zh_CN")
    page.settle()
    assert page.columns != before
    assert "学生" in page.columns[0] or "姓名" in page.columns[0]


def test_the_arrow_stands_at_the_column_that_sorts(opened: Opened) -> None:
    page = opened("enterprise", company("甲"))
    header = page.page.table.horizontalHeader()
    assert header.isSortIndicatorShown()
    assert header.sortIndicatorSection() == 0


def test_one_line_per_row_is_remembered(opened: Opened) -> None:
    page = opened("enterprise", company("甲"))
    tall = page.page.table.rowHeight(0)
    page.page.table.choice.menu().actions()[-1].trigger()
    assert page.page.table.rowHeight(0) < tall
    again = ListPage(page.qtbot, page.work, "enterprise")
    assert again.page.table.rowHeight(0) == page.page.table.rowHeight(0)
    again.tasks.shutdown()
    again.page._search.close()
