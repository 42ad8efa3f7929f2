"""One door to the data: read a snapshot, or change it all or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record, new_id
from xqhz_desktop.errors import NotFound, ReadOnly
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import backups, drafts, journal, own
from xqhz_desktop.storage import connection as connections
from xqhz_desktop.storage.codec import Cell, columns, from_cells, to_cell, to_cells
from xqhz_desktop.storage.locks import WriterLock
from xqhz_desktop.storage.writing import Pending, Progress

_CHUNK = 500


class Reader:
    """A consistent view of the data; close it soon (``with store.read() as reader``)."""

    def __init__(self, cursor: Any) -> None:
        """Read through a driver cursor with an open transaction."""
        self._cursor = cursor

    @property
    def cursor(self) -> Any:
        """Return the driver's cursor, for questions of one's own."""
        return self._cursor

    def get(self, kind: str, id: str) -> Record | None:
        """Return one record, or None."""
        return next(self.all(kind, id=id), None)

    def all(self, kind: str, **equal: Any) -> Iterator[Record]:
        """Return the records of a kind whose fields equal the given values, in no order."""
        names = ", ".join(f'"{name}"' for name in columns(kind))
        where, values = _where(kind, equal)
        for cells in self.cursor.execute(f"SELECT {names} FROM {kind}{where}", values).fetchall():
            yield from_cells(kind, cells)

    def some(self, kind: str, ids: Iterable[str]) -> Iterator[Record]:
        """Return the records of these ids that exist, in no order."""
        return (from_cells(kind, cells) for cells in self.cells(kind, columns(kind), ids))

    def cells(self, kind: str, names: Sequence[str], ids: Iterable[str]) -> Iterator[list[Cell]]:
        """Return these columns of the records of these ids that exist, in no order."""
        wanted = list(dict.fromkeys(ids))
        chosen = ", ".join(f'"{name}"' for name in names)
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            found = self.cursor.execute(f"SELECT {chosen} FROM {kind} WHERE id IN ({marks})", part)
            yield from map(list, found.fetchall())

    def fields(self, kind: str, *, retired: bool = False) -> dict[str, Field]:
        """Return the fields of a kind by name: the built-in ones, then the school's own.

        It asks the database: keep the answer where many records are looked at.
        """
        return {**BY_KIND[kind].FIELDS, **own.definitions(self.cursor).of(kind, retired=retired)}

    def count(self, kind: str, **equal: Any) -> int:
        """Return how many records of a kind there are."""
        where, values = _where(kind, equal)
        return int(self.cursor.execute(f"SELECT count(*) FROM {kind}{where}", values).fetchone()[0])

    def names(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        """Return what people call the records of these ids."""
        title = BY_KIND[kind].TITLE
        found = {str(id): str(name or "") for id, name in self.cells(kind, ("id", title), ids)}
        if target := BY_KIND[kind].FIELDS[title].target:
            called = self.names(target, found.values())
            return {id: called.get(link, "") for id, link in found.items()}
        return found


class Change(Reader):
    """An open change: what is put and removed becomes one step of the journal."""

    def __init__(self, cursor: Any, progress: Progress | None = None) -> None:
        """Collect changes; they are written in bulk when something is read or all is done."""
        super().__init__(cursor)
        self._pending = Pending(cursor, progress)
        self.undoes: int | None = None
        self.number = 0
        self.noted = False
        """It stands in the journal even if no record changes, as an export does."""

    @property
    def cursor(self) -> Any:
        """Return the cursor; whoever reads through it sees what was put so far."""
        self._pending.flush()
        return self._cursor

    def put(self, record: Record) -> None:
        """Insert or update a record; only fields that differ are journaled."""
        self._pending.put(record.KIND, record.id, to_cells(record))

    def write(self, kind: str, cells: list[Cell]) -> None:
        """Insert or update a record given as cells, as the journal keeps them."""
        self._pending.put(kind, str(cells[0]), cells)

    def remove(self, kind: str, id: str) -> None:
        """Remove a record."""
        self._pending.put(kind, id, None)

    def decide(self, kind: str, id: str, names: Iterable[str] = ()) -> None:
        """Mean these columns of a record as they are, though nothing changes; none: it stays."""
        self._pending.decide(kind, id, names)

    def kinds(self) -> set[str]:
        """Write everything and return the kinds of the records written."""
        self._pending.flush()
        return self._pending.kinds()

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
        self.session = new_id()
        """Tells what this opening of the workspace wrote aside from what an earlier one left."""
        self.listeners: list[Callable[[set[str]], None]] = []
        self._pool = connections.Pool(file, key, read_only=self.read_only)
        self._writing = threading.RLock()

    @property
    def read_only(self) -> bool:
        """Tell whether another window or a closed folder keeps this one from writing."""
        return self._lock is None or not self._lock.held

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Give a snapshot that no change disturbs, from any thread."""
        with self._pool.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield Reader(cursor)
            finally:
                cursor.execute("ROLLBACK")

    @contextmanager
    def change(
        self, title: Message, actor: Record, *, reason: str = "", progress: Progress | None = None
    ) -> Iterator[Change]:
        """Give a change; leaving it writes everything as one step, an error nothing."""
        with self.aside() as cursor:
            change = Change(cursor, progress)
            yield change
            entries = change.entries()
            if entries or change.noted:
                about = journal.Seal(actor.id, actor.called, title, reason, change.undoes)
                change.number = journal.seal(cursor, about, entries)
        self._tell({entry.kind for entry in entries})

    @contextmanager
    def merging(self, progress: Progress | None = None) -> Iterator[Change]:
        """Give a change for what other copies did: it is no step of this one's journal."""
        with self.aside() as cursor:
            change = Change(cursor, progress)
            yield change
            kinds = change.kinds()
        self._tell(kinds)

    @contextmanager
    def aside(self) -> Iterator[Any]:
        """Give a cursor for what is no record and stands in no journal, such as drafts."""
        if self.read_only:
            raise ReadOnly(Message("This workspace is open for reading only; nothing was changed."))
        with self._writing, self._pool.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                with suppress(Exception):  # a full disk has rolled back already
                    cursor.execute("ROLLBACK")
                raise

    def become(self, file: Path) -> None:
        """Take over the content of another database of the same key; drafts stay those of now."""
        if self.read_only:
            raise ReadOnly(Message("This workspace is open for reading only; nothing was changed."))
        with self._writing:
            with self.read() as reader:
                typed = drafts.kept(reader.cursor)
            backups.copy(file, self.file, self.key, fresh=False)
            with self.aside() as cursor:
                drafts.exchange(cursor, typed)
        self._tell(set(BY_KIND))

    def close(self) -> None:
        """Close every connection and give the writer's lock back."""
        self._pool.close()
        if self._lock is not None:
            self._lock.release()

    def _tell(self, kinds: set[str]) -> None:
        if kinds:
            for listener in list(self.listeners):
                listener(kinds)


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
