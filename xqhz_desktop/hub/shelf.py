"""The registers of one school in PostgreSQL: the same merge as on the laptops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import references
from xqhz_desktop.hub.database import Connection
from xqhz_desktop.sync import merge, states
from xqhz_desktop.sync.changes import Changeset, Key, Value
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.shelf import Kept
from xqhz_desktop.sync.states import Interner, Shape


class SchoolShelf:
    """A `sync.shelf.Shelf` over an open transaction of one school, whose lock is held."""

    def __init__(self, connection: Connection, school: str) -> None:
        """Read what the states call streams and shapes by number."""
        self._connection, self._school = connection, school
        found = self._rows("SELECT stream FROM stream WHERE school_id = %s ORDER BY number")
        self._streams: Interner[str] = Interner(one.hex for (one,) in found)
        found = self._rows("SELECT columns FROM shape WHERE school_id = %s ORDER BY number")
        self._shapes: Interner[Shape] = Interner(tuple(one) for (one,) in found)
        self._named = len(self._streams.names), len(self._shapes.names)
        self._was: Mapping[Key, tuple[Mapping[str, Value] | None, int]] = {}

    def knowledge(self) -> dict[str, int]:
        """Return how far each stream is applied."""
        found = self._rows("SELECT stream, q FROM stream WHERE school_id = %s AND q > 0")
        return {stream.hex: q for stream, q in found}

    def context(self, stream: str) -> dict[str, int]:
        """Return what the writer of a stream had seen at its last applied change."""
        found = self._rows(
            "SELECT context FROM stream WHERE school_id = %s AND stream = %s", stream
        )
        return dict(found[0][0]) if found else {}

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row]:
        """Return the registers of the records that have any."""
        return {
            (kind, id): states.decode(bytes(state), self._streams, self._shapes)
            for kind, (id, state) in self._chosen("state", keys)
        }

    def shown(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Value]]:
        """Return the records that are shown now."""
        self._was = {
            (kind, id): (shown, conflicts)
            for kind, (id, shown, conflicts) in self._chosen("shown, conflicts", keys)
        }
        return {key: shown for key, (shown, _conflicts) in self._was.items() if shown is not None}

    def special(self) -> set[Key]:
        """Return the records kept as special."""
        return set(self._rows("SELECT kind, id FROM record WHERE school_id = %s AND special"))

    def pointing(self, targets: Iterable[Key]) -> set[Key]:
        """Return the records shown now with a reference whose shown value is one of these."""
        wanted = set(targets)
        if not wanted:
            return set()
        found = self._rows(
            "SELECT kind, id, target_kind, target FROM link"
            " WHERE school_id = %s AND target = ANY (%s)",
            [id for _kind, id in wanted],
        )
        return {(kind, id) for kind, id, of_kind, target in found if (of_kind, target) in wanted}

    def aliases(self) -> dict[str, tuple[str, str, str]]:
        """Return (of_kind, dropped, kept) of the alias records shown now, by their own ids."""
        found = self._rows(
            "SELECT id, shown FROM record"
            " WHERE school_id = %s AND kind = 'alias' AND shown IS NOT NULL"
        )
        return {  # whoever wrote half an alias, it is none
            id: (one.get("of_kind") or "", one.get("dropped") or "", one.get("kept") or "")
            for id, one in found
        }

    def keep(self, rows: Mapping[Key, Kept], changesets: Iterable[Changeset]) -> None:
        """Write registers and what is shown; the segments keep the changesets themselves."""
        if not rows:
            return
        encoded = (
            (
                kind, id, states.encode(kept.row, self._streams, self._shapes),
                None if kept.shown is None else Jsonb(_plain(kept.shown)),
                kept.special, len(merge.conflicts(kept.row)),
            )
            for (kind, id), kept in rows.items()
        )  # fmt: skip
        written = [list(column) for column in zip(*encoded, strict=True)]
        self._name_new()
        self._connection.execute(
            "INSERT INTO record (school_id, kind, id, state, shown, special, conflicts)"
            " SELECT %s, * FROM unnest(%s::text[], %s::text[], %b::bytea[], %b::jsonb[],"
            " %s::boolean[], %s::integer[]) ON CONFLICT (school_id, kind, id) DO UPDATE"
            " SET state = excluded.state, shown = excluded.shown,"
            " special = excluded.special, conflicts = excluded.conflicts",
            (self._school, *written),
        )
        self._connection.execute(
            "DELETE FROM link USING unnest(%s::text[], %s::text[]) AS gone (kind, id)"
            " WHERE link.school_id = %s AND link.kind = gone.kind AND link.id = gone.id",
            (*written[:2], self._school),
        )
        self._write(
            "INSERT INTO link (school_id, kind, id, field, target_kind, target)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [link for key, kept in rows.items() for link in _links(key, kept)],
        )
        self._write(
            "INSERT INTO tally (school_id, kind, shown, conflicts) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (school_id, kind) DO UPDATE SET shown = tally.shown + excluded.shown,"
            " conflicts = tally.conflicts + excluded.conflicts",
            [(kind, *more) for kind, more in self._growth(rows).items()],
        )

    def know(self, stream: str, q: int, context: Mapping[str, int]) -> None:
        """Write how far a stream is applied and what its writer had seen."""
        self._streams.number(stream)
        self._name_new()
        self._connection.execute(
            "UPDATE stream SET q = %s, context = %s WHERE school_id = %s AND stream = %s",
            (q, Jsonb(dict(context)), self._school, stream),
        )

    def _growth(self, rows: Mapping[Key, Kept]) -> dict[str, tuple[int, int]]:
        """Return how many more records are shown and columns in conflict, by kind."""
        found: dict[str, tuple[int, int]] = {}
        for key, kept in rows.items():
            shown, conflicts = self._was.get(key, (None, 0))  # asked for just before
            more, open_ = found.get(key[0], (0, 0))
            more += (kept.shown is not None) - (shown is not None)
            found[key[0]] = more, open_ + len(merge.conflicts(kept.row)) - conflicts
        return found

    def _chosen(self, columns: str, keys: Iterable[Key]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield the kind, and the id with these columns, of records that are here."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for kind, id in keys:
            wanted[kind].append(id)
        for kind, ids in wanted.items():
            found = self._rows(
                f"SELECT id, {columns} FROM record"
                " WHERE school_id = %s AND kind = %s AND id = ANY (%s)",
                kind,
                ids,
            )
            yield from ((kind, row) for row in found)

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, (self._school, *values)).fetchall()

    def _write(self, query: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Write rows of this school, if there are any."""
        if rows:
            with self._connection.cursor() as cursor:
                cursor.executemany(query, [(self._school, *row) for row in rows])

    def _name_new(self) -> None:
        """Write the streams and shapes met for the first time."""
        streams, shapes = self._named
        self._write(
            "INSERT INTO stream (school_id, stream, number) VALUES (%s, %s, %s)",
            [(name, number) for number, name in enumerate(self._streams.names[streams:], streams)],
        )
        self._write(
            "INSERT INTO shape (school_id, number, columns) VALUES (%s, %s, %s)",
            [
                (number, Jsonb(list(shape)))
                for number, shape in enumerate(self._shapes.names[shapes:], shapes)
            ],
        )
        self._named = len(self._streams.names), len(self._shapes.names)


def _plain(shown: Mapping[str, Value]) -> dict[str, Any]:
    """Return values as JSON has them; bytes, which only newer versions write, as hex."""
    return {
        name: value.hex() if isinstance(value, bytes) else value for name, value in shown.items()
    }


def _links(key: Key, kept: Kept) -> Iterable[tuple[str, str, str, str, str]]:
    """Yield kind, id, field, target's kind and target of each shown reference."""
    kind, id = key
    if kept.shown is None or kind not in BY_KIND:
        return
    for field, target in references(BY_KIND[kind]).items():
        if value := kept.shown.get(field):
            yield kind, id, field, target, str(value)
