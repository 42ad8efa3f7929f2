"""Values to cells and back. A cell is None, int or str: what SQLite, JSON and packages keep."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from xqhz_desktop.domain.fields import NUMBERS, Field, Kind

Cell = str | int | None

OWN = "own:"
"""Begins the name of a field the school added itself; the id of its definition follows."""


def is_own(name: str) -> bool:
    """Tell whether a field name is that of a field the school added."""
    return name.startswith(OWN)


def cell_of(field: Field, value: Any) -> Cell:
    """Return the cell of a value of a field, built-in or own."""
    return own_cell(value) if is_own(field.name) else to_cell(field, value)


def value_of(field: Field, cell: Cell) -> Any:
    """Return the value of a cell of a field, built-in or own."""
    return own_value(field, cell) if is_own(field.name) else from_cell(field, cell)


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


def own_cell(value: Any) -> Cell:
    """Return the cell of a value of an own field: its type tells how, and empty is None."""
    match value:
        case None | "" | False:
            return None
        case True:
            return 1
        case Enum():
            return value.name
        case date():
            return value.isoformat()
        case Decimal():
            return int(value.scaleb(2))  # own amounts have two places, as all money
        case int():
            return value
    return str(value)


def own_value(field: Field, cell: Cell) -> Any:
    """Return the value of the cell of an own field; a cell of another kind is as good as none."""
    wanted = int if field.kind in NUMBERS or field.kind is Kind.FLAG else str
    if not isinstance(cell, wanted):
        return field.empty
    try:
        return from_cell(field, cell)
    except ValueError:  # a day there never was
        return field.empty
