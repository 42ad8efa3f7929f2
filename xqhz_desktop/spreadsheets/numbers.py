"""Numbers that are names: student numbers, IDs, credit codes, phones. They stay text."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache

from xqhz_desktop import paths
from xqhz_desktop.domain import identity
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.sheet import Value
from xqhz_desktop.spreadsheets.texts import blank, half

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_MOST_DIGITS = 10**15
"""Numbers from here on have lost digits in a spreadsheet."""


def code(value: Value, spot: Spot) -> str | None:
    """Read a number that is a name, zeros of its number format included."""
    if _damaged(value):
        spot.error("ID_PRECISION_LOST")
        return None
    found = half(value)
    if not found.isalnum():
        found = re.sub(r"\s", "", found)
    if blank(found):
        return None
    if spot.digits > len(found) and not isinstance(value, str):
        spot.value = found = found.zfill(spot.digits)
        spot.warn("LEADING_ZERO_FORMAT")
    return found


def phone(value: Value, spot: Spot) -> str | None:
    """Read a phone number; one that looks wrong is kept, with a warning."""
    found = code(half(value), spot) if isinstance(value, float | int) else _phone_text(value)
    if found is None:
        return None
    problem = identity.phone_problem(found)
    if problem:
        spot.warn("PHONE_INVALID", problem)
    return found


def resident_id(value: Value, spot: Spot) -> str | None:
    """Read an ID number; a number cell is never one."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        spot.error("ID_PRECISION_LOST")
        return None
    found = identity.plain(half(value))
    if blank(found):
        return None
    if found.startswith("999") and len(found) >= 15:
        spot.warn("ID_TEMPORARY")
        return None
    problem = identity.check_id(found)
    if problem:
        lost = _damaged(found) or (problem.code == "ID_CHECKSUM" and found.endswith("000"))
        spot.error("ID_PRECISION_LOST") if lost else spot.error(problem.code, problem.message)
        return None
    if found[:6].isdigit() and not found.startswith("9") and found[:6] not in _areas():
        spot.warn("AREA_CODE_OLD")
    return found


def credit_code(value: Value, spot: Spot) -> str | None:
    """Read a unified social credit code; a number cell is never one."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        spot.error("USCC_PRECISION_LOST")
        return None
    found = identity.plain(half(value))
    if blank(found):
        return None
    problem = identity.check_uscc(found)
    if problem:
        lost = _damaged(found)
        spot.error("USCC_PRECISION_LOST") if lost else spot.error(problem.code, problem.message)
        return None
    return found


def _damaged(value: Value) -> bool:
    """Tell whether digits were lost: a long number cell, or 3.2E+17 in a text file."""
    match value:
        case bool() | None:
            return False
        case int() | float():
            return abs(value) >= _MOST_DIGITS
        case str():
            return bool(_SCIENTIFIC.fullmatch(value.strip()))
    return False


def _phone_text(value: Value) -> str | None:
    said = unicodedata.normalize("NFKC", half(value))
    said = re.sub(r"[\u2010-\u2015]", "-", said)
    if blank(said):
        return None
    if re.fullmatch(r"(\+?86[- ]?)?1[\d\s-]{10,14}", said):  # a mobile, however it is grouped
        return re.sub(r"^\+?86(?=1\d{10}$)", "", re.sub(r"[\s-]", "", said))
    return re.sub(r"\s*([/,，、;；])\s*", r"\1", re.sub(r"\s+", " ", said))


@cache
def _areas() -> frozenset[str]:
    text = paths.resource("codes", "id_area_prefixes.json").read_text(encoding="utf-8")
    return frozenset(json.loads(text)["codes"])
