"""The name of a key as eight words that two people can read to each other over the phone."""

from __future__ import annotations

from functools import cache

from xqhz_desktop import paths
from xqhz_desktop.i18n import Bilingual

WORDS = 8
"""Of 256 each: 64 bits, too many to find a second key for."""


def words(key_id: str) -> Bilingual:
    """Return the words of a key (its id, 64 hex characters): the same things in both languages."""
    known = _known()
    chinese, english = zip(*(known[byte] for byte in bytes.fromhex(key_id)[:WORDS]), strict=True)
    return Bilingual(" ".join(chinese), " ".join(english))


@cache
def _known() -> tuple[tuple[str, str], ...]:
    """Return the word of each byte in Chinese and English; they never change."""
    lines = paths.resource("words", "fingerprint.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ") for line in lines)
    return tuple((chinese, english) for chinese, english in pairs)
