"""Moving placements, changing the place, and the check before the start, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call

HOST, OTHER = "霁川云和机械有限公司", "望岳精工有限公司"


@pytest.fixture
def placed(xqhz: Call) -> Call:
    """The same workspace with a batch of last spring and a placement in it."""
    for name in (HOST, OTHER):
        assert xqhz("set", "enterprise", f"name={name}", "no_code_reason=代码待发").code == 0
    days = ("start_date=2026-03-16", "end_date=2026-09-11")
    assert xqhz("set", "placement_batch", "name=2026春季", *days).code == 0
    words = ["student=20240101", f"enterprise={HOST}", "batch=2026春季", *days]
    assert xqhz("set", "placement", *words, "status=RUNNING").code == 0
    assert xqhz("set", "placement", *[*words[1:], "student=20240102"], "status=AGREEING").code == 0
    return xqhz


def statuses(call: Call) -> list[str]:
    return sorted(one["status"] for one in call("list", "placement", "--json").json["records"])


def test_a_placement_is_suspended_with_a_day_and_a_reason(placed: Call) -> None:
    refused = placed("move", "20240101", "SUSPENDED", "--on", "2026-05-04")
    assert refused.code == 3
    assert "“Suspended” needs a reason" in refused.out
    words = ("--on", "2026-05-04", "--reason", "住院")
    assert placed("move", "20240101", "suspended", *words).code == 0
    (event,) = placed("list", "placement_event", "--json").json["records"]
    assert (event["day"], event["after"], event["reason"]) == ("2026-05-04", "SUSPENDED", "住院")


def test_what_is_missing_is_named_and_nothing_is_written(placed: Call) -> None:
    answer = placed("move", "20240102", "RUNNING", "--json")
    assert answer.code == 3
    (refused,) = answer.json["refused"]
    assert refused["missing"] == [
        "SITE", "DECISION", "CONSENT", "AGREEMENT", "TRAINING", "INSURANCE",
    ]  # fmt: skip
    assert statuses(placed) == ["AGREEING", "RUNNING"]


def test_many_are_chosen_by_a_condition_and_tried_first(placed: Call) -> None:
    words = ("--where", "batch=2026春季", "--on", "2026-06-01", "--reason", "企业停产")
    tried = placed("move", "ENDED", *words, "--dry-run", "--json").json
    assert (tried["step"], tried["moved"], len(tried["refused"])) == (0, 1, 1)
    assert statuses(placed) == ["AGREEING", "RUNNING"]
    done = placed("move", "ENDED", *words)
    assert done.code == 1
    assert "1 placement: Ended" in done.out
    assert statuses(placed) == ["AGREEING", "ENDED"]
    assert placed("move", "ENDED").code == 2


def test_an_intern_goes_on_at_another_enterprise(placed: Call) -> None:
    words = ("--on", "2026-06-01", "--reason", "企业停产")
    made = placed("transfer", "20240101", OTHER, *words, "--json").json
    assert made["warnings"] == []
    (new,) = [
        one
        for one in placed("list", "placement", "--json").json["records"]
        if one["id"] == made["placement"]
    ]
    assert (new["continues"], new["start_date"]) == (made["continues"], "2026-06-01")
    assert placed("transfer", "20240102", OTHER, *words).code == 3


def test_a_second_enterprise_shares_the_time(placed: Call) -> None:
    answer = placed("transfer", "20240101", OTHER, "--share", "40", "--on", "2026-06-01")
    assert answer.code == 0
    shares = [one["share"] for one in placed("list", "placement", "--json").json["records"]]
    assert sorted(share or 0 for share in shares) == [0, 40, 60]


def test_the_check_of_a_batch_is_told_and_written(placed: Call, tmp_path: Path) -> None:
    pdf, sheet = tmp_path / "check.pdf", tmp_path / "gaps.xlsx"
    answer = placed("preflight", "2026春季", "--json", "--pdf", str(pdf), "--sheet", str(sheet))
    assert answer.code == 1
    (row,) = answer.json["rows"]
    assert (row["name"], row["students"]) == (HOST, 2)
    assert row["items"]["CONSENT"] == {"state": "MISSING", "missing": 2}
    assert answer.json["totals"]["SITE"] == 1
    assert pdf.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_size
    said = placed("preflight", "2026春季", "--students")
    assert "张三" in said.out
    assert "Informed consent  ×" in said.out


def test_next_years_batch_is_planned_like_this_years(placed: Call) -> None:
    made = placed("copy-batch", "2026春季", "--json").json
    assert (made["name"], made["classes"]) == ("2027春季", [])
    (copy,) = [
        one
        for one in placed("list", "placement_batch", "--json").json["records"]
        if one["id"] == made["id"]
    ]
    assert (copy["start_date"], copy["end_date"]) == ("2027-03-15", "2027-09-10")
    named = placed("copy-batch", "2026春季", "--name", "补实习", "--start", "2026-10-12")
    assert "补实习: 0 classes, from 2026-10-12" in named.out


def test_where_somebody_was_is_told_for_any_day(placed: Call) -> None:
    moved = ("--on", "2026-06-01", "--reason", "企业停产")
    assert placed("transfer", "20240101", OTHER, *moved).code == 0
    every = placed("whereabouts", "张三", "--json").json["placements"]
    assert [one["enterprise"] for one in every] == [HOST, OTHER]
    assert every[1]["continues"] == every[0]["id"]
    (then,) = placed("whereabouts", "张三", "--on", "2026-04-01", "--json").json["placements"]
    assert (then["enterprise"], then["status"]) == (HOST, "RUNNING")
    said = placed("whereabouts", "20240101", "--on", "2026-06-01")
    assert OTHER in said.out
    assert HOST not in said.out


def test_a_request_accepted_by_its_state_becomes_a_placement(xqhz: Call) -> None:
    assert xqhz("set", "enterprise", f"name={OTHER}", "no_code_reason=代码待发").code == 0
    days = ("start_date=2026-03-16", "end_date=2026-09-11")
    assert xqhz("set", "placement_batch", "name=2026春季", *days).code == 0
    signed = ("student_signed_on=2026-02-20", "guardian_signed_on=2026-02-20")
    words = ("student=20240101", "batch=2026春季", f"company={OTHER}", f"enterprise={OTHER}")
    made = xqhz("set", "application", *words, *signed, "--json").json["id"]
    assert xqhz("set", "application", made, "state=ACCEPTED").code == 3
    assert xqhz("set", "application", made, "state=CHECKED").code == 0
    assert xqhz("set", "application", made, "state=ACCEPTED").code == 0
    (one,) = xqhz("list", "placement", "--json").json["records"]
    assert (one["names"]["enterprise"], one["arrangement"]) == (OTHER, "SELF")
