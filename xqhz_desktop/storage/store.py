"""One door to the data: read a snapshot, or change it all or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import NotFound, ReadOnly
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import connection as connections
from xqhz_desktop.storage import journal
from xqhz_desktop.storage.codec import columns, from_cells, to_cell
from xqhz_desktop.storage.locks import WriterLock
from xqhz_desktop.storage.writing import Pending


class Reader:
    """A consistent view of the data; close it soon (``with store.read() as reader``)."""

    def __init__(self, cursor: Any) -> None:
        """Read through a driver cursor with an open transaction."""
        self.cursor = cursor

    def get(self, kind: str, id: str) -> Record | None:
        """Return one record, or None."""
        return next(self.all(kind, id=id), None)

    def all(self, kind: str, **equal: Any) -> Iterator[Record]:
        """Return the records of a kind whose fields equal the given values, in no order."""
        names = ", ".join(f'"{name}"' for name in columns(kind))
        where, values = _where(kind, equal)
        for cells in self.cursor.execute(f"SELECT {names} FROM {kind}{where}", values).fetchall():
            yield from_cells(kind, cells)

    def some(self, kind: str, ids: Sequence[str]) -> Iterator[Record]:
        """Return the records of these ids that exist, in no order."""
        names = ", ".join(f'"{name}"' for name in columns(kind))
        for start in range(0, len(ids), 500):
            part = list(ids[start : start + 500])
            marks = ",".join("?" * len(part))
            found = self.cursor.execute(f"SELECT {names} FROM {kind} WHERE id IN ({marks})", part)
            for cells in found.fetchall():
                yield from_cells(kind, cells)

    def count(self, kind: str, **equal: Any) -> int:
        """Return how many records of a kind there are."""
        where, values = _where(kind, equal)
        return int(self.cursor.execute(f"SELECT count(*) FROM {kind}{where}", values).fetchone()[0])

    def names(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        """Return what people call the records of these ids."""
        title = BY_KIND[kind].TITLE
        if field := BY_KIND[kind].FIELDS[title].target:
            links = self._pairs(kind, title, ids)
            called = self.names(field, links.values())
            return {id: called.get(link, "") for id, link in links.items()}
        return self._pairs(kind, title, ids)

    def _pairs(self, kind: str, column: str, ids: Iterable[str]) -> dict[str, str]:
        wanted = list(dict.fromkeys(ids))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            found.update(
                self.cursor.execute(
                    f'SELECT id, "{column}" FROM {kind} WHERE id IN ({marks})', some
                ).fetchall()
            )
        return found


class Change(Reader):
    """An open change: what is put and removed becomes one step of the journal."""

    def __init__(self, cursor: Any) -> None:
        """Collect changes; they are written in bulk when something is read or all is done."""
        super().__init__(cursor)
        self._pending = Pending(cursor)
        self.undoes: int | None = None
        self.number = 0

    def put(self, record: Record) -> None:
        """Insert or update a record; only fields that differ are journaled."""
        self._pending.put(record)

    def remove(self, kind: str, id: str) -> None:
        """Remove a record."""
        self._pending.remove(kind, id)

    def all(self, kind: str, **equal: Any) -> Iterator[Record]:
        """Read what was put so far, too."""
        self._pending.flush()
        return super().all(kind, **equal)

    def count(self, kind: str, **equal: Any) -> int:
        """Count what was put so far, too."""
        self._pending.flush()
        return super().count(kind, **equal)

    def entries(self) -> list[journal.Entry]:
        """Write everything and return what changed, record by record."""
        self._pending.flush()
        return self._pending.entries()


class Store:
    """The data of one workspace."""

    def __init__(self, file: Path, key: bytes | None = None, lock: WriterLock | None = None):
        """Open the database; without a held lock it can only be read."""
        self.file = file
        self.key = key
        self._lock = lock
        self.listeners: list[Callable[[set[str]], None]] = []
        self._engine: Engine = connections.engine(file, key, read_only=self.read_only)
        self._writing = threading.RLock()

    @property
    def read_only(self) -> bool:
        """Tell whether another window or a closed folder keeps this one from writing."""
        return self._lock is None or not self._lock.held

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Give a snapshot that no change disturbs, from any thread."""
        with self._cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield Reader(cursor)
            finally:
                cursor.execute("ROLLBACK")

    @contextmanager
    def change(self, title: Message, actor: Record, *, reason: str = "") -> Iterator[Change]:
        """Give a change; leaving it writes everything as one step, an error nothing."""
        if self.read_only:
            raise ReadOnly(Message("This workspace is open for reading only; nothing was changed."))
        with self._writing, self._cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                change = Change(cursor)
                yield change
                entries = change.entries()
                if entries:
                    about = journal.Seal(actor.id, actor.called, title, reason, change.undoes)
                    change.number = journal.seal(cursor, about, entries)
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(Exception):  # a full disk has rolled back already
                    cursor.execute("ROLLBACK")
                raise
        self._tell({entry.kind for entry in entries})

    def close(self) -> None:
        """Close every connection and give the writer's lock back."""
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def _tell(self, kinds: set[str]) -> None:
        if kinds:
            for listener in list(self.listeners):
                listener(kinds)

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        with connections.plain_words():
            pooled = self._engine.raw_connection()
            try:
                yield pooled.cursor()
            finally:
                pooled.close()


def _where(kind: str, equal: dict[str, Any]) -> tuple[str, list[Any]]:
    if not equal:
        return "", []
    fields = BY_KIND[kind].FIELDS
    cells = []
    for name, value in equal.items():
        if name != "id" and name not in fields:
            raise NotFound(Message("There is no field “{name}”.", name=name))
        cells.append(value if name == "id" else to_cell(fields[name], value))
    return " WHERE " + " AND ".join(f'"{name}" IS ?' for name in equal), cells
