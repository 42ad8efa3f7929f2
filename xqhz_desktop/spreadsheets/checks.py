"""What the values of one row say together, and what the rows of a file say about each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import Any

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.i18n import CODES, Message, language
from xqhz_desktop.spreadsheets.findings import TEXTS, Finding, Spot
from xqhz_desktop.spreadsheets.kinds import ImportKind

TWIN = "DUPLICATE_IN_FILE"
"""The code of a record whose key stands in an earlier row."""

_YOUNGEST = timedelta(days=10 * 365)
"""A student of a vocational school is older; a later birth date is a typing error."""


def check_row(values: dict[str, Any], spot: Spot, kind: ImportKind) -> None:
    """Check the values of a row against each other; take away what must not be stored."""
    match kind.name:
        case "student":
            _student(values, spot)
        case "enterprise":
            if not values.get("uscc") and not any(one.field == "uscc" for one in spot.errors):
                spot.warn("USCC_MISSING", on="uscc")
        case "placement":
            _placement(values, spot)
        case "score":
            _score(values)


def twins(records: Iterable[tuple[int, dict[str, Any]]], kind: ImportKind) -> dict[int, Finding]:
    """Return what is to be said of records whose key stands in an earlier row, by place."""
    found: dict[int, Finding] = {}
    first: dict[tuple[Any, ...], int] = {}
    labels = {one.name: one.label for one in kind.columns}
    for place, (row, values) in enumerate(records):
        for names in keys(values, kind):
            key = (*names, *(_comparable(values.get(name)) for name in names))
            if key not in first:
                first[key] = row
                continue
            said = [one for one in names if values.get(one)] if kind.general else [names[0]]
            message = Message(
                TEXTS[TWIN],
                field=[Message(labels[one]) for one in said],
                value=" ".join(_written(values.get(one)) for one in said),
                row=str(first[key]),
            )
            found[place] = Finding(said[0], TWIN, message)
            break
        if kind.name == "enterprise":  # the same name without a code is the same company
            first.setdefault(("name", _comparable(values.get("name"))), row)
    return found


def keys(values: dict[str, Any], kind: ImportKind) -> list[tuple[str, ...]]:
    """Return the natural keys that a record has; a name is one only where there is no code."""
    if kind.general:
        found = [[kind.telling(field) for field in key] for key in kind.keys]
        usable = (
            tuple(name for some in key for name in some)
            for key in found
            if all(any(values.get(name) for name in some) for some in (key[0], key[-1]))
        )
        return list(islice(usable, 1))
    if kind.name == "placement":
        who = next((one for one in ("student_no", "id_no", "name") if values.get(one)), "")
        where = next((one for one in ("enterprise_name", "uscc") if values.get(one)), "")
        return [(who, where, "start_date")] if who and where and values.get("start_date") else []
    if kind.name == "enterprise":
        return [("uscc",)] if values.get("uscc") else [("name",)] if values.get("name") else []
    return [names for names in kind.keys if values.get(names[0])]


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return day


def _student(values: dict[str, Any], spot: Spot) -> None:
    number, born = values.get("id_no"), values.get("birth_date")
    if born and born > date.today() - _YOUNGEST:
        spot.value = born
        spot.label = "Date of birth"
        spot.error("DATE_RANGE", on="birth_date")
        values["birth_date"] = born = None
    if not number or values.get("id_type") not in (None, "1"):
        return
    male = identity.male(number)
    told_male = {Sex.MALE: True, Sex.FEMALE: False}.get(values.get("sex") or Sex.UNKNOWN)
    if male is not None and told_male is not None and male != told_male:
        spot.warn("SEX_ID_MISMATCH", on="sex")
    told = identity.born(number)
    if born and told and born != told:
        spot.warn("BIRTH_ID_MISMATCH", on="birth_date")


def _placement(values: dict[str, Any], spot: Spot) -> None:
    start, end = values.get("start_date"), values.get("end_date")
    if not start or not end:
        return
    if end < start:
        spot.error("END_BEFORE_START", on="end_date")
        values["start_date"] = values["end_date"] = None
    elif end > months_later(start, 6):
        spot.warn("OVER_6_MONTHS", on="end_date")


def _score(values: dict[str, Any]) -> None:
    """Take words such as 缺考 or 良好 from the marks to the grade."""
    for name in ("usual", "final", "total"):
        mark = values.get(name)
        if isinstance(mark, str):
            values[name] = None
            if name != "usual" and not values.get("grade"):
                values["grade"] = mark


def _written(value: Any) -> str:
    return language(CODES[0]).say(value) if isinstance(value, Enum) else str(value or "")


def _comparable(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"[\s()（）·.,，。\-]", "", unicodedata.normalize("NFKC", value)).lower()
    return value if isinstance(value, date | Decimal) else str(value or "")
