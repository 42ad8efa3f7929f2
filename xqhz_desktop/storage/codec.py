"""Records to rows of cells and back, and the names the journal keeps cells under.

A row has one column ``own`` for all the school's own fields: JSON of their cells by id, None where
there are none. The journal and packages keep each of them by itself, under ``own:<id>``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import OWN, Cell, from_cell, is_own, to_cell, value_of
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record

__all__ = (
    "Cell", "columns", "from_cell", "from_cells", "named", "own_cells", "own_text", "patched",
    "to_cell", "to_cells", "value_of",
)  # fmt: skip


@cache
def columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a record in the order of its cells: id first, own fields last."""
    return ("id", *BY_KIND[kind].FIELDS, "own")


def to_cells(record: Record) -> list[Cell]:
    """Return a record as cells in the order of ``columns``."""
    values = record.__dict__
    return [
        values[name] if write is None else write(values[name])
        for name, write in _writers(record.KIND)
    ]


@cache
def _writers(kind: str) -> tuple[tuple[str, Callable[[Any], Cell] | None], ...]:
    """Return a writer for each column, None where the value is the cell."""
    fields = BY_KIND[kind].FIELDS.items()
    return (
        ("id", None),
        *((name, None if _same(field) else partial(to_cell, field)) for name, field in fields),
        ("own", own_text),
    )


def _same(field: Field) -> bool:
    """Tell whether value and cell of a field are the same."""
    plain = field.kind in {Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.TABLE, Kind.MONTH}
    return plain or (field.kind is Kind.NUMBER and not field.decimals)


@cache
def _readers(kind: str) -> tuple[tuple[str, Callable[[Cell], Any] | None], ...]:
    """Return a reader for each column, None where the cell is the value."""
    fields = BY_KIND[kind].FIELDS.items()
    return (
        ("id", None),
        *((name, None if _same(field) else partial(from_cell, field)) for name, field in fields),
        ("own", own_cells),
    )


def own_text(own: Mapping[str, Cell]) -> str | None:
    """Return the cell that keeps own fields; the same ones always give the same text."""
    kept = {id: cell for id, cell in sorted(own.items()) if cell is not None} if own else None
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else None


def own_cells(cell: Cell) -> dict[str, Cell]:
    """Return the cells of own fields by id."""
    return json.loads(str(cell)) if cell else {}


def named(kind: str, cells: Sequence[Cell]) -> dict[str, Cell]:
    """Return the cells of a row, without its id, by the names the journal keeps them under."""
    by_name = dict(zip(columns(kind)[1:-1], cells[1:-1], strict=True))
    own = own_cells(cells[-1])
    return by_name | {OWN + id: cell for id, cell in own.items()} if own else by_name


def patched(kind: str, cells: Sequence[Cell], some: Mapping[str, Cell]) -> list[Cell]:
    """Return a row with some cells exchanged, by the names the journal keeps them under."""
    made = list(map(some.get, columns(kind), cells))
    others = some.keys() - BY_KIND[kind].FIELDS.keys()
    if own := {name.removeprefix(OWN): some[name] for name in others if is_own(name)}:
        made[-1] = own_text(own_cells(made[-1]) | own)
    return made


def from_cells(kind: str, cells: Sequence[Cell]) -> Record:
    """Return the record of ``kind`` kept in ``cells``."""
    values = {
        name: cell if read is None else read(cell)
        for (name, read), cell in zip(_readers(kind), cells, strict=True)
    }
    record = object.__new__(BY_KIND[kind])
    record.__dict__.update(values)  # the cells were checked when they were written
    return record
