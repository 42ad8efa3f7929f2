"""Filters of lists that are kept: the last one of each list, and those that were given a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import is_own, own_cell, to_cell, value_of
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import giving, settings
from xqhz_desktop.storage.queries import Query, Where

_FORMAT = "xqhz-filters"
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "in", "empty", "filled"})


Fields = Mapping[str, Field]
"""The fields of a list by name, those the school added among them."""


def last(school: Path, kind: str, fields: Fields) -> Query | None:
    """Return the filter a list was left with on this computer, or None."""
    kept = _kept(school, kind).get("last")
    return _known(kind, kept, fields) if kept else None


def remember(school: Path, query: Query) -> None:
    """Remember how a list is filtered now."""
    _write(school, query.kind, {**_kept(school, query.kind), "last": as_json(query)})


def named(school: Path, kind: str, fields: Fields) -> dict[str, Query]:
    """Return the filters of a list that have a name; those that do not fit any more stay out."""
    found = {name: _known(kind, kept, fields) for name, kept in _named(school, kind).items()}
    return {name: query for name, query in found.items() if query is not None}


def keep(school: Path, name: str, query: Query) -> None:
    """Keep a filter under a name; an older one of that name goes."""
    _write_named(school, query.kind, {**_named(school, query.kind), name: as_json(query)})


def rename(school: Path, kind: str, old: str, new: str) -> None:
    """Give a filter another name, in the same place."""
    some = _named(school, kind)
    _write_named(school, kind, {new if one == old else one: q for one, q in some.items()})


def drop(school: Path, kind: str, name: str) -> None:
    """Let go of a named filter."""
    some = _named(school, kind)
    _write_named(school, kind, {one: query for one, query in some.items() if one != name})


def write(path: Path, kind: str, some: Mapping[str, Query]) -> None:
    """Write named filters into a file to give away; raise UserError where that fails."""
    kept = {name: as_json(query) for name, query in some.items()}
    giving.write(path, _FORMAT, kind, ("filters", kept))


def read(path: Path, kind: str, fields: Fields) -> dict[str, Query]:
    """Return the named filters of a file; raise UserError for one that holds none of this list."""
    kept = giving.read(path, _FORMAT, kind, "filters")
    found = {name: _known(kind, one, fields) for name, one in kept.items()}
    fit = {name: query for name, query in found.items() if query is not None}
    if not fit:
        raise UserError(
            Message("“{file}” holds no filters of this list. Choose another file.", file=path.name),
            code="NO_FILTERS",
        )
    return fit


def as_json(query: Query) -> dict[str, Any]:
    """Return a query as plain JSON; conditions on row numbers are of this computer and stay out."""
    fields = BY_KIND[query.kind].FIELDS
    where = [
        {"field": one.field, "op": one.op, "value": _cells(fields.get(one.field), one)}
        for one in query.where
        if one.field in fields or is_own(one.field)
    ]
    return {
        "words": query.words,
        "where": where,
        "sort": query.sort,
        "descending": query.descending,
    }


def from_json(kind: str, kept: Any, fields: Fields) -> Query:
    """Return the query `as_json` wrote; raise ValueError, TypeError or KeyError for others."""
    where = []
    for one in kept["where"]:
        field, op, cell = fields[one["field"]], one["op"], one["value"]
        if op not in _OPERATORS:
            raise ValueError(op)
        where.append(Where(one["field"], op, _value(field, op, cell)))
    sort = str(kept["sort"])
    if sort.partition(".")[0] not in ("", *fields):
        raise KeyError(sort)
    found = Query(kind, str(kept["words"])[:200], tuple(where), sort)
    return replace(found, descending=bool(kept["descending"]))


def _cells(field: Field | None, one: Where) -> Any:
    """Return the cell of a condition, or several; without a field that of an own one."""
    cell = partial(to_cell, field) if field else own_cell
    if one.op == "in":
        return [cell(each) for each in one.value]
    return None if one.op in ("empty", "filled") else cell(one.value)


def _value(field: Field, op: str, cell: Any) -> Any:
    if op == "in":
        return [value_of(field, each) for each in cell]
    return None if op in ("empty", "filled") else value_of(field, cell)


def _known(kind: str, kept: Any, fields: Fields) -> Query | None:
    """Return a query that was kept, None where its fields or values are gone by now."""
    try:
        return from_json(kind, kept, fields)
    except (ValueError, TypeError, KeyError, ArithmeticError, AttributeError):
        return None


def _named(school: Path, kind: str) -> dict[str, Any]:
    found = _kept(school, kind).get("named")
    return found if isinstance(found, dict) else {}


def _write_named(school: Path, kind: str, some: Mapping[str, Any]) -> None:
    _write(school, kind, {**_kept(school, kind), "named": dict(some)})


def _kept(school: Path, kind: str) -> dict[str, Any]:
    """Return what is kept of a list; anything broken counts as nothing."""
    found: Any = settings.load().window.get("filters")
    for step in (str(school), kind):
        found = found.get(step) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _write(school: Path, kind: str, kept: Mapping[str, Any]) -> None:
    computer = settings.load()
    some = computer.window.get("filters")
    schools = dict(some) if isinstance(some, dict) else {}
    lists = schools.get(str(school))
    schools[str(school)] = {**(lists if isinstance(lists, dict) else {}), kind: dict(kept)}
    settings.save(replace(computer, window={**computer.window, "filters": schools}))
