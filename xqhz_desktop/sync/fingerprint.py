"""The name of a key as eight words that two people can read to each other over the phone."""

from __future__ import annotations

from functools import cache

from xqhz_desktop import paths
from xqhz_desktop.i18n import Bilingual

WORDS = 8
"""Of 256 each: 64 bits, too many to find a second key for."""


def words(key_id: str) -> Bilingual:
    """Return the words of a key (its id, 64 hex characters): the same things in both languages."""
    return spoken(bytes.fromhex(key_id)[:WORDS])


def spoken(data: bytes) -> Bilingual:
    """Return bytes as words, one each."""
    known = _known()
    chinese, english = zip(*(known[byte] for byte in data), strict=True)
    return Bilingual(" ".join(chinese), " ".join(english))


def heard(words: str) -> bytes:
    """Return the bytes of words in either language, in any case; nothing where one is unknown."""
    bytes_of = {word.casefold(): n for n, pair in enumerate(_known()) for word in pair}
    said = [bytes_of.get(word.casefold()) for word in words.replace("\u3000", " ").split()]
    return bytes(one for one in said if one is not None) if None not in said else b""


@cache
def _known() -> tuple[tuple[str, str], ...]:
    """Return the word of each byte in Chinese and English; they never change."""
    lines = paths.resource("words", "fingerprint.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ") for line in lines)
    return tuple((chinese, english) for chinese, english in pairs)
