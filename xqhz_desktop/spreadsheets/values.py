"""What a cell means, by the sort of its column. A value that must not be stored is None."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from xqhz_desktop.domain import codes
from xqhz_desktop.domain.attendance import read_day
from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets import amounts, coded, dates, numbers, texts
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.kinds import Column, Sort
from xqhz_desktop.spreadsheets.lexicon import choices
from xqhz_desktop.spreadsheets.sheet import Value
from xqhz_desktop.spreadsheets.texts import blank, half, person, text

_PERSON_PHONE = re.compile(
    r"^(.*?)[\s,，、;；:：/／|(（]*((?:\+?86[- ]?)?\d[\d\s-]{5,}\d)[)）\s]*$", re.DOTALL
)
_YES = frozenset({
    "是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "对",
    "住校", "住宿", "寄宿", "住读", "内宿", "在校住宿", "校内住宿", "校内", "住",
    "住校生", "住宿生",
})  # fmt: skip
_NO = frozenset({
    "否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0",
    "不住校", "不住宿", "不住", "走读", "走读生", "通学", "通学生", "外宿", "校外", "校外住宿",
})  # fmt: skip
_DONE = frozenset(
    {"合格", "及格", "通过", "已", "已参加", "参加", "到", "已到", "出席", "pass", "passed"}
)
_UNDONE = frozenset(
    {
        "不合格",
        "不及格",
        "未通过",
        "不通过",
        "未",
        "未参加",
        "缺",
        "缺席",
        "未到",
        "没有",
        "fail",
        "failed",
    }
)
_MARKS = frozenset(
    {"缺考", "缓考", "免考", "免修", "作弊", "违纪", "旷考", "取消资格", "休学", "缺", "未考"}
)
_GRADES = frozenset(
    {"优秀", "优", "良好", "良", "中等", "中", "及格", "合格", "不及格", "不合格", "通过", "不通过"}
)

Reader = Callable[[Value, Spot], Any]


def reader_of(column: Column) -> Reader:
    """Return what reads the cells of a column; those with parts are read in two."""
    match column.sort:
        case Sort.CHOICE:
            return lambda value, spot: coded.choice(value, spot, column)
        case Sort.TABLE:
            return lambda value, spot: coded.code(value, spot, column)
        case Sort.CODES:
            return lambda value, spot: coded.several(value, spot, column)
    return _READERS.get(column.sort, texts.plain)


def shown(column: Column, value: Any) -> Any:
    """Return a value as JSON has it: ISO days, numbers, Chinese words for choices."""
    match value:
        case Enum():
            words = choices().get(type(value).__name__, {}).get(value.name)
            return words[0] if words else language(CODES[0]).say(value)
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case str() if column.sort in (Sort.TABLE, Sort.CODES):
            return "、".join(codes.name(column.table, one, "zh_CN") for one in value.split(","))
    return value


def person_and_phone(value: Value, spot: Spot) -> tuple[str | None, str | None]:
    """Read “李某 13800000000” as a name and a phone; either may be missing."""
    said = text(value)
    found = _PERSON_PHONE.match(said)
    if not found:
        return person(said, spot), None
    phone = numbers.phone(found[2], spot) if found[2] else None
    name = re.sub(r"(电话|手机|tel|phone)?[:：\s]*$", "", found[1], flags=re.IGNORECASE)
    return person(name, spot), phone


def period(value: Value, spot: Spot) -> tuple[date | None, date | None]:
    """Read a start and an end from one cell."""
    try:
        if isinstance(value, str):
            start, end = dates.period(value, spot.starts_1904)
        else:
            start, end = dates.moment(_dated(value), spot.starts_1904), None
        if start.day is None or (end and end.day is None):
            spot.warn("MONTH_ONLY", on="start_date" if start.day is None else "end_date")
        return start.first(), end.last() if end else None
    except dates.DateProblem as problem:
        spot.error(problem.code, on="start_date")
    return None, None


def _day(value: Value, spot: Spot) -> date | None:
    if blank(value):
        return None
    try:
        found = dates.moment(_dated(value), spot.starts_1904)
        if found.day is not None:
            return found.first()
        if not spot.monthly:
            raise dates.DateProblem("DATE_INCOMPLETE")
        spot.warn("MONTH_ONLY")
        return found.last() if spot.field == "end_date" else found.first()
    except dates.DateProblem as problem:
        spot.error(problem.code)
    return None


def _dated(value: Value) -> str | float | date:
    match value:
        case str() | int() | float() | date():
            return value
    return ""


def _money(value: Value, spot: Spot) -> Decimal | None:
    if blank(value):
        return None
    try:
        found = amounts.monthly_pay(_counted(value))
    except amounts.AmountProblem:
        spot.warn("ALLOWANCE_NOT_NUMERIC")
        return None
    if found < 0:
        spot.error("NUMBER_INVALID")
        return None
    return found


def _hours(value: Value, spot: Spot) -> Decimal | None:
    found = _amount(value, spot, amounts.weekly_hours)
    if found is not None and found > 168:
        spot.error("NUMBER_INVALID")
        return None
    if found is not None and found > 40:
        spot.warn("HOURS_OVER_40")
    return found


def _number(value: Value, spot: Spot) -> Decimal | None:
    return _amount(value, spot, amounts.number)


def _whole(value: Value, spot: Spot) -> int | None:
    found = _amount(value, spot, amounts.count)
    if found is None or found == found.to_integral_value():
        return None if found is None else int(found)
    spot.error("NUMBER_INVALID")
    return None


def _yuan(value: Value, spot: Spot) -> Decimal | None:
    said = re.sub(r"^[¥￥]|[元圆]整?$", "", half(value)) if isinstance(value, str) else value
    found = _amount(said, spot, amounts.number)
    return None if found is None else found.quantize(Decimal("0.01"))


def _percent(value: Value, spot: Spot) -> Decimal | None:
    """Read a share; a cell of 0.4 is 40 %, as spreadsheets keep percentages."""
    said = half(value) if isinstance(value, str) else ""
    found = _amount(said.rstrip("%").strip() if said else value, spot, amounts.number)
    if found is None:
        return None
    return found * 100 if found <= 1 and not said.endswith("%") else found


def _daymark(value: Value, spot: Spot) -> str | None:
    """Read the mark of one day: a sign, hours, or both."""
    try:
        found = read_day(half(value))
    except ValueError:
        spot.error("CHOICE_UNKNOWN")
        return None
    return found.written() if found else None


def _month(value: Value, spot: Spot) -> str | None:
    if blank(value):
        return None
    try:
        found = dates.moment(_dated(value), spot.starts_1904).first()
        return f"{found:%Y-%m}"
    except dates.DateProblem as problem:
        spot.error(problem.code)
    return None


def _amount(value: Value, spot: Spot, read: Callable[[Any], Decimal]) -> Decimal | None:
    if blank(value):
        return None
    try:
        found = read(_counted(value))
        if found >= 0:
            return found
        spot.error("NUMBER_INVALID")
    except amounts.WeeksMeant:
        spot.warn("HOURS_IN_WEEKS")
    except amounts.AmountProblem:
        spot.error("NUMBER_INVALID")
    return None


def _counted(value: Value) -> str | float:
    return value if isinstance(value, str | int | float) else text(value)


def mark(value: Value, spot: Spot) -> Decimal | str | None:
    """Read a mark; words such as 缺考 or 良好 come back as they are."""
    said = half(value)
    return said if said in _MARKS or said in _GRADES else _number(value, spot)


def _marker(value: Value, spot: Spot) -> bool | Decimal | str | None:
    said = half(value)
    if said.lower() in _YES - {"1"}:
        return True
    if said.lower() in _NO - {"0", "无"}:
        return False
    try:
        return amounts.number(_counted(value)) if said else None
    except amounts.AmountProblem:
        return said


def _flag(value: Value, spot: Spot) -> bool | None:
    if isinstance(value, bool):
        return value
    said = half(value).lower()
    if not said:
        return None
    if said in _YES | _DONE or said in _NO | _UNDONE:
        return said in _YES | _DONE
    spot.error("CHOICE_UNKNOWN")
    return None


_READERS: dict[Sort, Reader] = {
    Sort.PERSON: texts.person,
    Sort.COMPANY: texts.company,
    Sort.TEXT: texts.plain,
    Sort.LABEL: texts.label,
    Sort.CODE: numbers.code,
    Sort.PHONE: numbers.phone,
    Sort.ID: numbers.resident_id,
    Sort.USCC: numbers.credit_code,
    Sort.DAY: _day,
    Sort.MONEY: _money,
    Sort.HOURS: _hours,
    Sort.NUMBER: _number,
    Sort.WHOLE: _whole,
    Sort.MONTH: _month,
    Sort.YUAN: _yuan,
    Sort.MARK: mark,
    Sort.MARKER: _marker,
    Sort.FLAG: _flag,
    Sort.PERCENT: _percent,
    Sort.DAYMARK: _daymark,
}
