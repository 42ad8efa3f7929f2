"""Words in cells, cleaned as a careful person would: nothing is guessed, nothing is lost."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.sheet import Value

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\0]")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}·（）])\s+(?=[{_HAN}·（）])")
_IN_LABEL = re.compile(rf"(?<=[{_HAN}\d()])\s+(?=[{_HAN}\d()])")
_EXCEL_TEXT = re.compile(r'^="?(.*?)"?$')
_BLANKS = re.compile(r"\s+")
_DOTS = re.compile(r"\s*[•・．‧∙⋅･]\s*")
_BLANK = frozenset(
    ("", "无", "暂无", "没有", "未填", "空", "-", "--", "—", "——", "/", "\\", "n/a", "#n/a", "null")
)


_NO_COMPANY = frozenset(
    ("待定", "未定", "待安排", "未安排", "未落实", "未实习", "未就业", "不实习", "不参加")
) | frozenset(("自主实习", "自主择业", "自主联系", "自行联系", "自找", "自谋"))
"""What stands in the place of a company where there is none."""

_ADDRESS = re.compile(
    r"\s*\n\s*[(（]?(?:地址[:：])?[^()（）\n]*(?:[省市区县镇乡村路街巷园]|大道)[^()（）\n]*[)）]?\s*$"
)
"""An address in a line of its own under a company's name."""


def text(value: Value) -> str:
    """Return a cell as text: trimmed, without invisible characters, whole numbers without .0."""
    match value:
        case None:
            return ""
        case str():
            if "\r" in value:
                value = value.replace("\r\n", "\n").replace("\r", "\n")
            return (value if value.isascii() else _INVISIBLE.sub("", value)).strip()
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e18:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time() | timedelta():
            return str(value)
    return repr(value)


def half(value: Value) -> str:
    """Return a cell as text in half width on one line, without Excel's marks for text."""
    found = text(value)
    if found.isascii():
        if found.isalnum():
            return found  # most cells, and nothing to do
    else:
        found = unicodedata.normalize("NFKC", found)
    return _EXCEL_TEXT.sub(r"\1", found.lstrip("'`")).strip()


def blank(value: Value) -> bool:
    """Tell whether a cell says nothing, as people say it: empty, 无, —."""
    if isinstance(value, str):
        return len(value) < 20 and half(value).lower() in _BLANK
    return value is None


def company(value: Value, spot: Spot) -> str | None:
    """Read a company's name: full-width brackets, no blanks between Chinese characters."""
    said = text(value)
    if "\n" in said:
        said = _ADDRESS.sub("", said)
    name = _BLANKS.sub(" ", said).replace("(", "（").replace(")", "）")
    name = re.sub(r"\s*([（）])\s*", r"\1", _BETWEEN_HAN.sub("", name))
    if name in _NO_COMPANY:
        spot.error("REQUIRED_MISSING")
        return None
    return name or None


def person(value: Value, spot: Spot) -> str | None:
    """Read a person's name; Latin names keep their blanks."""
    name = _BLANKS.sub(" ", text(value))
    if name.isascii():
        return name or None
    return _BETWEEN_HAN.sub("", _DOTS.sub("·", name)) or None


def label(value: Value, spot: Spot) -> str | None:
    """Read a short name such as a class: half width, no stray blanks."""
    return _IN_LABEL.sub("", _BLANKS.sub(" ", half(value))) or None


def plain(value: Value, spot: Spot) -> str | None:
    """Read free text; line breaks stay."""
    return text(value) or None
