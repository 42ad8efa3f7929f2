"""Attached files on their way: which go along with a package, which are kept, which asked for.

A package takes along the files its changes name, and those its receivers asked for, as far as
they fit; what did not fit, or was left out, the receiver asks for in its own next package.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import attaching
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.sync import enclosed
from xqhz_desktop.sync.package import Blob, Contents
from xqhz_desktop.sync.segment import Segment

_SAID = "wanted"
"""The fact that says which files were last asked for."""


def along(
    work: Work, reader: Reader, found: Iterable[Segment], receivers: Iterable[Member]
) -> tuple[Blob, ...]:
    """Return the files that go along with segments, and those the receivers asked for."""
    wanted = [hash for one in receivers for hash in _wanted(reader, one.id)]
    return files(work, reader, [*wanted, *enclosed.named(found)])


def files(work: Work, reader: Reader, hashes: Iterable[str]) -> tuple[Blob, ...]:
    """Return the files of these hashes that are here, as far as they fit one package."""
    blobs, made, size = attaching.contents(work), list[Blob](), 0
    for hash in dict.fromkeys(hashes):
        one = next(iter(reader.all(Attachment.KIND, sha256=hash)), None)
        if not isinstance(one, Attachment) or not blobs.has(hash):
            continue
        try:
            data = blobs.read(hash)
        except UserError:  # damaged here: somebody else may have it whole
            continue
        size += len(data)
        if made and size > enclosed.MOST:
            break
        made.append(Blob(hash, len(data), one.mime, data))
    return tuple(made)


def lacking(work: Work, reader: Reader) -> tuple[str, ...]:
    """Return the files to ask for: their names are here, they are not."""
    return tuple(attaching.missing(work, reader)[: enclosed.MOST_WISHES])


def keep(work: Work, arrived: Iterable[Contents]) -> int:
    """Keep the files that came along; return how many. Before the records: they may name them."""
    blobs, found = attaching.contents(work), 0
    for contents in arrived:
        for one in contents.blobs:
            if one.data and not blobs.has(one.hash):
                blobs.put(one.data)
                found += 1
    return found


def told(change: Change, circle: Enrolment, arrived: Iterable[Contents]) -> None:
    """Write down which files the senders asked for, in place of what they asked before."""
    known = {one.id for one in circle.members} - {circle.me.id}
    for contents in arrived:
        if contents.sender in known:
            change.cursor.execute("DELETE FROM sync_wanted WHERE device = ?", (contents.sender,))
            change.cursor.executemany(
                "INSERT OR IGNORE INTO sync_wanted (device, hash) VALUES (?,?)",
                [(contents.sender, hash) for hash in contents.wanted],
            )


def sent(work: Work, contents: Contents, receivers: Iterable[Member]) -> None:
    """Write down that files went to receivers, and what was asked of them."""
    with work.store.aside() as cursor:
        cursor.executemany(
            "DELETE FROM sync_wanted WHERE device = ? AND hash = ?",
            [(one.id, blob.hash) for one in receivers for blob in contents.blobs],
        )
        cursor.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (_SAID, _digest(contents)))


def news(reader: Reader, contents: Contents) -> bool:
    """Tell whether a package brings files, or asks for others than the last one did."""
    row = reader.cursor.execute("SELECT value FROM meta WHERE name = ?", (_SAID,)).fetchone()
    said = row[0] if row else ""
    return bool(contents.blobs) or (bool(contents.wanted) and said != _digest(contents))


def _wanted(reader: Reader, device: str) -> list[str]:
    rows = reader.cursor.execute("SELECT hash FROM sync_wanted WHERE device = ?", (device,))
    return [str(hash) for (hash,) in rows.fetchall()]


def _digest(contents: Contents) -> str:
    return hashlib.sha256(" ".join(contents.wanted).encode()).hexdigest()
