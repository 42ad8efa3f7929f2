"""Packages on their way in: piece by piece, begun again where a line broke, taken once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from xqhz_desktop.errors import BadPackage, NotFound, UserError
from xqhz_desktop.hub.database import Connection, Database
from xqhz_desktop.i18n import Message
from xqhz_desktop.sync import envelope

MOST_PIECE = 8 << 20
"""Bytes sent at once."""
_MOST_WAITING = 200
"""Packages of one school that may wait; then its laptops are asked to come back later."""


@dataclass(frozen=True)
class Upload:
    """How far a package is. `state`: receiving, waiting, taken or refused."""

    offset: int
    length: int
    state: str
    code: str = ""
    message: str = ""


class WrongOffset(UserError):
    """A piece does not follow what is there; `offset` says where to go on."""

    def __init__(self, offset: int) -> None:
        """Keep where to go on."""
        super().__init__(Message("The line broke. Go on where the server stopped."), code="OFFSET")
        self.offset = offset


def begin(database: Database, school: str, device: bytes, id: bytes, length: int) -> Upload:
    """Announce a package of a device; one that came before is told as it stands."""
    if not 0 < length <= envelope.MOST:
        raise BadPackage(
            Message("The package is too large. Ask the sender to make it again in volumes."),
            code="TOO_LARGE",
        )
    with database.school(school) as connection:
        waiting = connection.execute(
            "SELECT count(*) FROM upload WHERE school_id = %s AND state = 'waiting'", (school,)
        ).fetchone()
        if waiting and waiting[0] >= _MOST_WAITING:
            raise UserError(Message("The server is busy. Try again in a minute."), code="BUSY")
        connection.execute(
            "INSERT INTO upload (school_id, id, device, length) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (school, id, device, length),
        )
        return _upload(connection, school, id)


def known(database: Database, school: str, id: bytes) -> Upload:
    """Return how far a package is; raise NotFound where it was never announced."""
    with database.school(school) as connection:
        return _upload(connection, school, id)


def add(database: Database, school: str, id: bytes, offset: int, piece: bytes) -> int:
    """Add a piece at its place and return where the next begins; raise WrongOffset."""
    with database.school(school) as connection:
        connection.execute(
            "SELECT 1 FROM upload WHERE school_id = %s AND id = %s FOR UPDATE", (school, id)
        )
        found = _upload(connection, school, id)
        end = offset + len(piece)
        if found.state != "receiving" or offset != found.offset or end > found.length:
            raise WrongOffset(found.offset)
        if piece:
            connection.execute(
                "INSERT INTO piece (school_id, id, at, bytes) VALUES (%s, %s, %s, %s)",
                (school, id, offset, piece),
            )
    return end


def commit(database: Database, school: str, id: bytes) -> Upload:
    """Hand a complete package to the workers; one whose hash is wrong is dropped."""
    with database.school(school) as connection:
        connection.execute(
            "SELECT 1 FROM upload WHERE school_id = %s AND id = %s FOR UPDATE", (school, id)
        )
        found = _upload(connection, school, id)
        if found.state != "receiving":
            return found
        if found.offset != found.length:
            raise WrongOffset(found.offset)
        digest = hashlib.sha256()
        for piece in pieces(connection, school, id):
            digest.update(piece)
        whole = digest.digest() == id
        if whole:
            connection.execute(
                "UPDATE upload SET state = 'waiting' WHERE school_id = %s AND id = %s",
                (school, id),
            )
        else:
            drop(connection, school, id)
            connection.execute("DELETE FROM upload WHERE school_id = %s AND id = %s", (school, id))
    if not whole:  # said only after the transaction has dropped it
        raise BadPackage(Message("The package was damaged on its way. Send it again."), code="HASH")
    return Upload(found.length, found.length, "waiting")


def pieces(connection: Connection, school: str, id: bytes) -> Iterator[bytes]:
    """Yield the bytes of a package in order, one piece in memory at a time."""
    places = connection.execute(
        "SELECT at FROM piece WHERE school_id = %s AND id = %s ORDER BY at", (school, id)
    ).fetchall()
    for (at,) in places:
        found = connection.execute(
            "SELECT bytes FROM piece WHERE school_id = %s AND id = %s AND at = %s",
            (school, id, at),
        ).fetchone()
        yield bytes(found[0]) if found else b""


def drop(connection: Connection, school: str, id: bytes) -> None:
    """Forget the bytes of a package that was taken or refused; what became of it stays."""
    connection.execute("DELETE FROM piece WHERE school_id = %s AND id = %s", (school, id))


def _upload(connection: Connection, school: str, id: bytes) -> Upload:
    found = connection.execute(
        "SELECT u.length, u.state, u.code, u.message, coalesce((SELECT max(p.at + length(p.bytes))"
        " FROM piece p WHERE p.school_id = u.school_id AND p.id = u.id), 0)"
        " FROM upload u WHERE u.school_id = %s AND u.id = %s",
        (school, id),
    ).fetchone()
    if found is None:
        raise NotFound(Message("This package was not announced. Begin again."), code="UNKNOWN")
    length, state, code, message, offset = found
    return Upload(offset if state == "receiving" else length, length, state, code, message)
