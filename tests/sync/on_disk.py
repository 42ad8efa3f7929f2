"""A replica of the schedules on a real workspace file: the journal, the tables, the registers."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.make import make
from tests.sync.edits import COLUMNS, NEW
from tests.sync.memory import SCHOOL, Aborted
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import upgrade
from xqhz_desktop.storage.backups import DATABASE
from xqhz_desktop.storage.locks import WriterLock
from xqhz_desktop.storage.store import Change, Store
from xqhz_desktop.storage.writing import whole
from xqhz_desktop.sync import ledger, outbox, steps
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.changes import Changeset, Key, Op
from xqhz_desktop.sync.derive import KINDS
from xqhz_desktop.sync.laptop import Laptop, Registers
from xqhz_desktop.sync.ledger import State, Taken
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.renewal import renew
from xqhz_desktop.sync.segment import Origin, Segment
from xqhz_desktop.sync.stream import own_stream
from xqhz_desktop.sync.trust import Device

WHO = make(Staff, name="陈老师")


class Fused(Shelved):
    """A book that fails after so many segments."""

    def __init__(self, cursor: Any, fuse: int) -> None:
        """Work in an open transaction."""
        super().__init__(cursor)
        self.fuse = fuse

    def enter(self, segment: Segment, state: State) -> None:
        """Keep a segment, or let the power go."""
        self.fuse -= 1
        if self.fuse < 0:
            raise Aborted
        super().enter(segment, state)


def created(folder: Path, stream: str, device: Device) -> OnDisk:
    """Return a replica without records in a new folder."""
    folder.mkdir(parents=True)
    upgrade.create(folder / DATABASE, None, {"stream": stream})
    return OnDisk(folder, device)


class OnDisk:
    """A replica of the schedules (see `schedules.Replica`)."""

    kinds, derived, schema = NEW, KINDS, 2
    strict = reissues = True

    def __init__(self, folder: Path, device: Device) -> None:
        """Open the workspace file in a folder."""
        self.folder, self.device = folder, device
        self.store = Store(folder / DATABASE, None, WriterLock(folder))
        with self.store.read() as reader:
            self.stream = own_stream(reader.cursor)

    def write(self, ops: Sequence[Op], at: int, *, meant: bool = False) -> Changeset | None:
        """Do something, as a user does, or decide something; None where nothing changes by it."""
        with self.store.change(Message("Test"), WHO) as change:
            for op in ops:
                if op.values is None:
                    change.remove(*op.key)
                else:
                    self._put(change, op)
                    if meant:
                        change.decide(*op.key, op.values)
        if not change.number:
            return None
        with self.store.aside() as cursor:  # the clock of this computer is wrong
            cursor.execute("UPDATE journal_step SET at = ? WHERE number = ?", (at, change.number))
            return list(steps.own_changes(cursor, self._applied(cursor)))[-1]

    def absorb(self) -> None:
        """Bring the registers up to what was done here."""
        outbox.absorb(self.store)

    def pack(self, *, min_reader: int = 1) -> list[Segment]:
        """Return all segments there are to pass on, waiting ones among them."""
        with self.store.merging() as change:
            outbox.absorb_into(change)
            outbox.seal(change, Origin(self.device, SCHOOL, self.schema, min_reader))
            book = Shelved(change.cursor)
            return [*book.behind({}), *book.waiting()]

    def take(self, segments: Sequence[Segment], fuse: int = 1 << 30) -> Taken:
        """Take segments in; a `fuse` lets the power go after so many of them: Aborted."""
        with self.store.merging() as change:
            outbox.absorb_into(change)
            book = Fused(change.cursor, fuse)
            return ledger.take(book, Laptop(change), segments, KINDS, self.schema)

    def shown(self) -> dict[Key, dict[str, Any]]:
        """Return what users see."""
        with self.store.read() as reader:
            keys = [(kind, one.id) for kind in COLUMNS for one in reader.all(kind)]
            return {key: dict(cells) for key, cells in Registers(reader).shown(keys).items()}

    def registers(self) -> Mapping[Key, Row]:
        """Return what is known; without what was done since `absorb`."""
        with self.store.read() as reader:
            keys = reader.cursor.execute("SELECT kind, id FROM sync_row").fetchall()
            return Registers(reader).rows(keys)

    def knowledge(self) -> Mapping[str, int]:
        """Return how far every stream is known, its own changes among them."""
        with self.store.read() as reader:
            found = reader.cursor.execute("SELECT stream, max(q) FROM journal_step GROUP BY stream")
            return dict(found.fetchall())

    def states(self) -> Mapping[str, State]:
        """Return what became of each segment ever seen, by id."""
        with self.store.read() as reader:
            found = reader.cursor.execute("SELECT id, state FROM sync_segment").fetchall()
            return {id: State(state) for id, state in found}

    def restarted(self) -> OnDisk:
        """Return the replica after the program was closed and opened."""
        self.store.close()
        return OnDisk(self.folder, self.device)

    def copied(self, stream: str, *, bare: bool = False) -> OnDisk:
        """Return a copy of the workspace that goes on under a stream of its own."""
        self.store.close()
        folder = self.folder.with_name(stream)
        shutil.copytree(self.folder, folder)
        self.store = Store(self.folder / DATABASE, None, WriterLock(self.folder))
        made = OnDisk(folder, self.device)
        with made.store.merging() as change:
            made.stream = renew(change)
        return made

    def _put(self, change: Change, op: Op) -> None:
        now = Registers(change).shown([op.key]).get(op.key, {})
        assert op.values is not None
        change.write(op.kind, whole(op.kind, op.id, {**now, **op.values}))  # type: ignore[dict-item]

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def _applied(self, cursor: Any) -> Mapping[str, int]:
        found = cursor.execute("SELECT stream, q FROM sync_stream WHERE q > 0")
        return dict(found.fetchall())
