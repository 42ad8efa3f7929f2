"""Editors and forms: what is typed, what it means, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCalendarWidget
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import compose, school
from xqhz_desktop.domain import ENTITIES
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import workspace
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.widgets.day import DayEditor
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.form import RecordForm


@pytest.fixture
def tools(qapp: object, tmp_path: Path) -> Iterator[Tools]:
    host = make(Enterprise, name="重庆渝峰", uscc="")
    other = make(Enterprise, name="成都云帆", uscc="")
    posts = [
        make(Position, name="数控车工", enterprise=host.id),
        make(Position, name="装配钳工", enterprise=other.id),
    ]
    work = school(tmp_path / "school", [host, other, *posts])
    search = Search(work.store)
    yield Tools(Languages("en"), search)
    search.close()
    workspace.close(work)


def form(qtbot: QtBot, tools: Tools, record: Record) -> RecordForm:
    made = RecordForm(type(record), (), tools)
    qtbot.addWidget(made)
    made.show_record(record, {})
    made.show()
    return made


def write(made: RecordForm, name: str, text: str) -> None:
    line = made.fields[name].editor.core
    line.selectAll()  # type: ignore[attr-defined]
    compose(line, commit=text)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda one: one.KIND)
def test_showing_a_record_changes_nothing(entity: type[Record], qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(entity))
    assert set(made.fields) == set(entity.FIELDS)
    assert made.edits() == {}
    assert made.unsaved == 0


@pytest.mark.parametrize(
    "text", ["2026-3-5", "2026/3/5", "20260305", "2026年3月5日", "２０２６-3-5"]
)
def test_a_day_is_understood_however_it_is_written(qtbot: QtBot, tools: Tools, text: str) -> None:
    made = form(qtbot, tools, make(Placement, start_date=date(2026, 3, 2)))
    write(made, "start_date", text)
    assert made.edits() == {"start_date": date(2026, 3, 5)}
    made.fields["start_date"].editor.line.editingFinished.emit()
    assert made.fields["start_date"].editor.line.text() == "2026-03-05"


def test_half_a_day_is_no_day_but_counts_as_unsaved(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Placement, start_date=date(2026, 3, 2)))
    write(made, "start_date", "2026-03")
    assert made.fields["start_date"].said == ("From: “2026-03” is not a day, such as 2026-03-05.")
    assert (made.edits(), made.unsaved) == ({}, 1)
    assert not made.insist()


def test_a_day_can_be_picked_from_the_calendar(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Placement, start_date=date(2026, 3, 2)))
    editor = made.fields["end_date"].editor
    assert isinstance(editor, DayEditor)
    menu = editor.open_calendar()
    calendar = menu.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.clicked.emit(QDate(2026, 8, 28))
    assert made.edits() == {"end_date": date(2026, 8, 28)}


def test_money_takes_the_signs_people_write(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Position))
    write(made, "pay", "¥3,600元")
    assert made.edits() == {"pay": Decimal("3600.00")}


def test_an_end_before_its_start_is_said_at_the_end(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Placement, start_date=date(2026, 3, 2)))
    write(made, "end_date", "2026-01-01")
    assert made.fields["end_date"].said == "The end lies before the start."


def test_advice_does_not_stand_in_the_way(qtbot: QtBot, tools: Tools) -> None:
    pupil = make(Student, name="张三", id_no="110222200802070037", sex=Sex.FEMALE)
    made = form(qtbot, tools, pupil)
    assert made.fields["sex"].said == "The ID number says another sex. Please compare it."
    assert made.insist()


def test_typing_back_what_was_there_is_no_change(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Enterprise, name="渝峰", uscc=""))
    write(made, "name", "渝峰机械")
    assert made.unsaved == 1
    write(made, "name", "渝峰")
    assert made.unsaved == 0


def test_several_codes_are_added_and_taken_out(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Position, hazards="", majors=""))
    editor = made.fields["hazards"].editor
    offered = editor.one.field.target  # type: ignore[attr-defined]
    assert offered == "hazard"
    made.write("hazards", "HEIGHT,TOXIC")
    assert sorted(made.edits()["hazards"].split(",")) == ["HEIGHT", "TOXIC"]
    editor.without("TOXIC")  # type: ignore[attr-defined]
    assert made.edits()["hazards"] == "HEIGHT"


def test_positions_offered_are_those_of_the_enterprise_chosen(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Placement, student="", enterprise="", position=""))
    hosts = made.fields["enterprise"].editor
    hosts.core.setFocus()
    write(made, "enterprise", "渝峰")
    qtbot.waitUntil(lambda: tools.search.idle)
    hosts._on_picked(hosts._offers.index(0, 0))  # type: ignore[attr-defined]
    posts = made.fields["position"].editor
    posts.offer_all()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: tools.search.idle)
    offers = posts._offers  # type: ignore[attr-defined]
    assert [offers.item(n).text() for n in range(offers.rowCount())] == ["数控车工"]


def test_a_name_that_was_not_picked_is_refused(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, make(Position, enterprise=""))
    write(made, "enterprise", "没有这家")
    qtbot.waitUntil(lambda: tools.search.idle)
    with pytest.raises(UserError):
        made.fields["enterprise"].editor.value()
    assert made.fields["enterprise"].said == "Enterprise: pick one from the list."


def test_a_refused_form_leads_to_the_first_problem(qtbot: QtBot, tools: Tools) -> None:
    made = form(qtbot, tools, Enterprise())
    assert not made.insist()
    assert made.fields["name"].said == "Enterprise name must be filled in."
