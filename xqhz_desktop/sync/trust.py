"""Keys: who signed something (Ed25519) and who may read it (age, X25519).

This is suite 1 of the package format. Suite 2 is reserved for SM2, SM3 and SM4; what names a
suite would be chosen here and nowhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyrage
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import Message
from xqhz_desktop.sync.refusals import refusal

SUITE = 1
"""age v1 with X25519, Ed25519, SHA-256."""
SIGNATURE = 64
"""Bytes of a signature."""


@dataclass(frozen=True, slots=True)
class Public:
    """What others know of a device: its key for signatures (32 bytes) and its age recipient."""

    key: bytes
    recipient: str

    @property
    def id(self) -> str:
        """Return the name of the key: its SHA-256 as 64 hex characters."""
        return key_id(self.key)


@dataclass(frozen=True, slots=True)
class Device:
    """The two private keys of a device, a school, a bureau or the server."""

    seed: bytes = field(repr=False)
    identity: str = field(repr=False)

    @property
    def public(self) -> Public:
        """Return what others may know."""
        recipient = pyrage.x25519.Identity.from_str(self.identity).to_public()
        return Public(bytes(SigningKey(self.seed).verify_key), str(recipient))

    @property
    def id(self) -> str:
        """Return the name of the signing key."""
        return key_id(bytes(SigningKey(self.seed).verify_key))

    def sign(self, data: bytes) -> bytes:
        """Return the signature of some bytes: always the same for the same."""
        return bytes(SigningKey(self.seed).sign(data).signature)

    def secret(self) -> bytes:
        """Return both keys as bytes, to be kept where nobody reads them."""
        return f"{self.seed.hex()} {self.identity}".encode()


def make_device() -> Device:
    """Make the keys of a new device."""
    return Device(bytes(SigningKey.generate()), str(pyrage.x25519.Identity.generate()))


def device(secret: bytes) -> Device:
    """Return the device of what `Device.secret` gave; raise BadFile if it is damaged."""
    try:
        seed, identity = secret.decode().split(" ")
        found = Device(bytes.fromhex(seed), identity)
        _ = found.public
    except (ValueError, pyrage.IdentityError) as error:
        message = Message("The keys of this device are damaged. Have the device enrolled again.")
        raise BadFile(message) from error
    return found


def key_id(key: bytes) -> str:
    """Return the name of a public signing key."""
    return hashlib.sha256(key).hexdigest()


def verified(key: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether the owner of a public key signed these bytes."""
    try:
        VerifyKey(key).verify(data, signature)
    except (BadSignatureError, ValueError, TypeError):  # a key or signature of the wrong length
        return False
    return True


def is_recipient(text: str) -> bool:
    """Tell whether a text is an age recipient."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def sealed(data: bytes, recipients: Iterable[str]) -> bytes:
    """Encrypt for one or more age recipients; raise BadFile if one of them is no recipient."""
    try:
        known = [pyrage.x25519.Recipient.from_str(one) for one in dict.fromkeys(recipients)]
    except pyrage.RecipientError as error:
        message = Message("The key of a device is damaged. Have the device enrolled again.")
        raise BadFile(message) from error
    return bytes(pyrage.encrypt(data, known))


def opened(data: bytes, devices: Sequence[Device]) -> bytes:
    """Decrypt what was made for one of these devices; raise BadPackage WRONG_KEY."""
    try:
        known = [pyrage.x25519.Identity.from_str(one.identity) for one in devices]
        return bytes(pyrage.decrypt(data, known))
    except pyrage.DecryptError as error:
        raise refusal("WRONG_KEY") from error


def locked(data: bytes, words: str) -> bytes:
    """Encrypt with a passphrase (age, scrypt), for somebody whose key nobody knows."""
    return bytes(pyrage.passphrase.encrypt(data, words))


def unlocked(data: bytes, words: str) -> bytes:
    """Decrypt what was locked; raise BadPackage WRONG_WORDS."""
    try:
        return bytes(pyrage.passphrase.decrypt(data, words))
    except pyrage.DecryptError as error:
        raise refusal("WRONG_WORDS") from error


@dataclass(frozen=True, slots=True)
class Keyring:
    """Whom this device believes, and its own keys.

    `group` is its school (32 hex characters, "" before it has one); `known` are the public keys of
    enrolled devices by id; `revoked` says of blocked ones up to which number each of their streams
    still counts; `anchors` are the ids of keys believed without a certificate: the school's, or
    the bureau's above it.
    """

    group: str
    devices: tuple[Device, ...] = ()
    known: Mapping[str, bytes] = field(default_factory=dict)
    revoked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()
