"""Rule packs: dated, laid over one another, and refused in one sentence where they are wrong."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from xqhz_desktop.compliance import example, library, reading
from xqhz_desktop.compliance.judging import Shelf, judge
from xqhz_desktop.compliance.reading import read
from xqhz_desktop.errors import UserError

NATIONAL = library.national()


def written(**changes: Any) -> str:
    school = {
        "format": 1, "pack": "school", "layer": "school", "version": "1", "in_force": "2026-01-01",
        "title_zh": "本校规则包", "title_en": "School rule pack",
        "rules": {"R65": {"numbers": {"days": 14}, "examples": [
            {"facts": {"on": "2026-03-17"}, "finds": "hit"},
            {"facts": {"on": "2026-03-16"}, "finds": "pass"},
        ]}},
    }  # fmt: skip
    return json.dumps(school | changes)


def found(facts: dict[str, Any], packs: tuple[Any, ...] = (), school: str = "") -> dict[str, str]:
    given = example.changed(example.sound(), facts)
    shelf = Shelf((*library.shipped(), *packs), school or given.school.region)
    return {one.rule: one.severity for one in judge(given, shelf.book(given.start, given.region))}


@pytest.mark.parametrize("one", library.shipped(), ids=lambda one: one.called)
def test_a_shipped_pack_stands_its_own_trial(one: Any) -> None:
    below = () if one.name in ("national", "holidays") else (NATIONAL,)
    assert reading.read(one.text, below=below).called == one.called


def test_a_school_pack_changes_one_number_and_nothing_else() -> None:
    ours = read(written(), below=(NATIONAL,))
    assert "R65" in found({"on": "2026-03-17", "guided.checked_on": "2026-03-17"}, (ours,))
    assert "R65" not in found({"on": "2026-03-17", "guided.checked_on": "2026-03-17"})


def test_the_same_hours_are_forbidden_in_ningbo_and_warned_of_elsewhere() -> None:
    hours = {"placement.weekly_hours": "42"}
    there = found({**hours, "position.region": "330203", "school.region": "330200"})
    assert there["R13"] == "F"
    assert found(hours)["R13"] == "W"


def test_a_past_placement_is_judged_by_the_pack_of_its_time() -> None:
    crowded = {"unit.most": 40}
    past = {"placement.start_date": "2021-03-01", "placement.end_date": "2021-08-27"}
    assert found(crowded)["R32"] == "W"
    assert found({**crowded, **past})["R32"] == "F"
    later = {**past, "placement.start_date": "2022-01-21"}
    assert found({**crowded, **later, "placement.end_date": "2022-07-20"})["R32"] == "W"


def test_an_orientation_longer_than_a_week_is_warned_of_in_shaanxi_only() -> None:
    weeks = {"batch.type": "ORIENTATION", "placement.end_date": "2026-03-09"}
    assert "R40" in found(weeks, school="610100")
    assert "R40" not in found(weeks)


def test_a_minimum_wage_nobody_entered_is_no_pass_in_jiangsu() -> None:
    there = {"position.region": "320115", "school.region": "320100"}
    assert found(there)["R25"] == "M"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", "PACK_MALFORMED"),
        ("[]", "PACK_MALFORMED"),
        ("{}", "PACK_MALFORMED"),
        (written(format=2), "PACK_NEWER"),
        (written(layer="village"), "PACK_MALFORMED"),
        (written(in_force="soon"), "PACK_MALFORMED"),
        (written(until="2025-01-01"), "PACK_CONTRADICTS"),
        (written(rules={"R38": {"numbers": {"least": 300}}}), "PACK_CONTRADICTS"),
        (written(rules={"R99": {}}), "PACK_UNKNOWN_RULE"),
        (written(rules={"R65": {"severity": "X"}}), "PACK_MALFORMED"),
        (written(rules={"R65": {"numbers": {"days": "many"}}}), "PACK_MALFORMED"),
        (written(rules={"R65": {"words_zh": "?"}}), "PACK_MALFORMED"),
        (written(rules={"R65": {"text_en": "{nobody} knows", "text_zh": "{nobody}", "examples": [
            {"facts": {"on": "2026-04-02"}, "finds": "hit"}]}}), "PACK_MALFORMED"),
        (written(rules={"R65": {"examples": [{"facts": {}, "finds": "hit"}]}}), "PACK_EXAMPLE"),
        (written(rules={"R65": {"examples": [{"facts": {"moon": 1}, "finds": "hit"}]}}),
         "PACK_MALFORMED"),
    ],
)  # fmt: skip
def test_a_pack_that_is_wrong_is_refused_in_one_sentence(text: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        read(text, below=(NATIONAL,))
    assert refused.value.code == code
    assert str(refused.value).endswith((".", ")."))


def test_what_the_sheet_does_not_prove_is_to_be_checked_against_the_original() -> None:
    assert NATIONAL.rules["R01"].verified
    assert not NATIONAL.rules["R32"].verified
    assert NATIONAL.holds(date(2026, 3, 2))
