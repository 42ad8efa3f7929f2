"""The registers of one record as bytes: how replicas keep them, and how snapshots carry them.

A CBOR array ``[shape, dots, alive, values, clocks, siblings]``:

* ``shape``: the number of the tuple of column names (sorted), interned by whoever keeps the rows;
* ``dots``: ``stream, q, at`` of every write in the row, one after another, each once; streams are
  interned too;
* ``alive``: ``dot, value`` of each write of the record itself, one after another;
* ``values``: what is shown, by column; ``clocks``: its dot, by column, or one number for all;
* ``siblings``: ``{column: [dot, value, dot, value …]}``, the concurrent writes, best first.

Nothing is left out: a state needs no other table to be understood.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import cbor2

from xqhz_desktop.sync.changes import Value
from xqhz_desktop.sync.merge import Dot, Register, Row, Write
from xqhz_desktop.sync.wire import is_sound

T = TypeVar("T")
Shape = tuple[str, ...]
Dots = dict[Dot, int]
"""The place of a dot in the row's list of them."""


class Interner(Generic[T]):
    """Names by small numbers: 0, 1, 2 … in the order of ``names``, which only grows."""

    def __init__(self, names: Iterable[T] = ()) -> None:
        """Begin with the names known already."""
        self.names = list(names)
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def number(self, name: T) -> int:
        """Return the number of a name, a new one if it has none."""
        known = self._numbers.get(name)
        if known is not None:
            return known
        self._numbers[name] = number = len(self.names)
        self.names.append(name)
        return number

    def name(self, number: int) -> T:
        """Return the name of a number; raise ValueError where there is none."""
        if not 0 <= number < len(self.names):
            raise ValueError("a number without a name")
        return self.names[number]


def encode(row: Row, streams: Interner[str], shapes: Interner[Shape]) -> bytes:
    """Return the state of a row; streams and shapes met for the first time are interned."""
    dots: Dots = {}

    def place(dot: Dot) -> int:
        return dots.setdefault(dot, len(dots))

    def flat(register: Register) -> list[Value]:
        return [part for write in register for part in (place(write[:3]), write.value)]

    alive = flat(row.alive)
    columns = tuple(sorted(row.values))
    written = [row.dots[name] for name in columns] if len(set(row.dots.values())) > 1 else []
    clocks = {dot: place(dot) for dot in dict.fromkeys(written or row.dots.values())}
    siblings = {columns.index(name): flat(row.beside[name]) for name in sorted(row.beside)}
    state = [
        shapes.number(columns),
        [part for stream, q, at in dots for part in (streams.number(stream), q, at)],
        alive,
        list(map(row.values.__getitem__, columns)),
        clocks.popitem()[1] if len(clocks) == 1 else [clocks[dot] for dot in written],
        siblings,
    ]
    return cbor2.dumps(state)


def decode(state: bytes, streams: Interner[str], shapes: Interner[Shape]) -> Row:
    """Return the row of a state; raise ValueError if these bytes are none."""
    try:
        return _row(cbor2.loads(state), streams, shapes)
    except (cbor2.CBORError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise ValueError("not the state of a row") from error


def _row(parts: Any, streams: Interner[str], shapes: Interner[Shape]) -> Row:
    shape, flat, alive, values, clocks, siblings = parts
    stamps = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    dots = [(streams.name(stream), q, at) for stream, q, at in stamps]
    if not (is_sound(values) and is_sound(flat)):
        raise ValueError("values no replica can keep")
    columns = shapes.name(shape)
    return Row(
        _register(alive, dots),
        dict(zip(columns, values, strict=True)),
        dict.fromkeys(columns, dots[clocks])
        if isinstance(clocks, int)
        else dict(zip(columns, map(dots.__getitem__, clocks), strict=True)),
        {columns[place]: _register(others, dots) for place, others in siblings.items()},
    )


def _register(flat: list[Any], dots: list[tuple[str, int, int]]) -> Register:
    """Return the writes of ``dot, value, dot, value …``."""
    if not is_sound(flat):
        raise ValueError("values no replica can keep")
    written = [dots[place] for place in flat[::2]]
    return tuple(
        Write(stream, q, at, value)
        for (stream, q, at), value in zip(written, flat[1::2], strict=True)
    )
