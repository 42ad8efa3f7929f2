"""Lists: which rows, in which order, and a page of them with the names they point to."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.storage import clauses, hits, search
from xqhz_desktop.storage.clauses import Query, Where
from xqhz_desktop.storage.codec import columns, from_cell, from_cells
from xqhz_desktop.storage.hits import Source
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.tables import keys_table

__all__ = ("Found", "Hit", "Query", "Row", "Where", "anything", "counts", "found", "row_of", "rows")

MOST = 5_000
"""A search with more hits than this is answered by its first ones, as "5,000+"."""
FIRST = 200
_CHUNK = 500
_FEW = 2_000
_TOGETHER = 20_000
_AMONG = "t.row IN (SELECT value FROM json_each(?))"

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


def found(reader: Reader, query: Query, most: int | None = MOST) -> Found:
    """Return the rows of a query; more hits than ``most`` are answered by the first ones."""
    words = search.terms(query.words)
    if not words:
        rows = _ordered(reader, query, *clauses.conditions(query))
        return Found(rows, len(rows))
    ways = _ways(reader, query, words)
    sizes = [_counted(reader, way) for way in ways] if most is not None else []
    many = any(way.whole and n > (most or 0) for way, n in zip(ways, sizes, strict=False))
    hit: set[int] = set()
    for way in () if many else ways:
        statement, values = way.select(f"{way.row} AS hit")
        limit = -1 if most is None else most + 1
        hit.update(_together(reader, "hit", f"{statement} LIMIT {limit}", values))
    if most is None or not (many or len(hit) > most):
        rows = _ordered(reader, query, _AMONG, [json.dumps(list(hit))])
        return Found(rows, len(rows))
    if query.sort in ("", BY_KIND[query.kind].TITLE):
        first = _walked if max(sizes) > _TOGETHER else _sorted
        return Found(first(reader, query, ways), most, more=True)
    statements, values = zip(*(way.select(way.row) for way in ways), strict=True)
    inside = f"t.row IN ({' UNION ALL '.join(statements)})"
    rows = _ordered(reader, query, inside, list(chain(*values)), FIRST)
    return Found(rows, most, more=True)


def _counted(reader: Reader, way: Source) -> int:
    """Return how many hits a source has before any join, counted up to a limit."""
    return int(reader.cursor.execute(*way.most(_TOGETHER + 1)).fetchone()[0])


def _ways(reader: Reader, query: Query, words: list[str]) -> list[Source]:
    """Return where hits come from: a few records by an index, else the words' own index."""
    condition, values = clauses.conditions(query)
    if (quick := clauses.narrow(query)).where:
        inside, marks = clauses.conditions(quick)
        few = f"SELECT count(*) FROM (SELECT 1 FROM {query.kind} t WHERE {inside} LIMIT ?)"
        if reader.cursor.execute(few, [*marks, _FEW + 1]).fetchone()[0] <= _FEW:
            sought, patterns = hits.sought(query.kind, words)
            asked = (*values, *patterns)
            return [Source(f"{query.kind} t", f"{condition} AND {sought}", asked, "t.row")]
    ways = hits.sources(query.kind, words)
    if not query.where:
        return ways
    return [way.within(query.kind, condition, values) for way in ways]


def _walked(reader: Reader, query: Query, _ways: list[Source]) -> array[int]:
    """Return the first of so many hits that they lie everywhere: names in order, until enough."""
    condition, values = clauses.conditions(query)
    sought, patterns = hits.sought(query.kind, search.terms(query.words))
    return _ordered(reader, query, f"{condition} AND {sought}", [*values, *patterns], FIRST)


def _sorted(reader: Reader, query: Query, ways: list[Source]) -> array[int]:
    """Return the first of many hits that may all lie together, as those of one surname do."""
    down = " DESC" if query.descending else ""
    first: set[tuple[str, int]] = set()
    for way in ways:
        keys = f"CROSS JOIN {keys_table(query.kind)} o ON o.row = {way.row}"
        statement, values = way.select("o.sort_key, o.row", keys)
        order = f" ORDER BY o.sort_key{down}, o.row{down} LIMIT {FIRST}"
        first.update(reader.cursor.execute(statement + order, values).fetchall())
    ordered = sorted(first, reverse=query.descending)
    return array("q", [row for _key, row in ordered[:FIRST]])


def rows(reader: Reader, kind: str, rowids: Sequence[int]) -> list[Row | None]:
    """Return rows in the order asked for, None where one is gone."""
    names = ", ".join(f'"{name}"' for name in columns(kind))
    records: dict[int, Record] = {}
    for start in range(0, len(rowids), _CHUNK):
        part = list(rowids[start : start + _CHUNK])
        marks = ",".join("?" * len(part))
        cells = reader.cursor.execute(
            f"SELECT row, {names} FROM {kind} WHERE row IN ({marks})", part
        ).fetchall()
        records.update((cell[0], from_cells(kind, cell[1:])) for cell in cells)
    beside = _names(reader, kind, list(records.values()))
    return [
        Row(rowid, records[rowid], beside[records[rowid].id]) if rowid in records else None
        for rowid in rowids
    ]


def row_of(reader: Reader, kind: str, id: str) -> Row | None:
    """Return one record as a row, or None."""
    found = reader.cursor.execute(f"SELECT row FROM {kind} WHERE id = ?", (id,)).fetchone()
    return rows(reader, kind, [found[0]])[0] if found else None


def counts(reader: Reader, kind: str, field: str, query: Query | None = None) -> dict[Any, int]:
    """Return how many records have each value of a field, within a query without its words."""
    condition, values = clauses.conditions(replace(query or Query(kind), words=""))
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


def _ordered(
    reader: Reader, query: Query, condition: str, values: list[Any], limit: int = -1
) -> array[int]:
    join, order = clauses.order(query)
    inside = f"SELECT t.row FROM {query.kind} t {join} WHERE {condition} ORDER BY {order} LIMIT ?"
    return array("q", _together(reader, "row", inside, [*values, limit]))


def _together(reader: Reader, column: str, statement: str, values: list[Any]) -> list[int]:
    """Return a column as one value: row by row, this thread and the window's would take turns."""
    together = f"SELECT json_group_array({column}) FROM ({statement})"
    numbers: list[int] = json.loads(reader.cursor.execute(together, values).fetchone()[0])
    return numbers


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
    described = BY_KIND[kind].FIELDS[field]
    values = {str(id): str(cell or "") for id, cell in reader.cells(kind, ("id", field), ids)}
    if described.kind is not Kind.REF:
        return values
    names = reader.names(described.target, set(values.values()) - {""})
    return {id: names.get(link, "") for id, link in values.items()}
