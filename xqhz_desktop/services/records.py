"""Saving and removing records: the one use case form, import and command line share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from xqhz_desktop.domain import BY_KIND, ENTITIES, identity
from xqhz_desktop.domain.own import OwnField
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.preparation import Application
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import belongings, own_fields
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import links
from xqhz_desktop.storage.store import Change, Reader


def save(work: Work, record: Record, *, reason: str = "") -> int:
    """Save one record as one step; raise InvalidRecord with every problem by field.

    A placement gets another status only as `domain.journey` allows, and with its event; a request
    for an own place that is accepted becomes a placement.
    Only here must the school's own fields be filled that it wants filled: what is written for
    many at once, or placed, is not held up by a field that was added later.
    """
    with work.store.read() as reader:
        known = reader.get(record.KIND, record.id) is not None
        if isinstance(record, OwnField):
            own_fields.checked(reader, record)
        if problems := record.problems(reader.fields(record.KIND)):
            raise InvalidRecord(problems)
    text = "{kind} changed: {name}" if known else "{kind} added: {name}"
    title = Message(text, kind=Message(record.LABEL), name=_called(work, record))
    return _saved(work, [record], title, reason, walking=True)


_WALKING = (Placement.KIND, Application.KIND)
"""Kinds whose state goes its own ways, with rules that are loaded for them alone."""

TITLES = (
    Message("{kind} changed: {name}"),
    Message("{kind} added: {name}"),
)
"""The titles ``save`` gives its steps, for the catalogue."""


def save_all(work: Work, records: Iterable[Record], title: Message, *, reason: str = "") -> int:
    """Save several records as one step, all or none; return the step's number, 0 if unchanged."""
    return _saved(work, list(records), title, reason, walking=False)


def _saved(
    work: Work, some: Sequence[Record], title: Message, reason: str, *, walking: bool
) -> int:
    """Save records; `walking`: a placement changes its status as `domain.journey` allows."""
    with work.store.change(title, work.actor, reason=reason) as change:
        if walking and any(record.KIND in _WALKING for record in some):
            from xqhz_desktop.services import applying, moving  # lazy: every rule of the law

            moving.note(change, some, work, date.today())
            applying.note(change, some)
        for record in some:
            problems = record.problems()
            if problems:
                raise InvalidRecord(problems)
            change.put(record)
        _refuse_lost_references(change)
    return change.number


def remove(
    work: Work, kind: str, ids: Sequence[str], *, reason: str = "", whole: bool = False
) -> int:
    """Remove records as one step; raise UserError naming what still points to them.

    `whole` also removes what belongs to them and clears other links to them.
    """
    entity = BY_KIND[kind]
    with work.store.read() as reader:
        names = reader.names(kind, ids)
        own_fields.refuse_removal(reader, kind, ids)
    if any(id not in names for id in ids):
        raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
    name = next(iter(names.values()), "") or Message(entity.LABEL)
    text = NN_("{kind} removed: {name}", "{kind} removed: {n} records")
    title = Message(text, kind=Message(entity.LABEL), n=len(ids), name=name)
    with work.store.change(title, work.actor, reason=reason) as change:
        if whole:
            belongings.let_go(change, kind, ids)
        for id in ids:
            change.remove(kind, id)
        if links.lost(change):
            raise _held(change, kind, ids, name)
    return change.number


def _held(reader: Reader, kind: str, ids: Sequence[str], name: str | Message) -> UserError:
    """Say what still points to records that are to be removed."""
    holding: Counter[str] = Counter()
    for id in ids:
        holding.update(_dependents(reader, kind, id))
    held = [
        Message("{kind} {count}", kind=Message(BY_KIND[one].PLURAL), count=count)
        for one, count in holding.items()
    ]
    return UserError(
        Message(
            "{name} cannot be removed: {held} still belong to it. Remove or move them first.",
            name=name,
            held=held,
        ),
        code="HELD",
    )


def dependents(work: Work, kind: str, id: str, *, deep: bool = False) -> dict[str, int]:
    """Return the kinds that point to a record, and how many of each do.

    `deep` counts instead what ``remove(…, whole=True)`` would remove along with it.
    """
    with work.store.read() as reader:
        if deep:
            return dict(belongings.found(reader, kind, [id]).removed)
        return _dependents(reader, kind, id)


def advice(record: Record) -> dict[str, Message]:
    """Return soft findings by field: shown, never in the way of saving."""
    found: dict[str, Message] = {}
    for name, field in record.FIELDS.items():
        value = getattr(record, name)
        if field.advice and value and (problem := field.advice(value)):
            found[name] = problem
    if isinstance(record, Student) and record.id_no and record.id_type in ("", "1"):
        found.update(_against_id(record))
    return found


def _against_id(student: Student) -> dict[str, Message]:
    found: dict[str, Message] = {}
    male = identity.male(student.id_no)
    told = male is not None and student.sex is not Sex.UNKNOWN
    if told and (student.sex is Sex.MALE) != male:
        found["sex"] = Message("The ID number says another sex. Please compare it.")
    born = identity.born(student.id_no)
    if born and student.birth_date and born != student.birth_date:
        found["birth_date"] = Message("The ID number says {day}. Please compare it.", day=born)
    return found


def _dependents(reader: Reader, kind: str, id: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for entity in ENTITIES:
        for field, target in references(entity).items():
            if target == kind:
                found[entity.KIND] += reader.count(entity.KIND, **{field: id})
    return {name: n for name, n in found.items() if n}


def _refuse_lost_references(change: Change) -> None:
    """Raise when a record points to nothing, in words instead of the database's error."""
    if found := links.lost(change):
        label = Message(BY_KIND[found.kind].FIELDS[found.field].label)
        raise InvalidRecord(
            {found.field: Message("{field} points to a record that does not exist.", field=label)}
        )


def _called(work: Work, record: Record) -> str:
    """Return what people call a record: its own name, or that of what its title points to."""
    target = record.FIELDS[record.TITLE].target
    if not target:
        return record.called
    with work.store.read() as reader:
        return reader.names(target, [record.called]).get(record.called, "")
