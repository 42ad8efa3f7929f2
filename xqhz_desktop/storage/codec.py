"""Records to cells and back. A cell is None, int or str: what SQLite and JSON both keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.domain.records import Record

Cell = str | int | None


def to_cell(field: Field, value: Any) -> Cell:
    """Return the cell of a value."""
    match field.kind:
        case Kind.REF:
            return value or None
        case Kind.CHOICE:
            return value if isinstance(value, str) else str(value.name)
        case Kind.DAY:
            return value.isoformat() if value else None
        case Kind.FLAG:
            return int(bool(value))
        case kind if kind in NUMBERS:
            if value is None:
                return None
            return int(Decimal(value).scaleb(field.decimals)) if field.decimals else int(value)
    return str(value)


def from_cell(field: Field, cell: Cell) -> Any:
    """Return the value of a cell. A choice this version does not know stays its raw name."""
    match field.kind:
        case Kind.REF:
            return cell or ""
        case Kind.CHOICE:
            assert field.choices is not None
            return field.choices.__members__.get(str(cell), cell)
        case Kind.DAY:
            return date.fromisoformat(str(cell)) if cell else None
        case Kind.FLAG:
            return bool(cell)
        case kind if kind in NUMBERS:
            if cell is None or not field.decimals:
                return cell
            return Decimal(cell).scaleb(-field.decimals)
    return "" if cell is None else cell


@cache
def columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a record in the order of its cells: id first."""
    return ("id", *BY_KIND[kind].FIELDS)


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
    )


def from_cells(kind: str, cells: Sequence[Cell]) -> Record:
    """Return the record of ``kind`` kept in ``cells``."""
    values = {
        name: cell if read is None else read(cell)
        for (name, read), cell in zip(_readers(kind), cells, strict=True)
    }
    record = object.__new__(BY_KIND[kind])
    record.__dict__.update(values)  # the cells were checked when they were written
    return record
