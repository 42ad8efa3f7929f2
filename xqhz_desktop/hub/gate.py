"""Which device asks: it signs a challenge and is given a token for an hour."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from xqhz_desktop.errors import UserError
from xqhz_desktop.hub import tickets
from xqhz_desktop.hub.home import Hub
from xqhz_desktop.i18n import Message
from xqhz_desktop.sync import trust

_PREFIX = b"XQHUB1"
"""With the id of the server's own key behind it, so that no other server can pass the proof on."""

_CHALLENGE, _TOKEN = 120, 3600  # seconds


@dataclass(frozen=True)
class Caller:
    """A device that has shown who it is, and its school."""

    school: str
    device: bytes


class Refused(UserError):
    """A device that may not come in; `status` is the answer of HTTP."""

    def __init__(self, message: Message, code: str, status: int) -> None:
        """Keep what is answered."""
        super().__init__(message, code=code)
        self.status = status


def challenge(hub: Hub, device: str) -> str:
    """Return what a device has to sign, as hex."""
    content = {"challenge": device, "once": os.urandom(8).hex(), "until": time.time() + _CHALLENGE}
    return tickets.signed(hub.secret, content).encode().hex()


def token(hub: Hub, device: str, asked: str, signature: str) -> tuple[str, int]:
    """Return a token and its end (milliseconds since 1970) for a signed challenge."""
    try:
        raw, proof, key_id = bytes.fromhex(asked), bytes.fromhex(signature), bytes.fromhex(device)
    except ValueError as error:
        raise _unknown() from error
    content = tickets.opened(hub.secret, raw.decode("ascii", "replace"))
    if content is None or content.get("challenge") != device:
        raise Refused(Message("The login took too long. Try again."), "EXPIRED", 401)
    with hub.database.schools(None) as connection:
        found = connection.execute(
            "SELECT school_id, sign, revoked IS NOT NULL FROM device WHERE device = %s", (key_id,)
        ).fetchone()
    if found is None or not trust.verified(
        bytes(found[1]), _PREFIX + bytes.fromhex(hub.keys.id) + raw, proof
    ):
        raise _unknown()
    if found[2]:
        raise Refused(
            Message("This device was blocked. Let the school's administrator see it."),
            "REVOKED",
            403,
        )
    until = time.time() + _TOKEN
    content = {"device": device, "school": str(found[0]), "until": until}
    return tickets.signed(hub.secret, content), int(until * 1000)


def caller(hub: Hub, authorization: str) -> Caller:
    """Return who a request with this header comes from; raise Refused."""
    content = tickets.opened(hub.secret, authorization.removeprefix("Bearer ").strip())
    if content is None or "school" not in content:
        raise Refused(Message("Log in again."), "TOKEN", 401)
    return Caller(content["school"], bytes.fromhex(content["device"]))


def _unknown() -> Refused:
    return Refused(
        Message("This server does not know the device. Have it enrolled first."),
        "UNKNOWN_SENDER",
        401,
    )
