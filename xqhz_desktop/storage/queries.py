"""Lists: which rows, in which order, and a page of them with the names they point to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.storage import clauses, search
from xqhz_desktop.storage.clauses import Query, Where
from xqhz_desktop.storage.codec import columns, from_cells, value_of
from xqhz_desktop.storage.finding import FIRST, MOST, Found, first, found
from xqhz_desktop.storage.store import Reader

__all__ = (
    "FIRST", "MOST", "Found", "Hit", "Query", "Row", "Where", "anything", "counts", "first",
    "found", "row_of", "rows",
)  # fmt: skip

_CHUNK = 500

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
    described = reader.fields(kind, retired=True)[field]
    column = clauses.column_of(kind, field)
    grouped = reader.cursor.execute(
        f"SELECT {column}, count(*) FROM {kind} t WHERE {condition} GROUP BY 1", values
    )
    return {value_of(described, cell): int(n) for cell, n in grouped.fetchall()}


def anything(reader: Reader, words: str, limit: int = 6) -> list[Hit]:
    """Return records of every kind that words find, `limit` of each at most."""
    if not search.terms(words):
        return []
    hits: list[Hit] = []
    for kind, entity in BY_KIND.items():
        if entity.FIELDS[entity.TITLE].target:
            continue  # placements and batch classes are called by what they point to
        these = first(reader, Query(kind, words), limit)
        for row in rows(reader, kind, these.rows[:limit]):
            if row is not None:
                beside = [row.names.get(name, "") for name in references(entity)]
                code = getattr(row.record, "student_no", "") or getattr(row.record, "uscc", "")
                said = " | ".join(part for part in (code, *beside) if part)
                hits.append(Hit(kind, row.record.id, row.rowid, row.record.called, said))
    return hits


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
