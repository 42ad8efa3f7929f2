"""Every rule on worked examples: those of the packs, and a table of what lies on the boundary."""

from __future__ import annotations

from typing import Any

import pytest

from xqhz_desktop.compliance import example, library, pack
from xqhz_desktop.compliance.judging import Finding, Shelf, State, judge, judge_one
from xqhz_desktop.compliance.pack import Entry, Layer, Pack
from xqhz_desktop.compliance.registry import BY_ID
from xqhz_desktop.compliance.wording import text
from xqhz_desktop.i18n import language

NATIONAL = library.national()


def rules_of(one: Pack) -> dict[str, Entry]:
    below = [] if one.layer is Layer.NATIONAL else [NATIONAL]
    return pack.entries([(each, each.raw) for each in (*below, one)])


def came(found: Finding | None) -> str:
    if found is None:
        return "pass"
    return "hit" if found.state is State.OPEN else found.state.name.lower()


EXAMPLES = [
    pytest.param(one, id, row["facts"], row["finds"], id=f"{one.called} {id} {n}")
    for one in library.shipped()
    for id, rule in one.raw.items()
    for n, row in enumerate(rule.get("examples", ()))
]


@pytest.mark.parametrize(("one", "id", "facts", "finds"), EXAMPLES)
def test_a_pack_finds_what_its_examples_say(
    one: Pack, id: str, facts: dict[str, Any], finds: str
) -> None:
    entry = rules_of(one)[id]
    found = judge_one(example.changed(example.sound(), facts), entry)
    assert came(found) == finds
    if found is not None:
        for code in ("zh_CN", "en"):
            said = text(found, entry, language(code))
            assert said
            assert "{" not in said


def test_the_sound_example_breaks_no_rule() -> None:
    facts = example.sound()
    book = Shelf(library.shipped(), facts.school.region).book(facts.start, facts.region)
    assert judge(facts, book) == []


