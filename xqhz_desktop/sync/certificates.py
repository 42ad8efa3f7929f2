"""Certificates: which keys belong to a school, and which no longer do. All checked offline.

A bureau signs for schools, a school for its devices; a school without a bureau signs for itself.
A certificate or revocation is ``[content, signature]`` in CBOR; its content is a map::

    1 version   2 what: bureau, school, hub, device, reader, or revoked   3 signing key (of a
    revoked device: its id)   4 age recipient   5 group   6 scopes   7 name   8 from   9 until (ms)
    10 id of the issuer's key   11 {stream: last number that counts}   12 reason   13 when (ms)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any

from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import cbor, trust
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.trust import Device, Keyring, Public

VERSION = 1
YEAR = 365 * 24 * 3600 * 1000
"""How long a certificate is good, in milliseconds."""
_CERTIFICATE, _REVOCATION = b"XQCRT1", b"XQREV1"
_REVOKED = "revoked"
_NOBODY = bytes(16)
_TEXT = 200


class Role(Enum):
    """What a key may do: bureau and school sign for others, a reader sends only proposals."""

    BUREAU = "bureau"
    SCHOOL = "school"
    HUB = "hub"
    DEVICE = "device"
    READER = "reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Whose key this is. `group` is "" for a bureau and for a server of many schools.

    `scopes` are the parts of the school the key may write (32 hex characters each); `since` and
    `until` are milliseconds since 1970; `issuer` is the id of the key that signed.
    """

    role: Role
    public: Public
    group: str
    name: str
    since: int
    until: int
    scopes: tuple[str, ...] = ()
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A key that was blocked: `accepted` says up to which number its streams still count."""

    device: str
    group: str
    accepted: Mapping[str, int]
    reason: str
    at: int
    issuer: str = ""


Statement = Certificate | Revocation
Sealed = tuple[Statement, bytes, bytes]
"""A statement, what of it was signed, and the signature."""


@dataclass(frozen=True, slots=True)
class Circle:
    """What the statements known to a device come to: the members of its school."""

    group: str
    anchors: frozenset[str]
    members: Mapping[str, Certificate] = field(default_factory=dict)
    revoked: Mapping[str, Revocation] = field(default_factory=dict)

    def keyring(self, *devices: Device) -> Keyring:
        """Return what packages are checked by. A certificate that ran out still tells who sent."""
        known = {id: one.public.key for id, one in self.members.items()}
        revoked = {id: one.accepted for id, one in self.revoked.items()}
        return Keyring(self.group, devices, known, revoked, self.anchors)

    def recipients(self, at: int) -> list[str]:
        """Return for whom packages are sealed: everybody whose certificate is good now (ms)."""
        return [
            one.public.recipient
            for id, one in self.members.items()
            if id not in self.revoked and one.until >= at
        ]


def certify(issuer: Device, certificate: Certificate) -> bytes:
    """Return the certificate, signed."""
    hexed = bytes.fromhex
    content = cbor.dump(
        {
            1: VERSION, 2: certificate.role.value, 3: certificate.public.key,
            4: certificate.public.recipient, 5: hexed(certificate.group) or _NOBODY,
            6: [hexed(scope) for scope in certificate.scopes], 7: certificate.name,
            8: certificate.since, 9: certificate.until, 10: hexed(issuer.id),
        }
    )  # fmt: skip
    return cbor.dump([content, issuer.sign(_CERTIFICATE + content)])


def revoke(issuer: Device, revocation: Revocation) -> bytes:
    """Return the revocation, signed."""
    hexed = bytes.fromhex
    content = cbor.dump(
        {
            1: VERSION, 2: _REVOKED, 3: hexed(revocation.device), 5: hexed(revocation.group),
            10: hexed(issuer.id), 12: revocation.reason, 13: revocation.at,
            11: {hexed(stream): q for stream, q in revocation.accepted.items()},
        }
    )  # fmt: skip
    return cbor.dump([content, issuer.sign(_REVOCATION + content)])


def parse(data: bytes) -> Statement:
    """Return what a statement says, its signature not checked; raise BadPackage."""
    return _parsed(data)[0]


def circle(statements: Iterable[bytes], group: str, anchors: Iterable[str]) -> Circle:
    """Return the school that follows from believing the anchors (ids of keys).

    What nobody believed has signed, or what is about another school, is passed over.
    """
    believed = frozenset(anchors)
    sealed = [one for one in map(_readable, statements) if one]
    roots = _keys(one for one, _, _ in sealed if _key_of(one) in believed)
    by_roots = _signed(sealed, roots)
    blocked = {one.device for one in by_roots if isinstance(one, Revocation)}
    schools = _keys(
        one
        for one in by_roots
        if isinstance(one, Certificate) and one.role is Role.SCHOOL and one.group == group
    )
    signers = {id: key for id, key in (roots | schools).items() if id not in blocked}
    ours = [one for one in _signed(sealed, signers) if _belongs(one, group, roots)]
    certificates = sorted(
        (one for one in ours if isinstance(one, Certificate)), key=lambda one: one.until
    )
    return Circle(
        group,
        believed,
        {one.public.id: one for one in certificates},  # the one that lasts longest
        {one.device: one for one in ours if isinstance(one, Revocation)},
    )


def _belongs(statement: Statement, group: str, roots: Mapping[str, bytes]) -> bool:
    """Tell whether a signed statement is about a school: a bureau's server is in all of its."""
    if statement.group == group:
        return True
    return (
        isinstance(statement, Certificate)
        and statement.role is Role.HUB
        and not statement.group
        and statement.issuer in roots
    )


