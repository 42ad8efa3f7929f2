"""Which records a row of a list points to: found by number or name, in the light of the row."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.beside import Row, current, first_day
from xqhz_desktop.services.known import Known, Unclear, Values
from xqhz_desktop.spreadsheets.general import root, told
from xqhz_desktop.spreadsheets.kinds import ImportKind

_SEVERAL = re.compile("[、,，;；/／\n]")
"""Two names in one cell are nobody's name."""

MADE = frozenset({"department", "major", "school_class", "staff"})
"""Kinds that lists name in passing; what nobody knows yet is made beside, by its name."""

_WITHIN = {
    "position": "enterprise",
    "mentor": "enterprise",
    "enterprise_contact": "enterprise",
    "placement": "student",
}
"""Records that can only be meant where they belong to what the row names."""

_ORDER = {entity.KIND: place for place, entity in enumerate(ENTITIES)}


class Pointing:
    """Finds the records that rows of one kind of list name; each index is read once."""

    def __init__(self, known: Known, kind: ImportKind) -> None:
        """Look things up on one snapshot."""
        self._known, self._kind = known, kind
        self._entity = BY_KIND[kind.name]
        self._links = sorted(references(self._entity).items(), key=lambda one: _ORDER[one[1]])
        self._columns = {one.tells: one.name for one in kind.columns if not one.parts}
        self._indexes: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._records: dict[str, Record] = {}

    def ids(self, values: Values, derived: Sequence[str]) -> dict[str, str | list[str]]:
        """Return the ids a row points to, by field; several where it can mean each of them.

        Fields of `derived` are found through the others where the row does not name them.
        Raises Unclear where there is no such record.
        """
        said = {
            path: values[name]
            for path, name in self._columns.items()
            if values.get(name) not in (None, "")
        }
        found: dict[str, str | list[str]] = {}
        for field, kind in self._links:
            row = Row(said, found, self._entity, first_day(values))
            ids = self._find(kind, field, row)
            if ids is None and field in derived and kind in _WITHIN:
                ids = self._through(kind, row)
            if ids is not None:
                found[field] = ids[0] if len(ids) == 1 else ids
        return found

    def doubt(self, field: str, ids: Iterable[str], values: Values) -> Unclear:
        """Return what to say where a row can mean several records."""
        target = references(self._entity)[field]
        names = [one.name for one in self._kind.columns if one.field == field]
        asked = [name for name in names if values.get(name) in (None, "")]
        said = [str(values[name]) for name in names if values.get(name) not in (None, "")]
        labels = [Message(self._kind.column(name).label) for name in asked]
        text = Message(
            "{kind} “{name}”: {n} records are called so. Fill in as well: {columns}.",
            kind=Message(BY_KIND[target].LABEL), name=" ".join(said), n=len(list(ids)),
            columns=labels,
        )  # fmt: skip
        return Unclear(self._column(field), text)

    def _find(self, kind: str, path: str, row: Row, text: Any = None) -> list[str] | None:
        """Return whom a row can mean at a path, None where it names nobody there."""
        entity = BY_KIND[kind]
        text = row.said.get(path) if text is None else text
        title = entity.FIELDS[entity.TITLE]
        by_number = self._numbered(kind, path, row, text)
        if by_number is not None:
            return by_number
        if title.kind is Kind.REF:
            owners = self._find(title.target, f"{path}.{title.name}", row, text)
            if owners is None:
                return self._filtered(kind, path, None, row)
            index = self._index(kind, title.name)
            found = [id for one in owners for id in index.get(one, ())]
        elif text is None:
            return None
        else:
            found = self._called(kind, str(text))
            if not found:
                return [self._made(kind, path, str(text), row).id]
        return self._filtered(kind, path, found, row, text)

    def _numbered(self, kind: str, path: str, row: Row, text: Any) -> list[str] | None:
        """Return the record of a number the row tells; its name must be the one of the row."""
        for name in told(kind):
            number = row.said.get(f"{path}.{name}")
            field = BY_KIND[kind].FIELDS[name]
            if number is None or field.kind is not Kind.CODE:
                continue
            found = self._index(kind, name).get(spoken(str(number)), [])
            if not found and (former := self._known.formerly(kind, name, str(number))):
                found = [former.id]
            if not found and text is not None and kind in MADE:
                return None
            if not found:
                raise self._nobody(kind, f"{path}.{name}", number)
            self._same_person(kind, found[0], f"{path}.{name}", (number, text))
            return found
        return None

    def _same_person(self, kind: str, id: str, path: str, told: tuple[Any, Any]) -> None:
        """Raise Unclear where number and name are of two persons."""
        number, text = told
        if text is None or kind not in ("student", "staff"):
            return
        called = self._known.called(kind, id)
        if spoken(called) != spoken(str(text)):
            raise Unclear(
                self._column(path),
                Message(
                    "{value} belongs to {name}, not to {other}. Correct one of them.",
                    value=str(number), name=called, other=str(text),
                ),
            )  # fmt: skip

    def _called(self, kind: str, text: str) -> list[str]:
        """Return the records of a name, else of a number that stands where the name should."""
        entity = BY_KIND[kind]
        numbers = [key[0] for key in entity.KEYS if len(key) == 1 and key[0] != entity.TITLE]
        for name in (entity.TITLE, *numbers):
            found = self._index(kind, name).get(spoken(text), [])
            if len(found) > 1:  # of 24-1 and 241 the one that is written so
                exact = [one.id for one in self._some(kind, found) if getattr(one, name) == text]
                found = exact or found
            if found:
                return found
        made = self._known.made.get((kind, text))
        if made is None:
            return []
        self._records[made.id] = made
        return [made.id]

    def _filtered(
        self, kind: str, path: str, found: list[str] | None, row: Row, text: Any = None
    ) -> list[str] | None:
        """Return those that fit what else the row tells of them, and what it names itself."""
        wanted = {
            name: row.said[f"{path}.{name}"] for name in told(kind) if f"{path}.{name}" in row.said
        }
        if found is None:
            if not wanted:
                return None
            found = self._owned(kind, row)
        some = [one for one in self._some(kind, found) if self._fits(one, path, wanted)]
        some = [one for one in some if self._within(one, row)]
        if not some:
            raise self._nobody(kind, path, " ".join(map(str, (text or "", *wanted.values()))))
        return [one.id for one in self._nearest(kind, some, row)]

    def _through(self, kind: str, row: Row) -> list[str] | None:
        """Return the one record that what the row names leads to, None where there is none."""
        some = [one for one in self._some(kind, self._owned(kind, row)) if self._within(one, row)]
        return [one.id for one in self._nearest(kind, some, row)] or None

    def _owned(self, kind: str, row: Row) -> list[str]:
        """Return the records that belong to what the row names."""
        owner = _WITHIN.get(kind)
        if owner is None:
            return [id for some in self._index(kind, BY_KIND[kind].TITLE).values() for id in some]
        return [id for one in row.named(owner) for id in self._index(kind, owner).get(one, ())]

    def _fits(self, one: Record, path: str, wanted: Mapping[str, Any]) -> bool:
        for name, value in wanted.items():
            field = one.FIELDS[name]
            if field.kind is Kind.REF:
                ids = self._called(root(field.target), str(value))
                if not ids:
                    raise self._nobody(field.target, f"{path}.{name}", value)
                if getattr(one, name) not in ids:
                    return False
            elif field.kind is not Kind.CODE and getattr(one, name) != value:
                return False
        return True

    def _within(self, one: Record, row: Row) -> bool:
        owner = _WITHIN.get(one.KIND, "")
        owners = row.named(owner) if owner else []
        return not owners or getattr(one, owner) in owners

    def _nearest(self, kind: str, some: list[Record], row: Row) -> list[Record]:
        """Return of several records those that share most with the row; of placements the one."""
        for field, target in references(BY_KIND[kind]).items():
            shared = [one for one in some if getattr(one, field) in row.named(target)]
            some = shared or some
        return current(some, row.when) if kind == "placement" else some

    def _made(self, kind: str, path: str, text: str, row: Row) -> Record:
        """Return a record made beside by its name; raise Unclear where that cannot be."""
        if kind not in MADE or not any(map(str.isalpha, text)) or _SEVERAL.search(text):
            raise self._nobody(kind, path, text)
        number = row.said.get(f"{path}.staff_no")
        return self._known.named(kind, text, **({"staff_no": str(number)} if number else {}))

    def _nobody(self, kind: str, path: str, said: Any) -> Unclear:
        text = Message(
            "There is no {kind} “{name}”. Correct the cell, or import it first.",
            kind=Message(BY_KIND[kind].LABEL), name=str(said).strip(),
        )  # fmt: skip
        return Unclear(self._column(path), text)

    def _column(self, path: str) -> str:
        """Return the column to blame: that of a path, else the first that tells its field."""
        field = path.split(".", 1)[0]
        return self._columns.get(path) or next(iter(self._kind.telling(field)), field)

    def _some(self, kind: str, ids: Sequence[str]) -> list[Record]:
        missing = [id for id in ids if id not in self._records]
        self._records.update((one.id, one) for one in self._known.reader.some(kind, missing))
        return [self._records[id] for id in ids if id in self._records]

    def _index(self, kind: str, field: str) -> dict[str, list[str]]:
        """Return ids by what stands in a field, as it is compared; references as they are."""
        if (kind, field) not in self._indexes:
            found: dict[str, list[str]] = defaultdict(list)
            link = BY_KIND[kind].FIELDS[field].kind is Kind.REF
            more = ", former_names" if (kind, field) == ("enterprise", "name") else ""
            for id, *cells in self._known.reader.cursor.execute(
                f'SELECT id, "{field}"{more} FROM {kind} ORDER BY row'
            ).fetchall():
                for said in filter(None, "\n".join(filter(None, cells)).split("\n")):
                    found[said if link else spoken(said)].append(id)
            self._indexes[kind, field] = dict(found)
        return self._indexes[kind, field]


def spoken(text: str) -> str:
    """Return a name or number as it is compared: half width, without blanks and marks."""
    half = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "", half) or half


def fields_of(kind: ImportKind) -> dict[str, Field]:
    """Return the fields that columns of a kind fill as they are, by the column's name."""
    fields = BY_KIND[kind.name].FIELDS
    return {one.name: fields[one.tells] for one in kind.columns if one.tells in fields}