HALF = ["2026-03-02", "2026-08-28", True, True, 24]
OTHER_HALF = ["2026-03-02", "2026-08-28", True, True, 20]
LAST_YEAR = ["2025-03-02", "2025-08-28", True, True, 20]
ROWS: list[tuple[str, dict[str, Any], str]] = [
    # ages on and around the birthday, leap days
    ("R01", {"student.birth_date": "2010-03-01"}, "pass"),
    ("R01", {"student.birth_date": "2012-02-29", "placement.start_date": "2028-02-28"}, "hit"),
    ("R01", {"student.birth_date": "2012-02-29", "placement.start_date": "2028-02-29"}, "pass"),
    ("R01", {"student.birth_date": "2012-02-29", "placement.start_date": None}, "unjudged"),
    # born on 29 February: 18 on 1 March of a year without that day
    ("R21", {"student.birth_date": "2008-02-29", "placement.start_date": "2026-02-28"}, "hit"),
    ("R21", {"student.birth_date": "2008-02-29", "placement.start_date": "2026-03-01"}, "pass"),
    # somebody turns 18 during the placement: a minor on its first days, so the list counts
    ("R07", {"student.birth_date": "2008-08-28", "position.hazards": "TOXIC"}, "hit"),
    ("R07", {"student.birth_date": "2009-01-01", "position.labour_grade": "UNKNOWN"}, "unjudged"),
    (
        "R07",
        {"student.birth_date": "2009-01-01", "position.hazards": "HEAT", "answers": {"HEAT": True}},
        "hit",
    ),
    (
        "R07",
        {
            "student.birth_date": "2009-01-01",
            "position.hazards": "HEAT",
            "answers": {"HEAT": False},
        },
        "pass",
    ),
    ("R08", {"student.sex": "FEMALE", "position.hazards": "LIFTING"}, "asked"),
    ("R08", {"student.sex": "FEMALE", "position": None}, "unjudged"),
    # study years change in September
    ("R02", {"school_class.enrol_year": 2024, "placement.start_date": "2025-08-31"}, "hit"),
    ("R02", {"school_class.enrol_year": 2024, "placement.start_date": "2025-09-01"}, "pass"),
    ("R02", {"student.enrol_date": "2025-09-01"}, "hit"),
    # words ask, answers are remembered
    ("R03", {"enterprise.name": "示例酒吧", "answers": {"酒吧": True}}, "hit"),
    ("R03", {"enterprise.name": "示例酒吧", "answers": {"酒吧": False}}, "pass"),
    ("R04", {"reported.agencies": True}, "hit"),
    ("R05", {"enterprise.agency": True}, "hit"),
    # holidays are those of each day; the Sunday of a made-up week is none
    ("R10", {"position.on_holidays": True, "placement.end_date": "2026-04-04"}, "pass"),
    ("R10", {"position.on_holidays": True, "placement.end_date": "2026-04-05"}, "hit"),
    ("R10", {"position": None}, "unjudged"),
    # two hosts at once add up
    ("R13", {"placement.weekly_hours": "20", "legs": [HALF]}, "hit"),
    ("R13", {"placement.weekly_hours": "20", "legs": [OTHER_HALF]}, "pass"),
    ("R13", {"placement.weekly_hours": "40", "legs": [LAST_YEAR]}, "pass"),
    ("R15", {"position.starts_at": "06:00", "position.ends_at": "14:00"}, "pass"),
    ("R15", {"position.starts_at": "05:59", "position.ends_at": "14:00"}, "hit"),
    ("R15", {"position.starts_at": "20:00", "position.ends_at": "04:00"}, "hit"),
    ("R16", {"tripartite.state": "VOIDED"}, "hit"),
    ("R16", {"tripartite.state": "SIGNING", "tripartite.school": "SEALED",
             "tripartite.enterprise": "SIGNED", "tripartite.student": "SIGNED"}, "pass"),
    ("R18", {"insured": []}, "hit"),
    ("R18", {}, "pass"),
    ("R20", {"consent.state": "REFUSED"}, "pass"),
    ("R23", {"placement.allowance": "2880", "position.lowest_pay": None}, "pass"),
    ("R23", {"placement.allowance": "2879.99", "position.lowest_pay": None}, "unjudged"),
    ("R23", {"placement.allowance": "2600"}, "pass"),
    ("R28", {"paid.indirect": False}, "pass"),
    ("R29", {"reported.fees": "管理费"}, "hit"),
    ("R30", {"reported.papers": True}, "hit"),
    ("R31", {"insured": [["ACCIDENT", "2026-03-02", "2026-08-28", "STUDENT"]]}, "hit"),
    ("R32", {"unit.most": 37, "unit.staff": None}, "pass"),  # R34 says what is missing
    ("R34", {"post.staff": None}, "hit"),
    ("R36", {"major.code": None}, "unjudged"),
    # a day in two legs counts once; legs in a row add up
    ("R38", {"placement.end_date": "2026-05-31", "legs": [["2026-06-01", "2026-07-29"]]}, "pass"),
    ("R38", {"placement.end_date": "2026-05-31", "on": "2026-06-01",
             "legs": [["2026-03-02", "2026-05-31", True, True]]}, "hit"),
    ("R38", {"placement.end_date": "2026-05-31", "legs": [["2026-09-01", "2026-10-31"]]}, "pass"),
    ("R46", {"enterprise.credit": "SAFETY", "enterprise.credit_on": "2023-03-04"}, "hit"),
    ("R46", {"enterprise.credit": "ABNORMAL"}, "hit"),
    ("R51", {}, "pass"),
    ("R52", {"batch": None}, "unjudged"),
    ("R54", {}, "pass"),
    ("R55", {"insured": [["INTERNSHIP_LIABILITY", "2026-03-02", "2026-05-31"],
                         ["INTERNSHIP_LIABILITY", "2026-06-02", "2026-08-28"]]}, "hit"),
    ("R56", {}, "pass"),
    ("R57", {"filings": [{"name": "备案", "state": "FILED"}]}, "hit"),  # filed with nobody
    ("R58", {"position.region": "320115", "filings": [
        {"name": "跨省", "kind": "CROSS_PROVINCE", "state": "FILED", "authority": "市教委",
         "valid_from": "2026-03-02", "valid_until": "2026-08-27"}]}, "hit"),  # a day too short
    ("R58", {"position.region": "320115", "filings": [
        {"name": "跨省", "kind": "CROSS_PROVINCE", "state": "FILED", "authority": "市教委",
         "valid_from": "2026-03-02", "valid_until": "2026-08-28"}]}, "filed"),
    ("R59", {"position.region": "810000", "placement.tutor": None, "filings": [
        {"name": "境外", "kind": "OVERSEAS", "state": "FILED", "authority": "市教委"}]}, "hit"),
    ("R59", {"position.region": "810000", "filings": [
        {"name": "境外", "kind": "OVERSEAS", "state": "FILED", "authority": "市教委"}]}, "filed"),
    # 27 and 28 February are a Friday and a made-up Saturday: two working days without a check
    ("R63", {"placement.start_date": "2026-02-26", "on": "2026-03-01"}, "hit"),
    ("R63", {"placement.start_date": "2026-02-26", "on": "2026-02-28"}, "pass"),
    ("R64", {"batch": None}, "unjudged"),
    ("R64", {"batch.report_cycle": "NONE", "on": "2026-08-01"}, "pass"),
    ("R65", {"batch.visit_days": 10, "on": "2026-03-13"}, "hit"),
    ("R65", {"batch.visit_days": 10, "on": "2026-03-13",
             "guided.visited_on": "2026-03-03"}, "pass"),
    ("R68", {"placement.status": "ENDED"}, "pass"),
    ("R69", {"placement.status": "ENDED"}, "pass"),
    ("R90", {"enterprise.uscc": "91350100M000100Y44"}, "hit"),
    ("R90", {"student.id_no": "11010519491231002X", "student.birth_date": "1949-12-31"}, "hit"),
    ("R90", {"student.id_no": "11010519491231002X", "student.birth_date": "1949-12-31",
             "student.sex": "FEMALE"}, "pass"),
    ("R91", {"legs": [["2026-08-28", "2026-12-01", True, True]], "placement.share": "50"}, "pass"),
    ("R91", {"legs": [["2026-08-28", "2026-12-01", True, False]], "placement.share": "50"}, "hit"),
    ("R91", {"agreement.start_date": "2026-03-03", "agreement.end_date": "2028-01-01"}, "hit"),
    ("R91", {"agreement.start_date": "2026-03-02", "agreement.end_date": "2026-08-28"}, "pass"),
    ("R92", {"position.region": "810000", "placement.unpapered": ""}, "hit"),
    ("R96", {"position.shift": "NIGHT", "filings": []}, "pass"),  # R15 forbids it already
]  # fmt: skip


