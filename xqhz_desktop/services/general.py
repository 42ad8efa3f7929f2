"""Rows of any kind of list: which record they are about, and what they would write into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import Cell, to_cell
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.domain.identity import plain
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.known import Known, Unclear, Values
from xqhz_desktop.services.pointing import Pointing, fields_of, spoken
from xqhz_desktop.spreadsheets.findings import TEXTS, Spot
from xqhz_desktop.spreadsheets.general import import_kind, keys_of
from xqhz_desktop.spreadsheets.sorts import column_of
from xqhz_desktop.spreadsheets.typed import fitted
from xqhz_desktop.spreadsheets.values import reader_of

_INTERNSHIP = re.compile("实习|实践|跟岗|顶岗|实训|intern|practice|placement", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    """What became of a row: its record where it is known, and the values it would have."""

    old: Record | None
    fields: Mapping[str, Any]


class GeneralMatcher:
    """Records of any kind, by the keys their kind says; people and things named are looked up."""

    def __init__(self, known: Known, kind: str) -> None:
        """Look up on one snapshot."""
        self._known = known
        self._entity = BY_KIND[kind]
        self._kind = import_kind(kind)
        self._fields = fields_of(self._kind)
        self._pointing = Pointing(known, self._kind)
        self._keys = keys_of(self._entity)
        if known.choice.key:
            self._keys = tuple(key for key in self._keys if key[0] == known.choice.key)
        self._indexes: dict[tuple[str, ...], dict[tuple[Cell, ...], list[str]]] = {}
        self._rows: dict[int, _Found] = {}
        self._told = [(one.name, one.field) for one in self._kind.columns]

    def old(self, values: Values) -> Record | None:
        """Return the record a row is about, where the workspace knows it; raise Unclear."""
        return self._found(values).old

    def fields(self, values: Values) -> dict[str, Any]:
        """Return the values of a row by field, references as ids."""
        return dict(self._found(values).fields)

    def _found(self, values: Values) -> _Found:
        if id(values) not in self._rows:
            self._rows[id(values)] = self._look(values)
        return self._rows[id(values)]

    def _look(self, values: Values) -> _Found:
        if course := _other_course(self._kind.name, values):
            raise course
        chosen = self._known.choice.key
        if chosen and all(values.get(name) in (None, "") for name in self._kind.telling(chosen)):
            label = Message(self._kind.column(chosen).label)
            raise Unclear(chosen, Message("{field} must be filled in.", field=label))
        derived = [name for key in self._keys for name in key]
        links = self._pointing.ids(values, derived)
        plain = self._plain(values)
        sure = plain | {name: one for name, one in links.items() if isinstance(one, str)}
        old = self._old(sure, values, [name for name in links if name not in sure])
        for name, ids in links.items():
            if isinstance(ids, str):
                continue
            if old is None or getattr(old, name) not in ids:
                raise self._pointing.doubt(name, ids, values)
            sure[name] = getattr(old, name)
        return _Found(old, sure)

    def _old(self, found: Mapping[str, Any], values: Values, open_: list[str]) -> Record | None:
        """Return the record of the best key the row has; without any, the one that is the same."""
        told = {field for name, field in self._told if values.get(name) is not None}
        passed: list[str] = []
        for key in self._keys:
            if not all(found.get(name) not in (None, "") for name in (key[0], key[-1])):
                continue
            names = tuple(name for name in key if name in found or name in told)
            ids = self._index(names).get(self._cells(names, found), [])
            if not ids:
                passed += names
                continue
            if len(ids) > 1:
                title = self._entity.TITLE if self._entity.TITLE in key else key[0]
                text = Message(
                    "{n} records have this key already. Tell them apart first: {kind}.",
                    n=len(ids), kind=Message(self._entity.PLURAL),
                )  # fmt: skip
                raise Unclear(next(iter(self._kind.telling(title)), title), text)
            one = self._known.reader.get(self._entity.KIND, ids[0])
            return None if one and self._another(one, passed) else one
        if self._keys or open_ or not found:
            return None
        names = tuple(sorted(found))
        ids = self._index(names).get(self._cells(names, found), [])
        return self._known.reader.get(self._entity.KIND, ids.pop(0)) if ids else None

    def _another(self, one: Record, passed: Iterable[str]) -> bool:
        """Tell whether a record found by a lesser key has another number or link than the row."""
        told = (Kind.CODE, Kind.REF)
        return any(one.FIELDS[name].kind in told and getattr(one, name) for name in passed)

    def _cells(self, names: tuple[str, ...], found: Mapping[str, Any]) -> tuple[Cell, ...]:
        fields = self._entity.FIELDS
        return tuple(
            _compared(fields[name], to_cell(fields[name], found.get(name, fields[name].empty)))
            for name in names
        )

    def _index(self, names: tuple[str, ...]) -> dict[tuple[Cell, ...], list[str]]:
        """Return the ids of all records by the cells of some fields."""
        if names not in self._indexes:
            fields = [self._entity.FIELDS[name] for name in names]
            columns = ", ".join(f'"{name}"' for name in names)
            index: dict[tuple[Cell, ...], list[str]] = {}
            for id, *cells in self._known.reader.cursor.execute(
                f"SELECT id, {columns} FROM {self._entity.KIND} ORDER BY row"
            ).fetchall():
                key = tuple(_compared(*one) for one in zip(fields, cells, strict=True))
                index.setdefault(key, []).append(id)
            self._indexes[names] = index
        return self._indexes[names]

    def _plain(self, values: Values) -> dict[str, Any]:
        """Return the values of fields that are no references; an empty cell leaves one out."""
        links = references(self._entity)
        return {
            field.name: self._fitted(name, field, values[name])
            for name, field in self._fields.items()
            if field.name not in links and self._holds(field, values.get(name))
        }

    def _holds(self, field: Field, value: Any) -> bool:
        """Tell whether a field can keep what a cell says: no count of days is a tick."""
        if value in (None, ""):
            return False
        if field.kind in NUMBERS:
            return not isinstance(value, str | bool)
        return True

    def _fitted(self, name: str, field: Field, value: Any) -> Any:
        """Return a value as its field keeps it; a word for a choice is looked up."""
        if field.kind is not Kind.CHOICE or isinstance(value, Enum):
            return fitted(field, value)
        spot = Spot(name, field.label, value)
        found = reader_of(replace(column_of(field), lenient=False))(value, spot)
        if found is None:
            text = TEXTS["CHOICE_UNKNOWN"]
            raise Unclear(name, Message(text, field=Message(field.label), value=str(value)))
        return found


def _other_course(kind: str, values: Values) -> Unclear | None:
    """Return why marks of a course that is no internship are not kept."""
    course = str(values.get("course_name") or "") if kind == "score" else ""
    if not course or _INTERNSHIP.search(course):
        return None
    text = Message(
        "“{course}” is no internship. Only marks of internships are kept.", course=course
    )
    return Unclear("course_name", text)


def matcher_of(known: Known, kind: str, rows: Iterable[Values], special: Mapping[str, Any]) -> Any:
    """Return what finds the records of rows: one made for the kind, else the general one."""
    return special[kind](known, rows) if kind in special else GeneralMatcher(known, kind)


def _compared(field: Field, cell: Cell) -> Cell:
    """Return a cell as it is compared: words without width, case and blanks."""
    if cell in (None, ""):
        return None
    match field.kind:
        case Kind.TEXT | Kind.NOTE:
            return spoken(str(cell))
        case Kind.CODE:
            return plain(str(cell)).lower()
    return cell
