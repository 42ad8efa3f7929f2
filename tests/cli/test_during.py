"""Attendance, missing reports, visits and the emergency card on the command line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cli.conftest import Call

TODAY = date.today()
START = TODAY - timedelta(40)
END = TODAY + timedelta(40)
MONTH = f"{START:%Y-%m}"


@pytest.fixture
def placed(xqhz: Call) -> Call:
    """The same workspace with both students on placement for forty days."""
    assert xqhz("set", "enterprise", "name=霁川机械", "no_code_reason=新设").code == 0
    words = [f"start_date={START}", f"end_date={END}"]
    assert xqhz("set", "placement_batch", "name=秋季", *words).code == 0
    for number in ("20240101", "20240102"):
        told = [f"student={number}", "enterprise=霁川机械", "batch=秋季", "status=RUNNING"]
        assert xqhz("set", "placement", *told, *words).code == 0
    return xqhz


def placement(call: Call, number: str) -> str:
    (found,) = call("list", "placement", "--where", f"student={number}", "--json").json["records"]
    return str(found["id"])


def test_a_month_is_summed_up_for_every_intern(placed: Call) -> None:
    mark = f"d{START.day:02}=√8+2"
    words = [f"placement={placement(placed, '20240101')}", f"month={MONTH}", mark]
    assert placed("set", "attendance", *words).code == 0
    first, second = placed("attendance", "秋季", MONTH, "--json").json["interns"]
    assert (first["name"], first["days"], first["hours"], first["overtime"]) == ("张三", 1, 10, 2)
    assert first["noticed"]["OVERTIME"] == 1
    assert (second["recorded"], second["days"]) == (False, 0)
    assert "overtime 1" in placed("attendance", "秋季", MONTH).out


def test_days_an_enterprise_counted_are_the_days_of_the_month(placed: Call) -> None:
    words = [f"placement={placement(placed, '20240101')}", f"month={MONTH}", "days=21"]
    assert placed("set", "attendance", *words).code == 0
    first, _second = placed("attendance", "秋季", MONTH, "--json").json["interns"]
    assert first["days"] == 21


def test_missing_reports_are_listed_with_their_numbers(placed: Call) -> None:
    told = [f"placement={placement(placed, '20240101')}", "kind=WEEKLY"]
    for number in range(1, 6):
        assert placed("set", "student_report", *told, f"number={number}").code == 0
    answer = placed("reports-due", "秋季", "--json")
    assert answer.code == 1
    assert (answer.json["owed"], answer.json["received"]) == (10, 5)
    (missing,) = answer.json["missing"]
    assert (missing["name"], missing["numbers"]) == ("李四", [1, 2, 3, 4, 5])
    assert placed("reports-due", "秋季", "--on", str(START)).code == 0


def test_enterprises_nobody_visited_are_listed(placed: Call) -> None:
    answer = placed("visits-due", "秋季", "--json")
    assert answer.code == 1
    (host,) = answer.json["waiting"]
    assert (host["name"], host["interns"], host["days"]) == ("霁川机械", 2, 40)
    made = ["enterprise=霁川机械", "batch=秋季", "state=DONE", f"made_on={TODAY}"]
    assert placed("set", "visit", *made).code == 0
    assert placed("visits-due", "秋季").code == 0


def test_the_emergency_card_names_whom_to_call(placed: Call) -> None:
    placed("set", "student", "20240101", "guardian_name=张父", "guardian_phone=16600001234")
    answer = placed("emergency", "20240101", "--json")
    lines = {one["label"]: (one["text"], one["call"]) for one in answer.json["lines"]}
    assert lines["Guardian"] == ("张父", "16600001234")
    assert lines["Enterprise"][0] == "霁川机械"
    assert "16600001234" in placed("emergency", "20240101").out


def test_a_batch_or_month_that_does_not_exist_is_named(placed: Call) -> None:
    assert placed("attendance", "春季", MONTH).code == 3
    assert placed("attendance", "秋季", "2026-13").code == 3
