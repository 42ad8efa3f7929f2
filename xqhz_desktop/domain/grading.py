"""From scores to a total and a grade: weights, one rule of rounding, and the scales of words.

A total is exact until its end, then rounded half up to one decimal. Its grade is read off the
rounded total: 89.9 is not yet what begins at 90.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from xqhz_desktop import paths
from xqhz_desktop.domain.assessment import HIGHEST, Grade, Score, Sitting
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message

PARTS = ("usual", "school", "enterprise", "final")
"""The scores a total is made of, in the order of the weights."""

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Step:
    """One word of a scale: the least total that has it, and what it counts where it is typed."""

    least: Decimal
    name: str
    name_en: str
    worth: Decimal
    grade: Grade
    also: tuple[str, ...]

    def said(self, lang: str) -> str:
        """Return the word in a language."""
        return self.name if lang == "zh_CN" else self.name_en


@cache
def scale(name: str) -> tuple[Step, ...]:
    """Return a scale, the best word first: ``four`` is the one of record, ``five`` is common."""
    with paths.resource("codes", "grade_scales.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            Step(
                Decimal(row["least"]),
                row["name"],
                row["name_en"],
                Decimal(row["worth"]),
                Grade[row["grade"]],
                tuple(filter(None, row["also"].split("|"))),
            )
            for row in csv.DictReader(stream)
            if row["scale"] == name
        )


def rounded(value: Decimal) -> Decimal:
    """Return a score with one decimal, half up."""
    return value.quantize(_TENTH, ROUND_HALF_UP)


def total(scores: Sequence[Decimal | None], weights: Sequence[Decimal]) -> Decimal | None:
    """Return the weighted total, None while a score that counts is missing."""
    counted = [(score, weight) for score, weight in zip(scores, weights, strict=True) if weight]
    if not counted or any(score is None for score, _weight in counted):
        return None
    return rounded(sum((score or 0) * weight for score, weight in counted) / Decimal(100))


def on(name: str, total: Decimal) -> Step:
    """Return the word a total has on a scale."""
    return next(step for step in scale(name) if total >= step.least)


def graded(score: Score, weights: Sequence[Decimal]) -> Score:
    """Return a score with the total and the grade its parts make.

    One without any part keeps what stands there: some schools are only told the total, or the
    grade. Who sits later has neither.
    """
    if score.sitting is Sitting.DEFERRED:
        return score.but(total=None, grade=Grade.OPEN)
    parts = [getattr(score, name) for name in PARTS]
    if all(part is None for part in parts):
        return score
    made = total(parts, weights)
    return score.but(total=made, grade=Grade.OPEN if made is None else on("four", made).grade)


def read(text: str) -> Decimal | None:
    """Return the score in a text, None for an empty one: 85, 85.25 or a word such as 良好.

    Raise UserError for what is no score from 0 to 100.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip()
    if not plain:
        return None
    if (worth := _words().get(plain.lower())) is not None:
        return worth
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise UserError(Message("“{text}” is no score and no word of a grade scale.", text=text))
    if value < 0 or value > HIGHEST:
        raise UserError(Message("A score goes from 0 to {n}.", n=int(HIGHEST)))
    return rounded(value)


@cache
def _words() -> dict[str, Decimal]:
    """Return what each word of the scales counts; the words they share count the same."""
    return {
        word.lower(): step.worth
        for name in ("five", "four")
        for step in scale(name)
        for word in (step.name, step.name_en, *step.also)
    }
