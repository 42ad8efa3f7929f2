"""What came from elsewhere as cells that fit our columns; what does not fit is shown as empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import Cell, is_own
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.storage.codec import columns, named
from xqhz_desktop.storage.writing import whole
from xqhz_desktop.sync.changes import Value

_ID = re.compile(r"[0-9a-f]{32}")
_LARGEST = 2**63
Maker = Callable[[Value], Cell]


def fitting(kind: str, values: Mapping[str, Value]) -> dict[str, Cell]:
    """Return the cells of the columns this version knows; registers keep what was written."""
    makers, texts = _makers(kind), _texts(kind)
    return {
        name: value if type(value) is str and name in texts else makers.get(name, _own)(value)
        for name, value in values.items()
        if name in makers or is_own(name)
    }


@cache
def empty(kind: str) -> Mapping[str, Cell]:
    """Return the cells, by column, of a record nobody has filled in."""
    return named(kind, whole(kind, "", {}))


def row(kind: str, id: str, values: Mapping[str, Value]) -> list[Cell]:
    """Return a record of these values as tables keep it; a column that is missing is empty."""
    if values.keys() != _makers(kind).keys():
        return whole(kind, id, fitting(kind, values))
    names, texts, others = _places(kind)
    cells: list[Any] = [id, *map(values.__getitem__, names), None]
    if not set(map(type, map(cells.__getitem__, texts))) <= {str}:
        return whole(kind, id, fitting(kind, values))
    for place, maker in others:
        if cells[place] is not None or maker is _flag:
            cells[place] = maker(cells[place])
    return cells


@cache
def _places(kind: str) -> tuple[tuple[str, ...], list[int], list[tuple[int, Maker]]]:
    """Return the columns of a kind, the places of texts, and the other places with their makers."""
    makers = _makers(kind)
    names = columns(kind)[1:-1]
    texts = [place for place, name in enumerate(names, 1) if makers[name] is _text]
    others = [(n, makers[name]) for n, name in enumerate(names, 1) if makers[name] is not _text]
    return names, texts, others


@cache
def _makers(kind: str) -> dict[str, Maker]:
    """Return, by column of a kind, what makes a fitting cell of anything."""
    return {name: _maker(field) for name, field in BY_KIND[kind].FIELDS.items()}


@cache
def _texts(kind: str) -> frozenset[str]:
    """Return the columns of a kind that take any text as it is: nearly all of them."""
    return frozenset(name for name, maker in _makers(kind).items() if maker is _text)


def _maker(field: Field) -> Maker:
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
