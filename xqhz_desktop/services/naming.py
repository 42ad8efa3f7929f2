"""Values as people type them: fields, references by name, and records for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from xqhz_desktop.domain import BY_KIND, own
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage.store import Reader


def kind(name: str) -> type[Record]:
    """Return the record class of a kind; raise NotFound with the kinds there are."""
    if name not in BY_KIND:
        raise NotFound(
            Message("There is no kind “{name}”. Kinds: {known}.", name=name, known=list(BY_KIND)),
            code="NO_KIND",
        )
    return BY_KIND[name]


def values(reader: Reader, entity: type[Record], pairs: Mapping[str, str]) -> dict[str, Any]:
    """Return field values from texts such as ``{"school_class": "24机电1班"}``."""
    fields = reader.fields(entity.KIND) if entity.KIND in BY_KIND else entity.FIELDS
    meant = {name: field(entity, fields, name) for name in pairs}
    return {one.name: value(reader, one, pairs[name]) for name, one in meant.items()}


def field(entity: type[Record], fields: Mapping[str, Field], name: str) -> Field:
    """Return a field by its name, or one of the school's own by its label; raise NotFound."""
    found = own.named(fields, name)
    if found is None:
        raise NotFound(
            Message(
                "{kind} has no field “{name}”. Fields: {known}.",
                kind=Message(entity.LABEL), name=name,
                known=[one.said if is_own(one.name) else one.name for one in fields.values()],
            ),
            code="NO_FIELD",
        )  # fmt: skip
    return fields[found]


def value(reader: Reader, field: Field, text: str) -> Any:
    """Return one field's value; a reference may be given by id or by name."""
    if field.kind is Kind.REF and text.strip():
        return reference(reader, field.target, text.strip())
    return field.parse(text)


def reference(reader: Reader, target: str, text: str) -> str:
    """Return the id of the one record that ``text`` names: its id, a key, or its name."""
    entity = kind(target)
    if reader.count(target, id=text):
        return text
    keys = [key[0] for key in entity.KEYS if len(key) == 1]
    for name in dict.fromkeys([*keys, entity.TITLE]):
        if entity.FIELDS[name].kind is Kind.REF:
            continue
        found = [one.id for one in reader.all(target, **{name: text})]
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(
                Message(
                    "There are {n} records called “{name}”. Use the id.", n=len(found), name=text
                ),
                code="AMBIGUOUS",
            )
    raise NotFound(
        Message("There is no {kind} “{name}”.", kind=Message(entity.LABEL), name=text),
        code="NOT_FOUND",
    )


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days in ISO form, choices by name, empty as null."""
    match value:
        case None | "":
            return None
        case Enum():
            return value.name
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return value


def as_json(
    record: Record, fields: Mapping[str, Field], names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return a record for scripts: id, fields, and under ``names`` what references are called.

    The school's own fields stand under ``own`` by their labels, choices by what they are called.
    """
    built = {name: record.value(one) for name, one in fields.items() if not is_own(name)}
    made = {"id": record.id} | {name: plain(one) for name, one in built.items()}
    if own_ones := [one for name, one in fields.items() if is_own(name)]:
        made["own"] = {str(one.label): plain_of(one, record.value(one)) for one in own_ones}
    if names is not None:
        links = references(type(record))
        made["names"] = {name: names.get(name) or None for name in links}
    return made


def plain_of(field: Field, value: Any) -> Any:
    """Return a value of a field as JSON has it: a choice of the school's own by what it is called.

    Their names are ids, which nobody can read.
    """
    return str(value.value) if field.own and isinstance(value, Enum) else plain(value)
