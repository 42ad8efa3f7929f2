"""How a kind of record is listed: columns, chips, words, and the sections of its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.spreadsheets.general import NAMES
from xqhz_desktop.ui.models.columns import Column, Part, every

Line = str | tuple[str, ...]
"""One line of a form: a field, or fields side by side."""


@dataclass(frozen=True)
class Section:
    """Some fields of a form under a heading; fields nobody names come last, under “More”."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Listing:
    """How one kind of record is listed."""

    entity: type[Record]
    counted: tuple[str, str]
    add: str
    search: str
    hint: str
    """What to try when nothing was found."""
    columns: tuple[Column, ...]
    beside: tuple[Part, ...] = ()
    """The line under the name in the detail pane."""
    sections: tuple[Section, ...] = ()
    chips: str = ""
    """The field whose values become filter chips."""
    order: tuple[Any, ...] = ()
    """The values shown as chips, in this order; nothing: the most frequent ones."""
    standing: tuple[str, Any] | None = None
    """A sentence on how many have a value, and the value: ``{all}, {n} active``."""
    own: tuple[Field, ...] = ()
    """The fields the school added, of one workspace (``of`` gives a listing with them)."""
    usual: Listing | None = None
    """The listing as it was before other chips were chosen."""

    @property
    def kind(self) -> str:
        """Return the kind of record."""
        return self.entity.KIND

    @property
    def importable(self) -> bool:
        """Tell whether sheets of it can be read; what the program itself writes down cannot."""
        return self.kind in NAMES

    @property
    def every_column(self) -> tuple[Column, ...]:
        """Return the columns shown at first, then one for every other field."""
        return every(self.entity, self.columns, self.own)

    @property
    def fields(self) -> Mapping[str, Field]:
        """Return the fields by name, those the school added last."""
        return {**self.entity.FIELDS, **{one.name: one for one in self.own}}

    @property
    def chippable(self) -> tuple[str, ...]:
        """Return the fields whose values can be chips: the usual one, and those of the school."""
        mine = (one.name for one in self.own if one.kind in (Kind.CHOICE, Kind.FLAG))
        usual = (self.usual or self).chips
        return (*filter(None, (usual,)), *mine)

    def chipped(self, name: str) -> Listing:
        """Return the same listing with the values of a field of `chippable` as chips."""
        usual = self.usual or self
        if name == usual.chips:
            return usual
        field = self.fields[name]
        order = (True, False) if field.kind is Kind.FLAG else tuple(field.choices or ())
        return replace(usual, chips=name, order=order, standing=None, usual=usual)

    def of(self, own: Iterable[Field]) -> Listing:
        """Return the same listing with the fields a school added."""
        return replace(self, own=tuple(own))
