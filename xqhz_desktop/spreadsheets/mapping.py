"""Which column of a file became which value, how that was found, and what people chose instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from xqhz_desktop.i18n import CODES, N_, language
from xqhz_desktop.spreadsheets.headers import Header
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind
from xqhz_desktop.spreadsheets.lexicon import key
from xqhz_desktop.spreadsheets.texts import text
from xqhz_desktop.spreadsheets.understand import SheetPlan, Understood


class How(Enum):
    """How a column was found."""

    SAME = N_("Same word")
    SYNONYM = N_("Synonym")
    SPLIT = N_("Split in two")
    CHOSEN = N_("By hand")
    OPEN = N_("To choose")
    SKIPPED = N_("Left out")


@dataclass(frozen=True)
class Match:
    """One column of the file. `name` is the import column it fills, "" for none."""

    key: str
    letter: str
    heading: str
    sample: str
    name: str
    how: How


def matches(understood: Understood) -> list[Match]:
    """Return the columns of every sheet that is read, one line a heading."""
    kind = understood.meant
    found: dict[str, Match] = {}
    for plan in understood.sheets:
        if plan.header:
            for place, one in plan.header.keys.items():
                if one not in found:
                    found[one] = _match(plan, plan.header, place, kind)
    return list(found.values())


def headings(understood: Understood) -> frozenset[str]:
    """Return the keys of all headings: files of one source have the same."""
    plans = [one for one in understood.sheets if one.header]
    return frozenset(one for plan in plans if plan.header for one in plan.header.keys.values())


def letter(place: int) -> str:
    """Return a column's letters as spreadsheets show them; the first place is 0."""
    said = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        said = chr(65 + rest) + said
    return said


def _match(plan: SheetPlan, header: Header, place: int, kind: ImportKind) -> Match:
    name, one = header.columns.get(place, ""), header.keys[place]
    sample = _sample(plan, header, place)
    return Match(
        one, letter(place), header.texts[place], sample, name, _how(header, place, sample, kind)
    )


def _how(header: Header, place: int, sample: str, kind: ImportKind) -> How:
    name, said = header.columns.get(place, ""), header.texts[place]
    if header.keys[place] in header.wished:
        return How.CHOSEN if name else How.SKIPPED
    if not name:
        return How.OPEN if sample and said in header.unmapped else How.SKIPPED
    column = kind.column(name)
    if column.parts:
        return How.SPLIT
    return How.SAME if key(said) in _labels(column) else How.SYNONYM


def _labels(column: Column) -> set[str]:
    return {key(language(code).say(column.label)) for code in CODES}


def _sample(plan: SheetPlan, header: Header, place: int) -> str:
    """Return the first value under a heading, or nothing where the whole column is blank."""
    for number, row in plan.sheet.rows:
        if number > header.rows[-1] and place < len(row) and (said := text(row[place])):
            return said
    return ""
