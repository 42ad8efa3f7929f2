"""Columns of a list: what a cell says in its two lines, and how it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from xqhz_desktop.domain import BY_KIND, identity
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import Language
from xqhz_desktop.storage.queries import Row

Part = str | Callable[[Row, Language], str]
"""A field, a joined name such as ``student.student_no``, or a function of the row."""

BETWEEN = " | "
"""Between two facts of a line; the middle dot is full width in Chinese fonts."""


class Look(Enum):
    """How a cell is painted."""

    NAME = auto()
    """Tile with the first character, name in the text colour; takes the width that is left."""
    TEXT = auto()
    PILL = auto()
    NUMBER = auto()
    BAR = auto()
    """A number, its capacity and a thin bar."""
    DEADLINE = auto()
    """A day, and how many days are left."""


@dataclass(frozen=True)
class Column:
    """One column; `worth` decides which goes first when the window is narrow (lowest first)."""

    name: str
    label: str
    look: Look = Look.TEXT
    beside: tuple[Part, ...] = ()
    of: str = ""
    """The field a bar measures against."""
    width: int = 136
    worth: int = 0
    """0: not shown until the user asks for it."""
    own: Field | None = None
    """The field, where the school added it."""

    @property
    def right(self) -> bool:
        """Tell whether it holds numbers, which stand on the right."""
        return self.look in (Look.NUMBER, Look.BAR)

    def text(self, row: Row, lang: Language) -> str:
        """Return the first line."""
        if self.own is not None:
            return field_text(self.own, row.record.value(self.own), lang)
        if self.look is Look.BAR:
            return BETWEEN.join(filter(None, (shown(row, self.name, lang), self.capacity(row))))
        return shown(row, self.name, lang)

    def second(self, row: Row, lang: Language) -> str:
        """Return the second line: facts that are known, one after another."""
        return line(row, self.beside, lang)

    def capacity(self, row: Row) -> str:
        """Return what a bar measures against, as text."""
        value = getattr(row.record, self.of, None) if self.of else None
        return "" if value is None else f"{value:,}"


def line(row: Row, parts: tuple[Part, ...], lang: Language) -> str:
    """Return the facts of one line that are known."""
    said = (shown(row, part, lang) if isinstance(part, str) else part(row, lang) for part in parts)
    return BETWEEN.join(one for one in said if one)


def shown(row: Row, path: str, lang: Language) -> str:
    """Return one fact as a list shows it: names for references, private values masked."""
    field = row.record.FIELDS.get(path)
    if field is None or field.kind is Kind.REF:
        target = described(type(row.record), path)
        name = row.names.get(path, "")
        if target.choices and name:
            return lang.say(target.choices[name])
        return name if target.kind is Kind.REF else field_text(target, name, lang)
    return field_text(field, getattr(row.record, path), lang)


def field_text(field: Field, value: object, lang: Language) -> str:
    """Return a value as a list shows it: unknown is empty, phones and numbers are grouped."""
    if isinstance(value, Enum) and value.name in ("UNKNOWN", "NONE"):
        return ""
    text = field.show(value, lang)
    if field.kind is Kind.NUMBER and field.tally and not is_own(field.name):
        return lang.value(value)  # a number of people; what a school's own number counts is unknown
    if field.private and field.kind in (Kind.CODE, Kind.TEXT, Kind.DAY):
        return identity.masked(text) if text else ""
    if field.advice is identity.phone_problem and len(text) == 11 and text.isdigit():
        return f"{text[:3]} {text[3:7]} {text[7:]}"
    return text


def described(entity: type[Record], path: str) -> Field:
    """Return the field at a path, following references: ``student.student_no``."""
    name, _, rest = path.partition(".")
    field = entity.FIELDS[name]
    return described(BY_KIND[field.target], rest) if rest else field


def column(entity: type[Record], name: str, **traits: object) -> Column:
    """Return a column of a field; its look follows the kind unless `traits` say otherwise."""
    return _column(name, described(entity, name), traits)


def own_column(field: Field) -> Column:
    """Return the column of a field the school added."""
    return _column(field.name, field, {"own": field})


def _column(name: str, field: Field, traits: dict[str, object]) -> Column:
    looks = {Kind.CHOICE: Look.TEXT, **dict.fromkeys(NUMBERS, Look.NUMBER)}
    widths = {Kind.FLAG: 80, Kind.DAY: 112, Kind.MONTH: 96, **dict.fromkeys(NUMBERS, 104)}
    chosen: dict[str, object] = {
        "label": field.label,
        "look": looks.get(field.kind, Look.TEXT),
        "width": widths.get(field.kind, 136),
        **traits,
    }
    return Column(name, **chosen)  # type: ignore[arg-type]  # traits are the fields of Column


def every(
    entity: type[Record], chosen: tuple[Column, ...], own: tuple[Field, ...] = ()
) -> tuple[Column, ...]:
    """Return the chosen columns and, hidden until asked for, one for every other field.

    `own`: the fields the school added, which come before the built-in ones.
    """
    taken = {one.name for one in chosen}
    rest = (
        column(entity, name)
        for name, field in entity.FIELDS.items()
        if name not in taken and field.kind is not Kind.NOTE
    )
    mine = (own_column(field) for field in own if field.kind is not Kind.NOTE)
    return (*chosen, *mine, *rest)
