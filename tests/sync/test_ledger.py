"""Segments that come early, twice, from a copy, from a stranger, or from the future."""

from __future__ import annotations

from tests.sync.edits import NEW
from tests.sync.memory import SCHOOL, Memory
from tests.sync.samples import OFFICE, TUTOR
from xqhz_desktop.sync import segment
from xqhz_desktop.sync.changes import Changeset, Op
from xqhz_desktop.sync.ledger import State
from xqhz_desktop.sync.segment import Origin, Segment

A, B, C = (letter * 32 for letter in "abc")


def change(stream: str, q: int, name: str = "甲", **deps: int) -> Changeset:
    """Return a change that names a person; `deps` by letter."""
    seen = {letter * 32: n for letter, n in deps.items()}
    return Changeset(stream, q, 100 + q, "", seen, (Op("staff", stream, {"name": name}),))


def cut(*changes: Changeset, prev: Segment | None = None, reader: int = 1) -> Segment:
    """Return a segment of the office."""
    origin = Origin(OFFICE, SCHOOL, 1, reader)
    return segment.make(changes, prev.id if prev else "", origin)


def device(*segments: Segment, schema: int = 1) -> Memory:
    """Return a device that has taken these in."""
    made = Memory(C, TUTOR, NEW, schema)
    if segments:
        made.take(segments)
    return made


FIRST = cut(change(A, 1), change(A, 2))
NEXT = cut(change(A, 3), prev=FIRST)
LAST = cut(change(A, 4), prev=NEXT)
RIVAL = cut(change(A, 3, "乙"), prev=FIRST)
OTHER = cut(change(B, 1, a=3))


def taken(made: Memory, *segments: Segment) -> list[State]:
    """Return what becomes of segments, in their order."""
    states = made.take(segments).states
    return [states[one.id] for one in segments]


def test_segments_in_any_order_are_taken_in_the_right_one() -> None:
    made = device()
    assert taken(made, OTHER, LAST, NEXT, FIRST) == [State.APPLIED] * 4
    assert made.knowledge() == {A: 4, B: 1}


def test_a_segment_waits_for_an_earlier_one_and_for_what_its_writer_had_seen() -> None:
    made = device()
    assert taken(made, LAST, OTHER) == [State.GAP, State.DEPS]
    assert made.take([FIRST]).states == {FIRST.id: State.APPLIED}
    assert made.take([NEXT]).states.keys() == {NEXT.id, LAST.id, OTHER.id}
    assert made.knowledge() == {A: 4, B: 1}


def test_a_change_that_names_an_earlier_one_of_its_own_does_not_wait_for_it() -> None:
    assert taken(device(), cut(change(A, 1), change(A, 2, a=1))) == [State.APPLIED]
    assert taken(device(), cut(change(A, 1), change(A, 2, a=2))) == [State.DEPS]


def test_a_segment_known_already_is_passed_over() -> None:
    made = device(FIRST, NEXT)
    assert taken(made, NEXT, FIRST) == [State.KNOWN] * 2
    assert made.take([FIRST, FIRST]).outcome.touched == {}


def test_a_segment_of_the_future_waits_for_the_upgrade() -> None:
    future = cut(change(A, 3), prev=FIRST, reader=2)
    made = device(FIRST)
    assert taken(made, future) == [State.READER]
    made.upgrade(NEW, 2)
    assert made.take([]).states == {future.id: State.APPLIED}


def test_of_two_histories_the_second_is_set_aside_and_what_builds_on_either_waits() -> None:
    made = device(FIRST, NEXT)
    before = made.shown()
    assert taken(made, RIVAL, LAST, OTHER) == [State.FORK, State.DOUBT, State.DOUBT]
    assert made.shown() == before
    made.settle()
    assert made.take([]).states == {LAST.id: State.APPLIED, OTHER.id: State.APPLIED}
    assert taken(made, RIVAL) != [State.APPLIED]


def test_a_rival_is_applied_whole_where_the_other_one_needs_an_upgrade() -> None:
    future = cut(change(A, 3), prev=FIRST, reader=2)
    made = device(FIRST)
    assert set(taken(made, future, RIVAL)) <= {State.READER, State.FORK, State.APPLIED}
    assert made.knowledge() == {A: 3}
    assert made.shown()["staff", A]["name"] == "乙"
    assert made.states()[future.id] is State.FORK


def test_what_lies_before_a_fork_is_beyond_doubt() -> None:
    made = device(FIRST, NEXT, LAST, cut(change(A, 4, "乙"), prev=NEXT))
    assert State.FORK in made.states().values()
    assert taken(made, OTHER) == [State.APPLIED]


def test_a_history_that_goes_on_from_another_past_is_a_fork() -> None:
    assert taken(device(FIRST, NEXT), cut(change(A, 4), prev=RIVAL)) == [State.FORK]


def test_the_same_changes_cut_otherwise_are_a_fork() -> None:
    assert taken(device(FIRST), cut(change(A, 1))) == [State.FORK]
    assert taken(device(FIRST), cut(change(A, 2), prev=RIVAL)) == [State.FORK]


def test_a_copy_that_wrote_on_in_our_name_is_found_before_our_own_is_sealed() -> None:
    made = Memory(A, OFFICE, NEW, 1)
    for name in ("甲", "乙"):
        made.write([Op("staff", A, {"name": name})], 100)
    assert taken(made, FIRST) == [State.FORK]
    assert made.shown()["staff", A]["name"] == "乙"


def test_a_stream_belongs_to_the_key_that_began_it() -> None:
    stranger = segment.make([change(A, 3)], FIRST.id, Origin(TUTOR, SCHOOL, 1))
    made = device(FIRST)
    assert taken(made, stranger) == [State.KEY]
    assert taken(made, NEXT) == [State.APPLIED]


def test_a_device_that_began_with_a_snapshot_knows_what_is_older() -> None:
    made = device(FIRST, NEXT).copied(B, bare=True)
    assert taken(made, FIRST, NEXT, LAST) == [State.KNOWN, State.KNOWN, State.APPLIED]
