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
_DOTS = re.compile(r"\s*[•・．‧∙⋅･]\s*")
_BLANK = frozenset(
    ("", "无", "暂无", "没有", "未填", "空", "-", "--", "—", "——", "/", "\\", "n/a", "#n/a", "null")
)


def text(value: Value) -> str:
    """Return a cell as text: trimmed, without invisible characters, whole numbers without .0."""
    match value:
        case None:
            return ""
        case str():
            found = value.replace("\r\n", "\n").replace("\r", "\n")
            return (found if found.isascii() else _INVISIBLE.sub("", found)).strip()
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
    if not found.isascii():
        found = unicodedata.normalize("NFKC", found)
    return re.sub(r'^="?(.*?)"?$', r"\1", found.lstrip("'`")).strip()


def blank(value: Value) -> bool:
    """Tell whether a cell says nothing, as people say it: empty, 无, —."""
    if value is None:
        return True
    return isinstance(value, str) and half(value).lower() in _BLANK


def company(value: Value, spot: Spot) -> str | None:
    """Read a company's name: full-width brackets, no blanks between Chinese characters."""
    name = re.sub(r"\s+", " ", text(value)).replace("(", "（").replace(")", "）")
    name = re.sub(r"\s*([（）])\s*", r"\1", _BETWEEN_HAN.sub("", name))
    return name or None


def person(value: Value, spot: Spot) -> str | None:
    """Read a person's name; Latin names keep their blanks."""
    name = re.sub(r"\s+", " ", text(value))
    if name.isascii():
        return name or None
    return _BETWEEN_HAN.sub("", _DOTS.sub("·", name)) or None


def label(value: Value, spot: Spot) -> str | None:
    """Read a short name such as a class: half width, no stray blanks."""
    return _IN_LABEL.sub("", re.sub(r"\s+", " ", half(value))) or None


def plain(value: Value, spot: Spot) -> str | None:
    """Read free text; line breaks stay."""
    return text(value) or None
