"""Packages for laptops: what a device lacks, and the receipt for what it has brought."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import xqhz_desktop
from xqhz_desktop.errors import NotFound
from xqhz_desktop.hub.book import SchoolBook
from xqhz_desktop.hub.database import Connection
from xqhz_desktop.hub.files import SchoolFiles
from xqhz_desktop.hub.gate import Caller
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.hub.shelf import SchoolShelf
from xqhz_desktop.i18n import Message
from xqhz_desktop.sync import ledger, package, receipts
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.segment import Segment

_MOST = 48 << 20
"""Bytes of segments in one package; a device that lacks more asks again."""


@dataclass(frozen=True)
class Made:
    """A package ready to be fetched: its SHA-256 and its length in bytes."""

    id: bytes
    length: int


def prepare(hub: Hub, caller: Caller, knowledge: Mapping[str, int]) -> Made | None:
    """Make what a device lacks of its school; None where the server knows nothing at all."""
    with hub.database.school(caller.school) as connection:
        book = SchoolBook(connection, caller.school)
        known = SchoolShelf(connection, caller.school).knowledge()
        if not known:
            return None
        chains = {stream: (chain.q, chain.id) for stream in known if (chain := book.chain(stream))}
        files = SchoolFiles(connection, caller.school)
        contents = Contents(
            group=caller.school.replace("-", ""),
            segments=(lacking := _next(book, knowledge)),
            blobs=files.along(caller.device, lacking, _room(lacking)),
            wanted=files.lacking(),
            knowledge=known,
            receipts=(receipts.make(hub.keys, chains),),
            app=(xqhz_desktop.__version__, ledger.SCHEMA),
            created=time.time_ns() // 1_000_000,
        )
        data = package.write(contents, [_recipient(connection, caller)], hub.keys)
        made = Made(hashlib.sha256(data).digest(), len(data))
        connection.execute(
            "DELETE FROM outgoing WHERE school_id = %s"
            " AND (device = %s OR made < now() - interval '1 day')",
            (caller.school, caller.device),
        )
        connection.execute(
            "INSERT INTO outgoing (school_id, id, device, bytes) VALUES (%s, %s, %s, %s)",
            (caller.school, made.id, caller.device, data),
        )
    return made


def content(hub: Hub, caller: Caller, id: bytes) -> bytes:
    """Return a package made for this device; raise NotFound."""
    with hub.database.school(caller.school) as connection:
        found = connection.execute(
            "SELECT bytes FROM outgoing WHERE school_id = %s AND id = %s AND device = %s",
            (caller.school, id, caller.device),
        ).fetchone()
    if found is None:
        raise NotFound(Message("This package is not kept any more. Ask for a new one."))
    return bytes(found[0])


def _next(book: SchoolBook, knowledge: Mapping[str, int]) -> tuple[Segment, ...]:
    """Return the first of the segments a device lacks that fit one package."""
    found: list[Segment] = []
    size = 0
    for one in book.lacking(knowledge):
        size += len(one.body) + len(one.head) + 200
        if found and size > _MOST:
            break
        found.append(one)
    return tuple(found)


def _room(found: Iterable[Segment]) -> int:
    """Return how many bytes of files fit beside segments."""
    return _MOST - sum(len(one.body) for one in found)


def _recipient(connection: Connection, caller: Caller) -> str:
    found = connection.execute(
        "SELECT age FROM device WHERE school_id = %s AND device = %s",
        (caller.school, caller.device),
    ).fetchone()
    assert found is not None  # the token was given to a device of this table
    return str(found[0])