def _key_of(statement: Statement) -> str:
    return statement.device if isinstance(statement, Revocation) else statement.public.id


def _keys(statements: Iterable[Statement]) -> dict[str, bytes]:
    """Return the signing keys of certificates by id."""
    return {one.public.id: one.public.key for one in statements if isinstance(one, Certificate)}


def _signed(sealed: Iterable[Sealed], keys: Mapping[str, bytes]) -> list[Statement]:
    """Return the statements signed by one of some keys."""
    return [
        statement
        for statement, content, sig in sealed
        if statement.issuer in keys and trust.verified(keys[statement.issuer], content, sig)
    ]


def _readable(data: bytes) -> Sealed | None:
    """Return a statement, or None where a newer version made it or it is damaged."""
    try:
        return _parsed(data)
    except BadPackage:
        return None


def _parsed(data: bytes) -> Sealed:
    match cbor.load(data):
        case [bytes(content), bytes(sig), *_]:
            parts = cbor.load(content)
        case _:
            raise refusal("DAMAGED")
    if cbor.number(parts, 1) != VERSION:
        raise refusal("NEWER")
    if parts.get(2) == _REVOKED:
        return _revocation(parts), _REVOCATION + content, sig
    return _certificate(parts), _CERTIFICATE + content, sig


def _certificate(parts: dict[Any, Any]) -> Certificate:
    number, octets, text = (
        partial(cbor.number, parts), partial(cbor.octets, parts), partial(_text, parts),
    )  # fmt: skip
    scopes = parts.get(6)
    cbor.require(trust.is_recipient(text(4)))
    if text(2) not in {role.value for role in Role}:
        raise refusal("NEWER")
    cbor.require(isinstance(scopes, list))
    cbor.require(all(isinstance(one, bytes) and len(one) == 16 for one in scopes or ()))
    return Certificate(
        role=Role(text(2)), public=Public(octets(3, 32), text(4)), group=_group(parts),
        scopes=tuple(one.hex() for one in scopes or ()), name=text(7),
        since=number(8), until=number(9), issuer=octets(10, 32).hex(),
    )  # fmt: skip


def _revocation(parts: dict[Any, Any]) -> Revocation:
    accepted = parts.get(11)
    match accepted:
        case dict():
            pairs = accepted.items()
        case _:
            raise refusal("DAMAGED")
    for stream, q in pairs:
        cbor.require(isinstance(stream, bytes) and len(stream) == 16 and type(q) is int)
    return Revocation(
        device=cbor.octets(parts, 3, 32).hex(), group=_group(parts), reason=_text(parts, 12),
        accepted={stream.hex(): q for stream, q in pairs},
        at=cbor.number(parts, 13), issuer=cbor.octets(parts, 10, 32).hex(),
    )  # fmt: skip


def _group(parts: dict[Any, Any]) -> str:
    group = cbor.octets(parts, 5, 16)
    return "" if group == _NOBODY else group.hex()


def _text(parts: dict[Any, Any], key: int) -> str:
    found = parts.get(key)
    cbor.require(isinstance(found, str) and len(found) <= _TEXT)
    return str(found)
