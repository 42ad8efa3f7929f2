"""Numbers nobody has: every check digit is right, and none was ever issued."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import count
from random import Random

from xqhz_desktop import paths
from xqhz_desktop.domain import identity
from xqhz_desktop.services.sample.draw import Draw

_BORN = 1_577_836_800_000  # 2020-01-01 in milliseconds: the time part of every sample id
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
_CODE_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BEFORE_CREDIT_CODES = 2000  # credit codes began in 2015


class Numbers:
    """The ids, phones, resident IDs and credit codes of one sample school, each given once."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._ids = ids(seed)
        self._phones, self._lines, self._people, self._firms = count(), count(), count(), count()
        self._draw = Draw(seed, "counties")
        self._counties: dict[int, list[str]] = {}

    def id(self) -> str:
        """Return the next record id."""
        return next(self._ids)

    def phone(self) -> str:
        """Return a mobile number of a range that was never assigned."""
        n = next(self._phones)
        if n < 10_000:
            return f"1660000{(n * 7919 + self._seed) % 10_000:04d}"
        return f"164{(n * 48_271 + self._seed) % 100_000_000:08d}"

    def landline(self) -> str:
        """Return a landline: no area has the code 026, and no number begins with 0."""
        return f"026-0{(next(self._lines) * 1_234_577 + self._seed) % 10_000_000:07d}"

    def resident(self, born: date, *, male: bool) -> str:
        """Return a resident ID of a county code abolished before the birth, or nothing."""
        counties = self._abolished(born.year)
        if not counties:
            return ""
        turn, place = divmod(next(self._people), len(counties))
        order = (turn * 7 + place * 131) % 500 * 2 + (1 if male else 0)
        first = f"{counties[place]}{born:%Y%m%d}{order:03d}"
        return first + identity.id_check_character(first)

    def credit_code(self, kind: str = "91") -> str:
        """Return a credit code of an office that was gone before such codes began.

        ``kind``: 91 enterprise, 92 individual business, 12 public institution.
        """
        n = next(self._firms)
        offices = self._abolished(_BEFORE_CREDIT_CODES)
        body = f"MA{(n * 123_457 + self._seed) % 1_000_000:06d}"
        first = f"{kind}{offices[n % len(offices)]}{body}{_organisation_check(body)}"
        return first + identity.uscc_check_character(first)

    def _abolished(self, year: int) -> list[str]:
        if year not in self._counties:
            gone = [code for code, end in abolished_counties().items() if end < year]
            self._counties[year] = self._draw.shuffled(gone)
        return self._counties[year]


def ids(seed: int) -> Iterator[str]:
    """Yield UUIDv7 ids that depend on the seed alone, in the order of birth."""
    chance = Random(f"{seed}/ids").random
    for serial in count():
        bits = serial << 40 | int(chance() * (1 << 40))
        variant, rest = 8 | bits >> 60 & 3, bits & (1 << 60) - 1
        yield f"{_BORN:012x}7{bits >> 62:03x}{variant:x}{rest:015x}"


@cache
def abolished_counties() -> dict[str, int]:
    """Return county codes no place bears any more, with the last year each was in use."""
    last: dict[str, int] = {}
    with paths.resource("codes", "gbt2260_history.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            end = int(row["end_year"]) if row["end_year"] else 9999
            last[row["code"]] = max(last.get(row["code"], 0), end)
    return {code: end for code, end in last.items() if end < 9999 and not code.endswith("00")}


def _organisation_check(body: str) -> str:
    total = sum(
        _CODE_LETTERS.index(letter) * weight
        for letter, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]
