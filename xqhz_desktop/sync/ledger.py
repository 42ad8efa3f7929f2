"""The ledger of segments: what is applied, what waits, and what nobody can vouch for.

A stream is a chain of segments. Its next one is applied once everything it builds on is there; one
known already is passed over; anything else that claims the place of a known one is a fork (a copied
or restored workspace went on under the same name): it is set aside, what is known stays as it is,
and the stream and whatever builds on the doubtful part of it wait until people have decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from xqhz_desktop.sync.changes import Changeset
from xqhz_desktop.sync.derive import KINDS, Kinds
from xqhz_desktop.sync.replica import Outcome, apply
from xqhz_desktop.sync.segment import Segment, changesets
from xqhz_desktop.sync.shelf import Shelf

SCHEMA = 1
"""The schema revision this version reads; a segment that asks for a later one waits."""


class State(Enum):
    """What became of a segment; the value is what is kept in tables."""

    APPLIED = "applied"
    KNOWN = "known"
    GAP = "gap"
    """Waits: an earlier segment of its stream is missing."""
    DEPS = "deps"
    """Waits: something its writer had seen is missing."""
    READER = "reader"
    """Waits: it needs a newer version of the program."""
    DOUBT = "doubt"
    """Waits: its stream, or one it builds on, has a fork."""
    FORK = "fork"
    """Set aside: another one is in its place."""
    KEY = "key"
    """Set aside: another device signed it than the one its stream belongs to."""

    @property
    def waits(self) -> bool:
        """Tell whether it is looked at again with the next segments."""
        return self in (State.GAP, State.DEPS, State.READER, State.DOUBT)


@dataclass(frozen=True, slots=True)
class Chain:
    """The newest segment of a stream: its last change, its id, and the key that signs there."""

    q: int
    id: str
    key: str


Places = Mapping[str, tuple[int, int]]
"""Segments of one stream by id: the first and the last of their changes."""


class Book(Protocol):
    """What the ledger asks of the place that keeps segments, in the transaction of the shelf."""

    def chain(self, stream: str) -> Chain | None:
        """Return the newest segment applied, or made here, of a stream."""

    def overlapping(self, stream: str, q0: int, q1: int) -> Places:
        """Return the segments applied or made here that hold one of these changes."""

    def waiting(self) -> Sequence[Segment]:
        """Return the segments that wait."""

    def doubtful(self) -> Mapping[str, int]:
        """Return where streams have a fork nobody has settled: {stream: first change of it}."""

    def enter(self, segment: Segment, state: State) -> None:
        """Keep a segment as applied, waiting or set aside, instead of how it was kept before."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of segments, by id, and of the records.

    Segments that had waited and go on waiting are not named.
    """

    states: Mapping[str, State]
    outcome: Outcome


def take(
    book: Book,
    shelf: Shelf,
    segments: Iterable[Segment],
    kinds: Kinds = KINDS,
    schema: int = SCHEMA,
) -> Taken:
    """Take in checked segments, and what waited for them, as one change."""
    desk = _Desk(book, shelf.knowledge(), schema)
    waited = {one.id: one for one in book.waiting()}
    states: dict[str, State] = {}
    for segment, state in desk.sorted({**waited, **{one.id: one for one in segments}}.values()):
        if not (state.waits and segment.id in waited):
            states[segment.id] = state
        if state is not State.KNOWN or segment.id in waited:
            book.enter(segment, state)
    return Taken(states, apply(shelf, desk.ready, kinds))


class _Desk:
    """Segments on their way in: judged against what is known, and against each other."""

    def __init__(self, book: Book, knowledge: Mapping[str, int], schema: int) -> None:
        self.ready: list[Changeset] = []
        self._book, self._knowledge, self._schema = book, dict(knowledge), schema
        self._doubtful = book.doubtful()
        self._chains: dict[str, Chain | None] = {}
        self._places: dict[str, dict[str, tuple[int, int]]] = {}
        self._read: dict[str, list[Changeset]] = {}

    def sorted(self, segments: Iterable[Segment]) -> Iterator[tuple[Segment, State]]:
        """Yield segments and what becomes of them; those to apply after what they build on."""
        left = sorted(segments, key=lambda one: (one.header.q0, one.id))
        self._look_up(left)
        applying, going = False, True
        while going:
            waiting = []
            for one in left:
                state = self._state(one)
                if state.waits or (state is State.APPLIED and not applying):
                    waiting.append(one)
                    continue
                yield self._settled(one, state), state
                if state is State.FORK:
                    self._doubtful = self._book.doubtful()
            going = len(waiting) < len(left) or not applying
            left, applying = waiting, True  # forks are known before what builds on them is applied
        yield from ((one, self._state(one)) for one in left)

    def _settled(self, segment: Segment, state: State) -> Segment:
        header = segment.header
        if state is State.APPLIED:
            self.ready += self._changesets(segment)
            self._knowledge[header.stream] = header.q1
            self._chains[header.stream] = Chain(header.q1, segment.id, header.key)
            self._places[header.stream][segment.id] = header.q0, header.q1
        return segment

    def _look_up(self, segments: Iterable[Segment]) -> None:
        """Ask once a stream what is known where segments claim a place."""
        ranges: dict[str, tuple[int, int]] = {}
        for header in (one.header for one in segments):
            low, high = ranges.get(header.stream, (header.q0, header.q1))
            ranges[header.stream] = min(low, header.q0), max(high, header.q1)
        for stream, (q0, q1) in ranges.items():
            self._places[stream] = dict(self._book.overlapping(stream, q0, q1))
            self._chains[stream] = self._book.chain(stream)

    def _rivals(self, stream: str, first: int, last: int) -> set[str]:
        places = self._places[stream].items()
        return {id for id, (q0, q1) in places if q0 <= last and q1 >= first}

    def _state(self, segment: Segment) -> State:
        header = segment.header
        known, chain = self._knowledge.get(header.stream, 0), self._chains[header.stream]
        rivals = self._rivals(header.stream, header.q0, header.q1)
        if segment.id in rivals:
            return State.KNOWN
        if chain and chain.key != header.key:
            return State.KEY
        if not rivals and chain and header.q1 <= chain.q:
            return State.KNOWN  # from before the snapshot this copy began with
        if rivals or header.q0 <= known:
            return State.FORK
        if header.q0 > known + 1:
            return State.GAP
        if header.prev != (chain.id if chain else ""):
            return State.FORK
        return self._next(segment)

    def _next(self, segment: Segment) -> State:
        """Return what becomes of the next segment of a stream."""
        if segment.header.min_reader > self._schema:
            return State.READER
        needs = [(segment.header.stream, segment.header.q1)]
        needs += [
            (stream, q)
            for one in self._changesets(segment)
            for stream, q in one.deps.items()
            if stream != one.stream or q >= one.q  # its own earlier ones come before it anyway
        ]
        if any(q >= self._doubtful.get(stream, q + 1) for stream, q in needs):
            return State.DOUBT
        missing = any(self._knowledge.get(stream, 0) < q for stream, q in needs[1:])
        return State.DEPS if missing else State.APPLIED

    def _changesets(self, segment: Segment) -> list[Changeset]:
        if segment.id not in self._read:
            self._read[segment.id] = changesets(segment)
        return self._read[segment.id]
