"""Records for tests: say what matters, the rest is filled in validly from the fields."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from xqhz_desktop.domain import codes
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record, new_id

R = TypeVar("R", bound=Record)


def make(entity: type[R], **only_what_matters: Any) -> R:
    """Return a valid record; a required reference points to nobody unless it is given."""
    filled = {name: _value(field) for name, field in entity.FIELDS.items() if field.required}
    return entity(**{**filled, **only_what_matters})


def _value(field: Field) -> Any:
    match field.kind:
        case Kind.TEXT | Kind.NOTE:
            return field.label[: field.limit]
        case Kind.CODE:
            return "1" if field.check is None else "0" * field.limit
        case Kind.NUMBER | Kind.MONEY | Kind.PERCENT:
            return Decimal(1) if field.decimals else 1
        case Kind.DAY:
            return date(2026, 3, 2)
        case Kind.MONTH:
            return "2026-03"
        case Kind.FLAG:
            return True
        case Kind.CHOICE:
            return next(iter(field.choices or ()))
        case Kind.TABLE:
            return next(iter(codes.codes(field.target)))
        case Kind.REF:
            return new_id()
