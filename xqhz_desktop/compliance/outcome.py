"""What a rule answers: it is broken, it cannot be judged, or it asks; None where all is well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.domain.placement import PlacementType
from xqhz_desktop.domain.preparation import FilingKind

Number = int | Decimal


_NOTHING: Mapping[str, Any] = {}


class Hit(NamedTuple):
    """The rule is broken; ``values`` stand in its text."""

    values: Mapping[str, Any] = _NOTHING
    severity: str = ""
    """Another one than the pack gives the rule."""
    fileable: bool = True
    """A filing with the authority may cover it, where the rule allows one at all."""


class Missing(NamedTuple):
    """It cannot be judged: these facts are missing, each ``kind.field``."""

    facts: tuple[str, ...]


class Ask(NamedTuple):
    """Words or codes that may mean restricted work, and nobody has said so for the position."""

    words: tuple[str, ...]


Outcome = Hit | Missing | Ask | None


@dataclass(frozen=True)
class Terms:
    """The data of one rule in force: numbers, lists of codes, words, kinds of filings."""

    numbers: Mapping[str, Number | None] = field(default_factory=dict)
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    filings: frozenset[FilingKind] = frozenset()

    def most(self, name: str) -> Number:
        """Return a number the pack must give."""
        found = self.numbers[name]
        assert found is not None, name
        return found

    def days(self, name: str) -> int:
        """Return a whole number the pack must give."""
        return int(self.most(name))


class When(Enum):
    """In which part of its life a placement is judged by a rule."""

    ALWAYS = "always"
    BEGUN = "begun"
    RUNNING = "running"
    OVER = "over"


Judge = Callable[[Facts, Terms], Outcome]

POST = frozenset({PlacementType.POST})
ALL = frozenset(PlacementType)


@dataclass(frozen=True)
class Rule:
    """One rule the program knows: how it is judged. Everything else stands in the packs."""

    id: str
    judge: Judge
    uses: tuple[str, ...]
    """The facts it looks at, each ``kind.field``; the first kind is where it is put right."""
    when: When = When.ALWAYS
    types: frozenset[PlacementType] = POST
    numbers: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def mends(self) -> str:
        """Return the kind of record where it is put right."""
        return self.uses[0].partition(".")[0]
