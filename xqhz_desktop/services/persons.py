"""Our lists of persons, said in the words of a file: one value a column, names for references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]

KINDS = ("student", "placement")
"""Kinds whose records are persons, or say where a person is."""

_PAGE = 500


@dataclass(frozen=True)
class Person:
    """One line of a list: the record, and its values by column name. Missing ones are not known."""

    id: str
    values: Mapping[str, Any]

    def said(self, column: str) -> str:
        """Return a value as text, "" where it is empty."""
        value = self.values.get(column)
        return "" if value is None else str(value)


def persons(
    reader: Reader, query: Query, said_as: str, progress: Progress | None = None
) -> Iterator[Person]:
    """Yield the persons of a query; raise NotFound for a kind that has none.

    `said_as`: the kind of the file. In a list of students placements are just their students.
    """
    if query.kind not in KINDS:
        known = [Message(BY_KIND[one].PLURAL) for one in KINDS]
        raise NotFound(
            Message("Persons can be compared among: {known}.", known=known), code="NO_KIND"
        )
    seen: set[str] = set()
    own = [one for name, one in reader.fields(query.kind).items() if is_own(name)]
    rows = queries.found(reader, query, most=None).rows
    for start in range(0, len(rows), _PAGE):
        page = queries.rows(reader, query.kind, rows[start : start + _PAGE])
        records = [row.record for row in page if row]
        if query.kind == "student":
            yield from _with_own(_students(reader, records), records, own)
        elif said_as == "student":
            who = [id for id in _targets(records, "student") if id not in seen]
            seen.update(who)
            yield from _students(reader, list(reader.some("student", who)))
        else:
            yield from _with_own(_placements(reader, records), records, own)
        if progress:
            progress(start, len(rows))


def _with_own(
    persons: Iterable[Person], records: Iterable[Record], own: Sequence[Field]
) -> Iterator[Person]:
    """Yield persons with the school's own fields of their records."""
    for person, record in zip(persons, records, strict=True):
        values = {one.name: record.value(one) for one in own}
        yield replace(person, values={**person.values, **values}) if values else person


def _students(reader: Reader, records: Sequence[Record]) -> Iterator[Person]:
    classes = _by_id(reader, "school_class", records, "school_class")
    majors = reader.names("major", _targets(classes.values(), "major"))
    for one in records:
        room = classes.get(getattr(one, "school_class", ""))
        values = one.values() | {
            "class_name": room.called if room else "",
            "major_name": majors.get(getattr(room, "major", ""), "") if room else "",
        }
        yield Person(one.id, values)


def _placements(reader: Reader, records: Sequence[Record]) -> Iterator[Person]:
    found = {
        kind: _by_id(reader, kind, records, field)
        for kind, field in {
            "student": "student",
            "enterprise": "enterprise",
            "position": "position",
            "staff": "tutor",
            "mentor": "mentor",
            "placement_batch": "batch",
        }.items()
    }
    students = {one.id: one for one in _students(reader, list(found["student"].values()))}
    for one in records:
        student = students.get(getattr(one, "student", ""))
        beside = {kind: some.get(_pointed(one, kind)) for kind, some in found.items()}
        values = dict(student.values if student else {}) | one.values()
        values |= {
            "enterprise_name": _called(beside["enterprise"]),
            "uscc": getattr(beside["enterprise"], "uscc", ""),
            "position": _called(beside["position"]),
            "teacher": _called(beside["staff"]),
            "teacher_phone": getattr(beside["staff"], "phone", ""),
            "mentor": _called(beside["mentor"]),
            "mentor_phone": getattr(beside["mentor"], "phone", ""),
            "batch": _called(beside["placement_batch"]),
        }
        yield Person(one.id, values)


def _pointed(record: Record, kind: str) -> str:
    field = {"staff": "tutor", "placement_batch": "batch"}.get(kind, kind)
    return str(getattr(record, field))


def _called(record: Record | None) -> str:
    return record.called if record else ""


def _by_id(reader: Reader, kind: str, records: Sequence[Record], field: str) -> dict[str, Record]:
    return {one.id: one for one in reader.some(kind, _targets(records, field))}


def _targets(records: Any, field: str) -> set[str]:
    return {getattr(one, field) for one in records} - {""}
