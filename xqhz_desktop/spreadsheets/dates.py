"""Days and periods as people write them. What could mean two things is refused, never guessed."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TIME = re.compile(
    r"(?<=[\d日号\sT])[T\s]*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm|z)?$", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\(?(星期|周|礼拜)[一二三四五六日天]\)?|\(.*?\)$")
_SEPARATOR = r"[-./年月、,\s]+"
_TO = r"\s*(?:至|到|~|～|—+|–|-{1,3}|―+|−|一|→|\bto\b|\buntil\b)\s*"
_ENGLISH = (
    re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([a-z]{3})[a-z]*\.?[\s,.-]+(\d{4})"),
    re.compile(r"([a-z]{3})[a-z]*\.?[\s.-]+(\d{1,2})(?:st|nd|rd|th)?[\s,.-]+(\d{4})"),
    re.compile(r"(\d{4})[\s.-]+([a-z]{3})[a-z]*\.?[\s.-]+(\d{1,2})"),
)
_ENGLISH_MONTH = re.compile(r"([a-z]{3})[a-z]*\.?[\s,.-]+(\d{4})")
FIRST, LAST = date(1920, 1, 1), date(2099, 12, 31)
"""Days outside are typing errors."""


class DateProblem(Exception):
    """A text that is no day; `code` is one of the row errors DATE_…."""

    def __init__(self, code: str) -> None:
        """Carry the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Moment:
    """A day, or a whole month where only that was written."""

    year: int
    month: int
    day: int | None = None

    def first(self) -> date:
        """Return the day, or the first of the month."""
        return _day(self.year, self.month, self.day or 1)

    def last(self) -> date:
        """Return the day, or the last of the month."""
        if self.day:
            return self.first()
        _day(self.year, self.month, 1)
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])


def moment(value: str | float | date, starts_1904: bool = False) -> Moment:
    """Return the day or month that a cell means; raise DateProblem."""
    match value:
        case datetime() | date():
            return _moment(value.year, value.month, value.day)
        case bool():
            raise DateProblem("DATE_INVALID")
        case int() | float():
            return _number(value, starts_1904)
    return _text(cleaned(value), starts_1904)


def period(value: str, starts_1904: bool = False) -> tuple[Moment, Moment | None]:
    """Return the start and the end written in one cell; the end is None where it is open."""
    text = re.sub(r"^(自|从|from)\s*|[\s,，]*(止|为止|截止)$", "", cleaned(value))
    text = re.sub(r"(起|起?[-—–]+)\s*[,，]?\s*(?=[至到])|起$", "", text).strip()
    if found := re.fullmatch(rf"(.*\d[月日号]?){_TO}(今|现在|now)?", text):
        return _text(found[1], starts_1904), None
    problem = None
    for left, right in _cuts(text):
        try:
            start = _text(left, starts_1904)
        except DateProblem as error:
            problem = problem or error
            continue
        return start, _second(start, right, starts_1904)
    try:
        return _text(text, starts_1904), None
    except DateProblem as error:
        raise problem or error from None


def cleaned(value: str) -> str:
    """Return a date's text in half width, without time, weekday and remarks in brackets."""
    text = unicodedata.normalize("NFKC", value).strip().strip("'\"").lower()
    text = _WEEKDAY.sub("", text).strip()
    text = _TIME.sub("", text).strip()
    if re.search(r"[〇零一二三四五六七八九]", text) and re.search("[年月]", text):
        text = _chinese_numbers(text)
    return text.rstrip(".。,;；、").strip()


def _text(text: str, starts_1904: bool) -> Moment:
    """Read one day or month."""
    bare = re.sub(r"(?<=\d)[日号]$|(?<=月)[份]$", "", text)
    if re.fullmatch(r"\d+(\.0)?", bare):
        return _digits(bare.removesuffix(".0"), starts_1904)
    for place, pattern in enumerate(_ENGLISH):
        if found := pattern.fullmatch(bare):
            return _english(place, found)
    if (found := _ENGLISH_MONTH.fullmatch(bare)) and found[1] in _MONTHS:
        return _month(int(found[2]), _MONTHS[found[1]])
    numbers = [int(one) for one in re.findall(r"\d+", bare)]
    shape = re.sub(r"\d+", "9", re.sub(_SEPARATOR, "-", bare)).strip("-")
    first = re.match(r"\d+", bare)
    width = len(first[0]) if first else 0
    match shape, width:
        case "9-9-9", 4:
            return _moment(*numbers)
        case "9-9", 4:
            return _month(numbers[0], numbers[1])
        case "9-9-9", 1 | 2:
            return _year_elsewhere(numbers, bare)
        case (("9-9" | "9"), _):
            raise DateProblem("DATE_INCOMPLETE")
    raise DateProblem("DATE_INVALID")


def _digits(text: str, starts_1904: bool) -> Moment:
    """Read 20250901, 202509, 2025, and serial numbers that came as text."""
    match len(text):
        case 8:
            return _moment(int(text[:4]), int(text[4:6]), int(text[6:]))
        case 6 if 1 <= int(text[4:]) <= 12 and 1900 <= int(text[:4]) <= 2099:
            return _month(int(text[:4]), int(text[4:]))
        case 5:
            return _number(int(text), starts_1904)
        case 1 | 2 | 3 | 4:
            raise DateProblem("DATE_INCOMPLETE")
    raise DateProblem("DATE_INVALID")


