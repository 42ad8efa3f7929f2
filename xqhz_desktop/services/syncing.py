"""The exchange with other copies in plain words: what is not sent, to whom, what waits and why."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from xqhz_desktop.i18n import N_
from xqhz_desktop.services import backups, conflicts, enrolment, taking_in
from xqhz_desktop.services.arriving import Counts, Touched
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.packages import look, make, take_in
from xqhz_desktop.services.parcels import Group
from xqhz_desktop.services.sending import Made, Way
from xqhz_desktop.services.taking_in import (
    Preview,
    Taken,
    let_in,
    roll_back,
    trust,
)
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.sync import segment
from xqhz_desktop.sync.book import ASIDE, HELD, PARTIAL, REVOKED, SETTLED, STRANGER, Shelved
from xqhz_desktop.sync.ledger import State
from xqhz_desktop.sync.stream import own_stream

__all__ = (
    "Counts", "Group", "Made", "Package", "Preview", "Receiver", "Status", "Taken", "Touched",
    "Travel", "Waiting", "Way", "let_in", "look", "make", "packages", "roll_back", "states",
    "status", "take_in", "trust", "waiting",
)  # fmt: skip


class Travel(Enum):
    """How far what was done here to a record has travelled."""

    NOT_SENT = N_("Not sent")
    SENT = N_("Sent")
    RECEIVED = N_("Received")
    RETURNED = N_("Returned")


@dataclass(frozen=True)
class Receiver:
    """Another device: how many changes it lacks, and about how many bytes these take.

    `heard`: when it last said what it has, None if it never did; `sent`: the newest package for it.
    """

    id: str
    name: str
    changes: int
    size: int
    heard: datetime | None
    sent: datetime | None


@dataclass(frozen=True)
class Waiting:
    """Changes of one copy that wait or are set aside, and why."""

    stream: str
    device: str
    why: str
    """A sentence to be translated."""
    changes: int
    since: datetime
    set_aside: bool
    forked: bool = False
    """A copy went on under the name of the device, and nobody has decided which one counts."""


@dataclass(frozen=True)
class Package:
    """A package made or taken in; `until`: it can be rolled back until then."""

    id: str
    at: datetime
    taken: bool
    devices: tuple[str, ...]
    file: str
    changes: int
    kinds: Mapping[str, int]
    until: datetime | None
    rolled_back: bool


@dataclass(frozen=True)
class Status:
    """Where the exchange stands. Not `enrolled`: this computer has no name among others yet."""

    enrolled: bool
    name: str
    unsent: int
    """Changes made here that are in no package."""
    kinds: Mapping[str, int]
    """Records they touched, by kind."""
    size: int
    """About how many bytes they take in a package."""
    receivers: tuple[Receiver, ...]
    waiting: tuple[Waiting, ...]
    conflicts: int
    must: int
    """Conflicts that hold up official papers."""


WHY = {
    State.GAP.value: N_("Earlier changes of this device are missing: take in its older package."),
    State.DEPS.value: N_("It builds on changes of another device that are not here yet."),
    State.READER.value: N_("It needs a newer version of the program."),
    State.DOUBT.value: N_("The device, or one it builds on, was copied; the school must decide."),
    State.FORK.value: N_("A copied workspace went on under the same name; nothing of it is used."),
    State.KEY.value: N_("Another device signed it than the one it belongs to."),
    STRANGER: N_("The device that wrote it is not known here. Have it enrolled."),
    REVOKED: N_("The device was blocked before this was written."),
    PARTIAL: N_("A partial copy wrote it. Have its user make a return, and take that in."),
    SETTLED: N_("It was decided that what was known before counts; nothing of it is used."),
    HELD: N_("Left out when it was taken in. Let it in at any time."),
}
"""Why segments wait, by the state they are kept in."""


def status(work: Work) -> Status:
    """Return where the exchange stands; cheap enough to ask after every change."""
    circle = enrolment.known(work)
    with work.store.read() as reader:
        changes, kinds, size = _unsent(reader)
        receivers = tuple(
            _receiver(reader, one, changes, size) for one in circle.members if one.receives
        ) if circle else ()  # fmt: skip
        found = tuple(_waiting(reader, circle))
    open_ones, must = conflicts.counted(work)
    return Status(
        circle is not None, circle.me.name if circle else "", changes, kinds, size, receivers,
        found, open_ones, must,
    )  # fmt: skip


def waiting(work: Work) -> list[Waiting]:
    """Return what waits or is set aside, and why."""
    circle = enrolment.known(work)
    with work.store.read() as reader:
        return _waiting(reader, circle)


def packages(work: Work, limit: int = 50) -> list[Package]:
    """Return the newest packages first, made and taken in."""
    circle = enrolment.known(work)
    with work.store.read() as reader:
        rows = reader.cursor.execute(
            "SELECT id, at, taken, device, file, about, backup FROM sync_package"
            " ORDER BY at DESC LIMIT ?",
            (limit,),
        ).fetchall()
    return [_package(work, circle, row) for row in rows]


def states(work: Work, kind: str, ids: Collection[str]) -> dict[str, Travel]:
    """Return how far what was done here to these records has travelled; others are left out."""
    circle = enrolment.known(work)
    with work.store.read() as reader:
        stream = own_stream(reader.cursor)
        chain = Shelved(reader.cursor).chain(stream)
        sent = chain.q if chain else 0
        newest = _newest(reader, kind, ids)
    others = [one for one in circle.members if one.receives] if circle else []
    received = max((one.knows.get(stream, 0) for one in others), default=0)
    returned = min((one.returned[stream] for one in others if stream in one.returned), default=0)
    found = {}
    for id, (own, q) in newest.items():
        if own != stream:  # written under an older name of this copy: others have it
            found[id] = Travel.RECEIVED
        elif q > sent:
            found[id] = Travel.NOT_SENT
        elif returned and q >= returned:
            found[id] = Travel.RETURNED
        else:
            found[id] = Travel.RECEIVED if q <= received else Travel.SENT
    return found


def _unsent(reader: Reader) -> tuple[int, dict[str, int], int]:
    cursor = reader.cursor
    stream = own_stream(cursor)
    chain = Shelved(cursor).chain(stream)
    steps = "SELECT number FROM journal_step WHERE stream = ? AND q > ?"
    given = (stream, chain.q if chain else 0)
    changes = cursor.execute(f"SELECT count(*) FROM ({steps})", given).fetchone()[0]
    kinds = cursor.execute(
        f"SELECT kind, count(DISTINCT record) FROM journal_entry WHERE step IN ({steps})"
        " GROUP BY kind",
        given,
    ).fetchall()
    size = cursor.execute(
        f"SELECT coalesce(sum(length(after)), 0) FROM journal_entry WHERE step IN ({steps})", given
    ).fetchone()[0]
    return int(changes), dict(kinds), int(size) // 4  # packed, as measured on sample schools


def _receiver(reader: Reader, one: Member, unsent: int, size: int) -> Receiver:
    cursor, changes = reader.cursor, unsent
    for stream, chain in Shelved(cursor).chains().items():
        known = one.knows.get(stream, 0)
        if known < chain.q:
            changes += chain.q - known
            found = cursor.execute(
                "SELECT coalesce(sum(length(body)), 0) FROM sync_segment"
                " WHERE stream = ? AND q1 > ? AND state = ?",
                (stream, known, State.APPLIED.value),
            )
            size += found.fetchone()[0]
    sent = cursor.execute(
        "SELECT max(at) FROM sync_package WHERE taken = 0 AND instr(device, ?) > 0", (one.id,)
    ).fetchone()[0]
    return Receiver(one.id, one.name, changes, size, _moment(one.told), _moment(sent))


def _waiting(reader: Reader, circle: Enrolment | None) -> list[Waiting]:
    rows = reader.cursor.execute(
        "SELECT stream, state, head, sum(q1 - q0 + 1), min(at) FROM sync_segment"
        " WHERE state <> 'applied' GROUP BY stream, state ORDER BY min(at)"
    ).fetchall()
    return [
        Waiting(
            stream,
            circle.name(segment.parse(bytes(head), b"", b"").header.key) if circle else "",
            WHY[state],
            int(changes),
            datetime.fromtimestamp(at / 1000),
            state in ASIDE,
            state == State.FORK.value,
        )
        for stream, state, head, changes, at in rows
    ]


def _package(work: Work, circle: Enrolment | None, row: tuple[Any, ...]) -> Package:
    id, at, taken, devices, file, about, backup = row
    told = json.loads(about)
    when = datetime.fromtimestamp(at / 1000)
    kept = backup and (backups.folder_of(work) / backup).is_file()
    names = [circle.name(one) if circle else "" for one in devices.split(",") if one]
    return Package(
        id, when, bool(taken), tuple(names), file, told.get("changes", 0), told.get("kinds", {}),
        taking_in.kept_until(when) if kept else None, bool(told.get("rolled_back")),
    )  # fmt: skip


def _newest(reader: Reader, kind: str, ids: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return stream and number of the newest change made here to each of these records."""
    wanted, found = list(dict.fromkeys(ids)), dict[str, tuple[str, int]]()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = reader.cursor.execute(
            "SELECT e.record, s.stream, s.q, max(s.number) FROM journal_entry e JOIN journal_step s"
            " ON s.number = e.step WHERE s.taken = 0 AND e.kind = ?"
            f" AND e.record IN ({','.join('?' * len(part))}) GROUP BY e.record",
            [kind, *part],
        )
        found |= {id: (stream, q) for id, stream, q, _number in rows.fetchall()}
    return found


def _moment(at: int | None) -> datetime | None:
    return datetime.fromtimestamp(at / 1000) if at else None
