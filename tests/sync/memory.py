"""A replica in dictionaries, with the manners of a laptop: edits now, registers later."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from xqhz_desktop.sync import ledger, replica, segment
from xqhz_desktop.sync.changes import Changeset, Key, Op, Value
from xqhz_desktop.sync.derive import Kinds
from xqhz_desktop.sync.ledger import Chain, Places, State, Taken
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.segment import Origin, Segment
from xqhz_desktop.sync.shelf import Kept
from xqhz_desktop.sync.trust import Device

SCHOOL = "5c" * 16


class Aborted(Exception):
    """The power went while something was taken in."""


@dataclass
class Shelved:
    """Everything that is kept, as a shelf and a book; one of these is one state of a database."""

    kinds: Kinds
    registers: dict[Key, Row] = field(default_factory=dict)
    tables: dict[Key, Mapping[str, Value]] = field(default_factory=dict)
    marked: set[Key] = field(default_factory=set)
    applied: dict[str, tuple[int, Mapping[str, int]]] = field(default_factory=dict)
    chains: dict[str, Chain] = field(default_factory=dict)
    segments: dict[str, tuple[Segment, State]] = field(default_factory=dict)
    own: list[Changeset] = field(default_factory=list)
    """Done here and not absorbed."""
    loose: list[Changeset] = field(default_factory=list)
    """Absorbed and in no segment."""
    deps: dict[str, int] = field(default_factory=dict)
    q: int = 0
    stream: str = ""
    fuse: int = 1 << 30
    """How many more writes go well."""

    def copy(self) -> Shelved:
        state = copy.copy(self)
        for name, one in vars(self).items():
            if isinstance(one, dict | set | list):
                setattr(state, name, one.copy())
        return state

    def knowledge(self) -> Mapping[str, int]:
        return {stream: q for stream, (q, _context) in self.applied.items()}

    def context(self, stream: str) -> Mapping[str, int]:
        return self.applied.get(stream, (0, {}))[1]

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row]:
        return {key: self.registers[key] for key in keys if key in self.registers}

    def shown(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Value]]:
        return {key: self.tables[key] for key in keys if key in self.tables}

    def special(self) -> set[Key]:
        return set(self.marked)

    def pointing(self, targets: Iterable[Key]) -> set[Key]:
        wanted = set(targets)
        return {
            key
            for key, cells in self.tables.items()
            for column, kind in self.kinds[key[0]].links.items()
            if (kind, cells.get(column)) in wanted
        }

    def aliases(self) -> Mapping[str, Any]:
        return {
            id: tuple(str(cells.get(name, "")) for name in ("of_kind", "dropped", "kept"))
            for (kind, id), cells in self.tables.items()
            if kind == "alias"
        }

    def keep(self, rows: Mapping[Key, Kept], changesets: Iterable[Changeset]) -> None:
        for key, kept in rows.items():
            self._burn()
            self.registers[key] = kept.row
            self.tables.pop(key, None)
            self.marked.discard(key)
            if kept.shown is not None:
                self.tables[key] = kept.shown
            if kept.special:
                self.marked.add(key)

    def know(self, stream: str, q: int, context: Mapping[str, int]) -> None:
        self._burn()
        self.applied[stream] = q, context
        if stream == self.stream:
            self.q = max(self.q, q)  # a twin wrote on
        else:
            self.deps[stream] = q

    def chain(self, stream: str) -> Chain | None:
        return self.chains.get(stream)

    def overlapping(self, stream: str, q0: int, q1: int) -> Places:
        return {
            id: (one.header.q0, one.header.q1)
            for id, (one, state) in self.segments.items()
            if state is State.APPLIED and one.header.stream == stream
            if one.header.q0 <= q1 and one.header.q1 >= q0
        }

    def waiting(self) -> Sequence[Segment]:
        return [one for one, state in self.segments.values() if state.waits]

    def doubtful(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for one, state in self.segments.values():
            if state is State.FORK:
                header = one.header
                found[header.stream] = min(header.q0, found.get(header.stream, header.q0))
        return found

    def enter(self, segment: Segment, state: State) -> None:
        self._burn()
        _one, before = self.segments.pop(segment.id, (segment, state))
        if state is State.KNOWN:
            return
        if state is State.FORK and before is State.KEY:
            state = before  # settled
        self.segments[segment.id] = segment, state
        if state is State.APPLIED:
            header = segment.header
            self.chains[header.stream] = Chain(header.q1, segment.id, header.key)

    def _burn(self) -> None:
        self.fuse -= 1
        if self.fuse < 0:
            raise Aborted


class Memory:
    """A replica of the schedules (see `schedules.Replica`)."""

    strict = reissues = False

    def __init__(self, stream: str, device: Device, kinds: Kinds, schema: int = 2) -> None:
        self.device, self.kinds, self.schema, self.who = device, kinds, schema, "a"
        self._state = Shelved(kinds, stream=stream)

    @property
    def derived(self) -> Kinds:
        return self.kinds

    @property
    def stream(self) -> str:
        return self._state.stream

    def write(self, ops: Sequence[Op], at: int, *, meant: bool = False) -> Changeset:
        """Do something, as a user does: it is shown at once."""
        state = self._state
        state.q += 1
        made = Changeset(state.stream, state.q, at, self.who, dict(state.deps), tuple(ops))
        state.deps.clear()
        state.own.append(made)
        for op in ops:
            if op.values is None:
                state.tables.pop(op.key, None)
            else:
                state.tables[op.key] = {**state.tables.get(op.key, {}), **op.values}
        return made

    def absorb(self) -> None:
        """Bring the registers up to what was done here."""
        with self._transaction() as state:
            self._absorb(state)

    def pack(self, *, min_reader: int = 1) -> list[Segment]:
        """Return all segments there are to pass on, waiting ones among them."""
        with self._transaction() as state:
            self._absorb(state)
            if state.loose:
                chain = state.chains.get(state.stream)
                origin = Origin(self.device, SCHOOL, self.schema, min_reader)
                made = segment.make(state.loose, chain.id if chain else "", origin)
                state.loose.clear()
                state.enter(made, State.APPLIED)
        return [
            one
            for one, state in self._state.segments.values()
            if state is State.APPLIED or state.waits
        ]

    def take(self, segments: Sequence[Segment], fuse: int = 1 << 30) -> Taken:
        """Take segments in; a `fuse` lets the power go after so many writes: Aborted."""
        with self._transaction() as state:
            self._absorb(state)
            state.fuse = fuse
            taken = ledger.take(state, state, segments, self.kinds, self.schema)
            state.fuse = 1 << 30
        return taken

    def shown(self) -> dict[Key, dict[str, Any]]:
        """Return what users see."""
        return {key: dict(cells) for key, cells in self._state.tables.items()}

    def registers(self) -> dict[Key, Row]:
        """Return what is known; without what was done since `absorb`."""
        return self._state.registers

    def knowledge(self) -> Mapping[str, int]:
        """Return how far every stream is known, its own changes among them."""
        return {
            **self._state.knowledge(),
            **({self.stream: self._state.q} if self._state.q else {}),
        }

    def states(self) -> dict[str, State]:
        """Return what became of each segment ever seen, by id."""
        return {id: state for id, (_one, state) in self._state.segments.items()}

    def settle(self) -> None:
        """Decide that what is known of forked streams is right."""
        kept = self._state.segments
        self._state.segments = {
            id: (one, State.KEY if state is State.FORK else state)
            for id, (one, state) in kept.items()
        }

    def restarted(self) -> Memory:
        """Return the replica after the program was closed and opened."""
        made = self.copied(self.stream)
        made.who = self.who
        return made

    def upgrade(self, kinds: Kinds, schema: int = 2) -> None:
        """Install the newest version."""
        new = [
            key
            for key, row in self._state.registers.items()
            if key[0] not in self.kinds or row.values.keys() - self.kinds[key[0]].columns
        ]
        self.kinds, self.schema = kinds, schema
        with self._transaction() as state:
            self._absorb(state)
            state.kinds = kinds
            replica.show_again(state, new, kinds)

    def copied(self, stream: str, *, bare: bool = False) -> Memory:
        """Return a copy of the workspace that goes on under a stream (its own, or a new one).

        A bare one knows what segments did, and has none of them: it began with a snapshot.
        """
        if stream != self.stream:
            self.pack()
        made = copy.copy(self)
        made._state = state = self._state.copy()
        made.who += "b"  # who does the very same in a copy is another all the same
        if stream != self.stream:
            state.deps = dict(state.knowledge())
            state.stream, state.q = stream, 0
        if bare:
            state.segments.clear()
        return made

    def _absorb(self, state: Shelved) -> None:
        replica.apply(state, state.own, self.kinds)
        state.loose += state.own
        state.own = []

    @contextmanager
    def _transaction(self) -> Any:
        saved = self._state.copy()
        try:
            yield self._state
        except BaseException:
            self._state = saved
            raise
