"""Checking and rules on the command line, as the contract has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.compliance.test_packs import written


@pytest.fixture
def placed(xqhz: Call) -> Call:
    """The same workspace with one student placed in spring 2026."""
    assert xqhz("set", "enterprise", "name=霁川机械有限公司", "no_code_reason=代码待发").code == 0
    words = ["student=20240101", "enterprise=霁川机械有限公司", "start_date=2026-03-02"]
    assert xqhz("set", "placement", *words, "end_date=2026-08-28").code == 0
    return xqhz


def test_findings_are_told_with_rule_basis_and_pack(placed: Call) -> None:
    done = placed("check", "--on", "2026-03-02", "--json")
    assert done.code == 1
    findings = {one["rule"]: one for one in done.json["findings"]}
    one = findings["R16"]
    assert (one["severity"], one["kind"], one["pack"]) == ("F", "placement", "national 2026.1")
    assert one["basis"]
    assert findings["R12"]["severity"] == "M"
    assert "missing" in findings["R12"]["message"]
    said = placed("check", "--on", "2026-03-02")
    assert "R16" in said.out
    assert said.code == 1


def test_findings_can_be_asked_for_where_they_are_put_right(placed: Call) -> None:
    done = placed("check", "enterprise", "--on", "2026-03-02", "--json").json
    assert {one["kind"] for one in done["findings"]} == {"enterprise"}
    assert "R46" in {one["rule"] for one in done["findings"]}


def test_a_school_without_placements_has_nothing_to_correct(xqhz: Call) -> None:
    done = xqhz("check", "--json")
    assert done.json["findings"] == []
    assert done.code == 0


def test_rules_are_listed_with_both_texts(xqhz: Call) -> None:
    rules = {one["id"]: one for one in xqhz("rules", "--json").json["rules"]}
    assert rules["R01"]["text_zh"] == "开始日不满16周岁，不能安排岗位实习"
    assert rules["R01"]["verified"] is True
    assert rules["R32"]["verified"] is False
    assert rules["R16"]["text_en"].startswith("No tripartite agreement")
    assert xqhz("rules").code == 0


def test_a_pack_is_tried_and_used(xqhz: Call, tmp_path: Path) -> None:
    file = tmp_path / "school.json"
    file.write_text(written(), encoding="utf-8")
    assert xqhz("adopt-pack", str(file)).code == 0
    rules = {one["id"]: one for one in xqhz("rules", "--json").json["rules"]}
    assert rules["R65"]["numbers"] == {"days": 14}
    assert rules["R65"]["pack"] == "school 1"
    file.write_text(written(format=9), encoding="utf-8")
    refused = xqhz("adopt-pack", str(file))
    assert refused.code == 3
    assert xqhz("adopt-pack", str(tmp_path / "nowhere.json")).code == 3


def test_a_wrong_day_is_wrong_usage(xqhz: Call) -> None:
    assert xqhz("check", "--on", "tomorrow").code == 2
