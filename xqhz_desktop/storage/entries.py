"""Row numbers of the full-text indexes: they rise with names, so the first hits come first.

An entry is a place in pinyin order, then the row: ``place << 28 | row``. The place says where a
name stands by its first two syllables; names that share them share it, and only their sort keys
tell them apart. No two sort keys are in one order and their places in the other.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from functools import cache

from xqhz_desktop import paths

ROWS = (1 << 28) - 1
"""The bits of an entry that are the row."""

_LEVEL = 13  # bits of one syllable: every syllable in six tones, and what lies between them
_BREAK = re.compile(r"[\x00- ]")
_TONES = ("", "1", "2", "3", "4", "5")


def entry(row: int, sort_key: str) -> int:
    """Return the entry of a row."""
    first, rest = _syllable(sort_key)
    place, exact = _place(first)
    second = _place(_syllable(rest[1:])[0])[0] if exact and rest[:1] == " " else 0
    return ((place << _LEVEL) + second) * (ROWS + 1) + row


def row_of(index: str) -> str:
    """Return the SQL of the row of an entry."""
    return f"({index}.rowid & {ROWS})"


def _syllable(text: str) -> tuple[str, str]:
    """Return the first syllable and what follows it."""
    found = _BREAK.search(text)
    end = found.start() if found else len(text)
    return text[:end], text[end:]


@cache
def _place(syllable: str) -> tuple[int, bool]:
    """Return the place of a syllable, and whether it is one or only stands between two."""
    known = _syllables()
    number = bisect_left(known, syllable)
    exact = number < len(known) and known[number] == syllable
    return 2 * number + exact, exact


@cache
def _syllables() -> tuple[str, ...]:
    with paths.resource("codes", "pinyin_syllables.csv").open(encoding="utf-8") as stream:
        bare = [row["syllable"] for row in csv.DictReader(stream)]
    return tuple(sorted(syllable + tone for syllable in bare for tone in _TONES))
