"""Enrolment: a device asks, the school admits it, both compare the same words, and it may leave.

The first computer of a school makes the school's key. Another one asks by a file, which holds no
secret; the answer makes it a member. Whoever brings the files about, both sides read the words of
the keys to each other: a file that was exchanged on the way shows other ones.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import xqhz_desktop.sync.certificates as papers
from xqhz_desktop.domain.records import new_id
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Bilingual, Message
from xqhz_desktop.services import enrolment, sending
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import upgrade
from xqhz_desktop.storage.store import Change
from xqhz_desktop.sync import cbor, envelope, fingerprint, keystore, ledger, package, trust
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.certificates import Certificate, Revocation, Role
from xqhz_desktop.sync.envelope import Kind, Label
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.trust import Device, Keyring, Public

__all__ = ("Enrolment", "Member", "Request", "accept", "admit", "begin", "introduce", "look",
           "members", "request", "revoke", "school_of", "words")  # fmt: skip


@dataclass(frozen=True)
class Request:
    """What a device asks: its name, and its keys, whose `words` are to be compared."""

    name: str
    public: Public


def members(work: Work) -> Sequence[Member]:
    """Return the devices of the school, this one among them; none before it takes part."""
    found = enrolment.known(work)
    return found.members if found else ()


def begin(work: Work, name: str) -> Member:
    """Make this the first device of the school: it keeps the school's key and admits others."""
    refuse_enrolled(work)
    school, device, group = trust.make_device(), trust.make_device(), new_id()
    title = _title(work)
    made = [
        papers.certify(school, certificate(Role.SCHOOL, school.public, group, title)),
        papers.certify(school, certificate(Role.DEVICE, device.public, group, name)),
    ]
    for keys in (school, device):
        keystore.keep(keys, enrolment.lock(work))
    with work.store.merging() as change:
        enrolment.keep(change, made)
        belong(change, group, school.id, device.id)
    return enrolment.enrolled(work).me


def request(work: Work, file: Path, name: str) -> Request:
    """Write a file that asks to be admitted under a name; ask again and it is the same device."""
    refuse_enrolled(work)
    with work.store.read() as reader:
        asked = upgrade.facts(reader.cursor).get("device", "")
    device = keystore.load(asked, enrolment.lock(work)) if asked else None
    if device is None:
        device = trust.make_device()
        keystore.keep(device, enrolment.lock(work))
        with work.store.merging() as change:
            _fact(change, "device", device.id)
    inner = cbor.dump({1: 1, 3: device.public.key, 4: device.public.recipient, 7: name})
    sending.put(file, envelope.wrap(inner, Label(Kind.REQUEST, ""), (), device))
    return Request(name, device.public)


def look(file: Path) -> Request:
    """Return what a file asks; raise BadPackage."""
    data = _read(file)
    label, inner = envelope.unwrap(data, Keyring(""))
    if label.kind is not Kind.REQUEST:
        raise refusal("NOT_A_PACKAGE")
    match cbor.load(inner):
        case {3: bytes(key), 4: str(recipient), 7: str(name)} if 0 < len(name) <= 80:
            public = Public(key, recipient)
            if public.id == label.sender:
                return Request(name, public)
    raise refusal("DAMAGED")


def admit(work: Work, file: Path, answer: Path, *, part: Collection[str] = ()) -> Request:
    """Admit the device that asks and write the answer for it; on the school's first device.

    ``part``: it becomes a partial copy, of the students of these records (see `scope.ROOTS`).
    """
    asked = look(file)
    role = Role.READER if part else Role.DEVICE
    made = certificate(role, asked.public, "", asked.name)
    _enlist(work, answer, replace(made, scopes=tuple(part)))
    return asked


def introduce(work: Work, server: Public, name: str, file: Path) -> None:
    """Make a server a member, and write the file that asks it to let the school in."""
    _enlist(work, file, certificate(Role.HUB, server, "", name))


def school_of(answer: Path) -> str:
    """Return the id of the school's key that wrote an answer; compare its words before `accept`."""
    return envelope.peek(_read(answer)).sender


def accept(work: Work, answer: Path) -> Member:
    """Become a member by the answer to the request; raise BadPackage."""
    refuse_enrolled(work)
    with work.store.read() as reader:
        asked = upgrade.facts(reader.cursor).get("device", "")
    device = keystore.load(asked, enrolment.lock(work)) if asked else None
    if device is None:
        raise UserError(
            Message("This workspace has not asked to be admitted. Write a request first."),
            code="NO_REQUEST",
        )
    school = envelope.peek(_read(answer)).sender
    ring = Keyring("", (device,), anchors=frozenset([school]))
    contents = package.read(answer, ring)
    with work.store.merging() as change:
        enrolment.keep(change, contents.certificates)
        _fact(change, "group", contents.group)
        _fact(change, "anchors", json.dumps([school]))
    return enrolment.enrolled(work).me


