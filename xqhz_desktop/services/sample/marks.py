"""After the placements of the sample school: scores, surveys, and who takes no part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from xqhz_desktop.domain import grading
from xqhz_desktop.domain.assessment import Asked, Score, Sitting, Survey
from xqhz_desktop.domain.participation import Absence, NonParticipant
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services.sample.draw import Draw, Lots, words
from xqhz_desktop.services.sample.numbers import Numbers

_ASSESSED = (PlacementStatus.ASSESSED, PlacementStatus.ARCHIVED)
_REASONS = Lots(
    {
        Absence.FURTHER_STUDY: 5.0,
        Absence.DEFERRED: 2.0,
        Absence.ARMY: 1.0,
        Absence.HEALTH: 1.0,
        Absence.EXEMPT: 1.0,
    }
)
_SURVEYED = 0.15


class Marks:
    """Draws what students get at the end; chance of its own, so that nothing before it moves."""

    def __init__(self, numbers: Numbers, seed: int) -> None:
        self._numbers, self._draw = numbers, Draw(seed, "marks")

    def of(self, placement: Placement, batch: PlacementBatch) -> Iterator[Record]:
        """Yield the score of a placement that was assessed, and some sheets of the survey."""
        if placement.status in _ASSESSED:
            yield self._score(placement, batch)
            if self._draw.chance(_SURVEYED):
                yield self._survey(placement)

    def absent(self, student: str, batch: PlacementBatch) -> Iterator[Record]:
        """Yield why a student without a place takes no part, where it is known by now."""
        if self._draw.chance(0.4):
            return
        reason = self._draw.lot(_REASONS)
        yield NonParticipant(
            id=self._numbers.id(),
            batch=batch.id,
            student=student,
            reason=reason,
            proof=str(words()["proofs"][reason.name]),
            approved_by="教务处",
        )

    def _score(self, placement: Placement, batch: PlacementBatch) -> Score:
        draw = self._draw
        level = draw.between(62, 95) if draw.chance(0.97) else draw.between(40, 58)
        school, enterprise = (
            Decimal(max(0, min(100, level + draw.between(-6, 6)))) for _ in range(2)
        )
        deferred = draw.chance(0.01)
        made = Score(
            id=self._numbers.id(),
            student=placement.student,
            placement=placement.id,
            school=school,
            enterprise=None if deferred else enterprise,
            sitting=Sitting.DEFERRED if deferred else Sitting.REGULAR,
            assessed_on=_after(placement.end_date, draw.between(2, 12)),
            enterprise_opinion=str(draw.pick(words()["opinions"])),
        )
        return grading.graded(made, batch.weights)

    def _survey(self, placement: Placement) -> Survey:
        draw = self._draw
        marks = [min(5, draw.between(3, 6)) for _ in range(5)]
        by_student = draw.chance(0.8)
        return Survey(
            id=self._numbers.id(),
            enterprise=placement.enterprise,
            batch=placement.batch,
            asked=Asked.STUDENT if by_student else Asked.ENTERPRISE,
            student=placement.student if by_student else "",
            answered_on=_after(placement.end_date, -draw.between(1, 10)),
            match=marks[0],
            guidance=marks[1],
            conditions=marks[2],
            safety=marks[3],
            satisfied=marks[4],
        )


def _after(end: date | None, days: int) -> date | None:
    return end + timedelta(days) if end else None
