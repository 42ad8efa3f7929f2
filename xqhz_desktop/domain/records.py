"""Records: immutable dataclasses that know their fields."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

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

    if TYPE_CHECKING:

        def __init__(self, **values: Any) -> None: ...

    def but(self, **changes: Any) -> Self:
        """Return a copy with some values changed."""
        return dataclasses.replace(self, **changes)

    def values(self) -> dict[str, Any]:
        """Return field values by name, without the id."""
        return {name: getattr(self, name) for name in self.FIELDS}

    def problems(self) -> dict[str, Message]:
        """Return what is wrong by field name: single values first, then the whole record."""
        found = {
            name: problem
            for name, field in self.FIELDS.items()
            if (problem := field.problem(getattr(self, name)))
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
