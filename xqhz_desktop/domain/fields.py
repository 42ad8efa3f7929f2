"""The vocabulary of values: a field says once how a value is named, checked, read and shown."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from xqhz_desktop.domain import codes
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import CODES, Language, Message, language

Check = Callable[[str], Message | None]


class Kind(Enum):
    """What sort of value a field holds; the value is the name scripts see."""

    TEXT = "text"
    NOTE = "note"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    MONTH = "month"
    FLAG = "flag"
    CHOICE = "choice"
    TABLE = "table"
    REF = "ref"


WORDS = frozenset({Kind.TEXT, Kind.NOTE, Kind.CODE, Kind.MONTH, Kind.TABLE, Kind.REF})
"""Kinds whose value is a ``str`` and whose empty value is ``""``."""

NUMBERS = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT})
"""Kinds whose value is an ``int`` or ``Decimal``, or None when empty."""

_YES = {"1", "y", "yes", "true", "是", "有", "√", "✓", "对"}
_NO = {"0", "n", "no", "false", "否", "无", "×", "✗"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Field:
    """How one value is named, checked and shown. ``name`` is filled in by its record."""

    kind: Kind
    label: str
    name: str = ""
    required: bool = False
    column: bool = True
    """Shown in tables by default."""
    search: bool = False
    """Goes into the search index."""
    private: bool = False
    """Personal data: masked on paper and screen unless asked."""
    group: str = ""
    """Fields of one group move together when two copies are merged."""
    clash: str = "review"
    """Two copies disagree: ``silent`` is not shown, ``must`` is decided before official papers."""
    gone: str = "revive"
    """The record it points to was removed elsewhere: ``revive`` brings it back, ``empty`` not."""
    limit: int = 200
    decimals: int = 0
    tally: bool = True
    """The numbers of several records can be added up; those of years and weekly hours cannot."""
    many: bool = False
    """Several codes in one value, sorted and joined by commas (code tables only)."""
    target: str = ""
    """The kind a reference points to, or the name of the code table."""
    choices: type[Enum] | None = None
    retired: frozenset[str] = frozenset()
    """Names of choices that old records keep and nobody is offered any more."""
    check: Check | None = None
    """An extra check of a text, such as a check digit; what it finds is not stored."""
    advice: Check | None = None
    """A check whose finding is shown, and stored all the same."""

    @property
    def empty(self) -> Any:
        """Return the value of an empty field."""
        if self.kind in WORDS:
            return ""
        return False if self.kind is Kind.FLAG else None

    @property
    def own(self) -> bool:
        """Tell whether the school added it, as `domain.own` says."""
        return self.name.startswith("own:")

    @property
    def offered(self) -> list[Enum]:
        """Return the choices to pick from."""
        return [one for one in self.choices or () if one.name not in self.retired]

    def parse(self, text: str) -> Any:
        """Return the value written in ``text``; raise UserError when it is not one."""
        text = _clean(text, self.kind)
        if not text:
            return self.empty
        return _PARSERS[self.kind](self, text)

    def show(self, value: Any, lang: Language) -> str:
        """Return the value as people read it. References show their id: names come from SQL."""
        if value is None or value == "":
            return ""
        if self.kind is Kind.TABLE:
            return lang.value([codes.name(self.target, one, lang.code) for one in value.split(",")])
        if self.kind is Kind.PERCENT:
            return f"{lang.value(value)}%"
        if self.kind is Kind.NUMBER:
            return lang.value(value) if self.decimals else str(value)
        return lang.value(value)

    def problem(self, value: Any) -> Message | None:
        """Say what is wrong with a value, or None."""
        if value in ("", None):
            return Message("{field} must be filled in.", field=self.said) if self.required else None
        if isinstance(value, str) and self.kind in WORDS and len(value) > self.limit:
            return Message("{field} is longer than {n} characters.", field=self.said, n=self.limit)
        if self.kind in NUMBERS and value < 0:
            return Message("{field} cannot be negative.", field=self.said)
        if self.kind is Kind.TABLE and not self.many and not codes.known(self.target, value):
            return Message("{field}: there is no code “{value}”.", field=self.said, value=value)
        return self.check(value) if self.check else None

    @property
    def said(self) -> Message:
        """Return the label as a message, to stand inside another."""
        return Message(self.label)


def text(label: str, *, limit: int = 200, **traits: Any) -> Any:
    """One line of text."""
    return _field(Kind.TEXT, label, limit=limit, **traits)


def note(label: str, *, limit: int = 20_000, **traits: Any) -> Any:
    """Several lines of text, not shown in tables by default."""
    return _field(Kind.NOTE, label, limit=limit, **{"column": False, **traits})


def code(label: str, *, limit: int = 60, **traits: Any) -> Any:
    """A number people write as text: student number, ID, phone. Kept in half width."""
    return _field(Kind.CODE, label, limit=limit, **traits)


def number(label: str, *, decimals: int = 0, **traits: Any) -> Any:
    """A count (``int``), or a measure with ``decimals`` (``Decimal``)."""
    return _field(Kind.NUMBER, label, decimals=decimals, **traits)


def money(label: str, **traits: Any) -> Any:
    """An amount in yuan, a ``Decimal`` of two places."""
    return _field(Kind.MONEY, label, decimals=2, **traits)


def percent(label: str, **traits: Any) -> Any:
    """A share in percent, 0–100."""
    return _field(Kind.PERCENT, label, decimals=2, **traits)


def day(label: str, **traits: Any) -> Any:
    """A calendar day, a ``date``; never a time, never a zone."""
    return _field(Kind.DAY, label, **traits)


def month(label: str, **traits: Any) -> Any:
    """A month as ``YYYY-MM``."""
    return _field(Kind.MONTH, label, **traits)


def flag(label: str, **traits: Any) -> Any:
    """Yes or no."""
    return _field(Kind.FLAG, label, **traits)


def choice(label: str, choices: type[Enum], **traits: Any) -> Any:
    """One of a closed list the program knows; its name is stored, its value is the label."""
    return _field(Kind.CHOICE, label, choices=choices, **traits)


def table(label: str, target: str, **traits: Any) -> Any:
    """One code of a national table under ``resources/codes``; ``many=True`` for several."""
    return _field(Kind.TABLE, label, target=target, **{"limit": 2_000, **traits})


def ref(label: str, target: str, **traits: Any) -> Any:
    """The id of a record of kind ``target``."""
    return _field(Kind.REF, label, target=target, **traits)


def _field(kind: Kind, label: str, *, default: Any = None, **traits: Any) -> Any:
    described = Field(kind=kind, label=label, **traits)
    value = described.empty if default is None else default
    return dataclasses.field(default=value, metadata={"field": described}, kw_only=True)


def _clean(text: str, kind: Kind) -> str:
    """Trim, and bring everything but free text to half width."""
    if kind in (Kind.TEXT, Kind.NOTE):
        return text.strip()
    return unicodedata.normalize("NFKC", text).strip()


def _parse_words(_field: Field, text: str) -> str:
    return text


def _parse_number(field: Field, text: str) -> int | Decimal:
    plain = text.replace(",", "").removeprefix("¥").removesuffix("元").removesuffix("%").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise _refusal(field, text, Message("a number, such as 1200")) from None
    if not value.is_finite() or abs(value) > Decimal("1e12"):
        raise _refusal(field, text, Message("a number, such as 1200"))
    if field.decimals:
        return value.quantize(Decimal(1).scaleb(-field.decimals))
    if value != value.to_integral_value():
        raise _refusal(field, text, Message("a whole number"))
    return int(value)


def _parse_day(field: Field, text: str) -> date:
    found = _ISO.fullmatch(text.replace("/", "-").replace(".", "-"))
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
        if re.fullmatch(r"\d{8}", text):
            return datetime.strptime(text, "%Y%m%d").date()
        if found := re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text):
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise _refusal(field, text, Message("a day, such as 2026-03-05"))


def _parse_month(field: Field, text: str) -> str:
    found = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})月?", text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise _refusal(field, text, Message("a month, such as 2026-03"))
    return f"{found[1]}-{int(found[2]):02d}"


def _parse_flag(field: Field, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise _refusal(field, text, Message("yes or no"))


def _parse_choice(field: Field, text: str) -> Enum:
    assert field.choices is not None
    for one in field.choices:
        said = {_clean(language(lang).say(one), field.kind).lower() for lang in CODES}
        if text.lower() in said or text.upper() == one.name:
            return one
    known = [Message(one.value) for one in field.offered]
    raise _refusal(field, text, Message("one of: {known}", known=known))


def _parse_table(field: Field, text: str) -> str:
    parts = re.split(r"[,，、;；]\s*", text) if field.many else [text]
    found = [codes.find(field.target, part) for part in parts if part]
    if None in found:
        wrong = parts[found.index(None)]
        raise _refusal(field, wrong, Message("a code or name of the official table"))
    return ",".join(sorted({one for one in found if one})) if field.many else found[0] or ""


def _refusal(field: Field, text: str, wanted: Message) -> UserError:
    return UserError(
        Message("{field}: “{text}” is not {wanted}.", field=field.said, text=text, wanted=wanted),
        code="CHOICE_UNKNOWN" if field.kind in (Kind.CHOICE, Kind.TABLE) else "INVALID",
    )


_PARSERS: dict[Kind, Callable[[Field, str], Any]] = {
    Kind.TEXT: _parse_words,
    Kind.NOTE: _parse_words,
    Kind.CODE: _parse_words,
    Kind.REF: _parse_words,
    Kind.NUMBER: _parse_number,
    Kind.MONEY: _parse_number,
    Kind.PERCENT: _parse_number,
    Kind.DAY: _parse_day,
    Kind.MONTH: _parse_month,
    Kind.FLAG: _parse_flag,
    Kind.CHOICE: _parse_choice,
    Kind.TABLE: _parse_table,
}
