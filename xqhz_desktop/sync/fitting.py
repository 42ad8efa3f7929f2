"""What came from elsewhere as cells that fit our columns; what does not fit is shown as empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import Cell, is_own
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.sync.changes import Value

_ID = re.compile(r"[0-9a-f]{32}")
_LARGEST = 2**63


def fitting(kind: str, values: Mapping[str, Value]) -> dict[str, Cell]:
    """Return the cells of the columns this version knows; registers keep what was written."""
    fields = BY_KIND[kind].FIELDS
    found: dict[str, Cell] = {}
    for name, value in values.items():
        if name in fields:
            found[name] = _cell(fields[name], value)
        elif is_own(name):
            found[name] = value if isinstance(value, str | int | None) else None
    return found


def _cell(field: Field, value: Value) -> Cell:
    match field.kind:
        case Kind.REF:
            return value if isinstance(value, str) and _ID.fullmatch(value) else None
        case Kind.FLAG:
            return int(bool(value))
        case Kind.DAY:
            return _day(value)
        case kind if kind in NUMBERS:
            return value if isinstance(value, int) and abs(value) < _LARGEST else None
    return value if isinstance(value, str) else ""


def _day(value: Value) -> Cell:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None
