"""Packages taken in: looked at first, with what they would do; whole or not at all; taken back.

What people leave out waits here together with whatever builds on it: nothing is lost, the sender
is told it is not received, and it can be let in at any time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import arriving, backups, enclosing, enrolment, parcels, sending
from xqhz_desktop.services.arriving import Counts, Touched
from xqhz_desktop.services.enrolment import Enrolment
from xqhz_desktop.services.parcels import Group
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change
from xqhz_desktop.storage.writing import Progress
from xqhz_desktop.sync import book, outbox
from xqhz_desktop.sync import stream as streams
from xqhz_desktop.sync.ledger import Chain
from xqhz_desktop.sync.package import Contents

DAYS = 7
"""How long the state before a package is kept."""


@dataclass(frozen=True)
class Preview:
    """What taking in a package would do. `taken_in`: it was taken in already, at that time.

    `waits` counts changes that would wait: for others that are missing, for a newer version, or
    because they are left out. `set_aside` counts those nobody vouches for.
    """

    sender: str
    made: datetime | None
    taken_in: datetime | None
    groups: tuple[Group, ...]
    kinds: Mapping[str, Counts]
    records: tuple[Touched, ...]
    """What would happen record by record, the first of many."""
    waits: int
    set_aside: int
    known: int
    """Changes that are here already."""
    refused: int = 0
    """Records a partial copy changed that are none of its business; they are among `records`."""
    returned: bool = False
    """It comes back from a partial copy."""


@dataclass(frozen=True)
class Taken:
    """What taking in a package did; `package` names it for `roll_back`."""

    package: str
    kinds: Mapping[str, Counts]
    changes: int
    conflicts: int
    waits: int
    set_aside: int
    backup: Path | None
    files: int = 0
    """Attached files that came along."""
    refused: int = 0
    """Records a partial copy changed that are none of its business, or were left out."""


class _Looked(Exception):
    """Ends a look: everything is as before."""


def look(work: Work, file: Path, *, leave_out: Collection[str] = ()) -> Preview:
    """Return what taking in a package would do, without doing it; raise BadPackage.

    ``leave_out`` are keys of groups or kinds of records (see `take_in`).
    """
    circle, arrived = _opened(work, file)
    found: arriving.Arrival | None = None
    with suppress(_Looked), work.store.merging() as change:
        outbox.absorb_into(change)
        groups = tuple(parcels.groups(change, circle, arrived))
        taken_in = _taken_in(change, file)
        found = arriving.take(change, circle, arrived, frozenset(leave_out))
        touched = tuple(arriving.records(change, found))
        counted = arriving.counts(change, found)
        raise _Looked
    assert found is not None
    created = max((one.created for one in arrived), default=0)
    return Preview(
        circle.name(arrived[0].sender),
        datetime.fromtimestamp(created / 1000) if created else None,
        taken_in,
        groups,
        counted,
        touched,
        found.waits,
        found.set_aside,
        found.known,
    )


def take_in(
    work: Work, file: Path, *, leave_out: Collection[str] = (), progress: Progress | None = None
) -> Taken:
    """Take in a package, after a backup; all of it or, on any error, nothing.

    ``leave_out`` are keys of groups (who wrote it) or kinds of records: changes that touch them
    wait here, and whatever builds on them with them, until `let_in`.
    """
    circle, arrived = _opened(work, file)
    backup = backup_before(work, arrived)
    files = enclosing.keep(work, arrived)
    with work.store.merging(progress) as change:
        outbox.absorb_into(change)
        found = arriving.take(change, circle, arrived, frozenset(leave_out))
        counted = arriving.counts(change, found)
        id = sending.package_id(file.read_bytes())
        about = {
            "changes": found.applied,
            "files": files,
            "kinds": {kind: one.all for kind, one in counted.items()},
        }
        row = (id, True, arrived[0].sender, file.name)
        sending.note(change, row, about, backup.name if backup else "")
    streams.handed_out(work.store)
    if backup and not found.applied:
        backup.unlink(missing_ok=True)
    conflicts = sum(one.conflicts for one in counted.values())
    return Taken(
        id, counted, found.applied, conflicts, found.waits, found.set_aside,
        backup if found.applied else None, files,
    )  # fmt: skip


def let_in(work: Work) -> Taken:
    """Take in what was left out before; return what it did."""
    return _again(work, leave_out=None)


def trust(work: Work, stream: str) -> Taken:
    """Decide that what is known here of a copied stream counts; take in what waited for that.

    Its other history stays set aside. The copy it comes from learns it by the next package and
    sends its changes again under a name of its own.
    """
    return _again(work, leave_out=frozenset(), trusted=stream)


def _again(work: Work, *, leave_out: frozenset[str] | None, trusted: str = "") -> Taken:
    """Look again at what waits."""
    circle = enrolment.enrolled(work)
    with work.store.merging() as change:
        outbox.absorb_into(change)
        book.trust(change.cursor, trusted)
        found = arriving.take(change, circle, (), leave_out)
        counted = arriving.counts(change, found)
    conflicts = sum(one.conflicts for one in counted.values())
    return Taken("", counted, found.applied, conflicts, found.waits, found.set_aside, None)


def roll_back(work: Work, package: str, *, lose: bool = False) -> int:
    """Set the workspace back to before a package of the last 7 days; return the changes lost.

    Raises UserError CHANGED_SINCE where changes made or taken in since would be lost, unless
    ``lose``; NotFound where the backup is gone.
    """
    with work.store.read() as reader:
        row = reader.cursor.execute(
            "SELECT at, backup, device, file, about FROM sync_package WHERE id = ? AND taken = 1",
            (package,),
        ).fetchone()
        since = (
            row
            and reader.cursor.execute(
                "SELECT count(*) FROM journal_step WHERE taken = 0 AND at > ?", (row[0],)
            ).fetchone()
        )
    file = backups.folder_of(work) / row[1] if row and row[1] else None
    if file is None or not file.is_file() or not _within(row[0]):
        raise NotFound(
            Message("The state before this package is not kept any more."), code="NO_BACKUP"
        )
    lost = int(since[0])
    if lost and not lose:
        text = NN_(
            "{n} change made here since would be lost. Undo single steps under History instead, "
            "or confirm it.",
            "{n} changes made here since would be lost. Undo single steps under History instead, "
            "or confirm it.",
        )
        raise UserError(Message(text, n=lost), code="CHANGED_SINCE")
    backups.put_back(work, file)
    streams.settle(work.store)
    with work.store.merging() as change:
        about = json.loads(row[4]) | {"rolled_back": True}
        sending.note(change, (package, True, row[2], row[3]), about)
    return lost


def kept_until(at: datetime) -> datetime:
    """Return until when the state before a package taken in at that time is kept."""
    return at + timedelta(days=DAYS)


def _opened(work: Work, file: Path) -> tuple[Enrolment, tuple[Contents, ...]]:
    circle = enrolment.whole(work)
    return circle, parcels.opened(circle, file)


def _taken_in(change: Change, file: Path) -> datetime | None:
    row = change.cursor.execute(
        "SELECT at, about FROM sync_package WHERE id = ? AND taken = 1",
        (sending.package_id(file.read_bytes()),),
    ).fetchone()
    if row is None or json.loads(row[1]).get("rolled_back"):
        return None
    return datetime.fromtimestamp(row[0] / 1000)


def backup_before(work: Work, arrived: Iterable[Contents]) -> Path | None:
    """Keep the state before something that is new here; let go of those too old."""
    folder = backups.folder_of(work)
    for place, old in enumerate(sorted(_before(folder), reverse=True), 1):
        with suppress(OSError):
            if place > _MOST or not _within(int(old.stat().st_mtime * 1000)):
                old.unlink()
    with work.store.read() as reader:
        chains = book.Shelved(reader.cursor).chains()
    if not any(one.blocks or _unknown(one, chains) for one in arrived):
        return None
    return backups.lay_aside(work, f"{_BEFORE}{datetime.now():%Y%m%d-%H%M%S-%f}{_SUFFIX}")


def _unknown(contents: Contents, chains: Mapping[str, Chain]) -> bool:
    """Tell whether there is a change in a package that is not here."""
    headers = [one.header for one in contents.segments]
    return any(h.stream not in chains or h.q1 > chains[h.stream].q for h in headers)


_BEFORE, _SUFFIX, _MOST = "before-package-", ".db", 20


def _before(folder: Path) -> Iterator[Path]:
    return folder.glob(f"{_BEFORE}*{_SUFFIX}")


def _within(at: int) -> bool:
    """Tell whether a moment (ms) lies in the days the state before a package is kept."""
    return time.time() * 1000 - at < timedelta(days=DAYS).total_seconds() * 1000
