"""Texts and languages: a text is an English msgid until the moment it is shown."""

from __future__ import annotations

import gettext
import io
import locale
import os
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from xqhz_desktop import paths

CODES = ("zh_CN", "en")
"""The languages of the program; the first is the one it is written for."""

NAMES = {"zh_CN": "中文", "en": "English"}
"""Each language in its own words."""


def N_(text: str) -> str:  # noqa: N802 - the name translators' tools look for
    """Mark a text for translation where it is declared; it stays English until shown."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as N_, with its plural
    """Mark a text and its plural; the value named ``n`` chooses between them."""
    return (one, many)


class Bilingual(str):
    """A text the school wrote itself: Chinese, with English beside it where there is some."""

    __slots__ = ("english",)
    english: str

    def __new__(cls, text: str, english: str = "") -> Bilingual:
        """Keep both texts; the Chinese one is the string."""
        made = super().__new__(cls, text)
        made.english = english
        return made

    def __reduce__(self) -> tuple[type[Bilingual], tuple[str, str]]:
        """Give both texts to whoever copies it."""
        return Bilingual, (str(self), self.english)


class Message:
    """A text with its values, translated only when a language is known.

    ``Message("{n} rows were skipped", n=3)``; a pair made by ``NN_`` carries its plural.
    Values may be messages, enums, dates and numbers: each is said in the same language.
    """

    __slots__ = ("msgid", "values")

    def __init__(self, msgid: str | tuple[str, str], /, **values: Any) -> None:
        """Keep the text and its values as they are."""
        self.msgid = msgid
        self.values: Mapping[str, Any] = values

    def __eq__(self, other: object) -> bool:
        """Two messages are equal when they would say the same."""
        return (
            isinstance(other, Message)
            and self.msgid == other.msgid
            and dict(self.values) == dict(other.values)
        )

    def __hash__(self) -> int:
        """Hash by text; values may be unhashable."""
        return hash(self.msgid)

    def __str__(self) -> str:
        """Return the English text, for logs and tests."""
        return language("en").say(self)

    def __repr__(self) -> str:
        """Show the text and its values."""
        return f"Message({self.msgid!r}, {dict(self.values)!r})"


class Language:
    """One language: its texts and its way of writing dates and numbers."""

    def __init__(self, code: str) -> None:
        """Load the catalogue of ``code`` (``zh_CN`` or ``en``)."""
        self.code = code
        self._catalogue = _catalogue(code)

    def say(self, text: str | Message | tuple[str, str] | Enum, /, **values: Any) -> str:
        """Return ``text`` in this language, with its values filled in."""
        if isinstance(text, Enum):
            return self.say(text.value)
        if isinstance(text, Bilingual):
            return text.english if text.english and self.code == "en" else str(text)
        if isinstance(text, Message):
            return self.say(text.msgid, **{**text.values, **values})
        if isinstance(text, tuple):
            found = self._catalogue.ngettext(text[0], text[1], values.get("n", 0))
        else:
            found = self._catalogue.gettext(text) if text else ""
        if not values:
            return found
        return found.format_map({name: self.value(value) for name, value in values.items()})

    def value(self, value: Any) -> str:
        """Return a value as people read it: dates in ISO form, numbers with separators."""
        match value:
            case None:
                return ""
            case Bilingual():
                return self.say(value)
            case str():
                return value
            case Message() | Enum() | tuple():
                return self.say(value)
            case bool():
                return self.say(N_("yes") if value else N_("no"))
            case datetime():
                return value.strftime("%Y-%m-%d %H:%M")
            case date():
                return value.isoformat()
            case int():
                return f"{value:,}"
            case Decimal() | float():
                return f"{value:,.2f}".rstrip("0").rstrip(".")
            case list():
                return self.say(N_(", ")).join(self.value(item) for item in value)
        return str(value)

    def __repr__(self) -> str:
        """Name the language by its code."""
        return f"Language({self.code!r})"


@cache
def language(code: str) -> Language:
    """Return the language of ``code``; anything unknown is read as the nearest one."""
    return Language(nearest(code))


def nearest(code: str | None) -> str:
    """Return the program's language nearest to a locale name such as ``zh_TW`` or ``de``."""
    return "zh_CN" if (code or "").lower().startswith("zh") else "en"


def system_language() -> str:
    """Return the language of the computer: ``zh_CN`` where it is Chinese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:  # a computer that names no language gets the one the program is written for
            return CODES[0] if value.split(".")[0] in {"C", "POSIX"} else nearest(value)
    return nearest(locale.getlocale()[0] or "zh")


def _catalogue(code: str) -> gettext.NullTranslations:
    folder = paths.catalogues() / code / "LC_MESSAGES"
    source, compiled = folder / "xqhz.po", folder / "xqhz.mo"
    if not compiled.exists() or _older(compiled, source):
        return _compiled_now(source, compiled)
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def _older(compiled: Path, source: Path) -> bool:
    return source.exists() and source.stat().st_mtime > compiled.stat().st_mtime


def _compiled_now(source: Path, compiled: Path) -> gettext.NullTranslations:
    """Compile a catalogue in a checkout, where no build has done it yet."""
    if not source.exists():
        return gettext.NullTranslations()
    from babel.messages import mofile, pofile  # lazy: an installed program never needs it

    buffer = io.BytesIO()
    with source.open("rb") as stream:
        mofile.write_mo(buffer, pofile.read_po(stream))
    try:
        part = compiled.with_suffix(f".{os.getpid()}")  # two first starts may meet here
        part.write_bytes(buffer.getvalue())
        part.replace(compiled)
    except OSError:
        pass  # a read-only checkout compiles again at the next start
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
