"""The merge: multi-value registers with dotted version vectors. Pure; nothing is ever dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from xqhz_desktop.sync.changes import Changeset, Op, Value


class Write(NamedTuple):  # a tuple, since there are millions
    """One value written by change `q` of `stream` at `at` (milliseconds)."""

    stream: str
    q: int
    at: int
    value: Value


Register = tuple[Write, ...]
"""The writes none of which had seen another, the one shown first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: whether it is alive, and its columns. A column nobody wrote is not there."""

    alive: Register = ()
    cells: Mapping[str, Register] = field(default_factory=dict)


RECORD = ""
"""Stands for the record itself among the columns in conflict: edited here, removed there."""


def written(register: Register, write: Write, seen: Mapping[str, int]) -> Register:
    """Return a register after one more write, whose writer had `seen` ({stream: q}).

    Changes arrive after what they have seen, so no write there can have seen the new one.
    """
    beside = [one for one in register if seen.get(one.stream, 0) < one.q]
    return tuple(sorted([*beside, write], key=_rank, reverse=True))


def merged(row: Row, op: Op, changeset: Changeset, seen: Mapping[str, int]) -> Row:
    """Return a record after what a change did to it."""
    stream, q, at = changeset.stream, changeset.q, changeset.at
    alive = written(row.alive, Write(stream, q, at, op.values is not None), seen)
    if op.values is None:
        return Row(alive, row.cells)
    cells = dict(row.cells)
    for column, said in op.values.items():
        write, register = Write(stream, q, at, said), cells.get(column)
        cells[column] = written(register, write, seen) if register else (write,)
    return Row(alive, cells)


def value(register: Register) -> Value:
    """Return what is shown of a register; nothing (None) of one nobody wrote."""
    return register[0].value if register else None


def is_alive(row: Row) -> bool:
    """Tell whether a record is there: an edit beats a removal that did not know of it."""
    return any(one.value for one in row.alive)


def conflicts(row: Row) -> dict[str, Register]:
    """Return what copies disagree on, by column; `RECORD`: edited and removed."""
    found = {column: register for column, register in row.cells.items() if _differ(register)}
    return {RECORD: row.alive, **found} if _differ(row.alive) else found


def _differ(register: Register) -> bool:
    return len(register) > 1 and len({one.value for one in register}) > 1


def _rank(write: Write) -> tuple[int, str, int]:
    return write.at, write.stream, write.q
