"""The engine takes changes in order, and says what they did."""

from __future__ import annotations

import pytest

from tests.sync.memory import Shelved
from xqhz_desktop.sync.changes import Changeset, Op
from xqhz_desktop.sync.derive import KINDS
from xqhz_desktop.sync.merge import RECORD
from xqhz_desktop.sync.replica import NotReady, apply

A, B = "a" * 32, "b" * 32
STAFF = "staff", "s1"
MADE = Changeset(A, 1, 100, "", {}, (Op(*STAFF, {"name": "陈"}),))


def test_a_change_before_its_time_is_refused_whole() -> None:
    shelf = Shelved(KINDS)
    with pytest.raises(NotReady) as refused:
        apply(shelf, [MADE, Changeset(A, 3, 101, "")])
    assert (refused.value.stream, refused.value.q) == (A, 3)
    with pytest.raises(NotReady):
        apply(shelf, [MADE, MADE])
    with pytest.raises(NotReady):
        apply(shelf, [Changeset(B, 1, 100, "", {A: 1})])
    assert shelf == Shelved(KINDS)


def test_it_tells_what_was_there_what_is_and_what_is_disputed() -> None:
    shelf = Shelved(KINDS)
    made = apply(shelf, [MADE]).touched[STAFF]
    assert (made.before, made.after, made.disputed) == (None, {"name": "陈"}, frozenset())
    apply(shelf, [Changeset(A, 2, 200, "", {}, (Op(*STAFF, {"name": "陈一"}),))])
    other = Changeset(B, 1, 300, "", {A: 1}, (Op(*STAFF, {"name": "陈二"}),))
    both = apply(shelf, [other]).touched[STAFF]
    assert (both.before, both.after) == ({"name": "陈一"}, {"name": "陈二"})
    assert both.disputed == {"name"}
    gone = apply(shelf, [Changeset(B, 2, 400, "", {A: 2}, (Op(*STAFF, None),))]).touched[STAFF]
    assert (gone.after, gone.disputed) == (None, frozenset())


def test_an_edited_and_removed_record_is_disputed_itself() -> None:
    shelf = Shelved(KINDS)
    apply(shelf, [MADE, Changeset(A, 2, 200, "", {}, (Op(*STAFF, None),))])
    edit = Changeset(B, 1, 150, "", {A: 1}, (Op(*STAFF, {"name": "陈二"}),))
    assert apply(shelf, [edit]).touched[STAFF].disputed == {RECORD}


def test_nothing_does_nothing() -> None:
    assert apply(Shelved(KINDS), []).touched == {}
