"""The segments of a laptop: those applied or made here, those that wait, those set aside."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from xqhz_desktop.sync import segment as segments
from xqhz_desktop.sync.ledger import Chain, Places, State
from xqhz_desktop.sync.segment import Segment

HELD = "held"
"""Left out by people: it waits until they let it in, and so does what builds on it."""

STRANGER, REVOKED = "stranger", "revoked"
"""Set aside: by a device nobody here knows yet; by a blocked one, after it was blocked."""

PARTIAL = "partial"
"""Set aside: a partial copy wrote it, whose changes come by returns that people look at."""

SETTLED = "settled"
"""A fork people have decided about: what was known before it counts."""

ASIDE = frozenset({State.FORK.value, State.KEY.value, STRANGER, REVOKED, PARTIAL, SETTLED})
"""The states of segments nobody vouches for: they are kept, and their senders are told."""

_WAITS = tuple(state.value for state in State if state.waits)
_KEPT = "id, stream, q0, q1, state, at, head, sig, body"


class Shelved:
    """The book of the ledger, in the tables of the workspace."""

    def __init__(self, cursor: Any) -> None:
        """Work in an open transaction."""
        self._cursor = cursor

    def chain(self, stream: str) -> Chain | None:
        """Return the newest segment applied, or made here, of a stream."""
        row = self._cursor.execute(
            "SELECT q, id, device FROM sync_chain WHERE stream = ?", (stream,)
        ).fetchone()
        return Chain(*row) if row else None

    def chains(self) -> dict[str, Chain]:
        """Return the newest segment of every stream."""
        found = self._cursor.execute("SELECT stream, q, id, device FROM sync_chain ORDER BY rowid")
        return {str(stream): Chain(*rest) for stream, *rest in found.fetchall()}

    def overlapping(self, stream: str, q0: int, q1: int) -> Places:
        """Return the segments applied or made here that hold one of these changes."""
        found = self._cursor.execute(
            "SELECT id, q0, q1 FROM sync_segment"
            " WHERE stream = ? AND q0 <= ? AND q1 >= ? AND state = ?",
            (stream, q1, q0, State.APPLIED.value),
        )
        return {str(id): (q0, q1) for id, q0, q1 in found.fetchall()}

    def waiting(self) -> Sequence[Segment]:
        """Return the segments that wait for others or for an upgrade."""
        return self.kept(_WAITS)

    def doubtful(self) -> Mapping[str, int]:
        """Return where streams have a fork nobody has settled: {stream: first change of it}."""
        found = self._cursor.execute(
            "SELECT stream, min(q0) FROM sync_segment WHERE state = ? GROUP BY stream",
            (State.FORK.value,),
        )
        return dict(found.fetchall())

    def returned(self) -> dict[str, int]:
        """Return from which change on streams are left out or set aside: {stream: first}."""
        states = sorted({*ASIDE, HELD})
        marks = ",".join("?" * len(states))
        found = self._cursor.execute(
            f"SELECT stream, min(q0) FROM sync_segment WHERE state IN ({marks}) GROUP BY stream",
            states,
        )
        return dict(found.fetchall())

    def enter(self, segment: Segment, state: State) -> None:
        """Keep a segment as applied, waiting or set aside, instead of how it was kept before."""
        if state is State.KNOWN:
            self._cursor.execute("DELETE FROM sync_segment WHERE id = ? AND state <> ?",
                                 (segment.id, State.APPLIED.value))  # fmt: skip
            return
        if state is State.FORK and self._is(segment, SETTLED):
            return
        self.put(segment, state.value)
        if state is State.APPLIED:
            header = segment.header
            self._cursor.execute(
                "INSERT INTO sync_chain (stream, q, id, device) VALUES (?,?,?,?) ON CONFLICT"
                " (stream) DO UPDATE SET q = excluded.q, id = excluded.id WHERE q < excluded.q",
                (header.stream, header.q1, segment.id, header.key),
            )

    def start(self, stream: str, chain: Chain) -> None:
        """Let a stream begin where a snapshot leaves it, without the segments before."""
        self._cursor.execute(
            "INSERT INTO sync_chain (stream, q, id, device) VALUES (?,?,?,?)",
            (stream, chain.q, chain.id, chain.key),
        )

    def undo(self, stream: str, since: int) -> list[Segment]:
        """Take the segments of a stream from a change on out of the book, and return them."""
        where = "stream = ? AND q0 >= ? AND state = ?"
        given = [stream, since, State.APPLIED.value]
        found = self._read(where, given)
        self._cursor.execute(f"DELETE FROM sync_segment WHERE {where}", given)
        self._cursor.execute("DELETE FROM sync_chain WHERE stream = ?", (stream,))
        self._cursor.execute(
            "INSERT INTO sync_chain (stream, q, id, device) SELECT stream, q1, id, ? FROM"
            " sync_segment WHERE stream = ? AND state = ? ORDER BY q1 DESC LIMIT 1",
            (found[0].header.key if found else "", stream, State.APPLIED.value),
        )
        return found

    def _is(self, segment: Segment, state: str) -> bool:
        found = self._cursor.execute(
            "SELECT 1 FROM sync_segment WHERE id = ? AND state = ?", (segment.id, state)
        )
        return found.fetchone() is not None

    def put(self, segment: Segment, state: str) -> None:
        """Keep a segment in a state, whatever that was before."""
        header = segment.header
        self._cursor.execute(
            f"INSERT OR REPLACE INTO sync_segment ({_KEPT}) VALUES (?,?,?,?,?,?,?,?,?)",
            (
                segment.id, header.stream, header.q0, header.q1, state,
                time.time_ns() // 1_000_000, segment.head, segment.sig, segment.body,
            ),
        )  # fmt: skip

    def kept(self, states: Collection[str]) -> list[Segment]:
        """Return the segments in some states, in the order they were put there."""
        marks = ",".join("?" * len(states))
        return self._read(f"state IN ({marks})", list(states))

    def behind(self, knowledge: Mapping[str, int]) -> list[Segment]:
        """Return what is applied here and somebody of this knowledge lacks, what it needs first."""
        chains = self._cursor.execute("SELECT stream, q FROM sync_chain").fetchall()
        lacking = [stream for stream, q in chains if knowledge.get(stream, 0) < q]
        marks = ",".join("?" * len(lacking))
        found = self._read(f"stream IN ({marks}) AND state = ?", [*lacking, State.APPLIED.value])
        return [one for one in found if one.header.q1 > knowledge.get(one.header.stream, 0)]

    def _read(self, where: str, values: Iterable[Any]) -> list[Segment]:
        found = self._cursor.execute(
            f"SELECT head, sig, body FROM sync_segment WHERE {where} ORDER BY rowid", values
        )
        return [
            segments.parse(bytes(head), bytes(sig), bytes(body))
            for head, sig, body in found.fetchall()
        ]


def trust(cursor: Any, stream: str) -> None:
    """Decide that what is known of a stream is right, and its forks are not."""
    cursor.execute(
        "UPDATE sync_segment SET state = ? WHERE stream = ? AND state = ?",
        (SETTLED, stream, State.FORK.value),
    )
