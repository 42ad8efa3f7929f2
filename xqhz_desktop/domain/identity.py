"""Numbers that identify people and companies: read, checked and masked.

Sources: GB 11643 (resident ID), GB 32100 (unified social credit code), ISO 2108 (ISBN).
The county code of an ID is never a reason to refuse it: many are reused or late-registered.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.i18n import Message

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PHONE = re.compile(
    r"1[3-9]\d{9}"  # mobile
    r"|0\d{2,3}-?\d{7,8}((转|-|ext\.?)\d{1,6})?"  # landline with extension
    r"|\d{7,8}((转|-)\d{1,6})?"  # landline without its area
    r"|400-?\d{3}-?\d{4}|400\d{7}|800-?\d{3}-?\d{4}"
    r"|\+?85[23]-?\d{8}|\+?886-?\d{8,10}"  # Hong Kong, Macao, Taiwan
    r"|\+\d{7,15}"  # abroad
)
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a number: a stable code for scripts and a sentence for people."""

    code: str
    message: Message


def plain(text: str) -> str:
    """Return a number without blanks, hyphens and Excel's text marks, half width, upper case."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r'^="?(.*?)"?$', r"\1", text.strip())
    return re.sub(r"[\s'\u200b\ufeff\u2010-\u2015-]", "", text).upper()


def check_id(value: str) -> Problem | None:
    """Check a resident ID of 18 or 15 characters, residence permits and foreign ID cards."""
    if re.fullmatch(r"[A-Z]{3}\d{12}", value):  # foreign permanent resident, before 2023
        return None if _date("19" + value[7:13]) or _date("20" + value[7:13]) else _bad_date()
    if len(value) not in (15, 18):
        return Problem(
            "ID_LENGTH",
            Message("An ID number has 18 characters; this one has {n}.", n=len(value)),
        )
    if len(value) == 15:
        return _check_old_id(value)
    if not re.fullmatch(r"\d{17}[\dX]", value):
        return Problem("ID_FORMAT", Message("An ID number has 17 digits and a digit or X."))
    if born(value) is None:
        return _bad_date()
    if value[17] != id_check_character(value[:17]):
        return Problem(
            "ID_CHECKSUM",
            Message("The 18th character of the ID number does not fit. Please compare it."),
        )
    return None


def id_check_character(first: str) -> str:
    """Return the 18th character of a resident ID from its first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def id_problem(value: str) -> Message | None:
    """Say what is wrong with an ID number, or None."""
    found = check_id(value)
    return found.message if found else None


def born(value: str) -> date | None:
    """Return the birth date an ID number carries, or None."""
    if len(value) == 18:
        return _date(value[6:14])
    if len(value) == 15 and value.isdigit():
        return _date("19" + value[6:12])
    return None


def male(value: str) -> bool | None:
    """Tell the sex an ID number carries: True male, False female, None unknown."""
    digit = value[16:17] if len(value) == 18 else value[14:15] if len(value) == 15 else ""
    return int(digit) % 2 == 1 if digit.isdigit() else None


def check_uscc(value: str) -> Problem | None:
    """Check a unified social credit code (18 characters, GB 32100)."""
    if len(value) != 18:
        return Problem(
            "USCC_LENGTH",
            Message("A credit code has 18 characters; this one has {n}.", n=len(value)),
        )
    if any(letter not in _USCC_ALPHABET for letter in value):
        return Problem(
            "USCC_FORMAT",
            Message("A credit code has digits and capital letters except I, O, S, V, Z."),
        )
    if value[17] != uscc_check_character(value[:17]):
        return Problem(
            "USCC_CHECKSUM",
            Message("The last character of the credit code does not fit. Please compare it."),
        )
    return None


def uscc_check_character(first: str) -> str:
    """Return the 18th character of a credit code from its first 17."""
    total = sum(
        _USCC_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(first)
    )
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def uscc_problem(value: str) -> Message | None:
    """Say what is wrong with a credit code, or None."""
    found = check_uscc(value)
    return found.message if found else None


def phone_problem(value: str) -> Message | None:
    """Say what looks wrong with a phone number, or None; several may stand in one value."""
    if _PHONE.fullmatch(re.sub(r"[\s()（）]", "", value)):
        return None
    for one in re.split(r"[,，、;；/\s]+", value.strip()):
        if one and not _PHONE.fullmatch(re.sub(r"[()（）]", "", one)):
            return Message("“{value}” does not look like a phone number.", value=one)
    return None


def isbn_problem(value: str) -> Message | None:
    """Say what is wrong with an ISBN of 10 or 13 characters, or None."""
    bare = re.sub(r"[\s-]", "", value).upper().removeprefix("ISBN")
    if re.fullmatch(r"97[89]\d{10}", bare):
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(bare))
        fits = total % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", bare):
        values = [10 if digit == "X" else int(digit) for digit in bare]
        fits = sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    else:
        return Message("An ISBN has 13 digits and begins with 978 or 979.")
    return None if fits else Message("The last character of the ISBN does not fit.")


def masked(value: str) -> str:
    """Return a private value with its middle covered: 110***********0037, 138****5678, 李*.

    Of a day the year is left: 2008-**-**.
    """
    if _DAY.fullmatch(value):
        return value[:4] + re.sub(r"\d", "*", value[4:])
    n = len(value)
    if n >= 15:
        return value[:3] + "*" * (n - 7) + value[-4:]
    if n >= 7 and value.isascii():
        return value[:3] + "*" * (n - 7) + value[-4:] if n > 7 else value[:3] + "****"
    return value[:1] + "*" * (n - 1)


def _check_old_id(value: str) -> Problem | None:
    if not value.isdigit():
        return Problem("ID_FORMAT", Message("An old ID number has 15 digits."))
    return None if born(value) else _bad_date()


def _bad_date() -> Problem:
    return Problem("ID_FORMAT", Message("The birth date inside the ID number does not exist."))


def _date(digits: str) -> date | None:
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return found if date(1850, 1, 1) <= found <= date.today() else None
