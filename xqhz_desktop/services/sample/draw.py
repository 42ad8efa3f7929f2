"""Chance that repeats: the same seed draws the same lots on every computer."""

from __future__ import annotations

import csv
import json
from bisect import bisect
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

from xqhz_desktop import paths

T = TypeVar("T")


class Lots(Generic[T]):
    """Things to draw from, each with its weight."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = tuple(weights)
        self.sums = tuple(accumulate(weights.values()))


class Draw:
    """One stream of chance a subject: more students do not change the enterprises."""

    def __init__(self, seed: int, subject: str) -> None:
        # Only random() is used: of all methods, Python promises never to change this one.
        self._random = Random(f"{seed}/{subject}").random

    def chance(self, share: float) -> bool:
        """Return True in this share of cases, 0 to 1."""
        return self._random() < share

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """Return one of the things, each as likely as another."""
        return things[int(self._random() * len(things))]

    def lot(self, lots: Lots[T]) -> T:
        """Return one of the things by weight."""
        return lots.things[bisect(lots.sums, self._random() * lots.sums[-1])]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return the things in another order."""
        return sorted(things, key=lambda _thing: self._random())


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one list of ``resources/samples``."""
    with paths.resource("samples", f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def words() -> dict[str, Any]:
    """Return the single words and short lists of ``resources/samples``."""
    text = paths.resource("samples", "words.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
