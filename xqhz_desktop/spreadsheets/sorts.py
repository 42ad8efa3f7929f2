"""How the cells of a field are read: one sort for every field of every record."""

from __future__ import annotations

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.attendance import Attendance
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.spreadsheets.kinds import Column, Sort

_SORTS = {
    Kind.TEXT: Sort.TEXT,
    Kind.NOTE: Sort.TEXT,
    Kind.CODE: Sort.CODE,
    Kind.NUMBER: Sort.WHOLE,
    Kind.MONEY: Sort.YUAN,
    Kind.PERCENT: Sort.PERCENT,
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
    (Attendance.FIELDS["d01"].check, Sort.DAYMARK),
)
_NAMES = {"pay": Sort.MONEY, "allowance": Sort.MONEY, "hours_per_week": Sort.HOURS}
"""Fields that people fill with more than a number: 2200元/月, 8*5."""


def sort_of(field: Field) -> Sort:
    """Return how the cells of a field are read; those of references are told by their target."""
    if field.many:
        return Sort.CODES
    for check, sort in _CHECKS:
        if check is not None and check in (field.check, field.advice):
            return sort
    if field.kind is Kind.NUMBER and field.decimals:
        return _NAMES.get(field.name, Sort.NUMBER)
    if field.kind is Kind.MONEY:
        return _NAMES.get(field.name, Sort.YUAN)
    return _SORTS[field.kind]


def column_of(field: Field) -> Column:
    """Return the column of a field that is no reference; an unknown national code is a warning."""
    lenient = field.kind is Kind.TABLE and not field.required
    return Column(
        field.name, field.label, sort_of(field), field.choices, field.target, lenient=lenient
    )
