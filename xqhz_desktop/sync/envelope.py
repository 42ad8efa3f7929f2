"""The outside of a package: who made it for which school, sealed for its readers and signed.

::

    "XQHZ" | major 1 | minor | u16 n | header, n bytes | payload | signature, 64 bytes

    header  CBOR map: 1 kind, 2 suite, 3 id of the signer's key, 4 group, 5 length of the payload,
            6 [volume, volumes, id], 7 keys that must be understood, 8 the signer's public key
            (in enrolment requests and certificates, whose reader may not know it yet)
    payload an age file; the plain request in an enrolment request

The signature stands for every byte before it. Nothing is read before it is found right.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from xqhz_desktop.sync import cbor, trust
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.trust import Device, Keyring

MAGIC, MAJOR, MINOR = b"XQHZ", 1, 0
MOST = 64 << 20
"""Bytes of a file: more goes into volumes."""
_START = struct.Struct(">4sBBH")
_HEADER = 4096
_TAG = b"XQPKG1"
_NOBODY = bytes(16)
_KEYS = frozenset(range(1, 9))
"""The keys of the header this version understands."""


class Kind(IntEnum):
    """What a package is for."""

    DELTA = 1
    SNAPSHOT = 2
    REQUEST = 3
    CERTIFICATES = 4
    RECEIPT = 5
    EXCERPT = 6
    RETURN = 7
    PERSON = 8


_OPEN = frozenset({Kind.REQUEST, Kind.PERSON})
"""What anybody may send: it is not sealed here, and its signature only shows that it is whole."""
_WITH_KEY = _OPEN | {Kind.CERTIFICATES}


@dataclass(frozen=True, slots=True)
class Volume:
    """One of several packages made together: its number from 1, how many, and the id they share."""

    number: int
    total: int
    id: str


@dataclass(frozen=True, slots=True)
class Label:
    """What can be read on the outside. `sender` is the id of the signer's key."""

    kind: Kind
    group: str
    volume: Volume | None = None
    sender: str = ""


def wrap(inner: bytes, label: Label, recipients: tuple[str, ...], signer: Device) -> bytes:
    """Return the file: sealed for the recipients (age), signed by `signer`."""
    payload = inner if label.kind in _OPEN else trust.sealed(inner, recipients)
    public = signer.public
    header: dict[int, Any] = {
        1: int(label.kind), 2: trust.SUITE, 3: bytes.fromhex(public.id),
        4: bytes.fromhex(label.group) or _NOBODY, 5: len(payload),
    }  # fmt: skip
    if label.volume:
        volume = label.volume
        header[6] = [volume.number, volume.total, bytes.fromhex(volume.id)]
    if label.kind in _WITH_KEY:
        header[8] = public.key
    head = cbor.dump(header)
    signed = _START.pack(MAGIC, MAJOR, MINOR, len(head)) + head + payload
    if len(signed) + trust.SIGNATURE > MOST:
        raise refusal("TOO_LARGE")
    return signed + signer.sign(_digest(signed))


def peek(data: bytes) -> Label:
    """Return what the outside says, unchecked, for a list of files; raise BadPackage."""
    return _label(_opened(data)[0])


def unwrap(data: bytes, keyring: Keyring, *, review: bool = False) -> tuple[Label, bytes]:
    """Return label and content of a file after every check; raise BadPackage.

    With `review` a blocked device is read too: for an administrator, into quarantine.
    """
    header, start = _opened(data)
    label = _label(header)
    end = start + cbor.number(header, 5)
    if len(data) < end + trust.SIGNATURE:
        raise refusal("TRUNCATED")
    cbor.require(len(data) == end + trust.SIGNATURE)
    key = _public_key(header, label, keyring)
    if not trust.verified(key, _digest(data[:end]), data[end:]):
        raise refusal("SIGNATURE")
    if _foreign(label, keyring):
        raise refusal("OTHER_SCHOOL")
    if label.sender in keyring.revoked and not review:
        raise refusal("REVOKED")
    payload = data[start:end]
    return label, payload if label.kind in _OPEN else trust.opened(payload, keyring.devices)


def _opened(data: bytes) -> tuple[dict[Any, Any], int]:
    """Return the header and where the payload begins."""
    if len(data) > MOST:
        raise refusal("TOO_LARGE")
    if data[:4] != MAGIC[: len(data)] or not data:
        raise refusal("NOT_A_PACKAGE")
    if len(data) < _START.size:
        raise refusal("TRUNCATED")
    _, major, _, size = _START.unpack_from(data)
    if major != MAJOR:
        raise refusal("NEWER")
    cbor.require(size <= _HEADER)
    start = _START.size + size
    if len(data) < start:
        raise refusal("TRUNCATED")
    header = cbor.load(data[_START.size : start])
    cbor.require(isinstance(header, dict))
    return header, start


def _label(header: dict[Any, Any]) -> Label:
    critical = header.get(7, [])
    cbor.require(isinstance(critical, list) and all(type(key) is int for key in critical))
    kind, suite = cbor.number(header, 1), cbor.number(header, 2)
    if not _KEYS.issuperset(critical) or suite != trust.SUITE or kind not in set(Kind):
        raise refusal("NEWER")
    group, sender = cbor.octets(header, 4, 16), cbor.octets(header, 3, 32).hex()
    return Label(Kind(kind), "" if group == _NOBODY else group.hex(), _volume(header), sender)


def _volume(header: dict[Any, Any]) -> Volume | None:
    if 6 not in header:
        return None
    match header[6]:
        case [int(number), int(total), bytes(id)] if 1 <= number <= total and len(id) == 16:
            return Volume(number, total, id.hex())
    raise refusal("DAMAGED")


def _public_key(header: dict[Any, Any], label: Label, keyring: Keyring) -> bytes:
    """Return the key the signature is checked by, if its owner may send this."""
    if 8 in header:
        key = cbor.octets(header, 8, 32)
        cbor.require(trust.key_id(key) == label.sender)
        if label.kind in _OPEN or label.sender in keyring.anchors:
            return key
    known = keyring.known.get(label.sender)
    if known is None:
        raise refusal("OTHER_SCHOOL" if _foreign(label, keyring) else "UNKNOWN_SENDER")
    return known


def _foreign(label: Label, keyring: Keyring) -> bool:
    asks = label.kind in _OPEN  # whoever asks to join has no school yet
    return bool(keyring.group) and not asks and label.group != keyring.group


def _digest(signed: bytes) -> bytes:
    return _TAG + hashlib.sha256(signed).digest()
