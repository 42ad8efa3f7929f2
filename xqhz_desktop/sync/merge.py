"""The merge: multi-value registers with dotted version vectors. Pure; nothing is ever dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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


Dot = tuple[str, int, int]
"""The change that wrote something: its stream, its number there and its time."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: whether it is alive, and its columns. A column nobody wrote is not there.

    Nearly every column has one write alone, and most share the change it is of. So they are kept
    apart: what is shown (`values`), what wrote that (`dots`), and the writes `beside` it, the
    best first, where there are any.
    """

    alive: Register = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    dots: Mapping[str, Dot] = field(default_factory=dict)
    beside: Mapping[str, Register] = field(default_factory=dict)

    @classmethod
    def of(cls, alive: Register, cells: Mapping[str, Register]) -> Row:
        """Return the record of these registers by column."""
        return cls(
            alive,
            {column: register[0].value for column, register in cells.items()},
            {column: register[0][:3] for column, register in cells.items()},
            {column: register[1:] for column, register in cells.items() if len(register) > 1},
        )

    @property
    def cells(self) -> dict[str, Register]:
        """Return the registers by column."""
        return {column: self.register(column) for column in self.values}

    def register(self, column: str) -> Register:
        """Return the register of a column somebody wrote."""
        shown = Write(*self.dots[column], self.values[column])
        return shown, *self.beside.get(column, ())


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
    dot = changeset.stream, changeset.q, changeset.at
    alive = written(row.alive, Write(*dot, op.values is not None), seen)
    if op.values is None:
        return replace(row, alive=alive)
    values, dots = {**row.values, **op.values}, {**row.dots, **dict.fromkeys(op.values, dot)}
    beside = dict(row.beside)
    for column in op.values.keys() & row.values.keys():
        register = written(row.register(column), Write(*dot, op.values[column]), seen)
        values[column], dots[column] = register[0].value, register[0][:3]
        beside[column] = register[1:]
    return Row(alive, values, dots, {column: rest for column, rest in beside.items() if rest})


def value(register: Register) -> Value:
    """Return what is shown of a register; nothing (None) of one nobody wrote."""
    return register[0].value if register else None


def is_alive(row: Row) -> bool:
    """Tell whether a record is there: an edit beats a removal that did not know of it."""
    return any(one.value for one in row.alive)


def conflicts(row: Row) -> dict[str, Register]:
    """Return what copies disagree on, by column; `RECORD`: edited and removed."""
    registers = {column: row.register(column) for column in row.beside}
    found = {column: register for column, register in registers.items() if _differ(register)}
    return {RECORD: row.alive, **found} if _differ(row.alive) else found


def _differ(register: Register) -> bool:
    return len(register) > 1 and len({one.value for one in register}) > 1


def _rank(write: Write) -> tuple[int, str, int]:
    return write.at, write.stream, write.q
