"""Who wrote the sides of a conflict and when, and what the field was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xqhz_desktop.domain.cells import value_of
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.storage import past
from xqhz_desktop.storage.past import Written
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.sync.fitting import fitting
from xqhz_desktop.sync.merge import Register, Write


@dataclass(frozen=True)
class Side:
    """One side of a conflict: a value, what a reference is called, by whom, when and where.

    `device` is the id of its key, "" for what was never sent.
    """

    value: Any
    called: str
    actor: str
    device: str
    at: datetime
    mine: bool
    change: tuple[str, int]
    """Stream and number of the change."""


@dataclass(frozen=True)
class Told:
    """The sides of one field, the one shown first, and what it was before them."""

    base: Any
    sides: tuple[Side, ...]


def told(
    reader: Reader, kind: str, id: str, found: Mapping[str, Register], fields: Mapping[str, Field]
) -> dict[str, Told]:
    """Return the sides of the fields in conflict of one record."""
    history = past.written(reader.cursor, kind, id)
    seen = {
        place: past.seen(reader.cursor, *place)
        for register in found.values()
        for place in {(write.stream, write.q) for write in register}
    }
    steps = _steps(reader, seen)
    made = {}
    for name, register in found.items():
        field = fields.get(name)
        sides = _apart(
            _side(reader, steps, write, _value(kind, field, name, write.value), field)
            for write in register
        )
        made[name] = Told(_former(kind, field, name, _before(history, register, seen)), sides)
    return made


def _apart(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Return one side a value: the one shown first, and mine where one of them is."""
    found: dict[Any, Side] = {}
    for side in sides:
        first = found.setdefault(side.value, side)
        if side.mine and not first.mine:
            found[side.value] = side
    return tuple(found.values())


def _before(
    history: list[Written], register: Register, seen: Mapping[tuple[str, int], Mapping[str, int]]
) -> list[Written]:
    """Return what was written before every side knew of it, the newest last."""
    known = [seen[write.stream, write.q] for write in register]
    before = [one for one in history if all(k.get(one.stream, 0) >= one.q for k in known)]
    return sorted(before, key=lambda one: (one.at, one.stream, one.q))


def _former(kind: str, field: Field | None, name: str, before: list[Written]) -> Any:
    found = [one.cells[name] for one in before if name in one.cells]
    return _value(kind, field, name, found[-1]) if found else None


def _value(kind: str, field: Field | None, name: str, value: Any) -> Any:
    """Return the value people read of what a register holds."""
    if field is None:
        return value
    return value_of(field, fitting(kind, {name: value})[name])


def _steps(reader: Reader, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """Return actor, device and whether it was done here, by stream and number of a change."""
    found = {}
    for stream, q in places:
        row = reader.cursor.execute(
            "SELECT s.actor_name, s.taken, coalesce(c.device, '') FROM journal_step s"
            " LEFT JOIN sync_chain c ON c.stream = s.stream WHERE s.stream = ? AND s.q = ?",
            (stream, q),
        ).fetchone()
        found[stream, q] = row or ("", 1, "")
    return found


def _side(
    reader: Reader,
    steps: Mapping[tuple[str, int], Any],
    write: Write,
    value: Any,
    field: Field | None,
) -> Side:
    actor, taken, device = steps[write.stream, write.q]
    called = ""
    if field is not None and field.kind is Kind.REF and value:
        called = reader.names(field.target, [value]).get(value, "")
    return Side(
        value,
        called,
        actor,
        device,
        datetime.fromtimestamp(write.at / 1000),
        not taken,
        (write.stream, write.q),
    )
