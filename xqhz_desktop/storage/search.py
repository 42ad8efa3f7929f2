"""Pinyin, sort keys and search keys: how names are ordered and found.

A search key is a list of parts separated by U+001F. A word finds a record when it stands inside a
Chinese part, begins a Latin or digit part, or ends a number: what ``manners.md`` calls initials,
full pinyin, mixed, and tails. Letters never match in the middle of a syllable because a part
begins only where a syllable begins.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain, islice, product
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.records import Record

SEPARATOR = "\x1f"
PEOPLE = frozenset({"student", "staff", "enterprise_contact", "mentor"})
"""Kinds whose name is a person's, with a surname in front."""

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_NUMBER = re.compile(r"\d+")
_RUNS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]|[a-z]+|\d+")
_ODD = re.compile(r"[^\u3400-\u9fff\U00020000-\U0003ffffa-z\d\s]")
_APART = re.compile(r"[,;/\s、]+")
_END = "ㄅ"  # nobody can ask for it: no word reaches from one part into the next
_SIGN = "ㄆ"  # and this begins the word that stands for a sign: the index itself knows no signs
_DOTS = str.maketrans(dict.fromkeys("•・‧∙･⋅", "·"))
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # all but the end of a line
_LONGEST_MIX = 4  # names of up to four characters are found by any mix of initials and syllables
_READINGS = 4


def sort_key(record: Record) -> str:
    """Return the key that puts names in pinyin order, with numbers in their natural order."""
    return sort_key_of(record.KIND, vars(record))


def sort_key_of(kind: str, values: Mapping[str, Any]) -> str:
    """Return the sort key of a record given as values by field name."""
    name = str(values.get(BY_KIND[kind].TITLE) or "")
    name = name if name.isascii() else unicodedata.normalize("NFKC", name)
    own = values.get("name_pinyin") or ""
    counted = _NUMBER.sub(lambda found: found[0].zfill(8), own.lower() or name)
    key = counted if own else " ".join(_toned(counted, person=kind in PEOPLE))
    return key + SEPARATOR + name


def keys(record: Record) -> str:
    """Return the search key of a record: all parts it can be found by."""
    return keys_of(record.KIND, vars(record))


def keys_of(kind: str, values: Mapping[str, Any], more: Iterable[str] = ()) -> str:
    """Return the search key of a record given as values by field name, and `more` texts of it."""
    parts: dict[str, None] = {}
    person = kind in PEOPLE
    for name, numbers in _searched(kind):
        value = values[name]
        if not value:
            continue
        plain = value.lower() if value.isascii() and value.isprintable() else _plain(value)
        if not numbers:
            own = values.get("name_pinyin") or "" if name == BY_KIND[kind].TITLE else ""
            for line in plain.splitlines():
                parts[line] = None
                parts.update(dict.fromkeys(_pinyin_parts(line, own.lower(), person=person)))
        elif plain.isalnum():
            parts[plain] = None
        else:
            parts.update(dict.fromkeys(_APART.split(plain.replace("-", ""))))
    for line in chain.from_iterable(_plain(text).splitlines() for text in more):
        parts[line] = None
        parts.update(dict.fromkeys(_pinyin_parts(line, "", person=False)))
    parts.pop("", None)
    return SEPARATOR + SEPARATOR.join(parts) + SEPARATOR if parts else ""


def tokens(keys: str) -> str:
    """Return a search key as the words of the full-text index: numbers also from their tail."""
    words: list[str] = []
    for part in keys.split(SEPARATOR):
        if not (part.isascii() and part.isalnum()):
            words.extend(_RUNS.findall(part))
            words.append(_END)
            words.extend(map(_sign, _ODD.findall(part)))
            continue
        words.append(part)
        if not part.isalpha():
            words.append("r" + part[::-1])
    return " ".join(words)


def terms(words: str) -> list[str]:
    """Return the words of a search as they are compared: half width, lower case."""
    plain = _plain(words)
    return [re.sub(r"(?<=[\da-z])-(?=\d)", "", term) for term in plain.split()]


def like(term: str) -> list[list[str]]:
    r"""Return LIKE patterns (escaped by ``\``) of one word: any list whose patterns all fit."""
    safe = re.sub(r"([%_\\])", r"\\\1", term)
    if not exact(term):
        return [[f"%{safe}%"]]
    if not _HAN.search(term) and re.search(r"[a-z\d]", term):
        found = [[f"%{SEPARATOR}{safe}%"]]
        if term.isalnum() and any(letter.isdigit() for letter in term):
            found.append([f"%{safe}{SEPARATOR}%"])
        return found
    whole = [[f"%{safe}%"]]
    mixed = _mixed(term)
    return (
        [*whole, [f"%{SEPARATOR}{run}%" if run.isascii() else f"%{run}%" for run in mixed]]
        if (mixed)
        else whole
    )


def exact(term: str) -> bool:
    """Tell whether the full-text index alone answers a word: it holds letters and digits only."""
    return bool(term) and "".join(_RUNS.findall(term)) == term


