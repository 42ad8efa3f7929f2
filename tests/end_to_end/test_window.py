"""A school on a laptop, through the window: from a messy roster to a printed register."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.end_to_end.coordinator import CONTROL, Coordinator
from xqhz_desktop.services import settings
from xqhz_desktop.ui.dialogs.welcome import Welcome
from xqhz_desktop.ui.models.offers import PostLine

ROSTER = Path(__file__).parents[1] / "spreadsheets" / "examples" / "01_roster_merged_header.xlsx"
STUDENTS = {"李远明", "张娜敏", "刘芳", "陈雨思", "杨涛浩", "赵子", "黄嘉轩", "周桂军"}
HOST, POST, BATCH = "星河精密机械有限公司", "数控操作工", "2027春季岗位实习"
WRONG_CODE, RIGHT_CODE = "91321087MA1975391X", "91321087MA1975391M"
PLACED = ("李远明", "张娜敏", "赵子")


def test_a_school_from_a_roster_to_a_register(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder, paper = tmp_path / "山河 职校", tmp_path / "台账.pdf"
    first = Coordinator(qtbot, qapp, "zh_CN")
    begins_on_an_empty_computer(first, folder)
    brings_in_the_roster(first, tmp_path / "模板.xlsx")
    adds_an_enterprise(first)
    adds_a_position(first)
    places_students(first)
    takes_a_step_back_and_forth(first)
    switches_the_language(first)
    prints_the_register(first, paper)
    first.close()

    assert settings.load().workspace == str(folder)
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert all(name in text for name in (*PLACED, HOST, POST))

    second = Coordinator(qtbot, qapp, "zh_CN")
    finds_everything_again(second)
    second.close()


def begins_on_an_empty_computer(person: Coordinator, folder: Path) -> None:
    assert isinstance(person.window.shell.front(), Welcome)
    person.found_school("霁川山河职业学校", "周敏", folder)
    assert person.sees("一、导入学生")
    assert person.window.live.work.actor.name == "周敏"


def brings_in_the_roster(person: Coordinator, template: Path) -> None:
    person.download_template("student", template)
    titles = [str(cell.value) for cell in openpyxl.load_workbook(template).worksheets[0][1]]
    assert any("姓名" in title for title in titles)

    check = person.check("student", ROSTER)
    assert person.stored("student") == []
    assert check.foot.said.text() == "共 8 行：新增 8，变更 0，错误 0。"
    person.window.press("导入 8 行")
    assert check.foot.said.text() == "共 8 条，新增 8 条，更新 0 条，失败 0 条。"
    person.window.press("关闭")
    assert set(person.names("student")) == STUDENTS
    assert {one.called for one in person.stored("school_class")} == {
        "24机电1班",
        "24计算机1班",
        "24汽修1班",
    }


def adds_an_enterprise(person: Coordinator) -> None:
    page = person.records("enterprise")
    person.command("add")
    form = page.pane.form
    person.write(form, name=HOST, uscc=WRONG_CODE)
    assert "校验" in form.fields["uscc"].said
    person.save(page)
    assert person.stored("enterprise") == []
    person.write(form, uscc=RIGHT_CODE, staff_total="50")
    assert form.fields["uscc"].said == ""
    person.save(page)
    assert person.names("enterprise") == [HOST]


def adds_a_position(person: Coordinator) -> None:
    page = person.records("position")
    person.command("add")
    person.pick(page, "enterprise", "xhjm")
    person.write(page.pane.form, name=POST, headcount="6", staff_same_post="30")
    person.save(page)
    assert person.names("position") == [POST]


def places_students(person: Coordinator) -> None:
    person.new_batch(BATCH, "2027-3-1", "2027.8.31")
    page = person.allocation
    assert page.balance._figures["due"].text() == "8"
    person.tick(page.students.list, *PLACED)
    posts = page.posts.list
    rows = posts.offers.lines
    posts.look_at(next(n for n, line in enumerate(rows) if isinstance(line, PostLine)))
    person.key(posts, Qt.Key.Key_Return, CONTROL)
    assert len(person.stored("placement")) == 3
    line = next(one for one in posts.offers.lines if isinstance(one, PostLine))
    assert (line.offer.taken, line.offer.free) == (3, 3)


def takes_a_step_back_and_forth(person: Coordinator) -> None:
    person.command("undo")
    assert person.stored("placement") == []
    person.command("redo")
    assert len(person.stored("placement")) == 3


def switches_the_language(person: Coordinator) -> None:
    person.window.press("English")
    person.records("student")
    assert person.sees("Student roster", "8 students")
    person.window.press("中文")
    assert person.sees("学生名册", "8 名学生")


def prints_the_register(person: Coordinator, paper: Path) -> None:
    page = person.reports
    assert page.questions.counted.text() == "3 名学生，1 页"
    person.window.press("另存 PDF")
    person.choose_file(paper)
    assert person.sees(paper.name)


def finds_everything_again(person: Coordinator) -> None:
    assert person.sees("统计报表")
    assert set(person.names("student")) == STUDENTS
    assert person.names("enterprise") == [HOST]
    assert len(person.stored("placement")) == 3
    person.command("undo")
    assert person.stored("placement") == []
    person.command("redo")
    assert len(person.stored("placement")) == 3
