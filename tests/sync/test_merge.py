"""What becomes of two copies of one record."""

from __future__ import annotations

from xqhz_desktop.sync.changes import Changeset, Op, Value
from xqhz_desktop.sync.merge import RECORD, Row, conflicts, is_alive, merged, value

KEY = "enterprise", "e1"


def edited(row: Row, stream: str, q: int, seen: dict[str, int], **said: Value) -> Row:
    """Return a record after a change: its values, or its removal where nothing is said."""
    op = Op(*KEY, said or None)
    at = 100 if stream == "a" else 200
    return merged(row, op, Changeset(stream, q, at, ""), {**seen, stream: q - 1})


MADE = edited(Row(), "a", 1, {}, name="星河", phone="1")


def test_who_has_seen_a_value_and_writes_another_ends_it_whatever_the_clock_says() -> None:
    later = edited(MADE, "b", 1, {"a": 1}, phone="2")
    again = edited(later, "a", 2, {"b": 1}, phone="3")  # the clock of a is behind
    assert value(again.cells["phone"]) == "3"
    assert not conflicts(again)


def test_two_who_have_not_seen_each_other_are_both_kept_and_the_later_clock_is_shown() -> None:
    one = edited(edited(MADE, "a", 2, {}, phone="2"), "b", 1, {"a": 1}, phone="3")
    other = edited(edited(MADE, "b", 1, {"a": 1}, phone="3"), "a", 2, {}, phone="2")
    assert one == other
    assert value(one.cells["phone"]) == "3"
    assert [write.value for write in conflicts(one)["phone"]] == ["3", "2"]


def test_two_who_wrote_the_same_do_not_disagree() -> None:
    both = edited(edited(MADE, "a", 2, {}, phone="2"), "b", 1, {"a": 1}, phone="2")
    assert len(both.cells["phone"]) == 2
    assert not conflicts(both)


def test_an_edit_beats_a_removal_that_had_not_seen_it_and_people_are_told() -> None:
    both = edited(edited(MADE, "a", 2, {}, phone="2"), "b", 1, {"a": 1})
    assert is_alive(both)
    assert list(conflicts(both)) == [RECORD]


def test_a_removal_by_somebody_who_had_seen_the_edit_stands() -> None:
    gone = edited(edited(MADE, "a", 2, {}, phone="2"), "b", 1, {"a": 2})
    assert not is_alive(gone)
    assert not conflicts(gone)
    assert value(gone.cells["phone"]) == "2"  # what it was is still known


def test_a_decision_ends_a_conflict_even_with_the_same_value() -> None:
    both = edited(edited(MADE, "a", 2, {}, phone="2"), "b", 1, {"a": 1}, phone="3")
    decided = edited(both, "c", 1, {"a": 2, "b": 1}, phone="3")
    assert [write.stream for write in decided.cells["phone"]] == ["c"]


def test_a_column_nobody_wrote_is_not_there() -> None:
    assert "uscc" not in MADE.cells
    assert value(()) is None
