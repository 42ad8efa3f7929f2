"""The allocation page: choosing students, trying positions, placing, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.placements import ADULT, AUTO, CHILD, END, MINOR, START, SmallSchool
from tests.ui.allocation_drivers import CONTROL, SHIFT, Allocation
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.participation import Absence, NonParticipant
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.preparation import Consent, ConsentState
from xqhz_desktop.domain.school import Major, SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import drafts, history, records

Opened = Callable[[], Allocation]
LATHE = "数控车床操作"


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool(tmp_path / "school")


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, school: SmallSchool) -> Iterator[Opened]:
    made: list[Allocation] = []

    def start() -> Allocation:
        made.append(Allocation(qtbot, qapp, school))
        return made[0]

    yield start
    for one in made:
        one.close()


def numbered(*numbers: int) -> list[str]:
    return [f"学生{number:02}" for number in numbers]


def test_students_wait_at_the_left_and_positions_stand_at_the_right(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(3)
    page = opened()
    assert page.waiting() == numbered(0, 1, 2)
    assert page.positions() == ["[霁川云和机械有限公司]", LATHE]
    assert page.figures() == ["3", "0", "0", "3"]


def test_ticked_students_go_where_the_button_is_pressed(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(5)
    page = opened()
    page.tick(2)
    page.put(LATHE)
    assert len(school.placed()) == 2
    assert page.waiting() == numbered(2, 3, 4)
    assert page.ticked() == []
    assert page.figures() == ["5", "2", "0", "3"]
    assert page.said() == "2 students placed: 霁川云和机械有限公司 | 数控车床操作"


def test_the_bar_takes_the_last_step_back(school: SmallSchool, opened: Opened) -> None:
    school.students(3)
    page = opened()
    page.tick(2)
    page.put(LATHE)
    page.window.press("Undo")
    assert not school.placed()
    assert page.waiting() == numbered(0, 1, 2)


def test_ctrl_z_takes_it_back_too(school: SmallSchool, opened: Opened) -> None:
    school.students(2)
    page = opened()
    page.tick(1)
    page.put(LATHE)
    page.window.shell.actions_by_name["undo"].trigger()
    page.settle()
    assert not school.placed()
    assert page.waiting() == numbered(0, 1)


def test_students_are_ticked_by_mouse_with_shift_for_a_range(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(6)
    page = opened()
    page.click("学生01")
    page.click("学生03", SHIFT)
    assert page.ticked() == numbered(1, 2, 3)
    page.click("学生02")
    assert page.ticked() == numbered(1, 3)
    page.window.press("Clear")
    assert page.ticked() == []


def test_students_are_ticked_by_keyboard_alone(school: SmallSchool, opened: Opened) -> None:
    school.students(6)
    page = opened()
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Space)
    page.press(Qt.Key.Key_Down, SHIFT)
    page.press(Qt.Key.Key_Down, SHIFT)
    assert page.ticked() == numbered(1, 2, 3)
    page.press(Qt.Key.Key_Up, SHIFT)
    assert page.ticked() == numbered(1, 2)
    page.press(Qt.Key.Key_A, CONTROL)
    assert page.ticked() == numbered(*range(6))


def test_the_box_above_the_list_says_what_it_ticks(school: SmallSchool, opened: Opened) -> None:
    school.students(4)
    page = opened()
    page.tick(1)
    box = page.page.students.head.box
    assert box.checkState() is Qt.CheckState.PartiallyChecked
    assert box.toolTip() == "Tick all 4 students shown"
    box.click()
    assert len(page.ticked()) == 4
    assert box.toolTip() == "Untick all 4 students shown"
    box.click()
    assert page.ticked() == []


def test_ticks_stay_while_a_search_comes_and_goes(school: SmallSchool, opened: Opened) -> None:
    school.students(2, name="单雄信")
    school.students(1, name="秦琼", student_no="20230107")
    page = opened()
    page.search("sxx")
    assert page.waiting() == ["单雄信", "单雄信"]
    page.tick(1)
    page.search("0107")
    assert page.waiting() == ["秦琼"]
    assert "1 without consent, 1 not in view" in page.window.texts()
    page.search("")
    assert len(page.waiting()) == 3
    assert page.ticked() == ["单雄信"]


def test_minors_and_classes_narrow_the_list(school: SmallSchool, opened: Opened) -> None:
    other = make(SchoolClass, name="23机电1班")
    school.add(other, *school_links(school, other))
    school.students(2, MINOR)
    school.students(1, name="林冲", school_class=other.id)
    page = opened()
    page.window.press("Minors  2")
    assert page.waiting() == numbered(0, 1)
    page.window.press("All  3")
    classes = page.page.students.classes
    classes.setCurrentIndex(classes.findData(other.id))
    classes.activated.emit(classes.currentIndex())
    assert page.waiting() == ["林冲"]


def school_links(school: SmallSchool, *classes: SchoolClass) -> list[object]:
    kind = type(school.member)
    return [kind(batch=school.batch.id, school_class=one.id) for one in classes]


def test_only_the_position_under_the_mouse_previews(school: SmallSchool, opened: Opened) -> None:
    other = make(Position, name="质量检验", enterprise=school.enterprise.id, headcount=6)
    school.add(other)
    school.students(3)
    page = opened()
    assert page.hover("质量检验") is None
    page.tick(3)
    aimed = page.hover(LATHE)
    assert aimed is not None
    assert (aimed.position, aimed.trial.post.after) == (school.position.id, 3)
    again = page.hover("质量检验")
    assert again is not None
    assert again.position == other.id


def test_students_are_dragged_onto_a_position(school: SmallSchool, opened: Opened) -> None:
    school.students(3)
    page = opened()
    assert page.drag(numbered(0, 2), LATHE, drop=False)
    aimed = page.page.posts.list.rows_painter.aimed
    assert aimed is not None
    assert (aimed.dragged, aimed.trial.students) == (True, 2)
    page.drag(numbered(0, 2), LATHE)
    assert page.waiting() == numbered(1)


def test_a_drag_carries_everybody_ticked_or_the_one_under_the_mouse(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(4)
    page = opened()
    page.tick(2)
    carried = page.page.students.list.carried
    assert [one.name for one in carried(0)] == numbered(0, 1)
    assert [one.name for one in carried(3)] == numbered(3)


def test_a_full_position_takes_nobody(school: SmallSchool, opened: Opened) -> None:
    school.add(school.position.but(headcount=1))
    school.students(3)
    page = opened()
    page.tick(1)
    page.put(LATHE)
    page.tick(1)
    page.put(LATHE)
    assert not page.drag(numbered(2), LATHE)
    assert len(school.placed()) == 1
    assert page.notice() is None


def test_beyond_a_cap_the_page_says_why_and_offers_fewer(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(12)
    page = opened()
    page.tick(12)
    page.put(LATHE)
    assert not school.placed()
    said = page.noticed()
    assert "With 12 more, 12 of 50 in this post from 2026-03-16: 24.0%, 2 over 20%" in said
    assert "rule R33" in said
    assert "Article 10" in said
    assert "to be checked against the original" in said
    page.window.press("Place only 10")
    assert len(school.placed()) == 10
    assert page.notice() is None
    assert page.ticked() == numbered(10, 11)


def test_beyond_a_cap_a_reason_lets_everybody_through(school: SmallSchool, opened: Opened) -> None:
    school.students(12)
    page = opened()
    page.tick(12)
    page.put(LATHE)
    page.window.press("Give a reason, place 12")
    box = page.notice()
    assert box is not None
    assert not box.put_button.isEnabled()
    page.qtbot.keyClicks(box.reason, "new line opened")
    page.window.press("Place 12")
    assert len(school.placed()) == 12
    assert history.steps(school.work)[0].reason.startswith("new line opened [R33")


def test_a_reason_typed_before_a_crash_waits_in_the_box_of_its_position(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(12)
    with school.work.store.read() as reader:
        (post,) = (one.id for one in reader.all("position") if one.called == LATHE)
    begun = drafts.begun(school.work, drafts.REASON, post, new=True)
    drafts.keep(school.work, replace(begun, typed={drafts.REASON: "new line opened"}))
    page = opened()  # the workspace is opened anew
    page.tick(12)
    page.put(LATHE)
    page.settle()
    box = page.notice()
    assert box is not None
    assert box.reason.text() == "new line opened"
    page.window.press("Place 12")
    assert history.steps(school.work)[0].reason.startswith("new line opened [R33")
    assert drafts.left(school.work) == []


def test_escape_leaves_everything_as_it_was(school: SmallSchool, opened: Opened) -> None:
    school.students(12)
    page = opened()
    page.tick(12)
    page.put(LATHE)
    box = page.notice()
    assert box is not None
    page.qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert page.notice() is None
    assert not school.placed()
    assert len(page.ticked()) == 12


def test_who_is_under_sixteen_stays_behind_whatever_the_reason(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(1, CHILD, name="小方")
    school.students(2)
    page = opened()
    page.press(Qt.Key.Key_A, CONTROL)
    page.put(LATHE)
    box = page.notice()
    assert box is not None
    assert "小方 is under 16 on the first day" in page.noticed()
    assert "Article 16(2)" in page.noticed()
    assert not box.reason_button.isVisible()
    page.window.press("Place the other 2")
    assert page.waiting() == ["小方"]


def test_the_words_of_the_warning_follow_the_language(school: SmallSchool, opened: Opened) -> None:
    school.students(12)
    page = opened()
    page.tick(12)
    page.put(LATHE)
    page.window.shell.languages.switch("zh_CN")
    page.settle()
    assert "《职业学校学生实习管理规定（2021年修订）》第十条" in page.noticed()


def test_ctrl_enter_puts_who_is_ticked_into_the_position_the_keyboard_is_on(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(3)
    page = opened()
    page.tick(2)
    page.page.posts.list.look_at(1)
    page.press(Qt.Key.Key_Return, CONTROL)
    page.settle()
    assert len(school.placed()) == 2


def test_suggesting_brings_fitting_positions_with_room_to_the_top(
    school: SmallSchool, opened: Opened
) -> None:
    host = make(Enterprise, name="鞍石汽车服务有限公司", staff_total=90)
    post = make(
        Position,
        name="汽车维修",
        enterprise=host.id,
        headcount=5,
        staff_same_post=30,
        majors=AUTO,
    )
    school.add(host, post)
    school.students(2)
    page = opened()
    assert page.positions()[0] == "[鞍石汽车服务有限公司]"
    page.tick(1)
    page.window.press("Suggest")
    assert page.positions() == [
        "[霁川云和机械有限公司]",
        LATHE,
        "[鞍石汽车服务有限公司]",
        "汽车维修",
    ]
    page.window.press("Best first")
    assert page.positions()[0] == "[鞍石汽车服务有限公司]"


def test_chips_leave_fitting_positions_or_those_with_room(
    school: SmallSchool, opened: Opened
) -> None:
    other = make(
        Position, name="汽车维修", enterprise=school.enterprise.id, headcount=0, majors=AUTO
    )
    school.add(other)
    school.students(1)
    page = opened()
    page.window.press("Places left  1")
    assert page.positions() == ["[霁川云和机械有限公司]", LATHE]
    page.window.press("All  2")
    page.tick(1)
    page.window.press("Fit the major  1")
    assert page.positions() == ["[霁川云和机械有限公司]", LATHE]
    page.window.press("Clear")
    page.window.press("Clear the filter")
    assert len(page.positions()) == 3


def test_an_enterprise_folds_its_positions_away(school: SmallSchool, opened: Opened) -> None:
    page = opened()
    view = page.page.posts.list
    view.look_at(0)
    page.qtbot.keyClick(view, Qt.Key.Key_Left)
    assert page.positions() == ["[霁川云和机械有限公司]"]
    page.qtbot.keyClick(view, Qt.Key.Key_Right)
    assert page.positions() == ["[霁川云和机械有限公司]", LATHE]


def test_places_are_taken_back_from_the_list_of_those_placed(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(3)
    page = opened()
    page.tick(2)
    page.put(LATHE)
    page.show_placed()
    assert page.waiting() == numbered(0, 1)
    page.tick(1)
    page.window.press("Take back")
    assert page.waiting() == numbered(1)
    assert page.said() == "1 placement taken back"
    page.window.press("Not placed")
    assert page.waiting() == numbered(0, 2)


def test_without_a_batch_the_page_offers_to_make_one(school: SmallSchool, opened: Opened) -> None:
    records.remove(school.work, "batch_class", [school.member.id])
    records.remove(school.work, "placement_batch", [school.batch.id])
    page = opened()
    assert "No placement batch yet" in page.window.texts()


def test_when_everybody_is_placed_the_list_says_so(school: SmallSchool, opened: Opened) -> None:
    school.students(1)
    page = opened()
    page.tick(1)
    page.put(LATHE)
    assert "Everybody is placed" in page.window.texts()


def test_what_others_change_is_seen_at_once(school: SmallSchool, opened: Opened) -> None:
    school.students(1)
    page = opened()
    page.school.students(1, name="新来的")
    page.settle()
    assert "新来的" in page.waiting()


def test_a_new_batch_is_made_with_its_classes(school: SmallSchool, opened: Opened) -> None:
    school.add(make(SchoolClass, name="23机电1班"))
    school.students(2, birth_date=ADULT)
    page = opened()
    page.window.press("New batch")
    dialog = page.dialog()
    dialog.search_box.setText("sk")
    page.qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    dialog.model.pick([0], True)
    page.fill("name", "2027春季")
    page.fill("start_date", str(START + timedelta(365)))
    page.window.press("Save")
    assert dialog.isVisible()  # it has no end yet
    page.fill("end_date", str(END + timedelta(365)))
    page.window.press("Save")
    assert page.page.chooser.currentText() == "2027春季"
    assert page.waiting() == numbered(0, 1)


def test_a_class_with_placed_students_cannot_leave_its_batch(
    school: SmallSchool, opened: Opened
) -> None:
    school.students(1)
    page = opened()
    page.tick(1)
    page.put(LATHE)
    page.window.press("Edit batch")
    dialog = page.dialog()
    assert [one.name for one in dialog.model.chosen()] == ["23数控1班"]
    dialog.model.clear()
    page.window.press("Save")
    assert dialog.isVisible()
    assert "23数控1班 stays: 1 student of this class is placed" in dialog.problem.text()
    page.window.press("Cancel")


def test_batches_are_changed_in_the_chooser(school: SmallSchool, opened: Opened) -> None:
    later = make(PlacementBatch, name="2026秋季", start_date=END, end_date=date(2026, 12, 31))
    school.add(later)
    school.students(2)
    page = opened()
    assert "This batch has no classes yet" in page.window.texts()
    chooser = page.page.chooser
    assert [chooser.itemText(n) for n in range(chooser.count())] == ["2026秋季", "2026春季"]
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    page.settle()
    assert page.waiting() == numbered(0, 1)


def test_two_thousand_students_and_five_hundred_positions_are_only_painted_where_seen(
    school: SmallSchool, opened: Opened
) -> None:
    major = make(Major, name="另一专业", code=AUTO)
    hosts = [make(Enterprise, name=f"企业{n:03}") for n in range(100)]
    posts = [
        make(Position, name=f"岗位{n:03}", enterprise=hosts[n // 5].id, staff_same_post=40)
        for n in range(500)
    ]
    students = [
        make(Student, name=f"学生{n:04}", school_class=school.school_class.id) for n in range(2_000)
    ]
    school.add(major, *hosts, *posts, *students)
    page = opened()
    assert len(page.waiting()) == 2_000
    assert len(page.positions()) == 602
    page.press(Qt.Key.Key_A, CONTROL)
    assert len(page.ticked()) == 2_000
    for view in (page.page.students.list, page.page.posts.list):
        assert not view.findChildren(type(page.page.posts.undo_bar))
        assert view.viewport().children() == []


def test_who_does_not_take_part_leaves_the_list_and_the_roster_still_balances(
    school: SmallSchool, opened: Opened
) -> None:
    first, *_others = school.students(3)
    page = opened()
    page.tick(1)
    page.leave_out("Military service")
    assert page.waiting() == numbered(1, 2)
    assert page.figures() == ["3", "0", "1", "2"]
    with school.work.store.read() as reader:
        (absent,) = reader.all("non_participant")
    assert isinstance(absent, NonParticipant)
    assert (absent.student, absent.reason) == (first, Absence.ARMY)
    page.window.press("Undo")
    assert page.figures() == ["3", "0", "0", "3"]


def test_who_has_no_consent_yet_is_marked_and_filtered(school: SmallSchool, opened: Opened) -> None:
    first, second, _third = school.students(3)
    state = ConsentState
    school.add(
        Consent(student=first, batch=school.batch.id, state=state.RETURNED),
        Consent(student=second, batch=school.batch.id, state=state.REFUSED),
    )
    page = opened()
    say = page.window.shell.languages.say
    lines = [say(one.line) for one in page.page.students.model.shown if one]
    ages = "18 years old"
    assert lines == [ages, f"{ages} | consent refused", f"{ages} | no consent"]
    page.window.press("No consent  2")
    assert page.waiting() == numbered(1, 2)


def test_next_years_batch_is_planned_like_this_one(school: SmallSchool, opened: Opened) -> None:
    below = make(SchoolClass, name="24数控1班", major=school.major.id, enrol_year=2024)
    school.add(school.school_class.but(enrol_year=2023), below)
    page = opened()
    page.window.press("Plan next year's batch like this one")
    assert page.dialog().form.fields["name"].read()[0] == "2027春季"
    page.dialog().reject()
    page.settle()
    assert page.page.chooser.currentText() == "2027春季"
    with school.work.store.read() as reader:
        (link,) = reader.all("batch_class", school_class=below.id)
    assert link is not None
