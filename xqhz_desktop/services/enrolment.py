"""Who takes part in the exchange: this copy, the other devices, and what each of them has."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import xqhz_desktop.sync.certificates as papers
from xqhz_desktop.errors import BadPackage, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import upgrade
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.sync import cbor, keystore, receipts
from xqhz_desktop.sync.certificates import Certificate, Role
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.receipts import Receipt
from xqhz_desktop.sync.trust import Device, Keyring

RECOVERED = "recovered"
"""The fact that says that this computer took the place of a lost one."""
_WRITERS = frozenset({Role.DEVICE, Role.HUB})


@dataclass(frozen=True)
class Member:
    """A device of the school. `knows`: how much of each stream it said it has; `told`: when (ms).

    `returned`: from which change on it set streams aside. `receives`: packages are made for it.
    """

    id: str
    name: str
    role: Role
    recipient: str
    until: int
    receives: bool
    revoked: bool
    scopes: tuple[str, ...] = ()
    """Of a partial copy: the ids of the records its part hangs on."""
    knows: Mapping[str, int] = field(default_factory=dict)
    returned: Mapping[str, int] = field(default_factory=dict)
    told: int = 0
    receipt: Receipt | None = None

    @property
    def partial(self) -> bool:
        """Tell whether it has a part of the school alone, and what it does is looked at first."""
        return self.role is Role.READER


@dataclass(frozen=True)
class Enrolment:
    """This copy among the others. `keys` are there where packages are made or opened.

    `escrow` is the school's own recipient: whoever has its key opens what no device can any more.
    """

    group: str
    me: Member
    members: tuple[Member, ...]
    keyring: Keyring
    certificates: tuple[bytes, ...]
    escrow: tuple[str, ...]
    keys: Device | None = None

    @property
    def device(self) -> Device:
        """Return the keys of this copy."""
        assert self.keys is not None
        return self.keys

    def readers(self, receivers: Iterable[Member]) -> list[str]:
        """Return for whom a package is sealed: its receivers, this copy, and the escrow."""
        return [*(one.recipient for one in (*receivers, self.me)), *self.escrow]

    def certificate(self, id: str) -> Certificate:
        """Return what the school signed for a member."""
        return papers.circle(self.certificates, self.group, self.keyring.anchors).members[id]

    def name(self, id: str) -> str:
        """Return what a device is called by the id of its key; "" where nobody knows."""
        return next((one.name for one in self.members if one.id == id), "")


def known(work: Work) -> Enrolment | None:
    """Return who takes part, without the keys; None where this copy has no part in it yet."""
    with work.store.read() as reader:
        return _known(reader)


def enrolled(work: Work) -> Enrolment:
    """Return who takes part, with the keys of this copy; raise UserError NOT_ENROLLED."""
    found = known(work)
    if found is None:
        raise UserError(
            Message(
                "This computer is not enrolled with the school yet. Name it under Sync, or have "
                "the administrator admit it."
            ),
            code="NOT_ENROLLED",
        )
    keys = keystore.load(found.me.id, lock(work))
    if keys is None:
        raise UserError(
            Message(
                "The keys of this workspace are on another computer. Have this one enrolled "
                "under a name of its own."
            ),
            code="NOT_ENROLLED",
        )
    keyring = replace(found.keyring, devices=(keys, *_escrow(work, found)))
    return replace(found, keys=keys, keyring=keyring)


def whole(work: Work) -> Enrolment:
    """Return who takes part, with the keys; raise UserError PARTIAL on a partial copy."""
    found = enrolled(work)
    if found.me.partial:
        raise UserError(
            Message(
                "This is a partial copy: it exchanges with nobody. Make a return and give it to "
                "whoever gave you the copy."
            ),
            code="PARTIAL",
        )
    return found


def lock(work: Work) -> str:
    """Return what wraps the keys of this copy in a file: the key of its database, if it has one."""
    return work.store.key.hex() if work.store.key else ""


def _escrow(work: Work, found: Enrolment) -> tuple[Device, ...]:
    """Return the school's own keys where it was recovered: they open what lost devices could."""
    with work.store.read() as reader:
        if not upgrade.facts(reader.cursor).get(RECOVERED):
            return ()
    known = (keystore.load(id, lock(work)) for id in found.keyring.anchors)
    return tuple(one for one in known if one)


