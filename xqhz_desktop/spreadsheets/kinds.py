"""What a kind of list is made of: its columns, what must be there, what makes a row one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Sort(Enum):
    """What sort of value a column holds, and so how it is read."""

    PERSON = "name of a person"
    COMPANY = "name of a company"
    TEXT = "text"
    CODE = "number kept as text"
    LABEL = "short name in half width, such as a class"
    PHONE = "phone"
    ID = "resident ID"
    USCC = "credit code"
    DAY = "day"
    MONEY = "money a month"
    HOURS = "hours a week"
    NUMBER = "number"
    WHOLE = "whole number"
    MONTH = "month"
    YUAN = "amount in yuan"
    MARK = "mark"
    CHOICE = "choice"
    TABLE = "national code"
    MARKER = "tick, count or word"
    FLAG = "yes or no"
    PERIOD = "start and end in one cell"
    PERSON_PHONE = "name and phone in one cell"
    PERCENT = "share in percent"
    CODES = "several national codes"
    DAYMARK = "mark of one day of a month"


NUMBERED = frozenset({Sort.CODE, Sort.ID, Sort.USCC})
"""Sorts of numbers that name one thing only."""


@dataclass(frozen=True)
class Column:
    """One column of a kind. A column with `parts` fills those instead of itself."""

    name: str
    label: str
    sort: Sort
    choices: type[Enum] | None = None
    table: str = ""
    lenient: bool = False
    """An unknown choice is a warning: the rest of the row is worth having."""
    parts: tuple[str, str] | None = None
    grouping: bool = False
    """Says where a row belongs; alone it makes no record."""
    path: str = ""
    """What it tells, from the record on: a field, or ``student.student_no``; "": its name."""

    @property
    def tells(self) -> str:
        """Return the path of what it tells, a field at least."""
        return self.path or self.name

    @property
    def field(self) -> str:
        """Return the field of the record that is told, by itself or with other columns."""
        return self.tells.split(".", 1)[0]


@dataclass(frozen=True)
class ImportKind:
    """What a list of one kind is made of."""

    name: str
    columns: tuple[Column, ...]
    subject: tuple[str, ...]
    """Names of the thing itself: a header has one of them, and merges never fill them down."""
    needs: tuple[tuple[str, ...], ...]
    """Of each group one must be filled, as far as the sheet has such columns."""
    keys: tuple[tuple[str, ...], ...]
    """Natural keys, best first."""
    header: tuple[str, ...] = ()
    """Of these one must stand in the header as well."""
    own: tuple[str, ...] = ()
    """Names of the columns the school added."""
    general: bool = False
    """Its columns and keys come from the record; `keys` are fields, told by columns each."""

    def __hash__(self) -> int:
        """Hash by name and own columns: lexicons are looked up often."""
        return hash((self.name, self.own))

    def column(self, name: str) -> Column:
        """Return a column by its name, or by the field it tells."""
        named = (one for one in self.columns if one.name == name)
        return next(named, None) or next(one for one in self.columns if one.tells == name)

    @property
    def alone(self) -> frozenset[str]:
        """Return the names of the thing itself that say nothing about rows below."""
        return frozenset(self.subject) - {one.name for one in self.columns if one.grouping}

    def telling(self, field: str) -> tuple[str, ...]:
        """Return the names of the columns that tell a field of the record."""
        return _telling(self, field)


@lru_cache(maxsize=1024)
def _telling(kind: ImportKind, field: str) -> tuple[str, ...]:
    return tuple(one.name for one in kind.columns if one.field == field and not one.parts)


def filled(columns: Iterator[Column]) -> set[str]:
    """Return the names of the values that these columns fill."""
    return {name for one in columns for name in (one.parts or (one.name,))}
