"""Exchange with a folder, a stick, the server or a WebDAV folder: take in, leave what lacks."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enclosing, enrolment, sending, taking_in
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.taking_in import Taken
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import upgrade
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.writing import Progress
from xqhz_desktop.sync import keystore, package
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.certificates import Role
from xqhz_desktop.sync.keystore import keep_password
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.stream import own_stream
from xqhz_desktop.sync.transports import dav, parcel
from xqhz_desktop.sync.transports.dav import Dav
from xqhz_desktop.sync.transports.folder import Folder
from xqhz_desktop.sync.transports.parcel import Parcel, Transport
from xqhz_desktop.sync.transports.web import Server, Web

__all__ = (
    "Exchange", "Server", "exchange", "is_address", "is_dav", "keep_password", "last_place",
    "server", "with_dav", "with_folder", "with_server",
)  # fmt: skip

PASSWORD = "XQHZ_WEBDAV_PASSWORD"
"""Says the password of a WebDAV folder to commands; it is kept from then on."""
_SPOOL = ".incoming"
"""Where packages come in, inside the workspace: what a broken line left is gone on with there."""


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
    """Tell whether somebody means a server or a WebDAV folder and not a folder of this computer."""
    return text.startswith(("https://", "http://", dav.SCHEME))


def is_dav(text: str) -> bool:
    """Tell whether somebody means a WebDAV folder."""
    return text.startswith(dav.SCHEME)


def last_place(work: Work) -> str:
    """Return the folder or address used last, or ""."""
    with work.store.read() as reader:
        return upgrade.facts(reader.cursor).get("exchange", "")


def exchange(work: Work, place: str, progress: Progress | None = None) -> Exchange:
    """Exchange with a place as people name it: a folder, or an address."""
    if is_dav(place):
        return with_dav(work, place, progress)
    if is_address(place):
        return with_server(work, place, progress)
    return with_folder(work, Path(place), progress)


def with_folder(work: Work, folder: Path, progress: Progress | None = None) -> Exchange:
    """Exchange with a folder or stick; raise UserError when it is not there or not writable."""
    circle = enrolment.whole(work)
    _remember(work, str(folder.resolve()))
    transport = Folder(folder, circle.group, _own(work))
    so_far = _take(work, transport, progress)
    return _leave(work, transport, sending.chosen(circle, ()), so_far)


def with_server(work: Work, address: str, progress: Progress | None = None) -> Exchange:
    """Exchange with the central server; raise UserError when it cannot be reached."""
    circle = enrolment.whole(work)
    _remember(work, address)
    hubs = [one for one in circle.members if one.role is Role.HUB and one.receives]
    web = Web(address, circle.device, hubs[0].id if hubs else "")
    try:
        so_far = _take(work, web, progress)
        return _leave(work, web, hubs or sending.chosen(circle, ()), so_far)
    finally:
        web.close()


def with_dav(work: Work, address: str, progress: Progress | None = None) -> Exchange:
    """Exchange with a folder on a WebDAV server, ``webdav://user@host/path``.

    Raises UserError PASSWORD where none is known, FORBIDDEN where it is wrong.
    """
    circle = enrolment.whole(work)
    known = os.environ.get(PASSWORD, "") or keystore.password(address)
    if "@" in address and not known:
        raise UserError(
            Message(
                "The WebDAV folder asks for a password. Choose it again under Sync, or give the "
                "password in {name}.",
                name=PASSWORD,
            ),
            code="PASSWORD",
        )
    transport = Dav(address, known, (circle.group, _own(work)))
    try:
        so_far = _take(work, transport, progress)
        if known != keystore.password(address):
            keep_password(address, known)
        _remember(work, address)
        return _leave(work, transport, sending.chosen(circle, ()), so_far)
    finally:
        transport.close()


def server(work: Work, address: str) -> Server:
    """Return what a server says of itself; raise UserError when it cannot be reached."""
    web = Web(address, enrolment.enrolled(work).device)
    try:
        return web.hello()
    finally:
        web.close()


_Taken = tuple[list[Taken], list[tuple[str, Message]]]


def _take(work: Work, transport: Transport, progress: Progress | None) -> _Taken:
    """Take in every package that is new here; one that is refused stops no other."""
    taken: list[Taken] = []
    refused: list[tuple[str, Message]] = []
    spool = work.folder / _SPOOL
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
        _tidy(spool, seen)
    return taken, refused


def _tidy(spool: Path, seen: Collection[str]) -> None:
    """Leave only what goes on coming in: the beginnings of packages of this time."""
    with suppress(OSError):
        for file in spool.iterdir():
            if file.suffix != parcel.PART or file.stem not in seen:
                file.unlink()
        spool.rmdir()  # unless something is left


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
    (taken, refused), covered = so_far, transport.covered()
    circle = enrolment.enrolled(work)
    fresh = {one.id: one for one in circle.members}
    asked = [fresh.get(one.id, one) for one in receivers]
    contents = sending.gathered(work, circle, asked)
    lacking = tuple(
        one for one in contents.segments if one.header.q1 > covered.get(one.header.stream, 0)
    )
    contents = sending.with_files(work, replace(contents, segments=lacking), asked)
    with work.store.read() as reader:
        news = bool(lacking) or enclosing.news(reader, contents) or _newly_vouched(reader, contents)
    if not news and not any(one.changes for one in taken):
        return Exchange(tuple(taken), 0, 0, tuple(refused))
    size = _put(work, transport, contents, (circle, asked))
    enclosing.sent(work, contents, asked)
    with work.store.aside() as cursor:
        cursor.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", _vouching(cursor, contents))
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


def _newly_vouched(reader: Reader, contents: Contents) -> bool:
    """Tell whether devices were admitted or blocked since something was left at this place."""
    name, digest = _vouching(reader.cursor, contents)
    return upgrade.facts(reader.cursor).get(name) != digest


def _vouching(cursor: Any, contents: Contents) -> tuple[str, str]:
    """Return the fact that says which certificates a place was told last, and of what now."""
    place = upgrade.facts(cursor).get("exchange", "")
    said = b"".join(sorted(contents.certificates))
    return f"vouched {place}", hashlib.sha256(said).hexdigest()


def _remember(work: Work, place: str) -> None:
    with work.store.aside() as cursor:
        cursor.execute("INSERT OR REPLACE INTO meta VALUES ('exchange', ?)", (place,))


def _own(work: Work) -> str:
    with work.store.read() as reader:
        return own_stream(reader.cursor)
