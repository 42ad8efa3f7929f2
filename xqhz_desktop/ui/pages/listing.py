"""How a kind of record is listed: columns, chips, words, and the sections of its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xqhz_desktop.domain.records import Record
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
    importable: bool = False
    """Sheets of it can be read (``services.importing``, which is loaded when one is)."""

    @property
    def kind(self) -> str:
        """Return the kind of record."""
        return self.entity.KIND

    @property
    def every_column(self) -> tuple[Column, ...]:
        """Return the columns shown at first, then one for every other field."""
        return every(self.entity, self.columns)
