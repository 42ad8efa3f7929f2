"""The columns an export may have: fields of the record, and of the records it points to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.own import named
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Language, Message
from xqhz_desktop.services.trails import Trails
from xqhz_desktop.spreadsheets.general import NAMES, import_kind
from xqhz_desktop.storage.store import Reader

_SPARED = frozenset({"id_no", "school_class", "uscc", "staff_no", "phone", "batch"})
"""What tells people and companies apart too, and is left out where nobody asks for it."""


@dataclass(frozen=True)
class ExportColumn:
    """One column: the path of its values and the field at its end, which says how they look.

    ``student.phone`` is the phone of the student a placement points to. A reference is written
    as what its record is called.
    """

    path: str
    field: Field
    owners: tuple[str, ...] = ()
    """What the records are called that the path leads through."""

    @property
    def label(self) -> Message:
        """Return what people call it, with whose it is."""
        said = Message(self.field.label)
        for owner in reversed(self.owners):
            said = Message("{owner}: {field}", owner=Message(owner), field=said)
        return said


def offered(reader: Reader, kind: str) -> dict[str, ExportColumn]:
    """Return every column an export of a kind may have, its own fields first."""
    own = reader.fields(kind)
    found = {name: ExportColumn(name, field) for name, field in own.items()}
    for name, target in references(BY_KIND[kind]).items():
        owner = own[name].label
        for other, field in reader.fields(target).items():
            if field.kind is not Kind.NOTE and not is_own(other):
                path = f"{name}.{other}"
                found[path] = ExportColumn(path, field, (owner,))
        for other, beyond in references(BY_KIND[target]).items():
            between = BY_KIND[target].FIELDS[other].label
            for last in references(BY_KIND[beyond]):
                path = f"{name}.{other}.{last}"
                field = BY_KIND[beyond].FIELDS[last]
                found[path] = ExportColumn(path, field, (owner, between))
    for path in _telling(kind):
        found.setdefault(path, _described(kind, path))
    return found


def chosen(reader: Reader, entity: type[Record], names: Sequence[str]) -> list[ExportColumn]:
    """Return columns by name, all fields where none is named; raise NotFound for an unknown one."""
    there = offered(reader, entity.KIND)
    fields = reader.fields(entity.KIND)
    found = []
    for name in names or usual(entity.KIND, fields):
        full = name if name in there else named(fields, name)
        if full is None:
            raise NotFound(
                Message(
                    "{kind} has no field “{name}”. Fields: {known}.",
                    kind=Message(entity.LABEL), name=name, known=list(fields),
                ),
                code="NO_FIELD",
            )  # fmt: skip
        found.append(there[full])
    return found


def usual(kind: str, fields: Mapping[str, Field]) -> list[str]:
    """Return the columns where none is asked for: every field, and what tells namesakes apart.

    Names are shared by many; the number makes the list one that can be imported again.
    """
    found: dict[str, list[str]] = {}
    for path in _telling(kind):
        if path.rsplit(".", 1)[-1] not in _SPARED or "." not in path:
            found.setdefault(path.split(".", 1)[0], []).append(path)
    return [path for name in fields for path in found.get(name, (name,))]


def headers(columns: Sequence[ExportColumn], lang: Language) -> list[str]:
    """Return the heads of columns: short, but two that are called the same say whose they are."""
    count = Counter(lang.say(one.field.label) for one in columns)
    return [
        lang.say(one.label if count[lang.say(one.field.label)] > 1 else one.field.label)
        for one in columns
    ]


def _telling(kind: str) -> list[str]:
    """Return the paths by which a list of a kind tells the records it points to."""
    if kind not in NAMES:
        return []
    links = references(BY_KIND[kind])
    return [one.tells for one in import_kind(kind).columns if one.field in links and not one.parts]


def _described(kind: str, path: str) -> ExportColumn:
    """Return the column at the end of a path, with what the records on the way are called."""
    *way, last = path.split(".")
    fields, owners = BY_KIND[kind].FIELDS, []
    for step in way:
        owners.append(fields[step].label)
        fields = BY_KIND[fields[step].target].FIELDS
    return ExportColumn(path, fields[last], tuple(owners))


class Values:
    """Reads the values of columns, a page of records at a time."""

    def __init__(self, reader: Reader, columns: Sequence[ExportColumn]) -> None:
        """Know the columns; references are followed to what their record is called."""
        self.columns = [replace(one, field=_written_as(one.field)) for one in columns]
        self._paths = {one.path: _to_name(one) for one in columns if not is_own(one.path)}
        self._trails = Trails(reader, self._paths.values())

    def of(self, records: Sequence[Record]) -> Iterator[list[Any]]:
        """Yield the values of each record, in the order of the columns."""
        self._trails.prepare(records)
        for record in records:
            yield [self._value(record, one) for one in self.columns]

    def _value(self, record: Record, column: ExportColumn) -> Any:
        if is_own(column.path):
            return record.value(column.field)
        value = self._trails.walk(record, self._paths[column.path]).value
        return column.field.empty if value is None else value


def _to_name(column: ExportColumn) -> str:
    """Return the path of a column, led on from a reference to what it is called by."""
    path, field = column.path, column.field
    while field.kind is Kind.REF:
        target: type[Record] = BY_KIND[field.target]
        fields: Mapping[str, Field] = target.FIELDS
        path, field = f"{path}.{target.TITLE}", fields[target.TITLE]
    return path


def _written_as(field: Field) -> Field:
    return replace(field, kind=Kind.TEXT) if field.kind is Kind.REF else field
