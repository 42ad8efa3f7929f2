"""The engine of every replica: changesets into registers, and what is shown of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xqhz_desktop.sync.changes import Changeset, Key, Value
from xqhz_desktop.sync.derive import KINDS, Kinds, settled
from xqhz_desktop.sync.merge import Row, conflicts, merged
from xqhz_desktop.sync.shelf import Kept, Shelf


class NotReady(Exception):
    """A changeset came before something it builds on; nothing was applied."""

    def __init__(self, changeset: Changeset) -> None:
        """Name the changeset by its `stream` and `q`."""
        super().__init__(f"change {changeset.q} of {changeset.stream}")
        self.stream, self.q = changeset.stream, changeset.q


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of one record: how it was shown and is shown now (None: not at all).

    `disputed` are the columns copies disagree on since (see `merge.conflicts`).
    """

    before: Mapping[str, Value] | None
    after: Mapping[str, Value] | None
    disputed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changesets did, by record: those they wrote, and others shown differently for it."""

    touched: Mapping[Key, Effect]


def apply(shelf: Shelf, changesets: Sequence[Changeset], kinds: Kinds = KINDS) -> Outcome:
    """Take in changesets, each after what it builds on, none twice; raise NotReady otherwise."""
    if not changesets:
        return Outcome({})
    knowledge = dict(shelf.knowledge())
    contexts: dict[str, Mapping[str, int]] = {}
    old = shelf.rows({op.key for one in changesets for op in one.ops})
    new: dict[Key, Row] = {}
    for one in changesets:
        if not _is_ready(one, knowledge):
            raise NotReady(one)
        knowledge[one.stream] = one.q
        known = contexts[one.stream] if one.stream in contexts else shelf.context(one.stream)
        contexts[one.stream] = context = {**known, **one.deps}
        seen = {**context, one.stream: one.q - 1}
        for op in one.ops:
            row = new.get(op.key) or old.get(op.key) or Row()
            new[op.key] = merged(row, op, one, seen)
    kept = settled(shelf, old, new, kinds)
    outcome = _outcome(shelf, old, kept)
    shelf.keep(kept, changesets)
    for stream, known in contexts.items():
        shelf.know(stream, knowledge[stream], known)
    return outcome


def show_again(shelf: Shelf, keys: Iterable[Key], kinds: Kinds = KINDS) -> Outcome:
    """Show records anew whose registers hold what this version has learned to understand."""
    rows = shelf.rows(keys)
    kept = settled(shelf, {}, rows, kinds)
    outcome = _outcome(shelf, rows, kept)
    shelf.keep(kept, ())
    return outcome


def _is_ready(changeset: Changeset, knowledge: Mapping[str, int]) -> bool:
    return changeset.q == knowledge.get(changeset.stream, 0) + 1 and all(
        knowledge.get(stream, 0) >= q for stream, q in changeset.deps.items()
    )


def _outcome(shelf: Shelf, old: Mapping[Key, Row], kept: Mapping[Key, Kept]) -> Outcome:
    was = shelf.shown(kept.keys())
    return Outcome(
        {
            key: Effect(was.get(key), one.shown, _disputed(old.get(key), one.row))
            for key, one in kept.items()
        }
    )


def _disputed(old: Row | None, new: Row) -> frozenset[str]:
    before = conflicts(old) if old else {}
    return frozenset(
        column for column, register in conflicts(new).items() if before.get(column) != register
    )
