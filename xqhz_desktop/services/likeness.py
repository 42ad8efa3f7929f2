"""How alike two names are: companies by what makes them one company, people by sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from xqhz_desktop.domain import codes
from xqhz_desktop.storage import search

ALIKE = 75.0
"""Names at least so alike (0–100) are worth a look."""

_MARKS = re.compile(r"[\s()\[\]【】{}《》<>“”\"'·•・.,，。、/_&\-]+")
_FORMS = re.compile(r"(股份)?有限(责任)?公司|股份公司|个人独资企业|\(普通合伙\)|\(有限合伙\)")
_COMPANY = re.compile(r"(?<![分子总])公司$")
_LATIN_FORMS = re.compile(r"\b(co|company|ltd|limited|inc|corp|corporation|llc|gmbh)\b\.?")
_SUFFIX = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|盟)$"
)
_UNKNOWN_PLACE = re.compile(r"^([\u4e00-\u9fff]{2,3}?)[省市](?=[\u4e00-\u9fff]{2})")
_TELLING = re.compile(
    r"\d+|[一二三四五六七八九十百甲乙丙丁东南西北]+|分公司|子公司|分厂|分店|工厂|车间|门店|集团|控股"
)
_COUNTRY = re.compile(r"\(中国\)|^中国(?=[\u4e00-\u9fff]{2})")
_BRAND = 2
_LEAST = 2
"""Letters that must be left of a name once places are taken off."""


@dataclass(frozen=True)
class Core:
    """What is left of a company name: its own words, and the region code it names, or ""."""

    words: str
    region: str = ""

    @property
    def sound(self) -> str:
        """Return how the brand, the first two letters, sounds."""
        return " ".join(sound(self.words[:_BRAND]))


def places(names: Iterable[str]) -> frozenset[str]:
    """Return places as names with 省 or 市 behind them tell, also those no table knows."""
    return frozenset(found[1] for name in names if (found := _UNKNOWN_PLACE.match(name)))


def core(name: str, own: frozenset[str] = frozenset()) -> Core:
    """Return a company name in half width without legal form, brackets and places.

    `own` are places of one's own data besides those of the official table.
    """
    plain = unicodedata.normalize("NFKC", name).lower().strip()
    plain = _COUNTRY.sub("", _FORMS.sub("", _LATIN_FORMS.sub(" ", plain)))
    pieces = [piece for piece in re.split(r"[()\[\]【】]", plain) if piece.strip()]
    region, kept = "", []
    for place, piece in enumerate(pieces):
        bare = _MARKS.sub("", piece)
        words, found = _without_place(bare, own, whole=place > 0)
        region = found if len(found) > len(region) else region
        kept.append(words)
    words = _COMPANY.sub("", "".join(kept))
    if len(words) < _LEAST:
        return Core(_COMPANY.sub("", _MARKS.sub("", plain)))
    return Core(words, region)


def same_place(one: Core, other: Core) -> bool:
    """Tell whether two names may be of one place: one lies in the other, or says nothing."""
    shorter, longer = sorted((one.region, other.region), key=len)
    return longer.startswith(shorter)


def alike(one: Core, other: Core) -> float:
    """Return how alike two companies are called, 0–100; 0 where a place tells them apart."""
    if not same_place(one, other) or _telling(one.words) != _telling(other.words):
        return 0.0
    return fuzz.ratio(one.words, other.words)


def alike_people(one: str, other: str) -> bool:
    """Tell whether two names of people may be one written twice: the same sound, or one letter."""
    if one == other or sound(one, person=True) == sound(other, person=True):
        return True
    near = len(one) == len(other) > _BRAND and sum(a != b for a, b in zip(one, other)) == 1  # noqa: B905 - the same length
    return near and one[0] == other[0]


def person_key(name: str) -> str:
    """Return a person's name as it is compared: half width, without blanks and dots."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()


def sound(name: str, *, person: bool = False) -> tuple[str, ...]:
    """Return a name as its syllables without tones."""
    key = search.sort_key_of("student" if person else "enterprise", {"name": name})
    return tuple(re.sub(r"\d", "", key.partition(search.SEPARATOR)[0]).split())


def _telling(words: str) -> list[str]:
    """Return what tells apart in a name: two shops of one firm differ only there."""
    return _TELLING.findall(words)


def _without_place(words: str, own: frozenset[str], *, whole: bool) -> tuple[str, str]:
    """Return words without the places they begin with, and the code of the last one.

    In brackets (``whole``) only a piece that is nothing but a place is one.
    """
    left, region = words, ""
    while left:
        step = next((n for n in range(min(12, len(left)), 1, -1) if _places(left[:n], region)), 0)
        if not step:
            break
        region, left = _places(left[:step], region), left[step:]
    if not region and (named := next((one for one in own if left.startswith(one)), "")):
        region, left = named, re.sub("^[省市]", "", left.removeprefix(named))
    if whole:
        return ("", region) if region and not left else (words, "")
    return left, region


def _places(word: str, within: str) -> str:
    """Return the shortened code of a place, inside another one where that is known already."""
    found = _known_places().get(word, ())
    inside = [code for code in found if code.startswith(within) and code != within]
    return inside[0] if len(inside) == 1 or (inside and len(inside[0]) <= 4) else ""


@cache
def _known_places() -> dict[str, tuple[str, ...]]:
    """Return codes without trailing zeros by name; provinces and cities by their short name too."""
    found: dict[str, list[str]] = {}
    for code, one in codes.codes("region").items():
        bare = re.sub(r"(00){1,2}$", "", code)
        names = {one.name}
        if len(bare) < len(code) and len(short := _SUFFIX.sub("", one.name)) > 1:
            names.add(short)
        for name in names:
            found.setdefault(name, []).append(bare)
    return {name: tuple(sorted(some, key=len)) for name, some in found.items()}
