"""What is shown: merged records as one, and whatever is still referred to."""

from __future__ import annotations

import random
from collections.abc import Iterable

from tests.sync.edits import NEW
from tests.sync.memory import Memory, Shelved
from tests.sync.samples import OFFICE
from xqhz_desktop.domain import ENTITIES
from xqhz_desktop.sync.changes import Changeset, Op
from xqhz_desktop.sync.derive import KINDS, Names, settled
from xqhz_desktop.sync.merge import Row, Write
from xqhz_desktop.sync.replica import apply

A, B = ("staff", "a"), ("staff", "b")


def names(*pairs: str) -> Names:
    """Return what aliases such as "ab" (a is b from now on) say of staff."""
    return Names(("staff", dropped, kept) for dropped, kept in pairs)


def stands(found: Names, ids: str) -> str:
    """Return which record stands for each of these."""
    return "".join(found.of(("staff", id))[1] for id in ids)


def test_aliases_lead_on_to_the_last_one() -> None:
    assert stands(names("ab", "bc"), "abcd") == "cccd"


def test_of_a_circle_the_smallest_stands_for_all_and_for_whoever_leads_into_it() -> None:
    for order in range(6):
        pairs = ["ac", "cb", "bc"]
        random.Random(order).shuffle(pairs)
        assert stands(names(*pairs), "abc") == "bbb"


def test_a_record_found_to_be_two_others_is_the_smaller_one() -> None:
    assert stands(names("ac", "ab"), "abc") == "bbc"
    assert stands(names("aa", "ab"), "ab") == "bb"


def test_aliases_of_aliases_and_halves_say_nothing() -> None:
    found = Names([("alias", "a", "b"), ("staff", "a", ""), ("staff", "", "b")])
    assert stands(found, "ab") == "ab"
    assert found.of(("alias", "a")) == ("alias", "a")


def test_records_that_are_one_are_told_together() -> None:
    assert names("ab", "cb").alike(A) == {A, B, ("staff", "c")}
    assert names("cb").alike(A) == {A}


def laptop(*edits: Iterable[Op]) -> Memory:
    """Return a device where this was done."""
    made = Memory("1" * 32, OFFICE, KINDS)
    for at, edit in enumerate(edits):
        made.write(tuple(edit), at)
    made.absorb()
    return made


def test_removed_records_that_only_refer_to_each_other_stay_removed() -> None:
    circle = laptop(
        [Op("enterprise", "e1", {"parent": "e2"}), Op("enterprise", "e2", {"parent": "e1"})],
        [Op("enterprise", "e1", None), Op("enterprise", "e2", None)],
    )
    assert circle.shown() == {}


def test_a_removed_record_comes_back_while_something_refers_to_it_and_no_longer() -> None:
    made = laptop(
        [Op("enterprise", "e1", {"name": "星河"}), Op("position", "p1", {"enterprise": "e1"})],
        [Op("enterprise", "e1", None)],
    )
    assert ("enterprise", "e1") in made.shown()
    made.write([Op("position", "p1", None)], 9)
    made.absorb()
    assert made.shown() == {}


def test_a_reference_marked_so_is_emptied_and_filled_again() -> None:
    made = laptop(
        [Op(*A, {"name": "陈"}), Op("school_class", "c", {"head_teacher": "a"})], [Op(*A, None)]
    )
    assert made.shown() == {("school_class", "c"): {"head_teacher": None}}
    made.write([Op(*A, {"name": "陈"})], 9)
    made.absorb()
    assert made.shown()["school_class", "c"] == {"head_teacher": "a"}


def test_a_reference_to_what_nobody_has_heard_of_is_empty_until_it_comes() -> None:
    made = laptop([Op("position", "p1", {"enterprise": "e1"})])
    assert made.shown()["position", "p1"] == {"enterprise": None}
    made.write([Op("enterprise", "e1", {"name": "星河"})], 9)
    made.absorb()
    assert made.shown()["position", "p1"] == {"enterprise": "e1"}


