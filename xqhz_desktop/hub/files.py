"""Attached files of one school on the server: kept by their SHA-256, passed on, asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.hub.database import Connection
from xqhz_desktop.sync import enclosed
from xqhz_desktop.sync.package import Blob, Contents
from xqhz_desktop.sync.segment import Segment


class SchoolFiles:
    """The files of a school over an open transaction."""

    def __init__(self, connection: Connection, school: str) -> None:
        """Keep files in the tables of a school."""
        self._connection, self._school = connection, school

    def take(self, contents: Contents) -> None:
        """Keep what a package brings, and write down what its sender asks for."""
        for one in contents.blobs:
            if one.data:
                self._connection.execute(
                    "INSERT INTO file (school_id, hash, mime, bytes) VALUES (%s, %s, %s, %s)"
                    " ON CONFLICT DO NOTHING",
                    (self._school, bytes.fromhex(one.hash), one.mime, one.data),
                )
        device = bytes.fromhex(contents.sender)
        self._connection.execute(
            "DELETE FROM wish WHERE school_id = %s AND device = %s", (self._school, device)
        )
        self._ask(device, contents.wanted)

    def lacking(self) -> tuple[str, ...]:
        """Return the files records name that are not here."""
        rows = self._connection.execute(
            "SELECT DISTINCT r.shown ->> 'sha256' FROM record r WHERE r.school_id = %s"
            " AND r.kind = %s AND r.shown ->> 'sha256' ~ '^[0-9a-f]{64}$' AND NOT EXISTS"
            " (SELECT FROM file f WHERE f.school_id = r.school_id"
            " AND encode(f.hash, 'hex') = r.shown ->> 'sha256') ORDER BY 1 LIMIT %s",
            (self._school, Attachment.KIND, enclosed.MOST_WISHES),
        ).fetchall()
        return tuple(str(hash) for (hash,) in rows)

    def along(self, device: bytes, found: Sequence[Segment], room: int) -> tuple[Blob, ...]:
        """Return the files for a device that fit; what does not is given the next time."""
        wanted = self._connection.execute(
            "SELECT hash FROM wish WHERE school_id = %s AND device = %s", (self._school, device)
        ).fetchall()
        hashes = dict.fromkeys([*(bytes(one).hex() for (one,) in wanted), *enclosed.named(found)])
        made, left = list[Blob](), list[str]()
        for hash in hashes:
            key = (self._school, bytes.fromhex(hash))
            row = self._connection.execute(
                "SELECT length(bytes), mime FROM file WHERE school_id = %s AND hash = %s", key
            ).fetchone()
            if row is None:
                continue
            room -= int(row[0])
            if room < 0:
                left.append(hash)
                continue
            made.append(Blob(hash, int(row[0]), str(row[1]), self._bytes(*key)))
        self._connection.execute(
            "DELETE FROM wish WHERE school_id = %s AND device = %s AND hash = ANY (%s)",
            (self._school, device, [bytes.fromhex(one.hash) for one in made]),
        )
        self._ask(device, left)
        return tuple(made)

    def _bytes(self, school: str, hash: bytes) -> bytes:
        row = self._connection.execute(
            "SELECT bytes FROM file WHERE school_id = %s AND hash = %s", (school, hash)
        ).fetchone()
        data = bytes(row[0]) if row else b""
        assert hashlib.sha256(data).digest() == hash
        return data

    def _ask(self, device: bytes, hashes: Iterable[str]) -> None:
        for hash in hashes:
            self._connection.execute(
                "INSERT INTO wish (school_id, device, hash) VALUES (%s, %s, %s)"
                " ON CONFLICT DO NOTHING",
                (self._school, device, bytes.fromhex(hash)),
            )
