"""Records: immutable dataclasses that know their fields."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from xqhz_desktop.domain.cells import OWN, Cell, is_own, own_cell, value_of
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.i18n import Message

R = TypeVar("R", bound="Record")


def new_id() -> str:
    """Return a UUIDv7 as 32 hex characters: sorted by birth, the same on every laptop.

    The 12 bits after the version are the fraction of the millisecond (RFC 9562, method 3).
    """
    millis, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    bits = int.from_bytes(os.urandom(8), "big") >> 2
    return f"{millis:012x}7{fraction:03x}{8 | bits >> 60:x}{bits & (1 << 60) - 1:015x}"


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing the school keeps. Subclasses are made with ``@record``."""

    KIND: ClassVar[str] = ""
    LABEL: ClassVar[str] = ""
    PLURAL: ClassVar[str] = ""
    FIELDS: ClassVar[Mapping[str, Field]] = {}
    TITLE: ClassVar[str] = "name"
    """The field people call it by; sort keys and references are made from it."""
    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Natural keys, best first; never unique in the database, twins are found and queued."""
    SEEK: ClassVar[tuple[str, ...]] = ()
    """References whose target's name finds this record too."""

    id: str = dataclasses.field(default_factory=new_id)
    own: Mapping[str, Cell] = dataclasses.field(default_factory=dict, hash=False)
    """Cells of the school's own fields by the id of their definition; empty ones are left out."""

    if TYPE_CHECKING:

        def __init__(self, **values: Any) -> None: ...

    def but(self, **changes: Any) -> Self:
        """Return a copy with some values changed, own fields among them."""
        cells = {name: own_cell(changes.pop(name)) for name in [*changes] if is_own(name)}
        if cells:
            kept = {OWN + id: cell for id, cell in self.own.items()} | cells
            named = sorted(kept.items())
            changes["own"] = {n.removeprefix(OWN): cell for n, cell in named if cell is not None}
        return dataclasses.replace(self, **changes)

    def value(self, field: Field) -> Any:
        """Return the value of a field, its own or one the school added."""
        if is_own(field.name):
            return value_of(field, self.own.get(field.name.removeprefix(OWN)))
        return getattr(self, field.name)

    def values(self) -> dict[str, Any]:
        """Return the values of built-in fields by name, without the id."""
        return {name: getattr(self, name) for name in self.FIELDS}

    def problems(self, fields: Mapping[str, Field] | None = None) -> dict[str, Message]:
        """Return what is wrong by field name: single values first, then the whole record.

        `fields`: those to look at, the built-in ones where nothing is said.
        """
        found = {
            name: problem
            for name, field in (self.FIELDS if fields is None else fields).items()
            if (problem := field.problem(self.value(field)))
        }
        for name, problem in self.whole().items():
            found.setdefault(name, problem)
        return found

    def whole(self) -> dict[str, Message]:
        """Return what is wrong between fields, such as an end before its start."""
        return {}

    @property
    def called(self) -> str:
        """Return what people call it."""
        return str(getattr(self, self.TITLE, "") or "")


def record(
    kind: str,
    label: str,
    plural: str = "",
    *,
    title: str = "name",
    keys: tuple[tuple[str, ...], ...] = (),
    seek: tuple[str, ...] = (),
) -> Callable[[type[R]], type[R]]:
    """Make a class a record of ``kind``: frozen, with its fields in the order of its lines."""

    def make(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        made.KIND, made.LABEL, made.PLURAL = kind, label, plural or label
        made.TITLE, made.KEYS, made.SEEK = title, keys, seek
        made.FIELDS = {
            one.name: dataclasses.replace(one.metadata["field"], name=one.name)
            for one in dataclasses.fields(made)
            if "field" in one.metadata
        }
        return made

    return make


def references(cls: type[Record]) -> dict[str, str]:
    """Return the kinds a record points to, by field name."""
    return {name: field.target for name, field in cls.FIELDS.items() if field.kind is Kind.REF}