def test_what_comes_removed_already_is_brought_back_by_a_reference_that_waited() -> None:
    made = laptop([Op("position", "p1", {"enterprise": "e1"})])
    made.write([Op("enterprise", "e1", {"name": "星河"})], 8)
    made.write([Op("enterprise", "e1", None)], 9)
    made.absorb()
    assert made.shown()["position", "p1"] == {"enterprise": "e1"}
    assert made.shown()["enterprise", "e1"] == {"name": "星河"}


def test_a_merged_record_that_was_edited_meanwhile_keeps_the_other_alive() -> None:
    said = {"of_kind": "staff", "dropped": "a", "kept": "b"}
    made = laptop([Op(*A, {"name": "陈"}), Op(*B, {"name": "陈老师"}), Op("alias", "x", said)])
    made.write([Op(*B, None)], 9)
    made.absorb()
    assert A not in made.shown()
    assert made.shown()[B] == {"name": "陈老师"}
    made.write([Op("alias", "x", None)], 10)
    made.absorb()
    assert made.shown() == {A: {"name": "陈"}}


def test_separating_records_brings_a_reference_back_that_had_waited() -> None:
    said = {"of_kind": "enterprise", "dropped": "e1", "kept": "e2"}
    made = laptop(
        [Op("enterprise", "e1", {"name": "星河"})],
        [Op("enterprise", "e1", None), Op("alias", "x", said)],
        [Op("position", "p1", {"enterprise": "e1"})],
    )
    assert made.shown()["position", "p1"] == {"enterprise": None}
    made.write([Op("alias", "x", None)], 9)
    made.absorb()
    assert made.shown()["position", "p1"] == {"enterprise": "e1"}


def test_a_record_kept_through_a_merged_one_goes_with_the_last_reference() -> None:
    said = {"of_kind": "enterprise", "dropped": "e1", "kept": "e2"}
    made = laptop(
        [Op("enterprise", "e1", {}), Op("enterprise", "e2", {}), Op("alias", "x", said)],
        [Op("position", "p1", {"enterprise": "e1"})],
        [Op("enterprise", "e1", None), Op("enterprise", "e2", None)],
    )
    assert made.shown().keys() == {("alias", "x"), ("position", "p1"), ("enterprise", "e2")}
    made.write([Op("position", "p1", {"enterprise": None})], 9)
    made.absorb()
    assert made.shown().keys() == {("alias", "x"), ("position", "p1")}


def test_a_schools_own_fields_are_shown_and_what_a_newer_version_wrote_is_only_kept() -> None:
    shelf = Shelved(KINDS)
    person = Op(*A, {"name": "陈", "own:1": "红", "shoe_size": 44})
    apply(shelf, [Changeset("a" * 32, 1, 1, "", {}, (person, Op("rocket", "r", {"name": "一号"})))])
    assert shelf.tables == {A: {"name": "陈", "own:1": "红"}}
    assert shelf.registers.keys() == {A, ("rocket", "r")}
    assert shelf.registers[A].cells["shoe_size"][0].value == 44


def test_what_is_not_a_reference_brings_nothing_back() -> None:
    made = laptop([Op("position", "p1", {"enterprise": 7})])
    assert made.shown() == {("position", "p1"): {"enterprise": 7}}


def test_only_what_can_have_changed_is_looked_at() -> None:
    kept = laptop([Op(*A, {"name": "陈"}), Op(*B, {"name": "林"})])._state
    write = (Write("2" * 32, 1, 9, "陈一"),)
    new = {A: Row.of(kept.registers[A].alive, {"name": write})}
    assert settled(kept, {A: kept.registers[A]}, new).keys() == {A}


def test_the_kinds_known_are_those_of_the_program() -> None:
    assert KINDS.keys() == {entity.KIND for entity in ENTITIES}
    assert KINDS["school_class"].emptied == {"head_teacher"}
    assert KINDS["position"].links == {"enterprise": "enterprise"}
    assert NEW["enterprise"].links == {"parent": "enterprise"}
    assert Shelved(KINDS).special() == set()