def learned(change: Change, enrolment: Enrolment, arrived: Iterable[Contents]) -> Enrolment:
    """Keep the certificates and revocations that came along; return who takes part now."""
    for contents in arrived:
        keep(change, contents.certificates)
    found = _known(change)
    assert found is not None
    keyring = replace(found.keyring, devices=enrolment.keyring.devices)
    return replace(found, keys=enrolment.keys, keyring=keyring)


def told(change: Change, enrolment: Enrolment, arrived: Iterable[Contents]) -> None:
    """Keep what senders said they have, and the receipts of others they brought."""
    for contents in arrived:
        for receipt in contents.receipts:
            _keep_receipt(change, enrolment, contents, receipt)


def keep(change: Change, statements: Iterable[bytes]) -> None:
    """Keep certificates and revocations; those that say nothing are passed over."""
    for body in statements:
        try:
            papers.parse(body)
        except BadPackage:  # of a later version, or nonsense: nobody has to believe it
            continue
        change.cursor.execute(
            "INSERT OR IGNORE INTO sync_statement (id, body) VALUES (?,?)",
            (hashlib.sha256(body).hexdigest(), body),
        )


def _known(reader: Reader) -> Enrolment | None:
    facts = upgrade.facts(reader.cursor)
    if not facts.get("device") or not facts.get("group"):
        return None
    rows = reader.cursor.execute("SELECT body FROM sync_statement ORDER BY rowid").fetchall()
    statements = tuple(bytes(body) for (body,) in rows)
    circle = papers.circle(statements, facts["group"], json.loads(facts.get("anchors") or "[]"))
    states = {
        str(row[0]): row[1:]
        for row in reader.cursor.execute(
            "SELECT device, knows, returned, told, receipt FROM sync_device"
        ).fetchall()
    }
    own, now = facts["device"], time.time_ns() // 1_000_000
    members = tuple(
        _member(one, id in circle.revoked, id != own and one.until >= now, states.get(id))
        for id, one in circle.members.items()
        if one.role is not Role.SCHOOL
    )
    me = next((one for one in members if one.id == own), None)
    if me is None:
        return None
    escrow = tuple(
        one.public.recipient for one in circle.members.values() if one.role is Role.SCHOOL
    )
    return Enrolment(facts["group"], me, members, circle.keyring(), statements, escrow)


def _member(one: Certificate, revoked: bool, good: bool, state: Any) -> Member:
    knows, returned, at, receipt = state or ("{}", "{}", 0, None)
    return Member(
        one.public.id,
        one.name,
        one.role,
        one.public.recipient,
        one.until,
        good and not revoked and one.role in _WRITERS,
        revoked,
        one.scopes if one.role is Role.READER else (),
        json.loads(knows),
        json.loads(returned),
        int(at),
        receipts.unpacked(cbor.load(bytes(receipt))) if receipt else None,
    )


def _keep_receipt(
    change: Change, enrolment: Enrolment, contents: Contents, receipt: Receipt
) -> None:
    """Keep a receipt: the sender's own as it says now, one of a third as far as it adds to it."""
    key = enrolment.keyring.known.get(receipt.issuer)
    member = next((one for one in enrolment.members if one.id == receipt.issuer), None)
    if key is None or member is None or member.id == enrolment.me.id:
        return
    receipts.check(receipt, key)
    knows = {stream: q for stream, (q, _id) in receipt.chains.items()}
    direct = receipt.issuer == contents.sender
    if direct and contents.created < member.told:
        return
    if not direct and not all(knows.get(stream, 0) >= q for stream, q in member.knows.items()):
        return
    change.cursor.execute(
        "INSERT OR REPLACE INTO sync_device (device, knows, returned, told, receipt)"
        " VALUES (?,?,?,?,?)",
        (
            member.id, json.dumps(knows),
            json.dumps(dict(contents.returned if direct else member.returned)),
            contents.created if direct else member.told, cbor.dump(receipts.packed(receipt)),
        ),
    )  # fmt: skip
