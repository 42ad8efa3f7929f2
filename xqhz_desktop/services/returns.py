"""What comes back from a partial copy: looked at, checked against its part, and let in.

What is none of its business is refused and named. The rest goes in beside what the school did
meanwhile: where both changed the same, it is a conflict like any other, and nothing is lost.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import (
    arriving,
    enclosing,
    enrolment,
    excerpts,
    parcels,
    sending,
    taking_in,
)  # fmt: skip
from xqhz_desktop.services.arriving import Arrival, Touched
from xqhz_desktop.services.enrolment import Enrolment, Member
from xqhz_desktop.services.excerpts import Sight
from xqhz_desktop.services.parcels import Group
from xqhz_desktop.services.taking_in import Preview, Taken
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import journal
from xqhz_desktop.storage.store import Change
from xqhz_desktop.sync import excerpt, ledger, outbox, scope, segment, transcript
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.changes import Changeset, Key
from xqhz_desktop.sync.laptop import Laptop
from xqhz_desktop.sync.ledger import State
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.segment import Origin, Segment
from xqhz_desktop.sync.stream import own_stream

DECLINED = N_("you left it out")
"""Why something is refused that might have come in."""


@dataclass(frozen=True)
class _Brought:
    """What a return came to."""

    arrival: Arrival
    changes: tuple[Changeset, ...]
    """What is new in it."""
    refused: Mapping[Key, str]


class _Looked(Exception):
    """Ends a look: everything is as before."""


def look(work: Work, file: Path, *, leave_out: Collection[str] = ()) -> Preview:
    """Return what letting in a return would do, and what of it is refused; raise UserError."""
    circle, contents, copy = _opened(work, file)
    found: list[Preview] = []
    with suppress(_Looked), work.store.merging() as change:
        brought = _bring(change, circle, (contents, copy), frozenset(leave_out))
        touched = (*_refused(change, brought), *arriving.records(change, brought.arrival))
        counted = arriving.counts(change, brought.arrival)
        created = datetime.fromtimestamp(contents.created / 1000)
        groups = (_group(copy, brought.changes),) if brought.changes else ()
        found.append(
            Preview(
                copy.name, created, None, groups, counted, touched, 0, 0, brought.arrival.known,
                len(brought.refused), returned=True,
            )
        )  # fmt: skip
        raise _Looked
    return found[0]


def take_in(work: Work, file: Path, *, leave_out: Collection[str] = ()) -> Taken:
    """Let in a return, after a backup, but for what is refused; all that or, on an error, nothing.

    ``leave_out`` are kinds, or the whole of it: these are refused as well.
    """
    circle, contents, copy = _opened(work, file)
    backup = taking_in.backup_before(work, (contents,))
    files = enclosing.keep(work, (contents,))
    with work.store.merging() as change:
        brought = _bring(change, circle, (contents, copy), frozenset(leave_out))
        counted = arriving.counts(change, brought.arrival)
        many, refused = brought.arrival.applied, len(brought.refused)
        id = sending.package_id(file.read_bytes())
        kinds = {kind: one.all for kind, one in counted.items()}
        told = {"changes": many, "files": files, "kinds": kinds}
        row = (id, True, contents.sender, file.name)
        sending.note(change, row, told, backup.name if backup else "")
        if brought.changes:
            text = NN_(
                "Return of “{name}” taken in: {n} change, {refused} refused",
                "Return of “{name}” taken in: {n} changes, {refused} refused",
            )
            title = Message(text, n=many, name=copy.name, refused=refused)
            seal = journal.Seal(work.actor.id, work.actor.called, title)
            journal.seal(change.cursor, seal, ())
    conflicts = sum(one.conflicts for one in counted.values())
    return Taken(id, counted, many, conflicts, 0, 0, backup, files, refused)


def _opened(work: Work, file: Path) -> tuple[Enrolment, Contents, Member]:
    circle = enrolment.whole(work)
    (contents,) = parcels.opened(circle, file)
    copy = next((one for one in circle.members if one.id == contents.sender and one.partial), None)
    if copy is None:
        raise UserError(
            Message("This is the return of no partial copy of this school."), code="NO_COPY"
        )
    if copy.until < time.time() * 1000:
        raise UserError(
            Message(
                "The admission of “{name}” has ended. Renew it under Computers first.",
                name=copy.name,
            ),
            code="ENDED",
        )
    return circle, contents, copy


def _bring(
    change: Change,
    circle: Enrolment,
    given: tuple[Contents, Member],
    leave_out: frozenset[str],
) -> _Brought:
    """Check what came back and write what is allowed, as a transcript of this device."""
    contents, copy = given
    outbox.absorb_into(change)
    origin = Origin(circle.device, circle.group, ledger.SCHEMA)
    outbox.seal(change, origin)  # no segment may build on the transcript and be built on by it
    shelf, book = Laptop(change), Shelved(change.cursor)
    own, knowledge = own_stream(change.cursor), shelf.knowledge()
    found = excerpt.changes(contents.blocks)
    _refuse_newer(found, knowledge)
    fresh: list[Changeset] = []
    for name, run in groupby(found, key=lambda one: one.stream):
        fresh += transcript.behind(run, transcript.settled(name, knowledge, own))
    refused = _judged(change, copy, fresh, leave_out)
    segments: list[Segment] = []
    for name, run in groupby(fresh, key=lambda one: one.stream):
        stream = transcript.stream_of(own, name)
        made = transcript.written(run, stream, knowledge.get(stream, 0), refused)
        chain = book.chain(stream)
        segments += segment.cut(made, chain.id if chain else "", origin)
    taken = ledger.take(book, shelf, segments)
    assert all(state is State.APPLIED for state in taken.states.values())
    let_in = sum(any(op.key not in refused for op in one.ops) for one in fresh)
    known = len(found) - len(fresh)
    arrival = Arrival(taken.outcome.touched, let_in, 0, 0, known)
    return _Brought(arrival, tuple(fresh), refused)


def _refuse_newer(found: list[Changeset], knowledge: Mapping[str, int]) -> None:
    needs = [need for one in found for need in one.deps.items()]
    if any(knowledge.get(stream, 0) < q for stream, q in needs):
        raise UserError(
            Message(
                "This copy was made from newer data than is here. Exchange with the computer that "
                "made it first, or take the return in there."
            ),
            code="BEHIND",
        )


def _judged(
    change: Change, copy: Member, fresh: list[Changeset], leave_out: frozenset[str]
) -> dict[Key, str]:
    """Return which records are refused, each with the sentence that says why."""
    sight = Sight(change)
    ops = [op for one in fresh for op in one.ops]
    all_of_it = copy.id in leave_out
    declined = {op.key for op in ops if all_of_it or op.kind in leave_out}
    rest = [op for op in ops if op.key not in declined]
    found = scope.refused(sight, excerpts.part_of(change, copy), rest, known=sight.there)
    return dict.fromkeys(declined, DECLINED) | {key: why.value for key, why in found.items()}


def _refused(change: Change, brought: _Brought) -> list[Touched]:
    """Return the records that are refused, by what people call them."""
    said: dict[Key, Any] = {}
    for op in (op for one in brought.changes for op in one.ops):
        if op.kind in BY_KIND:
            said.setdefault(op.key, (op.values or {}).get(BY_KIND[op.kind].TITLE))
    return [
        Touched(
            kind, id, change.names(kind, [id]).get(id) or str(said.get((kind, id)) or ""),
            "refused", (), (), why,
        )
        for (kind, id), why in brought.refused.items() if kind in BY_KIND
    ]  # fmt: skip


def _group(copy: Member, changes: tuple[Changeset, ...]) -> Group:
    moments = [datetime.fromtimestamp(one.at / 1000) for one in changes]
    touched = {op.key for one in changes for op in one.ops}
    people = tuple(dict.fromkeys(str(one.about.get("name", "")) for one in changes))
    kinds = Counter(kind for kind, _id in touched)
    return Group(copy.id, copy.name, people, min(moments), max(moments), len(changes), kinds)
