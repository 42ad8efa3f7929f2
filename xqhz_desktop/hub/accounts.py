"""Who may look at the bureau's page, and the cookie that remembers it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from nacl import pwhash
from nacl.exceptions import InvalidkeyError

from xqhz_desktop.errors import UserError
from xqhz_desktop.hub import tickets
from xqhz_desktop.hub.database import Database
from xqhz_desktop.i18n import Message

_SHORTEST = 10
_LASTING = 12 * 3600  # seconds: one working day


@dataclass(frozen=True)
class Account:
    """A person of the bureau. `schools`: the ids of what they may see, None for all."""

    name: str
    schools: tuple[str, ...] | None


def make(database: Database, name: str, password: str, schools: tuple[str, ...] | None) -> None:
    """Make an account, or give one a new password and scope."""
    if len(password) < _SHORTEST:
        raise UserError(
            Message("The password is too short. Take {n} characters or more.", n=_SHORTEST)
        )
    with database.schools(None) as connection:
        connection.execute(
            "INSERT INTO account (name, password, schools) VALUES (%s, %s, %s::uuid[])"
            " ON CONFLICT (name) DO UPDATE"
            " SET password = excluded.password, schools = excluded.schools",
            (
                name,
                pwhash.argon2id.str(password.encode()).decode(),
                None if schools is None else list(schools),
            ),
        )


def checked(database: Database, name: str, password: str) -> Account | None:
    """Return the account whose name and password these are, or None.

    Raises UserError after five wrong passwords in a row, for a quarter of an hour.
    """
    with database.schools(None) as connection:
        found = connection.execute(
            "SELECT password, coalesce(locked > now(), false) FROM account WHERE name = %s",
            (name,),
        ).fetchone()
    if found and found[1]:
        raise UserError(
            Message("Too many wrong passwords. Try again in a quarter of an hour."), code="LOCKED"
        )
    try:
        # A name nobody has takes as long as a wrong password: names cannot be tried out.
        pwhash.verify((found[0] if found else _NOBODY).encode(), password.encode())
    except InvalidkeyError:
        _remember(database, name, failed=True)
        return None
    if not found:
        return None
    _remember(database, name, failed=False)
    return known(database, name)


def _remember(database: Database, name: str, *, failed: bool) -> None:
    """Count wrong passwords in a row; the fifth locks the account for a while."""
    with database.schools(None) as connection:
        connection.execute(
            "UPDATE account SET"
            " failures = CASE WHEN %(failed)s THEN (failures + 1) %% 5 ELSE 0 END,"
            " locked = CASE WHEN %(failed)s AND failures = 4"
            " THEN now() + interval '15 minutes' END WHERE name = %(name)s",
            {"failed": failed, "name": name},
        )


def known(database: Database, name: str) -> Account | None:
    """Return an account by its name, or None."""
    with database.schools(None) as connection:
        found = connection.execute(
            "SELECT schools FROM account WHERE name = %s", (name,)
        ).fetchone()
    if found is None:
        return None
    return Account(name, None if found[0] is None else tuple(str(one) for one in found[0]))


def cookie(secret: bytes, name: str) -> str:
    """Return what a browser keeps of a login: the name and an end, signed."""
    return tickets.signed(secret, {"name": name, "until": int(time.time()) + _LASTING})


def named(secret: bytes, text: str) -> str:
    """Return the name in a cookie that is ours and has not ended, or ""."""
    return str((tickets.opened(secret, text) or {}).get("name", ""))


_NOBODY = pwhash.argon2id.str(b"nobody has this password").decode()
