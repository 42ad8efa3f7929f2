"""Fields and code lists the school adds itself: kept as records, used as fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from xqhz_desktop.domain import fields
from xqhz_desktop.domain.cells import OWN
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Bilingual, Message

OWNERS = (
    "student",
    "enterprise",
    "position",
    "placement",
    "placement_batch",
    "enterprise_contact",
    "mentor",
    "staff",
    "school_class",
    "major",
    "department",
)
"""Kinds of records that can have fields of the school's own, those asked for most first."""


class OwnType(Enum):
    """What an own field holds."""

    TEXT = N_("Text")
    NOTE = N_("Several lines of text")
    NUMBER = N_("Whole number")
    MONEY = N_("Amount in yuan")
    DAY = N_("Day")
    MONTH = N_("Month")
    FLAG = N_("Yes or no")
    CHOICE = N_("Choice from a code list")


@record("own_list", N_("Code list"), N_("Code lists"))
class OwnList(Record):
    """A list of choices the school keeps, for as many own fields as it likes."""

    name: str = fields.text(N_("Code list"), required=True, limit=40)
    name_en: str = fields.text(N_("English name"), limit=60)


@record("own_choice", N_("Choice of a code list"), N_("Choices of code lists"))
class OwnChoice(Record):
    """One choice; `retired` ones are kept by old records and offered to nobody."""

    own_list: str = fields.ref(N_("Code list"), "own_list", required=True)
    name: str = fields.text(N_("Choice"), required=True, limit=60)
    name_en: str = fields.text(N_("English name"), limit=60)
    place: int | None = fields.number(N_("Place in the list"))
    retired: bool = fields.flag(N_("Retired"))


@record("own_field", N_("Own field"), N_("Own fields"))
class OwnField(Record):
    """A field of every record of a kind; a `retired` one is hidden, its values are kept."""

    of_kind: str = fields.code(N_("Kind of record"), required=True)
    name: str = fields.text(N_("Field name"), required=True, limit=40)
    name_en: str = fields.text(N_("English name"), limit=60)
    type: OwnType = fields.choice(N_("Holds"), OwnType, default=OwnType.TEXT)
    own_list: str = fields.ref(N_("Code list"), "own_list")
    required: bool = fields.flag(N_("Must be filled in"))
    search: bool = fields.flag(N_("Can be searched"))
    private: bool = fields.flag(N_("Personal data"))
    place: int | None = fields.number(N_("Place in the list"))
    retired: bool = fields.flag(N_("Retired"))

    def whole(self) -> dict[str, Message]:
        """A choice has a list to choose from."""
        if self.type is OwnType.CHOICE and not self.own_list:
            return {"own_list": Message("Choose the code list this field is filled from.")}
        return {}

    @property
    def field_name(self) -> str:
        """Return the name its values are kept, sorted and exchanged under."""
        return OWN + self.id


KINDS = frozenset({OwnField.KIND, OwnList.KIND, OwnChoice.KIND})
"""The kinds of records that define own fields."""


class Own(Enum):
    """What the code lists of schools are made of: named by the id of their record."""

    def __eq__(self, other: object) -> bool:
        """Two readings of the same choice are the same choice."""
        return isinstance(other, Own) and self.name == other.name

    def __hash__(self) -> int:
        """Hash by the id."""
        return hash(self.name)


@dataclass(frozen=True)
class Definitions:
    """Every own field of a workspace with the choices there are, in their order."""

    fields: tuple[OwnField, ...] = ()
    choices: tuple[OwnChoice, ...] = ()

    def of(self, kind: str, *, retired: bool = False) -> dict[str, Field]:
        """Return the own fields of a kind by name; those in use, or `retired` ones as well."""
        return {
            one.field_name: described(one, self._choices(one))
            for one in self.fields
            if one.of_kind == kind and (retired or not one.retired)
        }

    def _choices(self, own: OwnField) -> list[OwnChoice]:
        return [one for one in self.choices if one.own_list == own.own_list]


def in_order(records: Iterable[Record]) -> tuple[Any, ...]:
    """Return own fields or choices in the order people gave them, the older first."""
    return tuple(sorted(records, key=lambda one: (getattr(one, "place", None) or 0, one.id)))


def described(own: OwnField, choices: Sequence[OwnChoice] = ()) -> Field:
    """Return the field a definition describes."""
    kind = Kind[own.type.name]
    listed = kind is Kind.CHOICE
    return Field(
        kind=kind,
        label=Bilingual(own.name, own.name_en),
        name=own.field_name,
        required=own.required,
        column=kind is not Kind.NOTE,
        search=own.search,
        private=own.private,
        limit=20_000 if kind is Kind.NOTE else 200,
        decimals=2 if kind is Kind.MONEY else 0,
        choices=_enumeration(own.own_list, choices) if listed else None,
        retired=frozenset(one.id for one in choices if one.retired) if listed else frozenset(),
    )


def _enumeration(name: str, choices: Sequence[OwnChoice]) -> type[Enum]:
    """Return choices as an enumeration; two that are called the same are numbered."""
    labels: dict[str, Bilingual] = {}
    taken: set[str] = set()
    for one in sorted(choices, key=lambda one: one.retired):
        text, n = one.name, 1
        while text in taken:
            n += 1
            text = f"{one.name} ({n})"
        taken.add(text)
        labels[one.id] = Bilingual(text, one.name_en and one.name_en + text[len(one.name) :])
    make: Any = Own
    made: type[Enum] = make(name or "own", [(one.id, labels[one.id]) for one in choices])
    return made


def offered(field: Field, value: Any) -> list[Enum]:
    """Return the choices to pick from for a record: those in use, and the one it has."""
    return [one for one in field.choices or () if one.name not in field.retired or one == value]


def named(fields: Mapping[str, Field], name: str) -> str | None:
    """Return the field people mean by a name or a label in either language, or None."""
    if name in fields:
        return name
    for full, field in fields.items():
        label = field.label
        if isinstance(label, Bilingual) and name.strip() in (str(label), label.english):
            return full
    return None
