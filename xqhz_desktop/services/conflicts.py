"""Conflicts: what two copies say differently, side by side, and how people settle it.

Whatever is decided is an ordinary change that has seen both sides: it ends the conflict on every
copy it reaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record, new_id
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import records, reopening, siblings
from xqhz_desktop.services.siblings import Side
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.sync import laptop, merge, outbox
from xqhz_desktop.sync.laptop import Registers
from xqhz_desktop.sync.merge import RECORD, Row

__all__ = (
    "RECORD", "Clash", "Conflict", "Side", "Whose", "counted", "keep_both", "one", "open_ones",
    "settle", "settle_alike", "taken",
)  # fmt: skip


class Whose(Enum):
    """Which side of a conflict is taken where many are settled at once."""

    MINE = N_("What was entered here")
    THEIRS = N_("What came from elsewhere")
    NEWEST = N_("What was entered last")


@dataclass(frozen=True)
class Clash:
    """One field two copies disagree about; `field` is RECORD where one removed the record.

    `base` is what it was before, None where that is empty or not known; fields of one `group` are
    best taken from the same side. `must`: official papers wait until it is decided.
    """

    field: str
    base: Any
    sides: tuple[Side, ...]
    """The one shown first; `value` of RECORD: True stays, False is removed."""
    group: str
    must: bool


@dataclass(frozen=True)
class Conflict:
    """A record two copies disagree about."""

    kind: str
    id: str
    called: str
    clashes: tuple[Clash, ...]

    @property
    def must(self) -> bool:
        """Tell whether official papers wait for it."""
        return any(one.must for one in self.clashes)


def counted(work: Work) -> tuple[int, int]:
    """Return how many records are in conflict, and how many of them hold up official papers."""
    with work.store.read() as reader:
        return _counted(reader)


def open_ones(work: Work, limit: int = 200) -> list[Conflict]:
    """Return records in conflict, those first that hold up official papers; -1: all of them."""
    with work.store.read() as reader:
        registers = Registers(reader)
        keys = registers.open_ones()[: limit if limit >= 0 else None]
        rows = registers.rows(keys)
        return [_conflict(reader, *key, rows[key]) for key in keys]


def one(work: Work, kind: str, id: str) -> Conflict:
    """Return the conflict of a record; raise NotFound where there is none."""
    with work.store.read() as reader:
        return _one(reader, kind, id)


def settle(work: Work, kind: str, id: str, values: Mapping[str, Any]) -> int:
    """Settle fields of a record with values, chosen or new, as one step; return its number.

    ``{RECORD: False}`` removes the record, ``{RECORD: True}`` keeps it. Raises InvalidRecord.
    """
    with work.store.read() as reader:
        conflict = _one(reader, kind, id)
        said = reopening.sides(reader, kind, id, values)
    if values.get(RECORD) is False:
        number = records.remove(work, kind, [id], reason=_REASON)
    else:
        title = Message("Conflict settled: {name}", name=conflict.called)
        with work.store.change(title, work.actor) as change:
            _decide(change, kind, id, values)
        number = change.number
        reopening.note(work, number, {(kind, id): said})
    outbox.absorb(work.store)
    return number


def settle_alike(work: Work, kind: str, field: str, whose: Whose) -> int:
    """Settle a field of all records of a kind in the same way; return how many were."""
    alike = [
        (found, clash)
        for found in open_ones(work, limit=-1)
        if found.kind == kind
        for clash in found.clashes
        if clash.field == field and clash.field != RECORD
    ]
    chosen = [(found, side) for found, clash in alike if (side := taken(clash, whose))]
    if not chosen:
        return 0
    text = NN_(
        "Conflict settled in {n} record: {field}", "Conflict settled in {n} records: {field}"
    )
    with work.store.read() as reader:
        label = Message(_fields(reader, kind)[field].label)
        keys = [(kind, one.id) for one, _side in chosen]
        said = {key: reopening.sides(reader, *key, [field]) for key in keys}
    with work.store.change(Message(text, n=len(chosen), field=label), work.actor) as change:
        for found, side in chosen:
            _decide(change, kind, found.id, {field: side.value})
    reopening.note(work, change.number, said)
    outbox.absorb(work.store)
    return len(chosen)


def taken(clash: Clash, whose: Whose) -> Side | None:
    """Return the side of a clash somebody means, None where there is no such side."""
    match whose:
        case Whose.MINE:
            return next((side for side in clash.sides if side.mine), None)
        case Whose.THEIRS:
            return next((side for side in clash.sides if not side.mine), None)
    return max(clash.sides, key=lambda side: (side.at, side.change))


def keep_both(work: Work, kind: str, id: str, whose: Whose = Whose.THEIRS) -> str:
    """Keep the record as it is shown and make a second one of the other side; return its id.

    The second one has everything of the first but for the fields in conflict.
    """
    with work.store.change(Message("Both kept of a conflict"), work.actor) as change:
        conflict = _one(change, kind, id)
        shown = change.get(kind, id)
        assert shown is not None
        fields = [clash for clash in conflict.clashes if clash.field != RECORD]
        others = {
            clash.field: side.value
            for clash in fields
            if (side := taken(clash, whose)) and side.value != clash.sides[0].value
        } or {clash.field: clash.sides[-1].value for clash in fields}
        if not others:
            raise UserError(Message("Only the removal is in conflict: keep the record or not."))
        made = _valid(change, shown.but(id=new_id(), **others))
        change.put(made)
        change.decide(kind, id, [clash.field for clash in fields])
    outbox.absorb(work.store)
    return made.id


_REASON = "conflict"


def _counted(reader: Reader) -> tuple[int, int]:
    registers = Registers(reader)
    return len(registers.open_ones()), len(registers.open_ones(least=2))


def _one(reader: Reader, kind: str, id: str) -> Conflict:
    registers = Registers(reader)
    if (kind, id) not in registers.open_ones():
        raise NotFound(Message("There is no conflict about this record."), code="NO_CONFLICT")
    return _conflict(reader, kind, id, registers.rows([(kind, id)])[kind, id])


def _conflict(reader: Reader, kind: str, id: str, row: Row) -> Conflict:
    fields = _fields(reader, kind)
    order = {name: place for place, name in enumerate((RECORD, *fields))}
    apart = merge.conflicts(row)
    found = {name: apart[name] for name in sorted(apart, key=lambda name: order.get(name, 999))}
    told = siblings.told(reader, kind, id, found, fields)
    clashes = tuple(
        Clash(
            name,
            told[name].base,
            told[name].sides,
            fields[name].group if name in fields else "",
            name in fields and fields[name].clash == "must",
        )
        for name in found
        if laptop.clash(kind, name) != "silent"
    )
    called = reader.names(kind, [id]).get(id, "")
    return Conflict(kind, id, called, clashes)


def _decide(change: Change, kind: str, id: str, values: Mapping[str, Any]) -> None:
    record = change.get(kind, id)
    if record is None:
        raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
    chosen = {name: value for name, value in values.items() if name != RECORD}
    change.put(_valid(change, record.but(**chosen)))
    change.decide(kind, id, chosen)


def _valid(change: Change, record: Record) -> Record:
    if problems := record.problems(_fields(change, record.KIND)):
        raise InvalidRecord(problems)
    return record


def _fields(reader: Reader, kind: str) -> dict[str, Field]:
    return reader.fields(kind, retired=True) if kind in BY_KIND else {}
