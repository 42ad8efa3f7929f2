"""Judging one placement by the rules in force where and when it begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product
from typing import Any, NamedTuple

from xqhz_desktop.compliance import pack as packs
from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import Ask, Hit, Judge, Missing, Outcome, Rule, When
from xqhz_desktop.compliance.pack import Entry, Pack
from xqhz_desktop.compliance.registry import BY_ID
from xqhz_desktop.domain.placement import PlacementType
from xqhz_desktop.domain.preparation import Filing, FilingState
from xqhz_desktop.i18n import N_


class State(Enum):
    """What is to be done about a finding."""

    OPEN = N_("open")
    FILED = N_("filed")
    UNJUDGED = N_("cannot be judged")
    ASKED = N_("question")


_NOTHING: Mapping[str, Any] = {}


class Finding(NamedTuple):
    """One rule that a placement breaks, that cannot be judged, or that asks."""

    rule: str
    severity: str
    state: State
    values: Mapping[str, Any] = _NOTHING
    missing: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    filing: str = ""
    """The filing that covers it, or covers only a part of the days."""
    pack: str = ""


Part = tuple[PlacementType, bool, bool, bool]
"""Kind of internship; whether it has begun, is running, is over."""


@dataclass(frozen=True)
class Book:
    """The rules in force at one place on one day."""

    entries: Mapping[str, Entry]
    packs: tuple[Pack, ...]
    asked: Mapping[Part, tuple[tuple[Judge, Entry], ...]]
    """By what a placement is judged in each part of its life."""


class Shelf:
    """All packs known, and the books made from them; a book is made once for a place and day."""

    def __init__(self, all_packs: Sequence[Pack], school: str) -> None:
        """Keep the packs, and the region of the school."""
        self.packs = tuple(all_packs)
        self._school = school
        self._turns = sorted(
            {one.in_force for one in self.packs} | {one.until for one in self.packs if one.until}
        )
        self._places: dict[str, tuple[bool, ...]] = {}
        self._books: dict[tuple[int, bool, tuple[bool, ...]], Book] = {}

    def book(self, day: date, work: str) -> Book:
        """Return the rules in force on a day at a place of work (a region code)."""
        meant = self._places.get(work)
        if meant is None:
            meant = self._places[work] = tuple(one.meant(work) for one in self.packs)
        turn = bisect_right(self._turns, day)
        key = (turn, bool(turn) and self._turns[turn - 1] == day, meant)
        found = self._books.get(key)
        if found is None:
            found = self._books[key] = self._made(day, work)
        return found

    def _made(self, day: date, work: str) -> Book:
        ours = packs.in_force(self.packs, day)
        said = packs.here(ours, self._school, work)
        known = {id: one for id, one in packs.entries(said).items() if not one.off}
        known = {id: known[id] for id in sorted(known)}
        asked = {
            (type, begun, running, over): tuple(
                (BY_ID[id].judge, one)
                for id, one in known.items()
                if _asked(BY_ID[id], type, (begun, running, over))
            )
            for type in PlacementType
            for begun, running, over in product((False, True), repeat=3)
        }
        return Book(known, tuple(one for one, _ in said), asked)


def _asked(rule: Rule, type: PlacementType, part: tuple[bool, ...]) -> bool:
    """Tell whether a rule is for a kind of internship and a part of its life."""
    parts = (When.ALWAYS, *(one for one, now in zip(_PARTS, part, strict=True) if now))
    return type in rule.types and rule.when in parts


_PARTS = (When.BEGUN, When.RUNNING, When.OVER)


def judge(facts: Facts, book: Book) -> list[Finding]:
    """Return what the rules find, in the order of their ids."""
    found = []
    for judged, entry in book.asked[facts.type, facts.begun, facts.running, facts.over]:
        outcome = judged(facts, entry.terms)
        if outcome is not None and (one := finding(facts, entry, outcome)):
            found.append(one)
    return found


def judge_one(facts: Facts, entry: Entry) -> Finding | None:
    """Return what one rule finds, whatever part of its life the placement is in."""
    outcome = BY_ID[entry.id].judge(facts, entry.terms)
    return None if outcome is None else finding(facts, entry, outcome)


def finding(facts: Facts, entry: Entry, outcome: Outcome) -> Finding | None:
    """Return what an answer of a rule means once filings are looked at."""
    match outcome:
        case Missing(names):
            return Finding(entry.id, "M", State.UNJUDGED, missing=names, pack=entry.pack)
        case Ask(words):
            return Finding(entry.id, "M", State.ASKED, words=words, pack=entry.pack)
        case Hit(values, severity, fileable):
            weight = severity or entry.severity
            whole, part = _filed(facts, entry) if fileable else (None, None)
            if whole and weight != "F":
                return None  # the paper that was missing is there
            state = State.FILED if whole else State.OPEN
            paper = whole or part
            return Finding(
                entry.id, weight, state, values, filing=paper.id if paper else "", pack=entry.pack
            )
    return None


def _filed(facts: Facts, entry: Entry) -> tuple[Filing | None, Filing | None]:
    """Return the filing that covers all days of the placement, and one that covers some."""
    kinds = entry.terms.filings
    if not kinds:
        return None, None
    part = None
    for one in facts.filings:
        if one.kind in kinds and one.state is FilingState.FILED and one.authority:
            first = one.valid_from or one.filed_on or facts.start
            if first <= facts.start and (one.valid_until or facts.end) >= facts.end:
                return one, None
            part = one
    return None, part