PROVINCIAL: list[tuple[str, dict[str, int], dict[str, Any], str]] = [
    ("R25", {"hourly": 15}, {"placement.allowance": "2599"}, "hit"),
    ("R25", {"hourly": 15}, {"placement.allowance": "2600"}, "pass"),
    ("R25", {"monthly": 2490}, {"placement.allowance": "2489"}, "hit"),
    ("R25", {"monthly": 2490}, {"placement.allowance": "2490"}, "pass"),
    ("R25", {}, {}, "unjudged"),
    ("R25", {"hourly": 15}, {"placement.weekly_hours": None, "position.hours_per_week": None},
     "unjudged"),
    ("R41", {"days": 30}, {"placement.end_date": "2026-04-01"}, "hit"),
    ("R41", {"days": 30}, {"placement.end_date": "2026-03-31"}, "pass"),
    ("R41", {}, {}, "unjudged"),
    ("R39", {}, {"major.code": "720201"}, "hit"),
    ("R39", {}, {"major.code": "720201", "placement.end_date": "2026-12-01"}, "pass"),
    ("R39", {}, {}, "pass"),
    ("R39", {}, {"major.code": None}, "unjudged"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "facts", "finds"), ROWS)
def test_a_rule_is_right_on_the_boundary(id: str, facts: dict[str, Any], finds: str) -> None:
    found = judge_one(example.changed(example.sound(), facts), NATIONAL.rules[id])
    assert came(found) == finds


@pytest.mark.parametrize(("id", "numbers", "facts", "finds"), PROVINCIAL)
def test_rules_of_provinces_are_right_once_their_numbers_are_known(
    id: str, numbers: dict[str, int], facts: dict[str, Any], finds: str
) -> None:
    over = Pack("here", "1", Layer.SCHOOL, NATIONAL.in_force, raw={id: {"numbers": numbers}})
    found = judge_one(example.changed(example.sound(), facts), rules_of(over)[id])
    assert came(found) == finds


@pytest.mark.parametrize(
    ("facts", "ids"),
    [
        ({"placement.status": "ASSIGNED", "on": "2026-03-01", "tripartite": None}, set()),
        ({"placement.status": "ASSIGNED", "on": "2026-03-02", "tripartite": None,
          "placement.unpapered": "办理中"}, {"R16"}),
        ({"placement.status": "ASSIGNED", "on": "2026-03-01", "tripartite": None,
          "starting": True, "placement.unpapered": "办理中"}, {"R16"}),
        ({"batch.type": "ORIENTATION", "placement.major_match": "NONE"}, set()),
    ],
)  # fmt: skip
def test_a_placement_is_judged_by_the_part_of_its_life_and_its_kind(
    facts: dict[str, Any], ids: set[str]
) -> None:
    given = example.changed(example.sound(), facts)
    book = Shelf(library.shipped(), given.school.region).book(given.start, given.region)
    assert {one.rule for one in judge(given, book)} == ids


def test_every_rule_has_rows_that_break_it_and_rows_that_do_not() -> None:
    rows = [(id, row["finds"]) for one in library.shipped() for id, rule in one.raw.items()
            for row in rule.get("examples", ())]  # fmt: skip
    rows += [(id, finds) for id, _facts, finds in ROWS]
    rows += [(id, finds) for id, _numbers, _facts, finds in PROVINCIAL]
    for id in BY_ID:
        came = {finds for one, finds in rows if one == id}
        assert "hit" in came, id
        assert "pass" in came, id


def test_every_rule_says_something_in_both_languages_and_rests_on_an_article() -> None:
    for entry in NATIONAL.rules.values():
        for what in ("name", "text", "fix"):
            assert entry.said(what, "zh_CN")
            assert not any("一" <= letter <= "鿿" for letter in entry.said(what, "en"))
            assert entry.said(what, "en")
        assert entry.bases
        assert all(one.zh and one.en for one in entry.bases)