def _number(value: float, starts_1904: bool) -> Moment:
    """Read a number cell: a serial day, or digits that look like a date."""
    whole = int(value) if abs(value) < 1e9 else 0
    if value == whole and 19_000_101 <= whole <= 20_991_231:
        return _digits(str(whole), starts_1904)
    if value == whole and 190_001 <= whole <= 209_912:
        return _digits(str(whole), starts_1904)
    if 1900 <= value < 2100:  # 2025, or 2025.1 that may have been 2025.10
        month = round((value - whole) * 100)
        if value == whole:
            raise DateProblem("DATE_INCOMPLETE")
        if month == 10:
            raise DateProblem("DATE_AMBIGUOUS")
        return _month(whole, month // 10 if month % 10 == 0 else month)
    if not 1 <= value < 80_000:
        raise DateProblem("DATE_RANGE" if value > 0 else "DATE_INVALID")
    start = date(1904, 1, 1) if starts_1904 else date(1899, 12, 30)
    found = start + timedelta(days=whole)
    return _moment(found.year, found.month, found.day)


def _year_elsewhere(numbers: list[int], text: str) -> Moment:
    """Read 25/9/2025 where only one order is possible; two-digit years are ambiguous."""
    first, second, year = numbers
    if not re.search(r"\d{4}$", text):
        raise DateProblem("DATE_AMBIGUOUS" if "月" not in text else "DATE_INCOMPLETE")
    if first > 12 and second > 12:
        raise DateProblem("DATE_INVALID")
    if first > 12 or first == second:
        return _moment(year, second, first)
    if second > 12:
        return _moment(year, first, second)
    raise DateProblem("DATE_AMBIGUOUS")


def _english(place: int, found: re.Match[str]) -> Moment:
    order = ((2, 1, 0), (2, 0, 1), (0, 1, 2))[place]
    year, month, day = (found[one + 1] for one in order)
    if month not in _MONTHS:
        raise DateProblem("DATE_INVALID")
    return _moment(int(year), _MONTHS[month], int(day))


def _cuts(text: str) -> list[tuple[str, str]]:
    """Return the ways to cut a period in two, the likeliest first."""
    cuts = []
    year = r"(?:19|20)\d{2}"
    for found in re.finditer(
        rf"(?<=[\d月日号\s止])({_TO}|[\s,、;]+)?(?={year}(?:\D|\d{{4}}\b))", text
    ):
        cuts.append((text[: found.start()], text[found.end() :]))
    clear = r"\s*(?:至|到|~|—+|–|―+|--+|→|\bto\b)\s*|\s+-\s+"
    for found in re.finditer(clear, text):
        cuts.append((text[: found.start()], text[found.end() :]))
    dashes = list(re.finditer(r"\s*-\s*", text))
    if len(dashes) == 1 and re.search(r"[./年月]|^\d{6}\b", text):
        cuts.append((text[: dashes[0].start()], text[dashes[0].end() :]))
    elif len(dashes) == 4:  # 2026-3-1-8-31
        cuts.append((text[: dashes[2].start()], text[dashes[2].end() :]))
    return [(left.strip(), right.strip()) for left, right in cuts if left.strip() and right.strip()]


def _second(start: Moment, text: str, starts_1904: bool) -> Moment:
    """Read the end of a period; what it leaves out it inherits from the start."""
    text = re.sub(r"(?<=\d)[日号]$|(?<=月)份$", "", re.sub(r"^(至|到)", "", text).strip())
    numbers = [int(one) for one in re.findall(r"\d+", text)]
    short = re.fullmatch(r"\d{1,2}(\s*[./月-]\s*(\d{1,2})?)?", text)
    if not short:
        return _text(text, starts_1904)
    if len(numbers) == 2:
        return _moment(start.year, numbers[0], numbers[1])
    if start.day is None or "月" in text:
        return _month(start.year, numbers[0])
    return _moment(start.year, start.month, numbers[0])


def _chinese_numbers(text: str) -> str:
    """Turn 二〇二六年三月十五日 into digits."""
    text = re.sub(r"([一二三])?十([一二三四五六七八九])?", _tens, text)
    return text.translate(_CHINESE)


def _tens(found: re.Match[str]) -> str:
    tens = {"": 1, "一": 1, "二": 2, "三": 3}[found[1] or ""]
    return str(tens * 10 + ("一二三四五六七八九".index(found[2]) + 1 if found[2] else 0))


def _moment(year: int, month: int, day: int) -> Moment:
    _day(year, month, day)
    return Moment(year, month, day)


def _month(year: int, month: int) -> Moment:
    _day(year, month, 1)
    return Moment(year, month)


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise DateProblem("DATE_INVALID") from None
    if not FIRST <= found <= LAST:
        raise DateProblem("DATE_RANGE")
    return found
