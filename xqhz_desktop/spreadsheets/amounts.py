"""Hours, pay and plain numbers as people write them, units and all."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_UNITS = re.compile(r"(元整?|块钱?|圆|rmb|人民币|cny|yuan|[¥￥])", re.IGNORECASE)
_MONTHLY = re.compile(r"(/|每|一|per)?(人)?(/|每|per)?(月|个月|month|mo)")
_COUNT = re.compile(
    r"(?:第|一式)?(\d{1,9}|[一二两三四五六七八九十]{1,3})(?:级|届|年制?|岁|周|篇|期|次|份|人|名|个|天)?"
)
_DIGITS = "零一二三四五六七八九"
_HOUR = r"(?:个?小时|h(?:ou)?rs?|h|钟头|课时|时)"
_DAY = r"(?:天|日|days?|d)"


class AmountProblem(Exception):
    """A text that is no amount."""


class WeeksMeant(AmountProblem):
    """Hours that were written as weeks."""


def number(value: str | float | int | Decimal) -> Decimal:
    """Return a plain number, with or without its unit; raise AmountProblem."""
    if isinstance(value, bool):
        raise AmountProblem
    if isinstance(value, int | float | Decimal):
        return _exact(repr(value))
    text = _half(value)
    if re.fullmatch(rf"(?:{_NUMBER})\s*(?:周|weeks?)", text):
        raise WeeksMeant
    found = re.fullmatch(
        rf"(-?(?:{_NUMBER})|-?\d+(?:\.\d+)?e\+?\d+)\s*(?:分|学分|学时|课时|节|人|名|家|个|天|次|%|h|hours?)?",
        text,
    )
    if not found:
        raise AmountProblem
    return _exact(found[1])


def count(value: str | float | int | Decimal) -> Decimal:
    """Return a whole number as people count: 2026级, 第三周, 一式四份, 3年."""
    if isinstance(value, str) and (found := _COUNT.fullmatch(_half(value))):
        digits = found[1]
        return Decimal(digits if digits.isdigit() else _chinese(digits))
    return number(value)


def weekly_hours(value: str | float | int | Decimal) -> Decimal:
    """Return hours a week from “40”, “44h”, “40小时/周” or “8小时*5天”."""
    if not isinstance(value, str):
        return number(value)
    text = re.sub(r"[。.;；]$", "", _half(value))
    if re.fullmatch(rf"(?:{_NUMBER})\s*(?:个?(?:周|星期)|weeks?)", text):
        raise WeeksMeant
    if found := re.fullmatch(
        rf"(?:每?周|每星期|一周)?(?:工作)?({_NUMBER}){_HOUR}?(?:(?:/|每|一|per|a)?(?:周|星期|week|wk|w))?",
        text,
    ):
        return _exact(found[1])
    times = r"(?:[*x×·/,，、;；及和]|每?(?:周|星期)|一周|工作)*"
    daily = rf"(?:每[天日])?(?:工作)?({_NUMBER}){_HOUR}?(?:/{_DAY}|每[天日])?"
    for pattern, first in (
        (rf"{daily}{times}({_NUMBER}){_DAY}?(?:/(?:周|星期|week))?", 1),
        (rf"(?:每?周|每星期|一周)?(?:工作)?({_NUMBER}){_DAY}(?:/(?:周|星期))?{times}{daily}", 2),
    ):
        found = re.fullmatch(pattern, text)
        if found and re.search(r"[*x×天日d]", text):
            return _exact(found[first]) * _exact(found[3 - first])
    raise AmountProblem


def monthly_pay(value: str | float | int | Decimal) -> Decimal:
    """Return yuan a month from “2,200元/月”, “2.2千”, “2.2k”; another period is no such amount."""
    if not isinstance(value, str):
        return number(value)
    text = re.sub(r"\(.*?\)$", "", _half(value))
    text = re.sub(r"^(月薪|月工资|每月|月|税前|税后|底薪|实习补贴|补贴)[::]?", "", text)
    text = _MONTHLY.sub("", _UNITS.sub("", text), count=1).strip("/ 。.")
    found = re.fullmatch(rf"(-?(?:{_NUMBER}))(千|k|万|w)?", text)
    if not found:
        raise AmountProblem
    return _exact(found[1]) * {"千": 1000, "k": 1000, "万": 10000, "w": 10000}.get(found[2], 1)


def _half(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _exact(text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise AmountProblem from None
    if not found.is_finite() or abs(found) >= Decimal("1e12"):
        raise AmountProblem
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def _chinese(text: str) -> int:
    """Return a number from one to ninety-nine."""
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    first = (_DIGITS.index(tens) if tens else 1) if ten else 0
    return first * 10 + (_DIGITS.index(ones[-1]) if ones else 0)
