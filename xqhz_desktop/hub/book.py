"""The segments of one school in PostgreSQL, kept and passed on byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xqhz_desktop.hub.database import Connection
from xqhz_desktop.sync import segment as segments
from xqhz_desktop.sync.ledger import Chain, Places, State
from xqhz_desktop.sync.segment import Segment

UNKNOWN, REVOKED = "unknown", "revoked"
"""Why segments are set aside besides those of `State`: who signed them is not known, or blocked."""

_WAITING = [one.value for one in State if one.waits]


class SchoolBook:
    """A `sync.ledger.Book` over an open transaction of one school, whose lock is held."""

    def __init__(self, connection: Connection, school: str) -> None:
        """Keep segments in the tables of a school."""
        self._connection, self._school = connection, school

    def chain(self, stream: str) -> Chain | None:
        """Return the newest segment applied of a stream."""
        found = self._rows(
            "SELECT q1, id, key FROM segment WHERE school_id = %s AND stream = %s"
            " AND state = 'applied' ORDER BY q1 DESC LIMIT 1",
            stream,
        )
        return Chain(found[0][0], found[0][1].hex(), found[0][2].hex()) if found else None

    def overlapping(self, stream: str, q0: int, q1: int) -> Places:
        """Return the applied segments that hold one of these changes."""
        found = self._rows(
            "SELECT id, q0, q1 FROM segment"
            " WHERE school_id = %s AND stream = %s AND state = 'applied' AND q0 <= %s AND q1 >= %s",
            stream, q1, q0,
        )  # fmt: skip
        return {id.hex(): (first, last) for id, first, last in found}

    def waiting(self) -> Sequence[Segment]:
        """Return the segments that wait."""
        return [
            _segment(row)
            for row in self._rows(
                "SELECT head, signature, body FROM segment WHERE school_id = %s"
                " AND state <> 'applied' AND state = ANY (%s)",  # the first for the index
                _WAITING,
            )
        ]

    def doubtful(self) -> Mapping[str, int]:
        """Return where streams have a fork: {stream: first change of it}."""
        found = self._rows(
            "SELECT stream, min(q0) FROM segment WHERE school_id = %s AND state = 'fork' GROUP BY 1"
        )
        return {stream.hex: q for stream, q in found}

    def enter(self, segment: Segment, state: State) -> None:
        """Keep a segment as applied, waiting or set aside."""
        self._enter(segment, state.value)

    def put_aside(self, segment: Segment, reason: str) -> None:
        """Keep a segment that may not be applied, for people to look at."""
        self._enter(segment, reason)

    def unknown(self) -> list[Segment]:
        """Return the segments set aside because nobody knew who signed them."""
        rows = self._rows(
            "SELECT head, signature, body FROM segment"
            " WHERE school_id = %s AND state <> 'applied' AND state = %s",
            UNKNOWN,
        )
        return [*map(_segment, rows)]

    def lacking(self, knowledge: Mapping[str, int]) -> Iterator[Segment]:
        """Yield the applied segments somebody lacks, in the order they were applied."""
        with self._connection.cursor("lacking") as cursor:  # a few in memory, whatever is asked
            cursor.itersize = 20
            cursor.execute(
                "SELECT s.head, s.signature, s.body FROM segment s"
                " LEFT JOIN unnest(%s::uuid[], %s::bigint[]) AS k (stream, q) USING (stream)"
                " WHERE s.school_id = %s AND s.state = 'applied' AND s.q1 > coalesce(k.q, 0)"
                " ORDER BY s.number",
                (list(knowledge), list(knowledge.values()), self._school),
            )
            yield from map(_segment, cursor)

    def _enter(self, segment: Segment, state: str) -> None:
        header = segment.header
        self._connection.execute(
            "INSERT INTO segment"
            " (school_id, id, stream, q0, q1, key, head, signature, body, state)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (school_id, id) DO UPDATE"
            " SET state = excluded.state, number = nextval('segment_order')",
            (
                self._school, bytes.fromhex(segment.id), header.stream, header.q0, header.q1,
                bytes.fromhex(header.key), segment.head, segment.sig, segment.body, state,
            ),
        )  # fmt: skip

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, (self._school, *values)).fetchall()


def _segment(row: tuple[Any, ...]) -> Segment:
    head, signature, body = row
    return segments.parse(bytes(head), bytes(signature), bytes(body))
