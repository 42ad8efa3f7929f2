"""Where a computer keeps its keys: with the passwords of its system, else in a file of its own.

Never inside a workspace: whoever copies one does not become its owner. The file is wrapped by a
passphrase (Argon2id, as the key of an encrypted workspace is). Without one it is plain and only
its owner may read it, like a key of ssh.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from xqhz_desktop import paths
from xqhz_desktop.errors import BadFile, WrongKey
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import keys
from xqhz_desktop.sync import trust
from xqhz_desktop.sync.trust import Device

SERVICE = "XQHZ"
"""What the system lists our keys under."""


def load(id: str, passphrase: str = "") -> Device | None:
    """Return the keys of an id, or None; raise WrongKey or BadFile if their file does not open."""
    try:
        found = keyring.get_password(SERVICE, id)
    except KeyringError:  # this computer has no store of passwords, or it stays locked
        found = None
    secret = found.encode() if found else _read(id, passphrase)
    return trust.device(secret) if secret else None


def keep(device: Device, passphrase: str = "") -> None:
    """Keep keys where this user of this computer finds them again."""
    secret = device.secret()
    try:
        keyring.set_password(SERVICE, device.id, secret.decode())
    except KeyringError:
        _write(device.id, secret, passphrase)


def forget(id: str) -> None:
    """Remove keys from this computer."""
    try:
        keyring.delete_password(SERVICE, id)
    except KeyringError:
        pass  # they were not there
    for file in (_wrapped(id), _plain(id)):
        file.unlink(missing_ok=True)


def password(place: str) -> str:
    """Return the password kept for a place packages travel to, or ""."""
    try:
        found = keyring.get_password(SERVICE, place)
    except KeyringError:
        found = None
    return found or (_read(_named(place), "") or b"").decode()


def keep_password(place: str, password: str) -> None:
    """Keep the password for a place where only this user of this computer finds it."""
    try:
        keyring.set_password(SERVICE, place, password)
    except KeyringError:
        _write(_named(place), password.encode(), "")


def _named(place: str) -> str:
    return hashlib.sha256(place.encode()).hexdigest()


def _folder() -> Path:
    return paths.settings_file().with_name("keys")


def _wrapped(id: str) -> Path:
    return _folder() / f"{id}.json"


def _plain(id: str) -> Path:
    return _folder() / f"{id}.key"


def _read(id: str, passphrase: str) -> bytes | None:
    if _wrapped(id).exists():
        if not passphrase:
            raise WrongKey(Message("The keys of this computer have a passphrase. Enter it."))
        return keys.unwrap(_wrapped(id), passphrase)
    try:
        return _plain(id).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = Message("The keys of this computer cannot be read. Have it enrolled again.")
        raise BadFile(message) from error


def _write(id: str, secret: bytes, passphrase: str) -> None:
    _folder().mkdir(parents=True, exist_ok=True)
    if passphrase:
        keys.wrap(_wrapped(id), passphrase, secret)
        _plain(id).unlink(missing_ok=True)
        return
    part = _plain(id).with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(secret)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(_plain(id))
