"""Work on a partial copy: take in the part as it is now, and give back what was changed.

What nobody at the school has looked at yet stays as it is here when a newer part comes in.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from xqhz_desktop import __version__
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import arriving, enclosing, enrolment, parcels, sending, taking_in
from xqhz_desktop.services.arriving import Arrival
from xqhz_desktop.services.enrolment import Enrolment
from xqhz_desktop.services.parcels import Group
from xqhz_desktop.services.sending import Made
from xqhz_desktop.services.taking_in import Preview, Taken
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import upgrade
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.storage.writing import whole
from xqhz_desktop.sync import enclosed, excerpt, laptop, ledger, steps, stream, transcript
from xqhz_desktop.sync.changes import Changeset, Key, Value
from xqhz_desktop.sync.envelope import Kind
from xqhz_desktop.sync.fitting import fitting
from xqhz_desktop.sync.laptop import Registers
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.replica import Effect

FACT = "copy"
"""Where a workspace keeps which part it is: title, what it had seen, what was dealt with."""


@dataclass(frozen=True)
class Copy:
    """What a partial copy is. `knows`: how much of each stream the school's part had seen."""

    title: str
    knows: Mapping[str, int]
    at: datetime


def about(reader: Reader) -> Copy | None:
    """Return which part this copy is, None where no part was taken in yet."""
    said = upgrade.facts(reader.cursor).get(FACT)
    if not said:
        return None
    parts = json.loads(said)
    at = datetime.fromtimestamp(parts["at"] / 1000)
    return Copy(parts["title"], parts["knows"], at)


def look(work: Work, file: Path) -> Preview:
    """Return what taking in a newer part would do; raise BadPackage, UserError."""
    circle, contents = _opened(work, file)
    found: list[Preview] = []
    with suppress(_Looked), work.store.merging() as change:
        arrival = _take(change, contents)
        counted, touched = (
            arriving.counts(change, arrival),
            tuple(arriving.records(change, arrival)),
        )
        created = datetime.fromtimestamp(contents.created / 1000)
        sender = circle.name(contents.sender)
        many = Counter({kind: one.all for kind, one in counted.items()})
        group = Group(contents.sender, sender, (), created, created, sum(many.values()), many)
        found.append(Preview(sender, created, None, (group,), counted, touched, 0, 0, 0))
        raise _Looked
    return found[0]


def take_in(work: Work, file: Path) -> Taken:
    """Take in a newer part, after a backup; all of it or, on any error, nothing."""
    circle, contents = _opened(work, file)
    backup = taking_in.backup_before(work, (contents,))
    files = enclosing.keep(work, (contents,))
    with work.store.merging() as change:
        enrolment.keep(change, contents.certificates)
        arrival = _take(change, contents)
        counted = arriving.counts(change, arrival)
        id = sending.package_id(file.read_bytes())
        kinds = {kind: one.all for kind, one in counted.items()}
        told = {"changes": arrival.applied, "files": files, "kinds": kinds}
        row = (id, True, contents.sender, file.name)
        sending.note(change, row, told, backup.name if backup else "")
        _remember(change, circle, contents)
    stream.handed_out(work.store)
    return Taken(id, counted, arrival.applied, 0, 0, 0, backup, files)


def give_back(work: Work, target: Path) -> Made:
    """Write what was changed here since the school last looked; raise UserError where nothing."""
    circle = enrolment.enrolled(work)
    with work.store.read() as reader:
        copy = about(reader)
        changes = _under_way(reader.cursor, copy.knows) if copy else []
        if copy is None or not any(one.ops for one in changes):
            raise UserError(
                Message("Nothing was changed on this copy: there is nothing to give back."),
                code="NOTHING",
            )
        contents = Contents(
            circle.group,
            Kind.RETURN,
            knowledge=copy.knows,
            blobs=enclosing.files(work, reader, enclosed.attached(changes)),
            blocks=tuple(excerpt.change_blocks(changes)),
            app=(__version__, ledger.SCHEMA),
            created=time.time_ns() // 1_000_000,
        )
    with work.store.merging() as change:
        own = stream.own_stream(change.cursor)
        _handed_out(change, circle, max((one.q for one in changes if one.stream == own), default=0))
    stream.handed_out(work.store)  # before anybody can have it
    receivers = [one for one in circle.members if one.receives]
    made = sending.written(contents, target, (circle, receivers))
    kinds = Counter(kind for kind, _id in {op.key for one in changes for op in one.ops})
    many = sum(bool(one.ops) for one in changes)
    return sending.noted(work, replace(made, changes=many, kinds=dict(kinds)), receivers)


