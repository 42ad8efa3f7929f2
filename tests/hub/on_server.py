"""A replica of the schedules on PostgreSQL: nobody writes there, everybody passes through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tests.sync.edits import NEW
from tests.sync.memory import Aborted
from xqhz_desktop.hub.book import SchoolBook
from xqhz_desktop.hub.database import Connection, Database
from xqhz_desktop.hub.shelf import SchoolShelf
from xqhz_desktop.sync import ledger
from xqhz_desktop.sync.changes import Changeset, Key, Op
from xqhz_desktop.sync.derive import KINDS, Kinds
from xqhz_desktop.sync.ledger import State, Taken
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.segment import Segment


class Fused(SchoolBook):
    """A book that fails after so many segments."""

    def __init__(self, connection: Connection, school: str, fuse: int) -> None:
        """Keep segments in the tables of a school."""
        super().__init__(connection, school)
        self.fuse = fuse

    def enter(self, segment: Segment, state: State) -> None:
        """Keep a segment, or let the power go."""
        self.fuse -= 1
        if self.fuse < 0:
            raise Aborted
        super().enter(segment, state)


class OnServer:
    """A replica of the schedules (see `tests.sync.schedules.Replica`)."""

    kinds = derived = NEW  # what the devices of the schedules write
    schema = 2
    strict = reissues = False

    def __init__(self, database: Database, school: str, stream: str) -> None:
        """Serve one school of a database."""
        self.database, self.school, self.stream = database, school, stream

    def write(self, ops: Sequence[Op], at: int, *, meant: bool = False) -> Changeset | None:
        """Nobody writes here."""
        return None

    def absorb(self) -> None:
        """There is nothing to absorb."""

    def pack(self, *, min_reader: int = 1) -> list[Segment]:
        """Return all segments there are to pass on, waiting ones among them."""
        with self.database.school(self.school) as connection:
            book = SchoolBook(connection, self.school)
            return [*book.lacking({}), *book.waiting()]

    def take(self, segments: Sequence[Segment], fuse: int = 1 << 30) -> Taken:
        """Take segments in; a `fuse` lets the power go after so many of them: Aborted."""
        with self.database.school(self.school, locked=True) as connection:
            book = Fused(connection, self.school, fuse)
            shelf = SchoolShelf(connection, self.school)
            return ledger.take(book, shelf, segments, KINDS, self.schema)

    def shown(self) -> dict[Key, dict[str, Any]]:
        """Return what the web page counts."""
        return {
            (kind, id): shown
            for kind, id, shown in self._rows("kind, id, shown FROM record")
            if shown
        }

    def registers(self) -> Mapping[Key, Row]:
        """Return what is known."""
        keys = self._rows("kind, id FROM record")
        with self.database.school(self.school) as connection:
            return SchoolShelf(connection, self.school).rows(keys)

    def knowledge(self) -> Mapping[str, int]:
        """Return how far every stream is known."""
        return {UUID(str(one)).hex: q for one, q in self._rows("stream, q FROM stream") if q}

    def states(self) -> Mapping[str, State]:
        """Return what became of each segment ever seen, by id."""
        return {id.hex(): State(state) for id, state in self._rows("id, state FROM segment")}

    def settle(self) -> None:
        """There are no forks in these schedules."""

    def restarted(self) -> OnServer:
        """Return the replica after the program was closed and opened."""
        return OnServer(self.database, self.school, self.stream)

    def upgrade(self, kinds: Kinds) -> None:
        """It is the newest already."""

    def copied(self, stream: str, *, bare: bool = False) -> OnServer:
        """Nobody copies a server."""
        raise NotImplementedError

    def _rows(self, query: str) -> list[Any]:
        with self.database.school(self.school) as connection:
            return connection.execute(
                f"SELECT {query} WHERE school_id = %s", (self.school,)
            ).fetchall()
