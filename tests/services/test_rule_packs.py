"""Rule packs of the school: tried, adopted, compared, rolled back; a bad one disturbs nobody."""

from __future__ import annotations

from datetime import date

import pytest

from tests.compliance.test_packs import written
from xqhz_desktop.compliance import library, reading
from xqhz_desktop.domain.ruling import PackState, RulePack
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import rule_packs
from xqhz_desktop.services.workspace import Work

TODAY = date(2026, 4, 1)


def days_between_visits(work: Work) -> int:
    with work.store.read() as reader:
        entries, _packs = rule_packs.in_force(reader, TODAY)
    return next(one for one in entries if one.id == "R65").terms.days("days")


def test_an_adopted_pack_counts_until_it_is_withdrawn(work: Work) -> None:
    assert days_between_visits(work) == 30
    draft = rule_packs.read(written())
    rule_packs.adopt(work, draft, TODAY)
    assert days_between_visits(work) == 14
    rule_packs.withdraw(work, draft.but(state=PackState.ADOPTED))
    assert days_between_visits(work) == 30


def test_a_corrected_text_takes_the_place_of_the_same_version(work: Work) -> None:
    first = rule_packs.read(written())
    rule_packs.adopt(work, first, TODAY)
    rules = {"R65": {"numbers": {"days": 21}}}
    rule_packs.adopt(work, rule_packs.read(written(rules=rules)), TODAY)
    assert days_between_visits(work) == 21
    with work.store.read() as reader:
        before = reader.get("rule_pack", first.id)
    assert isinstance(before, RulePack)
    assert before.state is PackState.WITHDRAWN


def test_a_pack_that_cannot_be_read_is_named_and_the_others_stay_in_force(work: Work) -> None:
    broken = RulePack(name="坏的规则包", version="1", state=PackState.ADOPTED, written="{")
    with work.store.change(Message("For a test"), work.actor) as change:
        change.put(broken)
    with work.store.read() as reader:
        known = rule_packs.of(reader)
    ((name, why),) = known.troubles
    assert name == "坏的规则包"
    assert "no rule pack" in str(why)
    assert days_between_visits(work) == 30


def test_a_draft_is_tried_before_it_is_kept() -> None:
    with pytest.raises(UserError) as refused:
        rule_packs.read(written(rules={"R65": {"examples": [{"facts": {}, "finds": "hit"}]}}))
    assert refused.value.code == "PACK_EXAMPLE"


def test_what_a_pack_changes_is_told_value_by_value() -> None:
    below = library.national()
    rules = {**below.raw, "R65": {**below.raw["R65"], "numbers": {"days": 21}}}
    text = written(pack="national", layer="national", rules=rules)
    after = reading.read(text, trial=False)
    (one,) = rule_packs.differences(below, after)
    assert (one.rule, one.what, one.before, one.after) == (
        "R65", "numbers", {"days": 30}, {"days": 21},
    )  # fmt: skip


def test_a_holiday_table_of_the_school_makes_the_year_known(work: Work) -> None:
    year = {"announced": True, "source": "", "verified": True, "holidays": ["2027-01-01"],
            "off": [], "made_up": ["2027-01-03"]}  # fmt: skip
    text = written(pack="holidays", layer="calendar", rules={}, years={"2027": year})
    rule_packs.adopt(work, rule_packs.read(text), TODAY)
    with work.store.read() as reader:
        calendar = rule_packs.of(reader).calendar
    assert calendar.announced(2027)
    assert calendar.announced(2026)
