"""The attendance sheet: who is on it, which days are free, and saving as one step."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.make import make
from tests.services.interns import MONTH, Interns
from xqhz_desktop import paths
from xqhz_desktop.domain.attendance import Attendance, Leave
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.errors import InvalidRecord, NotFound
from xqhz_desktop.services import attendance, history, rosters, rule_packs, sheet_drafts
from xqhz_desktop.services.rosters import Scope
from xqhz_desktop.services.workspace import Work


@pytest.fixture
def interns(work: Work) -> Interns:
    return Interns(work)


def on_sheet(interns: Interns, scope: Scope, month: str = MONTH) -> list[str]:
    sheet = attendance.sheet(interns.work, scope, month)
    return [one.seat.name for one in sheet.interns]


def test_everybody_whose_placement_touches_the_month_is_on_the_sheet(interns: Interns) -> None:
    first, second, third = interns.placements
    gone = first.but(end_date=date(2026, 9, 30))
    called_off = third.but(status=PlacementStatus.CANCELLED)
    interns.save(gone, second, called_off)
    assert on_sheet(interns, interns.scope) == ["程二"]
    assert on_sheet(interns, interns.scope, "2026-09") == ["陈一", "程二"]


def test_a_sheet_is_narrowed_to_a_class_or_an_enterprise(interns: Interns) -> None:
    other = make(Enterprise, name="另一家", uscc="")
    interns.save(other, interns.placements[1].but(enterprise=other.id))
    assert on_sheet(interns, Scope(interns.batch.id, enterprise=other.id)) == ["程二"]
    assert len(on_sheet(interns, Scope(interns.batch.id, interns.room.id))) == 3
    assert on_sheet(interns, Scope(interns.batch.id, "0" * 32)) == []


def test_holidays_and_made_up_workdays_come_from_the_calendar(interns: Interns) -> None:
    sheet = attendance.sheet(interns.work, interns.scope, MONTH)
    assert date(2026, 10, 1) in sheet.free.holidays
    assert date(2026, 10, 18) in sheet.free.rest
    assert date(2026, 10, 19) not in sheet.free


def test_a_year_that_is_not_announced_is_said_so_and_has_its_weekends(interns: Interns) -> None:
    interns.save(*[one.but(end_date=date(2039, 3, 1)) for one in interns.placements])
    sheet = attendance.sheet(interns.work, interns.scope, "2039-01")
    assert not sheet.announced
    assert date(2039, 1, 8) in sheet.free.rest


def test_a_holiday_table_the_school_has_adopted_counts(interns: Interns) -> None:
    interns.save(*[one.but(end_date=date(2039, 3, 1)) for one in interns.placements])
    table = json.loads(paths.resource("packs", "holidays.json").read_text(encoding="utf-8"))
    table["version"] = "2039.1"
    table["years"]["2039"] = {
        **table["years"]["2026"],
        "holidays": ["2039-01-01"],
        "off": ["2039-01-03"],
        "made_up": ["2039-01-08"],
    }
    draft = rule_packs.read(json.dumps(table))
    rule_packs.adopt(interns.work, draft, date(2038, 12, 1))
    sheet = attendance.sheet(interns.work, interns.scope, "2039-01")
    assert sheet.announced
    assert date(2039, 1, 3) in sheet.free.rest
    assert date(2039, 1, 8) not in sheet.free
    assert sheet.made_up == {date(2039, 1, 8)}


def test_marks_are_saved_as_one_step_and_undone_as_one(interns: Interns) -> None:
    first, second, _third = (one.id for one in interns.placements)
    step = attendance.save(
        interns.work, MONTH, {first: {"d08": "√8+2"}, second: {"days": Decimal(21)}}
    )
    assert step
    sheet = attendance.sheet(interns.work, interns.scope, MONTH)
    kept = [one.record for one in sheet.interns]
    assert kept[0] is not None
    assert kept[0].d08 == "√8+2"
    assert kept[1] is not None
    assert kept[1].days == 21
    assert kept[2] is None
    history.undo(interns.work, step)
    sheet = attendance.sheet(interns.work, interns.scope, MONTH)
    assert [one.record for one in sheet.interns] == [None, None, None]


def test_saving_goes_on_from_the_record_there_is(interns: Interns) -> None:
    known = make(Attendance, placement=interns.placements[0].id, month=MONTH, days=None, d01="休")
    interns.save(known)
    attendance.save(interns.work, MONTH, {interns.placements[0].id: {"d08": "√"}})
    with interns.work.store.read() as reader:
        found = list(reader.all("attendance"))
    assert [(one.id, one.d01, one.d08) for one in found if isinstance(one, Attendance)] == [
        (known.id, "休", "√")
    ]


def test_emptied_cells_of_a_sheet_without_record_make_no_record(interns: Interns) -> None:
    assert attendance.save(interns.work, MONTH, {interns.placements[0].id: {"d08": ""}}) == 0


def test_what_is_no_mark_is_refused_and_nothing_is_written(interns: Interns) -> None:
    first, second, _third = (one.id for one in interns.placements)
    with pytest.raises(InvalidRecord):
        attendance.save(interns.work, MONTH, {first: {"d08": "√"}, second: {"d08": "abc"}})
    with interns.work.store.read() as reader:
        assert reader.count("attendance") == 0


def test_a_placement_that_was_removed_meanwhile_is_named(interns: Interns) -> None:
    with pytest.raises(NotFound, match="does not exist any more"):
        attendance.save(interns.work, MONTH, {"0" * 32: {"d08": "√"}})


def test_leaves_come_with_the_sheet(interns: Interns) -> None:
    leave = make(Leave, placement=interns.placements[1].id)
    interns.save(leave)
    sheet = attendance.sheet(interns.work, interns.scope, MONTH)
    assert [one.leaves for one in sheet.interns] == [(), (leave,), ()]


def test_the_months_of_a_batch_end_today(interns: Interns) -> None:
    batch = interns.batch
    assert attendance.months(batch, date(2026, 11, 5)) == ["2026-11", "2026-10", "2026-09"]
    assert attendance.months(batch, date(2027, 5, 1))[0] == "2026-12"
    assert attendance.months(batch, date(2026, 5, 1)) == ["2026-09"]


def test_the_batch_that_runs_is_offered_first_with_its_classes_and_enterprises(
    interns: Interns,
) -> None:
    offered = rosters.offered(interns.work, "", date(2026, 10, 5))
    assert offered.batch == interns.batch
    assert offered.classes == ((interns.room.id, "23数控1班"),)
    assert offered.enterprises == ((interns.host.id, interns.host.name),)


def test_a_sheet_typed_before_the_program_ended_is_found_again(interns: Interns) -> None:
    draft = sheet_drafts.begun(interns.work, "attendance_month", interns.scope, MONTH)
    placement = interns.placements[0].id
    typed = sheet_drafts.typed(draft, {placement: {"d08": "√", "d09": "ab"}})
    interns.work.store.session = "an earlier one"
    sheet_drafts.drafts.keep(interns.work, typed)
    interns.work.store.session = "this one"
    left = sheet_drafts.left(interns.work, "attendance_month")
    assert left is not None
    assert (left.scope, left.about, left.cells) == (interns.scope, MONTH, 2)
    assert left.texts == {placement: {"d08": "√", "d09": "ab"}}
