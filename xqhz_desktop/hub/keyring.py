"""Whom the server believes: what each school has signed for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.hub.database import Connection
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.i18n import Message
from xqhz_desktop.sync import certificates, envelope, package
from xqhz_desktop.sync.certificates import Certificate, Circle, Role
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.trust import Keyring, key_id


def of_school(connection: Connection, school: str) -> Circle:
    """Return the members of a school; raise NotFound for one that never joined."""
    root = connection.execute("SELECT key FROM school WHERE school_id = %s", (school,)).fetchone()
    if root is None:
        raise NotFound(Message("There is no such school here."))
    statements = connection.execute(
        "SELECT content FROM statement WHERE school_id = %s", (school,)
    ).fetchall()
    group = UUID(school).hex
    known = (bytes(content) for (content,) in statements)
    return certificates.circle(known, group, {key_id(bytes(root[0]))})


def admit(connection: Connection, school: str, statements: Iterable[bytes]) -> bool:
    """Keep certificates and revocations of a school, and who its devices are by now.

    Return whether any was new. What the school has not signed is kept and not believed.
    """
    brought = {hashlib.sha256(one).digest(): one for one in statements}
    found = connection.execute(
        "SELECT id FROM statement WHERE school_id = %s AND id = ANY (%s)", (school, [*brought])
    ).fetchall()
    new = brought.keys() - {bytes(id) for (id,) in found}
    if not new:
        return False
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO statement (school_id, id, content) VALUES (%s, %s, %s)",
            [(school, id, brought[id]) for id in new],
        )
        circle = of_school(connection, school)
        cursor.executemany(
            "INSERT INTO device (school_id, device, name, sign, age, revoked)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (school_id, device) DO UPDATE"
            " SET name = excluded.name, age = excluded.age,"
            " revoked = coalesce(excluded.revoked, device.revoked)",
            [
                (
                    school, bytes.fromhex(id), one.name, one.public.key, one.public.recipient,
                    _revoked(circle, id),
                )
                for id, one in circle.members.items() if one.role is Role.DEVICE
            ],
        )  # fmt: skip
    return True


def request(hub: Hub, data: bytes) -> tuple[Certificate, Contents]:
    """Return which school asks to join by a package, and what it brings; raise BadPackage.

    Whether it is that school is for people to say: they compare the words of its key.
    """
    sender = envelope.peek(data).sender
    asked = Keyring("", (hub.keys,), anchors=frozenset({sender}))
    contents = package.read(data, asked)
    for one in map(certificates.parse, contents.certificates):
        if isinstance(one, Certificate) and one.role is Role.SCHOOL and one.public.id == sender:
            return one, contents
    raise UserError(
        Message("This file does not ask for a school to join. Have the school make a new one."),
        code="NO_SCHOOL",
    )


def join(hub: Hub, school: Certificate, contents: Contents) -> str:
    """Let a school in and return its id; one that is in already gets what is new."""
    id = str(UUID(school.group))
    with hub.database.school(id, locked=True) as connection:
        known = connection.execute("SELECT key FROM school WHERE school_id = %s", (id,)).fetchone()
        if known and bytes(known[0]) != school.public.key:
            raise UserError(
                Message("A school with this number joined with another key. Ask both schools."),
                code="OTHER_KEY",
            )
        connection.execute(
            "INSERT INTO school (school_id, name, key) VALUES (%s, %s, %s)"
            " ON CONFLICT (school_id) DO UPDATE SET name = excluded.name",
            (id, school.name, school.public.key),
        )
        admit(connection, id, contents.certificates)
    return id


def block(hub: Hub, device: str) -> str:
    """Block a device at the server, by the beginning of its key's name; return its name."""
    with hub.database.schools(None) as connection:
        found = connection.execute(
            "UPDATE device SET revoked = coalesce(revoked, now())"
            " WHERE encode(device, 'hex') LIKE %s RETURNING name",
            (device.lower() + "%",),
        ).fetchall()
        if len(found) != 1:
            raise NotFound(
                Message("{n} devices have this key. Type more of it.", n=len(found)),
                code="NOT_FOUND" if not found else "AMBIGUOUS",
            )
    return str(found[0][0])


def _revoked(circle: Circle, id: str) -> datetime | None:
    found = circle.revoked.get(id)
    return datetime.fromtimestamp(found.at / 1000, UTC) if found else None
