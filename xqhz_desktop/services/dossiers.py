"""A student goes to another school: one sealed file with the records, papers and files of theirs.

Whoever has the file needs the words, which are read out over the phone. What belongs to the
school that is left (class, teachers, batches, its own fields) stays there.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xqhz_desktop import __version__
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.records import references
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Bilingual, Message
from xqhz_desktop.services import enclosing, sending
from xqhz_desktop.services.excerpts import Sight
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.storage.writing import whole
from xqhz_desktop.sync import envelope, excerpt, fingerprint, ledger, package, scope, trust
from xqhz_desktop.sync.changes import Key, Value
from xqhz_desktop.sync.envelope import Kind, Label
from xqhz_desktop.sync.excerpt import Excerpt
from xqhz_desktop.sync.fitting import fitting
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.trust import Keyring

ENDING = ".xqperson"
"""How the file ends."""
WORDS = 8
_STAYS = frozenset(
    {"school", "department", "major", "school_class", "staff", "placement_batch", "batch_class"}
)
"""Kinds of the school that is left: the other one has its own."""
_TWINS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "student": (("id_type", "id_no"),),
    "enterprise": (("uscc",), ("name",)),
    "position": (("enterprise", "name"),),
    "mentor": (("enterprise", "name"),),
}
"""By which columns a record is known to be here already, where it has another id."""

Cells = Mapping[str, Value]


@dataclass(frozen=True)
class Dossier:
    """A file that was made, what is in it by kind, and the words that open it."""

    file: Path
    kinds: Mapping[str, int]
    words: Bilingual


@dataclass(frozen=True)
class Arrived:
    """What a file holds. `known`: what people call the records that are here already, by kind."""

    school: str
    students: tuple[str, ...]
    kinds: Mapping[str, int]
    files: int
    known: Mapping[str, Sequence[str]]


def make(work: Work, students: Sequence[str], file: Path, *, leaves: bool = False) -> Dossier:
    """Write the file of some students by id; ``leaves`` marks them as transferred here."""
    secret = os.urandom(WORDS)
    with work.store.read() as reader:
        found = [one for one in reader.some(Student.KIND, students) if isinstance(one, Student)]
        if not found:
            raise NotFound(Message("Choose the student who goes to another school."))
        records = _records(reader, students)
        title = next((one.called for one in reader.all(School.KIND)), "")
        hashes = [str(c["sha256"]) for key, c in records.items() if key[0] == Attachment.KIND]
        contents = Contents(
            "",
            Kind.PERSON,
            blobs=enclosing.files(work, reader, hashes),
            blocks=tuple(excerpt.blocks(Excerpt(title, records))),
            app=(__version__, ledger.SCHEMA),
            created=time.time_ns() // 1_000_000,
        )
    payload = trust.locked(package.packed(contents), secret.hex())
    once = trust.make_device()  # the words say who made it; this key only shows that it is whole
    target = file if file.suffix == ENDING else file.with_name(file.name + ENDING)
    sending.put(target, envelope.wrap(payload, Label(Kind.PERSON, ""), (), once))
    title_of = Message("Package of {names} for another school", names=[o.name for o in found])
    with work.store.change(title_of, work.actor) as change:
        change.noted = True
        for one in found if leaves else ():
            change.put(one.but(status=StudentStatus.TRANSFERRED))
    return Dossier(target, Counter(kind for kind, _ in records), fingerprint.spoken(secret))


def look(work: Work, file: Path, words: str) -> Arrived:
    """Return what a file holds; raise BadPackage, WRONG_WORDS among its codes."""
    contents, given = _opened(file, words)
    with work.store.read() as reader:
        same = _same(reader, given.records)
        known: dict[str, list[str]] = {}
        for (kind, id), here in same.items():
            name = reader.names(kind, [here]).get(here) or _called((kind, id), given.records)
            known.setdefault(kind, []).append(name)
    kinds = Counter(kind for kind, _ in given.records)
    return Arrived(given.title, _students(given.records), kinds, len(contents.blobs), known)


def take_in(work: Work, file: Path, words: str, *, school_class: str = "") -> int:
    """Take in the students of a file, into a class, as one step; return its number.

    What is here already keeps what it says; only what is empty is filled in.
    """
    contents, given = _opened(file, words)
    enclosing.keep(work, (contents,))
    names = list(_students(given.records))
    title = Message("Taken over from {school}: {names}", school=given.title or "—", names=names)
    with work.store.change(title, work.actor) as change:
        same = _same(change, given.records)
        for (kind, id), cells in given.records.items():
            _write(change, (kind, id), _led(kind, cells, same, given.records), same)
        for kind, id in given.records:
            here = same.get((kind, id), id)
            student = change.get(kind, here) if kind == Student.KIND else None
            if isinstance(student, Student) and not student.school_class:
                status = StudentStatus.ENROLLED
                change.put(student.but(school_class=school_class, status=status))
    return change.number


def _records(reader: Reader, students: Sequence[str]) -> dict[Key, Cells]:
    """Return what goes along, by record: nothing of the school itself."""
    sight = Sight(reader)
    given = scope.part(sight, [(Student.KIND, id) for id in students])
    around = {key for key in given.around if key[0] not in _STAYS}
    there = given.core | around
    return {
        key: {n: c for n, c in scope.cut(cells, key[0], there).items() if not is_own(n)}
        for key, cells in sight.shown(there).items()
    }


def _opened(file: Path, words: str) -> tuple[Contents, Excerpt]:
    label, payload = envelope.unwrap(package.whole(file), Keyring(""))
    if label.kind is not Kind.PERSON:
        raise refusal("NOT_A_PACKAGE")
    contents = package.unpacked(trust.unlocked(payload, fingerprint.heard(words).hex()), label)
    given = excerpt.read(contents.blocks)
    kept = {
        key: dict(fitting(key[0], cells))
        for key, cells in given.records.items()
        if key[0] in BY_KIND and key[0] not in _STAYS
    }
    if not any(kind == Student.KIND for kind, _ in kept):
        raise UserError(Message("There is no student in this file."), code="NOBODY")
    return contents, Excerpt(given.title, kept)


def _same(reader: Reader, records: Mapping[Key, Cells]) -> dict[Key, str]:
    """Return the records that are here already, by the id they have here."""
    found: dict[Key, str] = {}
    for kind in BY_KIND:
        for key, cells in records.items():
            if key[0] != kind:
                continue
            if reader.get(*key):
                found[key] = key[1]
            elif twin := _twin(reader, key, _led(kind, cells, found, records)):
                found[key] = twin
    return found


def _twin(reader: Reader, key: Key, cells: Cells) -> str:
    for columns in _TWINS.get(key[0], ()):
        if all(cells.get(name) for name in columns):
            where = " AND ".join(f'"{name}" = ?' for name in columns)
            row = reader.cursor.execute(
                f"SELECT id FROM {key[0]} WHERE {where} ORDER BY row LIMIT 1",
                [cells[name] for name in columns],
            ).fetchone()
            if row:
                return str(row[0])
    return ""


def _led(
    kind: str, cells: Cells, same: Mapping[Key, str], records: Mapping[Key, Cells]
) -> dict[str, Value]:
    """Return cells whose references lead to what is here or comes along."""
    led = dict(cells)
    for column, target in references(BY_KIND[kind]).items():
        if id := led.get(column):
            there = (target, str(id))
            led[column] = same.get(there, str(id)) if there in {*same, *records} else None
    if kind == Attachment.KIND:
        led["owner"] = same.get((str(led["of_kind"]), str(led["owner"])), led["owner"])
    return led


def _write(change: Change, key: Key, cells: Cells, same: Mapping[Key, str]) -> None:
    kind, id = key
    here = same.get(key)
    if here is None:
        change.write(kind, whole(kind, id, fitting(kind, cells)))
        return
    now = Sight(change).shown([(kind, here)])[kind, here]
    filled = {name: now.get(name) or cell for name, cell in cells.items()} | {
        name: cell for name, cell in now.items() if name not in cells
    }
    if kind == Student.KIND and filled != now:
        change.write(kind, whole(kind, here, fitting(kind, filled)))


def _students(records: Mapping[Key, Cells]) -> tuple[str, ...]:
    return tuple(str(cells.get("name")) for key, cells in records.items() if key[0] == Student.KIND)


def _called(key: Key, records: Mapping[Key, Cells]) -> str:
    return str(records[key].get(BY_KIND[key[0]].TITLE) or "")
