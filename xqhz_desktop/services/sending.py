"""Packages made: what the receivers have not seen, sealed for them and signed by this device."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xqhz_desktop import __version__
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enclosing, enrolment
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.sync import ledger, outbox, package, receipts, stream
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.segment import Origin, Segment
from xqhz_desktop.sync.stream import own_stream

SUFFIX = ".xqhz"


@dataclass(frozen=True)
class Made:
    """A package that was made: its files (several where it is large), and what is in it."""

    files: tuple[Path, ...]
    size: int
    """Bytes of all files."""
    changes: int
    kinds: Mapping[str, int]
    """Records touched, by kind."""
    receivers: tuple[str, ...]
    """Names of the devices that can open it."""


@dataclass(frozen=True)
class Way:
    """How a package travels: in files that mail servers let through; with attached files."""

    mail: bool = False
    files: bool = True


def make(
    work: Work,
    target: Path,
    *,
    to: Sequence[str] = (),
    since: int | None = None,
    way: Way | None = None,
) -> Made:
    """Write what the receivers lack into ``target``; ``to`` are devices by name or id, else all.

    ``since``: everything after this change of ours, whatever they said they have; 0 leaves out
    nothing, for one that was set back.
    Raises UserError: not enrolled, no receiver, the disk.
    """
    circle = enrolment.whole(work)
    receivers = chosen(circle, to)
    way = way or Way()
    contents = gathered(work, circle, receivers, since)
    if way.files:
        contents = with_files(work, contents, receivers)
    changes = sum(one.header.q1 - one.header.q0 + 1 for one in contents.segments)
    made = written(contents, target, (circle, receivers), mail=way.mail)
    enclosing.sent(work, contents, receivers)
    with work.store.read() as reader:
        touched = kinds(reader, contents.segments)
    return noted(work, replace(made, changes=changes, kinds=touched), receivers)


def written(
    contents: Contents,
    target: Path,
    for_whom: tuple[Enrolment, list[Member]],
    *,
    mail: bool = False,
) -> Made:
    """Write the files of a package, as many as it takes."""
    circle, receivers = for_whom
    parts = package.volumes(contents, package.MAIL if mail else package.DISK)
    open_to = circle.readers(receivers)
    sealed = [
        (place(target, number), package.write(part, open_to, circle.device))
        for number, part in enumerate(parts, 1)
    ]
    for file, data in sealed:
        put(file, data)
    return Made(
        tuple(file for file, _data in sealed),
        sum(len(data) for _file, data in sealed),
        0,
        {},
        tuple(one.name for one in receivers),
    )


def gathered(
    work: Work, circle: Enrolment, receivers: Iterable[Member], since: int | None = None
) -> Contents:
    """Return what these receivers lack of all that is known here (`since`: see `make`)."""
    origin = Origin(circle.device, circle.group, ledger.SCHEMA)
    with work.store.merging() as change:
        outbox.absorb_into(change)
        outbox.seal(change, origin)
    stream.handed_out(work.store)  # before anybody can have it
    with work.store.read() as reader:
        book = Shelved(reader.cursor)
        chains = book.chains()
        have = _least([one.knows for one in receivers])
        if since is not None:
            have = {**have, own_stream(reader.cursor): since} if since else {}
        return Contents(
            circle.group,
            segments=tuple(book.behind(have)),
            knowledge={name: chain.q for name, chain in chains.items()},
            receipts=(
                receipts.make(circle.device, {n: (one.q, one.id) for n, one in chains.items()}),
                *(one.receipt for one in circle.members if one.receipt),
            ),
            certificates=circle.certificates,
            returned=book.returned(),
            wanted=enclosing.lacking(work, reader),
            app=(__version__, ledger.SCHEMA),
            created=time.time_ns() // 1_000_000,
        )


def with_files(work: Work, contents: Contents, receivers: Iterable[Member]) -> Contents:
    """Return contents with the attached files that go along."""
    with work.store.read() as reader:
        files = enclosing.along(work, reader, contents.segments, receivers)
    return replace(contents, blobs=files)


def chosen(circle: Enrolment, to: Sequence[str]) -> list[Member]:
    """Return the devices of these names or ids, or all others; raise UserError."""
    others = [one for one in circle.members if one.receives]
    if not to:
        found = others
    else:
        found = [one for one in others if one.name in to or one.id in to]
        if missing := [name for name in to if all(name not in (o.name, o.id) for o in found)]:
            raise UserError(
                Message(
                    "There is no device “{name}”. Devices: {known}.",
                    name=missing[0], known=[one.name for one in others],
                ),
                code="NO_DEVICE",
            )  # fmt: skip
    if not found:
        raise UserError(
            Message("No other device is enrolled yet. Enrol the one that is to receive this."),
            code="NO_DEVICE",
        )
    return found


def kinds(reader: Reader, found: Iterable[Segment]) -> dict[str, int]:
    """Return how many records of each kind segments touch that are applied here."""
    touched = {
        key
        for one in found
        for key in reader.cursor.execute(
            "SELECT e.kind, e.record FROM journal_step s JOIN journal_entry e ON e.step = s.number"
            " WHERE s.stream = ? AND s.q BETWEEN ? AND ?",
            (one.header.stream, one.header.q0, one.header.q1),
        )
    }
    return dict(Counter(kind for kind, _id in touched))


def put(file: Path, data: bytes) -> None:
    """Write a file so that it is whole or not there, and read it again; raise UserError."""
    from xqhz_desktop.sync.transports.folder import write  # lazy: beside it is the web

    write(file, data)


def package_id(data: bytes) -> str:
    """Return what a package file is known by here."""
    return hashlib.sha256(data).hexdigest()


def note(change: Change, row: tuple[str, bool, str, str], about: object, backup: str = "") -> None:
    """Write down a package: (id, taken in or made, device, file), what was in it, the backup."""
    id, taken, device, file = row
    change.cursor.execute(
        "INSERT OR REPLACE INTO sync_package (id, at, taken, device, file, about, backup)"
        " VALUES (?,?,?,?,?,?,?)",
        (id, time.time_ns() // 1_000_000, taken, device, file, json.dumps(about), backup),
    )


def noted(work: Work, made: Made, receivers: Iterable[Member]) -> Made:
    """Write down a package that was made, and return it."""
    device = ",".join(one.id for one in receivers)
    about = {"changes": made.changes, "kinds": dict(made.kinds), "size": made.size}
    row = (package_id(made.files[0].read_bytes()), False, device, made.files[0].name)
    with work.store.merging() as change:
        note(change, row, about)
    return made


def _least(known: list[Mapping[str, int]]) -> dict[str, int]:
    """Return what all of some receivers have."""
    streams = set.intersection(*map(set, known)) if known else set()
    return {stream: min(one[stream] for one in known) for stream in streams}


def place(target: Path, number: int) -> Path:
    """Return the file of a volume: the target itself for the first one."""
    plain = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    return plain if number == 1 else plain.with_name(f"{plain.stem}-{number}{SUFFIX}")
