"""A successor takes over: what is open, who answers for it from now on, and with which role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import drafts, syncing
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

ANSWERS_FOR: Mapping[str, str] = {
    "department": "head",
    "school_class": "head_teacher",
    "placement_batch": "owner",
    "agreement": "owner",
    "placement": "tutor",
}
"""Who answers for a record, by kind. What somebody did (a visit, a review) stays theirs."""
_OVER = frozenset(
    {
        PlacementStatus.ENDED,
        PlacementStatus.ASSESSED,
        PlacementStatus.ARCHIVED,
        PlacementStatus.CANCELLED,
    }
)


@dataclass(frozen=True)
class Matters:
    """What is open when somebody leaves: what they answer for by kind, and what is unfinished."""

    person: str
    records: Mapping[str, Sequence[str]]
    """What people call the records, by kind."""
    unfinished: tuple[Message, ...]
    """Sentences: what is not sent, in conflict, waiting or typed and not saved."""


def matters(work: Work, person: str) -> Matters:
    """Return what a person of the school, by id, leaves behind; raise NotFound."""
    with work.store.read() as reader:
        leaver = _person(reader, person)
        found: dict[str, list[str]] = {}
        for record in _answered_for(reader, person):
            name = reader.names(record.KIND, [record.id]).get(record.id, "")
            found.setdefault(record.KIND, []).append(name)
    return Matters(leaver.called, found, tuple(_unfinished(work)))


def hand_over(work: Work, leaver: str, successor: str, *, roles: bool = True) -> int:
    """Let a successor answer for what is open, as one step; return its number.

    ``roles``: the successor gets the role too, and whoever leaves may only look from now on.
    """
    if leaver == successor:
        raise UserError(Message("Choose somebody else as the successor."), code="SAME")
    with work.store.read() as reader:
        old, new = _person(reader, leaver), _person(reader, successor)
    title = Message("Handed over from {leaver} to {successor}", leaver=old.name, successor=new.name)
    with work.store.change(title, work.actor) as change:
        change.noted = True
        for record in list(_answered_for(change, leaver)):
            change.put(record.but(**{ANSWERS_FOR[record.KIND]: successor}))
        if roles:
            change.put(new.but(role=old.role))
            change.put(old.but(role=Role.VIEWER))
    return change.number


def _answered_for(reader: Reader, person: str) -> Iterator[Record]:
    """Yield the records somebody answers for, but for placements that are over."""
    for kind, field in ANSWERS_FOR.items():
        if kind in BY_KIND and field in BY_KIND[kind].FIELDS:
            for one in sorted(reader.all(kind, **{field: person}), key=lambda one: one.id):
                if not (isinstance(one, Placement) and one.status in _OVER):
                    yield one


def _unfinished(work: Work) -> Iterator[Message]:
    status = syncing.status(work)
    if status.enrolled and status.unsent:
        text = NN_("{n} change is not sent to anybody.", "{n} changes are not sent to anybody.")
        yield Message(text, n=status.unsent)
    if status.conflicts:
        text = NN_("{n} record is in conflict.", "{n} records are in conflict.")
        yield Message(text, n=status.conflicts)
    if waits := sum(one.changes for one in status.waiting):
        text = NN_("{n} change of others waits.", "{n} changes of others wait.")
        yield Message(text, n=waits)
    if typed := len(drafts.left(work)):
        text = NN_("{n} draft is typed and not saved.", "{n} drafts are typed and not saved.")
        yield Message(text, n=typed)


def _person(reader: Reader, id: str) -> Staff:
    found = reader.get(Staff.KIND, id)
    if not isinstance(found, Staff):
        raise NotFound(Message("Choose who leaves, and who takes over."), code="NO_PERSON")
    return found