def match(term: str) -> str:
    """Return the full-text query of one word; of signs alone, what holds each of them."""
    runs = _RUNS.findall(term)
    if not runs:
        return " AND ".join(dict.fromkeys(map(_sign, term)))
    phrase = '"' + " ".join(runs) + ('"' if _HAN.fullmatch(runs[-1]) else '" *')
    if _HAN.search(term):
        mixed = _mixed(term) if exact(term) else []
        parts = [f'"{" ".join(_RUNS.findall(run))}"' + " *" * run.isascii() for run in mixed]
        return f"({phrase} OR ({' AND '.join(parts)}))" if mixed else f"({phrase})"
    either = [phrase] if not term.isalnum() or len(runs) > 1 else []
    if term.isalnum():
        either.append(f'"{term}" *')
        if any(letter.isdigit() for letter in term):
            either.append(f'"r{term[::-1]}" *')
    return "(" + " OR ".join(either) + ")"


@cache
def _searched(kind: str) -> tuple[tuple[str, bool], ...]:
    """Return the searched fields of a kind, and whether each holds numbers rather than words."""
    return tuple(
        (name, field.kind in (Kind.CODE, Kind.TABLE))
        for name, field in BY_KIND[kind].FIELDS.items()
        if field.search
    )


def _sign(letter: str) -> str:
    return f"{_SIGN}{ord(letter):x}"


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", unicodedata.normalize("NFKC", text).lower()).translate(_DOTS)


def _mixed(term: str) -> list[str]:
    """Return the runs of a word that mixes characters and letters (张s), or nothing."""
    runs = re.findall(r"[a-z]+|[^a-z]+", term)
    return runs if len(runs) > 1 and _HAN.search(term) and re.search("[a-z]", term) else []


def _pinyin_parts(line: str, own: str, *, person: bool) -> list[str]:
    """Return what a Chinese line is found by in letters; no part begins another needlessly."""
    runs = _RUNS.findall(line)
    if not _HAN.search(line):
        return ["".join(runs[start:]) for start in range(len(runs))] if len(runs) > 1 else []
    parts: list[str] = []
    for syllables in _readings(line, own, person=person):
        initials = [one if one.isdigit() else one[:1] for one in syllables]
        mixed = len(syllables) <= _LONGEST_MIX
        if mixed:
            halves = zip(syllables[:-1], initials, strict=False)
            parts.extend("".join(mix) + syllables[-1] for mix in product(*halves))
        for start in range(int(mixed), len(syllables)):
            parts.append("".join(syllables[start : start + 6 if start else None]))
            if start < len(syllables) - 1:
                parts.append("".join(initials[start : start + 12]))
    if "".join(runs) != line:
        parts.append("".join(runs))
    return parts


def _readings(line: str, own: str, *, person: bool) -> list[list[str]]:
    """Return every common way to read a name, the usual one first."""
    if own:
        return [own.split()]
    usual = [bare for tone in _toned(line, person=person) if (bare := _untoned(tone))]
    if not usual:
        return []  # a rare character nobody has given a reading
    polyphones = _polyphones()
    plain = not person or len(usual) != len(line)  # companies are read the ordinary way
    if plain or not any(letter in polyphones for letter in line):
        return [usual]
    options = [
        list(dict.fromkeys((syllable, *polyphones.get(letter, ()))))
        for letter, syllable in zip(line, usual, strict=True)
    ]
    return [list(mix) for mix in islice(product(*options), _READINGS)]


def _toned(name: str, *, person: bool) -> tuple[str, ...]:
    """Return the syllables with their tones; of a person character by character."""
    if not _HAN.search(name):
        return (name.lower(),)
    if not person:
        return _toned_phrase(name)
    surname, syllables = _surname(name)
    return (*syllables, *(_toned_character(letter) for letter in name[len(surname) :]))


@lru_cache(maxsize=4096)
def _untoned(tone: str) -> str:
    return re.sub(r"[^a-z\d]|(?<=[a-z])\d", "", tone)


@lru_cache(maxsize=4096)
def _toned_phrase(name: str) -> tuple[str, ...]:
    return _pinyin(name.lower())


@lru_cache(maxsize=16384)
def _toned_character(letter: str) -> str:
    return next(iter(_pinyin(letter.lower())), letter)


def _pinyin(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # lazy: 200 ms of dictionaries, and only to write keys

    return tuple(lazy_pinyin(text, style=Style.TONE3))


def _surname(name: str) -> tuple[str, tuple[str, ...]]:
    known = _surnames()
    for length in (2, 1):
        if len(name) > length and name[:length] in known:
            return name[:length], known[name[:length]]
    return "", ()


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    with paths.resource("codes", "cn_surname_readings.csv").open(encoding="utf-8") as stream:
        return {row["surname"]: tuple(row["reading"].split()) for row in csv.DictReader(stream)}


@cache
def _polyphones() -> dict[str, tuple[str, ...]]:
    with paths.resource("codes", "polyphones.csv").open(encoding="utf-8") as stream:
        return {row["character"]: tuple(row["readings"].split()) for row in csv.DictReader(stream)}
