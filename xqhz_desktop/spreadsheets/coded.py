"""Choices of a list and codes of national tables, as people write them."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, lru_cache

from xqhz_desktop.domain import codes
from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.kinds import Column
from xqhz_desktop.spreadsheets.lexicon import choices
from xqhz_desktop.spreadsheets.sheet import Value
from xqhz_desktop.spreadsheets.texts import blank, half, text


def choice(value: Value, spot: Spot, column: Column) -> Enum | None:
    """Read one of a closed list; an unknown word is an error, or a warning in a lenient column."""
    assert column.choices is not None
    said = re.sub(r"\s", "", half(value)).lower()
    found = _known_choices(column.choices).get(said)
    if found is None and not blank(value):
        (spot.warn if column.lenient else spot.error)("CHOICE_UNKNOWN")
    return found


@lru_cache(maxsize=64)
def _known_choices(wanted: type[Enum]) -> dict[str, Enum]:
    """Return a list's members by everything they are called, in every language."""
    known = {one.name.lower(): one for one in wanted}
    for one in wanted:
        for code in CODES:
            known[re.sub(r"\s", "", half(language(code).say(one))).lower()] = one
    for name, words in choices().get(wanted.__name__, {}).items():
        if name in wanted.__members__:  # two lists may have one name
            known |= {re.sub(r"\s", "", word).lower(): wanted[name] for word in words}
    return known


def code(value: Value, spot: Spot, column: Column) -> str | None:
    """Read a code or name of a national table."""
    said = half(value)
    found = codes.find(column.table, said) or _known_codes(column.table).get(
        re.sub(r"\s", "", said).lower()
    )
    if found is None and column.table == "region":
        found = _region(re.sub(r"\s", "", said))
    if found is None and column.table == "industry":
        found = codes.find("industry", re.sub(r"^[A-Z]\d{0,4}[\s、.:-]*(?=[^\x00-\x7f])", "", said))
    if found is None and not blank(value):
        (spot.warn if column.lenient else spot.error)("CHOICE_UNKNOWN")
    return found


def several(value: Value, spot: Spot, column: Column) -> str | None:
    """Read several codes or names; a text that is one name is not taken apart."""
    if blank(value):
        return None
    quiet = Spot(spot.field, spot.label)
    whole = code(value, quiet, column)
    parts = [] if whole else [one for one in re.split(r"[,，、;；\n]", text(value)) if one.strip()]
    found = {whole} if whole else {code(one, spot, column) for one in parts}
    return ",".join(sorted(one for one in found if one)) or None


@cache
def _known_codes(table: str) -> dict[str, str]:
    words = choices().get(table, {})
    known = {re.sub(r"\s", "", one.name).lower(): one.code for one in codes.codes(table).values()}
    return known | {word.lower(): code for code, said in words.items() for word in said}


def _region(said: str) -> str | None:
    """Return the smallest place a text begins with; a county without its province is unclear."""
    names = _regions()
    return next((names[said[:n]] for n in range(len(said), 2, -1) if said[:n] in names), None)


@cache
def _regions() -> dict[str, str]:
    return {codes.full_name(code, "zh_CN"): code for code in codes.codes("region")}
