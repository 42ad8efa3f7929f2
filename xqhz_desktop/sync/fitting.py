"""What came from elsewhere as cells that fit our columns; what does not fit is shown as empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import Cell, is_own
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.sync.changes import Value

_ID = re.compile(r"[0-9a-f]{32}")
_LARGEST = 2**63


def fitting(kind: str, values: Mapping[str, Value]) -> dict[str, Cell]:
    """Return the cells of the columns this version knows; registers keep what was written."""
    columns = _columns(kind)
    return {
        name: columns[name](value) if name in columns else _own(value)
        for name, value in values.items()
        if name in columns or is_own(name)
    }


@cache
def _columns(kind: str) -> dict[str, Callable[[Value], Cell]]:
    """Return, by column of a kind, what makes a fitting cell of anything."""
    return {name: _maker(field) for name, field in BY_KIND[kind].FIELDS.items()}


def _maker(field: Field) -> Callable[[Value], Cell]:
    match field.kind:
        case Kind.REF:
            return _reference
        case Kind.FLAG:
            return _flag
        case Kind.DAY:
            return _day
        case kind if kind in NUMBERS:
            return _number
    return _text


def _text(value: Value) -> Cell:
    return value if isinstance(value, str) else ""


def _reference(value: Value) -> Cell:
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _flag(value: Value) -> Cell:
    return int(bool(value))


def _number(value: Value) -> Cell:
    return value if isinstance(value, int) and abs(value) < _LARGEST else None


def _own(value: Value) -> Cell:
    return value if isinstance(value, str | int | None) else None


def _day(value: Value) -> Cell:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
