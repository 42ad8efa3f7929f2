"""One cell for one field of a record, understood as the importer understands it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.kinds import KINDS, Column, Sort
from xqhz_desktop.spreadsheets.lexicon import lexicon
from xqhz_desktop.spreadsheets.values import reader_of

_SORTS = {
    Kind.TEXT: Sort.TEXT,
    Kind.NOTE: Sort.TEXT,
    Kind.CODE: Sort.CODE,
    Kind.MONEY: Sort.NUMBER,
    Kind.NUMBER: Sort.NUMBER,
    Kind.DAY: Sort.DAY,
    Kind.MONTH: Sort.MONTH,
    Kind.FLAG: Sort.FLAG,
    Kind.CHOICE: Sort.CHOICE,
    Kind.TABLE: Sort.TABLE,
}
_CHECKS = (
    (identity.id_problem, Sort.ID),
    (identity.uscc_problem, Sort.USCC),
    (identity.phone_problem, Sort.PHONE),
)


_FIELDS = {"class_name": "school_class", "enterprise_name": "enterprise", "teacher": "tutor"}
"""Columns of imports whose fields are called otherwise."""


def synonym(kind: str, title: str) -> str:
    """Return the field a title means in lists of a kind that are imported, or nothing."""
    for one in KINDS:
        if one.name == kind:
            name = lexicon(one).field([title]) or ""
            return _FIELDS.get(name, name)
    return ""


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
        value = _fitted(field, field.empty if value is None else value)
        return Typed(value, field.problem(value), doubt)


def _fitted(field: Field, value: Any) -> Any:
    """Return a number with the decimals its field keeps."""
    if field.kind not in NUMBERS or not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1).scaleb(-field.decimals)) if field.decimals else int(value)


def _column(kind: str, field: Field) -> Column | None:
    """Return the column that says how a field is read; None where the field itself knows best."""
    if field.many or field.kind in (Kind.REF, Kind.PERCENT):
        return None
    if field.kind is Kind.NUMBER and not field.decimals:
        return Column(field.name, field.label, Sort.WHOLE)
    known = (one for one in KINDS if one.name == kind)
    for column in (column for one in known for column in one.columns):
        if column.name == field.name and not column.lenient:
            return column
    named = (sort for check, sort in _CHECKS if check in (field.check, field.advice))
    sort = next(named, _SORTS[field.kind])
    return Column(field.name, field.label, sort, field.choices, field.target)
