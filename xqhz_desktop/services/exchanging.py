"""Exchange with a folder, a stick or the server: take in what waits, leave what is lacking."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp

from xqhz_desktop.errors import BadPackage
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enclosing, enrolment, sending, taking_in
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.taking_in import Taken
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import upgrade
from xqhz_desktop.storage.writing import Progress
from xqhz_desktop.sync import package
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.certificates import Role
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.stream import own_stream
from xqhz_desktop.sync.transports import parcel
from xqhz_desktop.sync.transports.folder import Folder
from xqhz_desktop.sync.transports.parcel import Parcel, Transport
from xqhz_desktop.sync.transports.web import Server, Web

__all__ = (
    "Exchange", "Server", "is_address", "last_place", "server", "with_folder", "with_server",
)  # fmt: skip

_NAME = re.compile(r"([0-9a-f]{32})/\d+-(\d+)-[0-9a-f]{8}\.xqhz$")


@dataclass(frozen=True)
class Exchange:
    """What an exchange did: packages taken in, changes sent, and what was refused and why."""

    taken: tuple[Taken, ...]
    sent: int
    """Changes."""
    size: int
    """Bytes left there."""
    refused: tuple[tuple[str, Message], ...]


def is_address(text: str) -> bool:
    """Tell whether somebody means a server and not a folder."""
    return text.startswith(("https://", "http://"))


def last_place(work: Work) -> str:
    """Return the folder or address used last, or ""."""
    with work.store.read() as reader:
        return upgrade.facts(reader.cursor).get("exchange", "")


def with_folder(work: Work, folder: Path, progress: Progress | None = None) -> Exchange:
    """Exchange with a folder or stick; raise UserError when it is not there or not writable."""
    circle = enrolment.enrolled(work)
    _remember(work, str(folder.resolve()))
    transport = Folder(folder, circle.group, _own(work))
    taken, refused = _take(work, transport, progress)
    receivers = sending.chosen(circle, ())
    return _leave(work, transport, receivers, (_covered(folder, circle.group), taken, refused))


def with_server(work: Work, address: str, progress: Progress | None = None) -> Exchange:
    """Exchange with the central server; raise UserError when it cannot be reached."""
    circle = enrolment.enrolled(work)
    _remember(work, address)
    hubs = [one for one in circle.members if one.role is Role.HUB and one.receives]
    web = Web(address, circle.device, hubs[0].id if hubs else "")
    try:
        taken, refused = _take(work, web, progress)
        return _leave(work, web, hubs or sending.chosen(circle, ()), ({}, taken, refused))
    finally:
        web.close()


def server(work: Work, address: str) -> Server:
    """Return what a server says of itself; raise UserError when it cannot be reached."""
    web = Web(address, enrolment.enrolled(work).device)
    try:
        return web.hello()
    finally:
        web.close()


_Taken = tuple[Mapping[str, int], list[Taken], list[tuple[str, Message]]]


def _take(
    work: Work, transport: Transport, progress: Progress | None
) -> tuple[list[Taken], list[tuple[str, Message]]]:
    """Take in every package that is new here; one that is refused stops no other."""
    taken: list[Taken] = []
    refused: list[tuple[str, Message]] = []
    spool = Path(mkdtemp(prefix="xqhz-"))
    seen: set[str] = set()
    try:
        more = True  # the server always has a package, if only to say what it has
        while more:
            fresh = [one for one in _waiting(work, transport) if one.hash not in seen]
            more = False
            for one in fresh:
                seen.add(one.hash)
                try:
                    file = parcel.received(transport, one, spool)
                    taken.append(taking_in.take_in(work, file, progress=progress))
                    more = more or bool(taken[-1].changes or taken[-1].files)
                except BadPackage as bad:
                    refused.append((one.name, bad.message))
    finally:
        shutil.rmtree(spool, ignore_errors=True)
    return taken, refused


def _waiting(work: Work, transport: Transport) -> list[Parcel]:
    """Return the packages there that were not taken in here."""
    with work.store.read() as reader:
        chains = Shelved(reader.cursor).chains()
        ids = reader.cursor.execute("SELECT id FROM sync_package WHERE taken = 1").fetchall()
    known = [str(id) for (id,) in ids]
    found = transport.list({stream: one.q for stream, one in chains.items()})
    return [one for one in found if not any(id.startswith(one.hash) for id in known)]


def _leave(work: Work, transport: Transport, receivers: list[Member], so_far: _Taken) -> Exchange:
    """Leave what the receivers lack and is not there yet; after taking in, what we have now."""
    covered, taken, refused = so_far
    circle = enrolment.enrolled(work)
    fresh = {one.id: one for one in circle.members}
    asked = [fresh.get(one.id, one) for one in receivers]
    contents = sending.gathered(work, circle, asked)
    lacking = tuple(
        one for one in contents.segments if one.header.q1 > covered.get(one.header.stream, 0)
    )
    contents = sending.with_files(work, replace(contents, segments=lacking), asked)
    with work.store.read() as reader:
        news = bool(lacking) or enclosing.news(reader, contents)
    if not news and not any(one.changes for one in taken):
        return Exchange(tuple(taken), 0, 0, tuple(refused))
    size = _put(work, transport, contents, (circle, asked))
    enclosing.sent(work, contents, asked)
    changes = sum(one.header.q1 - one.header.q0 + 1 for one in lacking)
    return Exchange(tuple(taken), changes, size, tuple(refused))


def _put(
    work: Work, transport: Transport, contents: Contents, for_whom: tuple[Enrolment, list[Member]]
) -> int:
    circle, receivers = for_whom
    stream, size = _own(work), 0
    for part in package.volumes(contents):
        data = package.write(part, circle.readers(receivers), circle.device)
        own = [one.header for one in part.segments if one.header.stream == stream]
        last = contents.knowledge.get(stream, 0)
        numbers = (own[0].q0, own[-1].q1) if own else (last, last)
        transport.put(parcel.name(circle.group, stream, numbers, data), data)
        size += len(data)
    return size


def _covered(folder: Path, group: str) -> dict[str, int]:
    """Return how far the packages in a folder reach, by stream."""
    found: dict[str, int] = {}
    with suppress(OSError):
        for file in (folder / "xq" / group).glob("*/*.xqhz"):
            if named := _NAME.search(file.as_posix()):
                found[named[1]] = max(found.get(named[1], 0), int(named[2]))
    return found


def _remember(work: Work, place: str) -> None:
    with work.store.aside() as cursor:
        cursor.execute("INSERT OR REPLACE INTO meta VALUES ('exchange', ?)", (place,))


def _own(work: Work) -> str:
    with work.store.read() as reader:
        return own_stream(reader.cursor)
