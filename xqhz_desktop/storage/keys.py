"""The key of an encrypted workspace: random, wrapped by a passphrase with Argon2id.

``keys.json`` beside the database holds salt, cost and the wrapped key; the passphrase is nowhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from pathlib import Path
from typing import Any

from xqhz_desktop.errors import BadFile, WrongKey
from xqhz_desktop.i18n import Message

_OPERATIONS, _MEMORY = 3, 64 * 1024 * 1024  # 64 MB: bearable on a laptop with 4 GB
_SALT, _KEY = 16, 32  # bytes, as Argon2id and SecretBox want them


def make(file: Path, passphrase: str) -> bytes:
    """Make a random key of 32 bytes, write it wrapped into ``file`` and return it."""
    key = os.urandom(_KEY)
    wrap(file, passphrase, key)
    return key


def wrap(file: Path, passphrase: str, key: bytes) -> None:
    """Write ``key`` wrapped by ``passphrase``, replacing an older file in one step."""
    salt = os.urandom(_SALT)
    box = _box(passphrase, salt, _OPERATIONS, _MEMORY)
    content = {
        "kdf": "argon2id",
        "operations": _OPERATIONS,
        "memory": _MEMORY,
        "salt": salt.hex(),
        "wrapped": bytes(box.encrypt(key)).hex(),
    }
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as stream:
        json.dump(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def unwrap(file: Path, passphrase: str) -> bytes:
    """Return the key; raise WrongKey when the passphrase does not fit."""
    from nacl.exceptions import CryptoError  # lazy: most schools are not encrypted

    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        salt, wrapped = bytes.fromhex(content["salt"]), bytes.fromhex(content["wrapped"])
        cost = int(content["operations"]), int(content["memory"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = Message("The file keys.json is damaged. Restore it from a backup.")
        raise BadFile(message) from error
    try:
        return bytes(_box(passphrase, salt, *cost).decrypt(wrapped))
    except (CryptoError, MemoryError) as error:
        raise WrongKey(Message("The passphrase is wrong. Check the keyboard layout.")) from error


def derived(key: bytes, purpose: bytes) -> bytes:
    """Return a key for something beside the database; ``purpose`` has at most 16 bytes."""
    return hashlib.blake2b(digest_size=_KEY, key=key, person=purpose).digest()


def seal(key: bytes, data: bytes) -> bytes:
    """Return data that only this key of 32 bytes opens."""
    from nacl import secret  # lazy: most schools are not encrypted

    return bytes(secret.SecretBox(key).encrypt(data))


def opened(key: bytes, sealed: bytes) -> bytes | None:
    """Return what was sealed, or None where it was changed or the key is another."""
    from nacl import secret  # lazy: most schools are not encrypted
    from nacl.exceptions import CryptoError

    try:
        return bytes(secret.SecretBox(key).decrypt(sealed))
    except (CryptoError, ValueError):
        return None


def _box(passphrase: str, salt: bytes, operations: int, memory: int) -> Any:
    """Return the box that a passphrase opens."""
    from nacl import pwhash, secret  # lazy: most schools are not encrypted

    # The same characters are typed in different ways on different systems.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    stretched = pwhash.argon2id.kdf(_KEY, typed, salt, opslimit=operations, memlimit=memory)
    return secret.SecretBox(stretched)
