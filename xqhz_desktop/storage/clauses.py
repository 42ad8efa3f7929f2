"""What a list asks for, and the clauses of SQL that say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import is_own, own_cell
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import own
from xqhz_desktop.storage.codec import Cell, to_cell
from xqhz_desktop.storage.tables import indexed

_OPERATORS = {"=": "IS", "!=": "IS NOT", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True)
class Where:
    """One condition on a field: ``=  !=  <  <=  >  >=  in  empty  filled``."""

    field: str
    op: str = "="
    value: Any = None


@dataclass(frozen=True)
class Query:
    """Which records of a kind, and in which order; ``sort=""`` is by name in pinyin order."""

    kind: str
    words: str = ""
    where: tuple[Where, ...] = ()
    sort: str = ""
    descending: bool = False


def narrow(query: Query) -> Query:
    """Return a query with only those conditions an index answers."""
    known = ("id", "row", *indexed(BY_KIND[query.kind]))
    quick = (one for one in query.where if one.field in known and one.op in ("=", "in"))
    return replace(query, words="", where=tuple(quick))


def conditions(query: Query) -> tuple[str, list[Any]]:
    """Return the condition of a query without its words, and its values."""
    parts: list[str] = ["1"]
    values: list[Any] = []
    for one in query.where:
        column = column_of(query.kind, one.field)
        match one.op:
            case "empty":
                parts.append(f"coalesce({column}, '') = ''")
            case "filled":
                parts.append(f"coalesce({column}, '') <> ''")
            case "in":
                cells = [_cell(query.kind, one.field, value) for value in one.value]
                either = f" OR {column} IS NULL" if None in cells else ""
                parts.append(f"({column} IN ({','.join('?' * len(cells))}){either})")
                values.extend(cells)
            case op:
                parts.append(f"{column} {_OPERATORS[op]} ?")
                values.append(_cell(query.kind, one.field, one.value))
    return " AND ".join(parts), values


def column_of(kind: str, name: str) -> str:
    """Return the SQL of a field of the record ``t``; raise NotFound where there is none."""
    if own.known(name):
        return own.column(name, "t")
    if name not in ("id", "row", *BY_KIND[kind].FIELDS):
        raise NotFound(Message("There is no field “{name}”.", name=name))
    return f't."{name}"'


def _cell(kind: str, name: str, value: Any) -> Cell:
    if is_own(name):
        return own_cell(value)
    return value if name in ("id", "row") else to_cell(BY_KIND[kind].FIELDS[name], value)


def order(query: Query) -> tuple[str, str]:
    """Return the joins and the order of a query: empty ones last, then the name and the row."""
    down = " DESC" if query.descending else ""
    last = f"t.sort_key{down}, t.row{down}"
    if query.sort in ("", BY_KIND[query.kind].TITLE):
        return "", last
    if own.known(query.sort):
        column = own.column(query.sort, "t")  # of a choice the place in its list, else the value
        join = f" LEFT JOIN own_choice c ON c.id = {column}"
        return join, f"coalesce(c.place, {column}){down} NULLS LAST, {last}"
    kind, alias, joins, column = query.kind, "t", "", ""
    for name in query.sort.split("."):
        field = BY_KIND[kind].FIELDS[name]
        column = _sorting(field, alias)
        if field.kind is Kind.REF:
            joins += f' LEFT JOIN {field.target} {alias}s ON {alias}s.id = {alias}."{name}"'
            kind, alias = field.target, f"{alias}s"
    return joins, f"{column} IS NULL, {column}{down}, {last}"


def _sorting(field: Field, alias: str) -> str:
    """Return what a field sorts by, NULL where it is empty."""
    column = f'{alias}."{field.name}"'
    if field.kind is Kind.REF:
        return f"{alias}s.sort_key"
    if field.choices is not None:
        cases = " ".join(f"WHEN '{one.name}' THEN {n}" for n, one in enumerate(field.choices))
        return f"CASE {column} {cases} END"
    return column if field.kind in NUMBERS | {Kind.DAY, Kind.FLAG} else f"nullif({column}, '')"