class _Looked(Exception):
    """Ends a look: everything is as before."""


def _opened(work: Work, file: Path) -> tuple[Enrolment, Contents]:
    circle = enrolment.enrolled(work)
    if not circle.me.partial:  # it would take the place of everything here
        raise UserError(
            Message("This package is for a partial copy. Open it on that computer."),
            code="NO_COPY",
        )
    (contents,) = parcels.opened(circle, file)
    return circle, contents


def _take(change: Change, contents: Contents) -> Arrival:
    """Write the part as it is now, but for what is under way here."""
    copy, cursor = about(change), change.cursor
    if copy and any(contents.knowledge.get(name, 0) < q for name, q in copy.knows.items()):
        raise UserError(
            Message("This part is older than what is here. Ask for a new one."), code="OLDER"
        )
    arrived = excerpt.read(contents.blocks)
    own = excerpt.pending(_under_way(cursor, contents.knowledge))
    now = _everything(change)
    known = {key: fitting(key[0], cells) for key, cells in arrived.records.items()
             if key[0] in BY_KIND}  # fmt: skip
    made = excerpt.refreshed(now, known, own)
    effects: dict[Key, Effect] = {}
    for key in now.keys() - made.keys():
        change.remove(*key)
        effects[key] = Effect(now[key], None)
    for (kind, id), cells in made.items():
        was = now.get((kind, id))
        if was is None or not cells.items() <= was.items():
            change.write(kind, whole(kind, id, fitting(kind, cells)))
            effects[kind, id] = Effect(was, cells)
    return Arrival(effects, len(effects), 0, 0, 0)


def _remember(change: Change, circle: Enrolment, contents: Contents) -> None:
    """Keep which part this is, and that the next change here has seen it."""
    own, cursor = stream.own_stream(change.cursor), change.cursor
    said: dict[str, Any] = {
        "title": excerpt.read(contents.blocks[:1]).title,
        "knows": dict(contents.knowledge),
        "at": contents.created,
    }
    cursor.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (FACT, json.dumps(said)))
    laptop.note(cursor, contents.knowledge)
    _handed_out(change, circle, transcript.settled(own, contents.knowledge))


def _handed_out(change: Change, circle: Enrolment, last: int) -> None:
    """Note how far own changes were given away: a workspace set back goes on as another."""
    if last:
        change.cursor.execute(
            "INSERT INTO sync_chain (stream, q, id, device) VALUES (?,?,?,?) ON CONFLICT (stream)"
            " DO UPDATE SET q = excluded.q WHERE q < excluded.q",
            (stream.own_stream(change.cursor), last, "0" * 64, circle.me.id),
        )


def _under_way(cursor: Any, knows: Mapping[str, int]) -> list[Changeset]:
    """Return what was done here that the school has not looked at, with what it had seen."""
    found: list[Changeset] = []
    for name, run in groupby(steps.own_changes(cursor, {}), key=lambda one: one.stream):
        for one in transcript.behind(run, transcript.settled(name, knows)):
            deps = {other: q for other, q in one.deps.items() if other in knows}
            found.append(replace(one, deps=deps))
    return found


def _everything(reader: Reader) -> dict[Key, Mapping[str, Value]]:
    """Return every record there is."""
    keys = {
        (kind, str(id))
        for kind in BY_KIND
        for (id,) in reader.cursor.execute(f"SELECT id FROM {kind}").fetchall()
    }
    return Registers(reader).shown(keys)


def is_copy(work: Work) -> bool:
    """Tell whether this workspace is a partial copy."""
    circle = enrolment.known(work)
    return circle is not None and circle.me.partial
