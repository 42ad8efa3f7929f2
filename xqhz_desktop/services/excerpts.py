"""Partial copies: a class, a department, or a tutor's students, given to one device to work on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from xqhz_desktop import __version__
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.own import KINDS as OWN_KINDS
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enclosing, enrolment, sending
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.sending import Made
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.sync import excerpt, ledger, outbox, scope, stream
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.changes import Key, Value
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.excerpt import Excerpt
from xqhz_desktop.sync.laptop import Registers
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.scope import ROOTS, Part
from xqhz_desktop.sync.segment import Origin

_EVERYWHERE = ("school", *sorted(OWN_KINDS))
"""What every copy has, to be read: the school itself, and the fields it added."""


class Sight(Registers):
    """What is shown of a workspace, for `scope`."""

    def attached(self, owners: Iterable[Key]) -> set[Key]:
        """Return the attachments of records."""
        wanted = set(owners)
        found = self._reader.cursor.execute("SELECT id, of_kind, owner FROM attachment").fetchall()
        return {(Attachment.KIND, str(id)) for id, kind, owner in found if (kind, owner) in wanted}

    def there(self, keys: Iterable[Key]) -> set[Key]:
        """Return the records that exist or ever did."""
        wanted = set(keys)
        return self.rows(wanted).keys() | self.shown(wanted).keys()


def make(work: Work, target: Path, *, to: str) -> Made:
    """Write for a partial copy, by name or id, its part as it is now; raise UserError."""
    circle = enrolment.whole(work)
    copy = _copy(circle, to)
    with work.store.merging() as change:
        outbox.absorb_into(change)
        outbox.seal(change, Origin(circle.device, circle.group, ledger.SCHEMA))
    stream.handed_out(work.store)
    with work.store.read() as reader:
        records = _records(reader, part_of(reader, copy))
        hashes = [str(c["sha256"]) for key, c in records.items() if key[0] == Attachment.KIND]
        contents = Contents(
            circle.group,
            Kind.EXCERPT,
            knowledge={name: one.q for name, one in Shelved(reader.cursor).chains().items()},
            blobs=enclosing.files(work, reader, hashes),
            certificates=circle.certificates,
            blocks=tuple(excerpt.blocks(Excerpt(title(reader, copy), records))),
            app=(__version__, ledger.SCHEMA),
            created=time.time_ns() // 1_000_000,
        )
    made = sending.written(contents, target, (circle, [copy]))
    kinds = Counter(kind for kind, _id in records)
    return sending.noted(work, Made(made.files, made.size, 0, dict(kinds), (copy.name,)), [copy])


def part_of(reader: Reader, copy: Member) -> Part:
    """Return the part of the school a copy has."""
    return scope.part(Sight(reader), roots(reader, copy))


def roots(reader: Reader, copy: Member) -> list[Key]:
    """Return the records a copy hangs on, as far as they are there."""
    return [(kind, id) for id in copy.scopes for kind in ROOTS if reader.get(kind, id)]


def named(work: Work, name: str) -> str:
    """Return the class, department, teacher or batch of a name or id; raise NotFound."""
    with work.store.read() as reader:
        found = [
            one.id
            for kind in ROOTS
            for one in (*reader.all(kind, name=name), *reader.all(kind, id=name))
        ]
    if len(found) != 1:
        raise NotFound(
            Message(
                "There is no one class, department, teacher or batch “{name}”. Say its id.",
                name=name,
            ),
            code="NO_PART",
        )
    return found[0]


def title(reader: Reader, copy: Member) -> str:
    """Return what the part of a copy is called, such as “23数控1班”."""
    return ", ".join(reader.names(kind, [id]).get(id, "") for kind, id in roots(reader, copy))


def _records(reader: Reader, given: Part) -> dict[Key, Mapping[str, Value]]:
    """Return what a copy holds: its part, and what every copy has."""
    everywhere = {(kind, one.id) for kind in _EVERYWHERE for one in reader.all(kind)}
    there = given.all
    shown = Sight(reader).shown(there | everywhere)
    return {
        key: cells if key in everywhere else scope.cut(cells, key[0], there)
        for key, cells in shown.items()
    }


def _copy(circle: Enrolment, to: str) -> Member:
    found = next((one for one in circle.members if one.partial and to in (one.id, one.name)), None)
    if found is None:
        raise NotFound(Message("There is no partial copy “{name}”.", name=to), code="NO_DEVICE")
    if found.revoked:
        raise UserError(Message("“{name}” is blocked and gets nothing.", name=found.name))
    if found.until < time.time() * 1000:
        raise UserError(
            Message(
                "The admission of “{name}” has ended. Renew it under Computers first.",
                name=found.name,
            ),
            code="ENDED",
        )
    return found