def revoke(work: Work, device: str, reason: str) -> Member:
    """Block a device by name or id: what is here of it counts, later changes are set aside."""
    found = enrolment.enrolled(work)
    lost = _member(found, device)
    with work.store.read() as reader:
        chains = Shelved(reader.cursor).chains()
    accepted = {stream: one.q for stream, one in chains.items() if one.key == lost.id}
    said = Revocation(
        device=lost.id, group=found.group, accepted=accepted, reason=reason, at=_now()
    )
    made = papers.revoke(school_key(work), said)
    with work.store.merging() as change:
        enrolment.keep(change, [made])
    return lost


def renew(work: Work, device: str) -> Member:
    """Let a device by name or id take part for another year; on the school's first device."""
    found = enrolment.enrolled(work)
    one = _member(found, device)
    if one.revoked:
        raise UserError(
            Message(
                "“{name}” is blocked. Have it ask again: it is admitted under new keys.",
                name=one.name,
            ),
            code="REVOKED",
        )
    kept = found.certificate(one.id)
    now = _now()
    made = papers.certify(school_key(work), replace(kept, since=now, until=now + papers.YEAR))
    with work.store.merging() as change:
        enrolment.keep(change, [made])
    return _member(enrolment.enrolled(work), one.id)


def words(id: str) -> Bilingual:
    """Return the id of a key as the words people read to each other, in both languages."""
    return fingerprint.words(id)


def _member(circle: Enrolment, device: str) -> Member:
    """Return the device of a name or id; raise NotFound NO_DEVICE."""
    found = next((one for one in circle.members if device in (one.id, one.name)), None)
    if found is None:
        raise NotFound(Message("There is no device “{name}”.", name=device), code="NO_DEVICE")
    return found


def _enlist(work: Work, file: Path, asked: Certificate) -> None:
    """Sign for a new member, and write for it whom the school trusts."""
    found, school = enrolment.enrolled(work), school_key(work)
    scopes = asked.scopes if asked.role is Role.READER else (found.group,)
    made = papers.certify(school, replace(asked, group=found.group, scopes=scopes))
    with work.store.merging() as change:
        enrolment.keep(change, [made])
    contents = Contents(
        found.group,
        Kind.CERTIFICATES,
        certificates=(*found.certificates, made),
        app=("", ledger.SCHEMA),
        created=_now(),
    )
    sending.put(file, package.write(contents, [asked.public.recipient], school))


def certificate(role: Role, public: Public, group: str, name: str) -> Certificate:
    """Return what is to be signed for a key, from now on."""
    years = 10 if role is Role.SCHOOL else 1
    return Certificate(
        role=role, public=public, group=group, name=name[:80], since=_now(),
        until=_now() + years * papers.YEAR, scopes=(group,),
    )  # fmt: skip


def school_key(work: Work) -> Device:
    """Return the school's key, which is on its first computer alone; raise NO_SCHOOL_KEY."""
    with work.store.read() as reader:
        anchors = json.loads(upgrade.facts(reader.cursor).get("anchors") or "[]")
    for id in anchors:
        if found := keystore.load(id, enrolment.lock(work)):
            return found
    raise UserError(
        Message("Only the computer that has the school's key can admit or block devices."),
        code="NO_SCHOOL_KEY",
    )


def belong(change: Change, group: str, school: str, device: str) -> None:
    """Write down to which school a workspace belongs, whose key it believes, and its own."""
    _fact(change, "group", group)
    _fact(change, "anchors", json.dumps([school]))
    _fact(change, "device", device)


def recovered(change: Change) -> None:
    """Write down that this computer took the place of a lost one, and opens what that could."""
    _fact(change, enrolment.RECOVERED, "1")


def refuse_enrolled(work: Work) -> None:
    """Raise UserError ENROLLED where this computer takes part already."""
    found = enrolment.known(work)
    if found and keystore.load(found.me.id, enrolment.lock(work)):
        raise UserError(
            Message("This computer is enrolled already, as “{name}”.", name=found.me.name),
            code="ENROLLED",
        )


def _fact(change: Change, name: str, value: str) -> None:
    change.cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def _title(work: Work) -> str:
    with work.store.read() as reader:
        return next((one.called for one in reader.all("school")), "")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFound(Message("There is no file {file}.", file=str(file))) from error


def _now() -> int:
    return time.time_ns() // 1_000_000
