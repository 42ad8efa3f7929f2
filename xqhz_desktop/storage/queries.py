"""Lists: which rows, in which order, and a page of them with the names they point to."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.storage import search
from xqhz_desktop.storage.codec import Cell, columns, from_cell, from_cells, to_cell
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.tables import index_table, keys_table

MOST = 5_000
"""A search with more hits than this is answered by its first ones, as "5,000+"."""
FIRST = 200

JOINED: dict[str, tuple[str, ...]] = {
    "student": ("school_class.major",),
    "position": ("enterprise.region", "enterprise.status"),
    "placement": (
        "student.student_no",
        "student.school_class",
        "student.phone",
        "enterprise.region",
    ),
    "mentor": ("enterprise.region",),
    "school_class": ("major.department",),
}
"""Values from one step further that lists show, as ``reference.field``."""

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


@dataclass(frozen=True)
class Found:
    """Rowids in order. `more`: there are more than ``MOST`` hits and these are the first."""

    rows: array[int]
    total: int
    more: bool = False


@dataclass(frozen=True)
class Row:
    """A record with the shown names of what it points to."""

    rowid: int
    record: Record
    names: Mapping[str, str]


@dataclass(frozen=True)
class Hit:
    """One answer of the search over everything."""

    kind: str
    id: str
    rowid: int
    title: str
    beside: str


def found(reader: Reader, query: Query) -> Found:
    """Return the rows of a query."""
    words = search.terms(query.words)
    condition, values = _conditions(query)
    if not words:
        rows = _ordered(reader, query, condition, values, -1)
        return Found(rows, len(rows))
    narrow, marks = _matching(query.kind, words)
    some = reader.cursor.execute(
        f"SELECT row FROM {query.kind} t WHERE {narrow} AND {condition} LIMIT {MOST + 1}",
        [*marks, *values],
    ).fetchall()
    if len(some) <= MOST:
        inside = f"t.row IN ({','.join(str(row) for (row,) in some)})"
        rows = _ordered(reader, query, inside, [], -1)
        return Found(rows, len(rows))
    wide, patterns = _walking(query.kind, words)
    rows = _ordered(reader, query, f"{wide} AND {condition}", [*patterns, *values], FIRST)
    return Found(rows, MOST, more=True)


def rows(reader: Reader, kind: str, rowids: Sequence[int]) -> list[Row | None]:
    """Return rows in the order asked for, None where one is gone."""
    if not rowids:
        return []
    names = ", ".join(f'"{name}"' for name in columns(kind))
    marks = ",".join("?" * len(rowids))
    cells = reader.cursor.execute(
        f"SELECT row, {names} FROM {kind} WHERE row IN ({marks})", list(rowids)
    ).fetchall()
    records = {cell[0]: from_cells(kind, cell[1:]) for cell in cells}
    beside = _names(reader, kind, list(records.values()))
    return [
        Row(rowid, records[rowid], beside[records[rowid].id]) if rowid in records else None
        for rowid in rowids
    ]


def row_of(reader: Reader, kind: str, id: str) -> Row | None:
    """Return one record as a row, or None."""
    found = reader.cursor.execute(f"SELECT row FROM {kind} WHERE id = ?", (id,)).fetchone()
    return rows(reader, kind, [found[0]])[0] if found else None


def counts(
    reader: Reader, kind: str, field: str, query: Query | None = None
) -> dict[Any, int]:
    """Return how many records have each value of a field, within a query without its words."""
    condition, values = _conditions(replace(query or Query(kind), words=""))
    described = BY_KIND[kind].FIELDS[field]
    grouped = reader.cursor.execute(
        f'SELECT "{field}", count(*) FROM {kind} t WHERE {condition} GROUP BY 1', values
    )
    return {from_cell(described, cell): int(n) for cell, n in grouped.fetchall()}


def anything(reader: Reader, words: str, limit: int = 6) -> list[Hit]:
    """Return records of every kind that words find, `limit` of each at most."""
    if not search.terms(words):
        return []
    hits: list[Hit] = []
    for kind, entity in BY_KIND.items():
        if entity.FIELDS[entity.TITLE].target:
            continue  # placements and batch classes are called by what they point to
        these = found(reader, Query(kind, words))
        for row in rows(reader, kind, these.rows[:limit]):
            if row is not None:
                beside = [row.names.get(name, "") for name in references(entity)]
                code = getattr(row.record, "student_no", "") or getattr(row.record, "uscc", "")
                said = " | ".join(part for part in (code, *beside) if part)
                hits.append(Hit(kind, row.record.id, row.rowid, row.record.called, said))
    return hits


def _matching(kind: str, words: list[str]) -> tuple[str, list[Any]]:
    """Return the condition that all words match, through the full-text index where it can."""
    conditions: list[str] = []
    values: list[Any] = []
    for word in words:
        asked = search.match(word)
        either, marks = _own(kind, word, asked)
        for field in BY_KIND[kind].SEEK:
            target = BY_KIND[kind].FIELDS[field].target
            inner, inner_marks = _own(target, word, asked)
            either += f' OR t."{field}" IN (SELECT t.id FROM {target} t WHERE {inner})'
            marks = [*marks, *inner_marks]
        conditions.append(f"({either})")
        values.extend(marks)
    return " AND ".join(conditions), values


def _own(kind: str, word: str, asked: str) -> tuple[str, list[Any]]:
    if asked:
        index = index_table(kind)
        return f"t.row IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", [asked]
    return _by_keys(kind, word)


def _by_keys(kind: str, word: str) -> tuple[str, list[Any]]:
    """Return the condition on the search keys of the row itself, walked in name order."""
    options = search.like(word)
    text = " OR ".join(
        "(" + " AND ".join("k.keys LIKE ? ESCAPE '\\'" for _pattern in option) + ")"
        for option in options
    )
    inner = f"SELECT 1 FROM {keys_table(kind)} k WHERE k.sort_key = t.sort_key AND k.row = t.row"
    return f"EXISTS ({inner} AND ({text}))", [one for option in options for one in option]


def _walking(kind: str, words: list[str]) -> tuple[str, list[Any]]:
    """Return the condition for a broad search: rows are walked in order until enough are found."""
    if BY_KIND[kind].SEEK:
        return _matching(kind, words)
    conditions, values = zip(*(_by_keys(kind, word) for word in words), strict=True)
    return " AND ".join(conditions), [one for these in values for one in these]


def _conditions(query: Query) -> tuple[str, list[Any]]:
    fields = BY_KIND[query.kind].FIELDS
    parts: list[str] = ["1"]
    values: list[Any] = []
    for one in query.where:
        column = f't."{one.field}"'
        match one.op:
            case "empty":
                parts.append(f"coalesce({column}, '') = ''")
            case "filled":
                parts.append(f"coalesce({column}, '') <> ''")
            case "in":
                cells = [_cell(fields, one.field, value) for value in one.value]
                parts.append(f"{column} IN ({','.join('?' * len(cells))})")
                values.extend(cells)
            case op:
                parts.append(f"{column} {_OPERATORS[op]} ?")
                values.append(_cell(fields, one.field, one.value))
    return " AND ".join(parts), values


def _cell(fields: Mapping[str, Field], name: str, value: Any) -> Cell:
    return value if name in ("id", "row") else to_cell(fields[name], value)


def _ordered(
    reader: Reader, query: Query, condition: str, values: list[Any], limit: int
) -> array[int]:
    join, order = _order(query)
    cursor = reader.cursor.execute(
        f"SELECT t.row FROM {query.kind} t {join} WHERE {condition} ORDER BY {order} LIMIT ?",
        [*values, limit],
    )
    return array("q", [row for (row,) in cursor.fetchall()])


def _order(query: Query) -> tuple[str, str]:
    """Return the join and the order of a query; every order ends with the name and the row."""
    down = " DESC" if query.descending else ""
    last = f"t.sort_key{down}, t.row{down}"
    entity = BY_KIND[query.kind]
    if query.sort in ("", entity.TITLE):
        return "", last
    step, _dot, beyond = query.sort.partition(".")
    field = entity.FIELDS[step]
    if field.kind is Kind.REF:
        join = f'LEFT JOIN {field.target} s ON s.id = t."{step}"'
        ahead = f's."{beyond}"' if beyond else "s.sort_key"
        return join, f"{ahead}{down}, {last}"
    column = f't."{step}"'
    if field.choices is not None:
        cases = " ".join(f"WHEN '{one.name}' THEN {n}" for n, one in enumerate(field.choices))
        column = f"CASE {column} {cases} END"
    empty = f"{column} IS NULL" if field.kind in NUMBERS | {Kind.DAY} else f"{column} = ''"
    return "", f"{empty}, {column}{down}, {last}"


def _names(reader: Reader, kind: str, records: list[Record]) -> dict[str, dict[str, str]]:
    """Return shown names of references by record: one query a target kind, never one a row."""
    links = references(BY_KIND[kind])
    joined = [path.partition(".") for path in JOINED.get(kind, ())]
    shown: dict[str, dict[str, str]] = {record.id: {} for record in records}
    for field, target in links.items():
        ids = {getattr(record, field) for record in records} - {""}
        names = reader.names(target, ids) if ids else {}
        for record in records:
            shown[record.id][field] = names.get(getattr(record, field), "")
        for _step, _dot, beyond in (path for path in joined if path[0] == field):
            values = _beyond(reader, target, beyond, ids)
            for record in records:
                shown[record.id][f"{field}.{beyond}"] = values.get(getattr(record, field), "")
    return shown


def _beyond(reader: Reader, kind: str, field: str, ids: set[str]) -> dict[str, str]:
    """Return one field of other records, by id; a reference as its name."""
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    cells = dict(
        reader.cursor.execute(
            f'SELECT id, "{field}" FROM {kind} WHERE id IN ({marks})', list(ids)
        ).fetchall()
    )
    target = BY_KIND[kind].FIELDS[field].target
    if BY_KIND[kind].FIELDS[field].kind is not Kind.REF:
        return {id: str(cell or "") for id, cell in cells.items()}
    names = reader.names(target, {cell for cell in cells.values() if cell})
    return {id: names.get(cell or "", "") for id, cell in cells.items()}
