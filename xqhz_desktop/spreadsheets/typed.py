"""One cell for one field of a record, understood as the importer understands it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.general import NAMES, import_kind
from xqhz_desktop.spreadsheets.kinds import Column, Sort
from xqhz_desktop.spreadsheets.lexicon import lexicon
from xqhz_desktop.spreadsheets.sorts import column_of
from xqhz_desktop.spreadsheets.values import reader_of


def synonym(kind: str, title: str) -> str:
    """Return the field a title means in lists of a kind that are imported, or nothing."""
    if kind not in NAMES:
        return ""
    meant = import_kind(kind)
    name = lexicon(meant).field([title])
    found = meant.column(name).tells if name else ""
    return found if found in BY_KIND[kind].FIELDS else ""


_CLEANED = frozenset({Sort.PERSON, Sort.COMPANY, Sort.LABEL, Sort.MONEY, Sort.HOURS})
"""Sorts that lists have for fields whose kind alone says less."""


@dataclass(frozen=True)
class Typed:
    """What a cell means for a field: a value, or why it has none; and what is doubtful."""

    value: Any = None
    problem: Message | None = None
    doubt: Message | None = None


class CellReader:
    """Reads the cells of one field; the same text is understood once."""

    def __init__(self, kind: str, field: Field) -> None:
        """Know the field of a kind of record; references are not understood here."""
        self._field = field
        self._column = _column(kind, field)
        self._known: dict[str, Typed] = {}

    def read(self, text: str) -> Typed:
        """Return what a text means; a blank one is the empty value."""
        if text not in self._known:
            self._known[text] = self._typed(text)
        return self._known[text]

    def _typed(self, text: str) -> Typed:
        field, spot = self._field, Spot(self._field.name, self._field.label, text)
        if not text.strip():
            value: Any = field.empty
        elif self._column is None:
            try:
                value = field.parse(text)
            except UserError as error:
                return Typed(problem=error.message)
        else:
            value = reader_of(self._column)(text, spot)
        if spot.errors:
            return Typed(problem=spot.errors[0].message)
        doubt = spot.warnings[0].message if spot.warnings else None
        value = fitted(field, field.empty if value is None else value)
        return Typed(value, field.problem(value), doubt)


def fitted(field: Field, value: Any) -> Any:
    """Return a number with the decimals its field keeps."""
    if field.kind not in NUMBERS or not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1).scaleb(-field.decimals)) if field.decimals else int(value)


def _column(kind: str, field: Field) -> Column | None:
    """Return the column that says how a field is read; None where the field itself knows best."""
    if field.many or field.kind in (Kind.REF, Kind.PERCENT):
        return None
    column = column_of(field)
    if kind in NAMES:
        for one in import_kind(kind).columns:
            if one.tells == field.name and one.sort in _CLEANED:
                column = one
    return replace(column, lenient=False)
