"""Before the start in the sample school: visits, decisions, consents, agreements, insurance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xqhz_desktop.domain.agreement import (
    ExtraAgreement,
    PartyState,
    ReviewState,
    Tripartite,
    TripartiteState,
)
from xqhz_desktop.domain.guidance import EventKind, PlacementEvent
from xqhz_desktop.domain.insurance import Cover, InsuranceKind, Policy
from xqhz_desktop.domain.placement import (
    Arrangement,
    Placement,
    PlacementBatch,
    PlacementStatus,
)
from xqhz_desktop.domain.preparation import (
    Application,
    ApplicationState,
    Consent,
    ConsentState,
    Filing,
    FilingKind,
    FilingState,
    Training,
    TrainingKind,
    TrainingResult,
)
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services.sample.draw import Draw, words
from xqhz_desktop.services.sample.numbers import Numbers
from xqhz_desktop.services.sample.posts import Host

_S = PlacementStatus
_SEALED = {
    "state": TripartiteState.EFFECTIVE,
    "school": PartyState.SEALED,
    "enterprise": PartyState.SEALED,
    "student": PartyState.SIGNED,
    "guardian": PartyState.SIGNED,
}
_SURE = {"ended": 0.995, "running": 0.985, "planned": 0.8}
"""How sure it is that a paper is there, by the stage of its batch."""
_SPECIAL = (FilingKind.CROSS_PROVINCE, FilingKind.NIGHT_SHIFT)
_LEG_DAYS = 21
"""Days the first leg lasted of those who changed the enterprise."""


@dataclass(frozen=True)
class Batch:
    """A batch with what everybody in it shares."""

    record: PlacementBatch
    stage: str
    policy: str
    accident: str
    training: str


class Ready:
    """Draws the papers before the start; chance of its own, so that nothing else moves."""

    def __init__(self, numbers: Numbers, seed: int, today: date) -> None:
        self._numbers, self._draw, self._today = numbers, Draw(seed, "ready"), today
        self._batches: dict[str, Batch] = {}
        self.hosts: Sequence[Host] = ()
        """Where somebody may have been before a change of the enterprise."""

    def batch(self, batch: PlacementBatch, stage: str) -> Iterator[Record]:
        """Yield a batch as it was approved, with its policy, its training and its filing."""
        start, end = batch.start_date or self._today, batch.end_date or self._today
        planned = stage == "planned"
        days: dict[str, Any] = {
            "plan_approved_on": start - timedelta(70),
            "rules_agreed_on": start - timedelta(66),
            "safety_rules_on": start - timedelta(66),
            "emergency_plan_on": None if planned else start - timedelta(60),
        }
        yield batch.but(plan_no=f"实习〔{start.year}〕{start.month}号", **days)
        policy = Policy(
            id=self._numbers.id(),
            name=words()["ready"]["insurer"],
            policy_no=f"PZX{start:%Y%m}{len(self._batches) + 1:06d}",
            start_date=start,
            end_date=end,
            phone=self._numbers.landline(),
        )
        training = Training(
            id=self._numbers.id(),
            name=words()["ready"]["training"],
            kind=TrainingKind.SAFETY,
            batch=batch.id,
            held_on=min(start - timedelta(5), self._today - timedelta(2)),
            hours=8,
            trainer=words()["ready"]["trainer"],
            pass_score=80,
        )
        accident = policy.but(
            id=self._numbers.id(),
            policy_no=policy.policy_no.replace("PZX", "PYW"),
            kind=InsuranceKind.ACCIDENT,
        )
        yield from (policy, accident, training)
        yield from self._filings(batch, start, planned)
        self._batches[batch.id] = Batch(batch, stage, policy.id, accident.id, training.id)

    def leg(self, placement: Placement) -> Iterator[Placement]:
        """Yield a placement, for a few after the leg at another enterprise before it."""
        start = placement.start_date
        known = self._batches[placement.batch]
        if known.stage != "running" or not start or not self._draw.chance(0.012):
            yield placement
            return
        change = start + timedelta(_LEG_DAYS)
        host = self._draw.pick(self.hosts)
        if host.id == placement.enterprise or change > self._today:
            yield placement
            return
        first = placement.but(
            id=self._numbers.id(),
            enterprise=host.id,
            position="",
            mentor=self._draw.pick(host.mentors),
            end_date=change - timedelta(1),
            status=_S.ENDED,
            end_reason=self._draw.pick(words()["ready"]["transfers"]),
        )
        yield first
        yield placement.but(start_date=change, continues=first.id)

    def of(self, placement: Placement, student: Student) -> Iterator[Record]:
        """Yield the papers of one placement; a leg that was left has only its agreement."""
        known = self._batches[placement.batch]
        if known.stage == "running" and placement.status is _S.ENDED:
            yield self._agreement(placement, known)
            return
        sure = _SURE[known.stage]
        yield self._consent(placement, student, known)
        if placement.status not in (_S.PLANNED, _S.ASSIGNED):
            yield self._agreement(placement, known)
        if self._draw.chance(sure):
            score = self._draw.between(82, 100) if self._draw.chance(0.97) else 64
            yield TrainingResult(
                id=self._numbers.id(),
                training=known.training,
                student=student.id,
                score=score,
                passed=score >= 80,
            )
        if self._draw.chance(sure + 0.01):
            yield Cover(id=self._numbers.id(), policy=known.policy, student=student.id)
        if self._draw.chance(sure):
            yield Cover(id=self._numbers.id(), policy=known.accident, student=student.id)
        if placement.arrangement is Arrangement.SELF:
            yield self._application(placement, known)
        if known.stage == "running" and self._draw.chance(0.01):
            yield ExtraAgreement(
                id=self._numbers.id(),
                name=words()["ready"]["extra"],
                placement=placement.id,
                received_on=placement.start_date,
                state=ReviewState.ALLOWED,
            )
        if placement.status in (_S.SUSPENDED, _S.CHANGING) or placement.continues:
            yield from self._events(placement)

    def _filings(self, batch: PlacementBatch, start: date, planned: bool) -> Iterator[Record]:
        """Yield the filings of a batch, and its last talk before the start."""
        filing = Filing(
            id=self._numbers.id(),
            name=f"{batch.name}备案表",
            state=FilingState.NEEDED if planned else FilingState.FILED,
            authority=words()["ready"]["authority"],
            filed_on=None if planned else start - timedelta(20),
            batch=batch.id,
        )
        yield filing
        if not planned:
            yield self._talk(batch, start)
            for kind in _SPECIAL:
                yield filing.but(id=self._numbers.id(), name=f"{filing.name}（特殊）", kind=kind)

    def _talk(self, batch: PlacementBatch, start: date) -> Training:
        return Training(
            id=self._numbers.id(),
            name=words()["ready"]["talk"],
            kind=TrainingKind.MOBILISATION,
            batch=batch.id,
            held_on=start - timedelta(7),
            hours=2,
            exam=False,
        )

    def _consent(self, placement: Placement, student: Student, known: Batch) -> Consent:
        early = placement.status in (_S.PLANNED, _S.ASSIGNED)
        back = self._draw.chance(0.35 if early else max(_SURE[known.stage], 0.9))
        start = placement.start_date or self._today
        day = min(start - timedelta(self._draw.between(8, 30)), self._today)
        state = ConsentState.RETURNED if back else ConsentState.PRINTED
        return Consent(
            id=self._numbers.id(),
            student=student.id,
            batch=placement.batch,
            state=state,
            guardian_name=student.guardian_name,
            student_signed_on=day if back else None,
            guardian_signed_on=day if back else None,
        )

    def _agreement(self, placement: Placement, known: Batch) -> Tripartite:
        signed = placement.status is not _S.AGREEING or self._draw.chance(0.45)
        start = placement.start_date or self._today
        traits: dict[str, Any] = dict(_SEALED)
        if not signed:
            parties = [PartyState.OPEN, PartyState.SEALED, PartyState.SIGNED, PartyState.SIGNED]
            names = ("school", "enterprise", "student", "guardian")
            traits = dict(zip(names, parties, strict=True))
            traits["state"] = TripartiteState.SIGNING
        return Tripartite(
            id=self._numbers.id(),
            placement=placement.id,
            agreement_no=placement.agreement_no,
            signed_on=min(start - timedelta(4), self._today) if signed else None,
            copies=4,
            **traits,
        )

    def _application(self, placement: Placement, known: Batch) -> Application:
        start = placement.start_date or self._today
        asked = min(start - timedelta(45), self._today - timedelta(10))
        return Application(
            id=self._numbers.id(),
            student=placement.student,
            batch=known.record.id,
            company=words()["ready"]["company"],
            enterprise=placement.enterprise,
            asked_on=asked,
            reason=placement.note,
            student_signed_on=asked,
            guardian_signed_on=asked,
            state=ApplicationState.ACCEPTED,
            answered_on=asked + timedelta(6),
        )

    def _events(self, placement: Placement) -> Iterator[PlacementEvent]:
        """Yield the story of those whose placement did not go straight on."""
        start = placement.start_date or self._today
        day = min(start + timedelta(self._draw.between(10, 40)), self._today)
        if placement.continues:
            told = (EventKind.TRANSFER, "", start, words()["ready"]["transfers"][0])
        elif placement.status is _S.SUSPENDED:
            told = (EventKind.STOP, "RUNNING", day, placement.note)
        else:
            told = (EventKind.STATUS, "RUNNING", day, words()["ready"]["transfers"][1])
        kind, before, on, reason = told
        yield PlacementEvent(
            id=self._numbers.id(),
            placement=placement.id,
            kind=kind,
            day=on,
            before=before,
            after=placement.status.name,
            reason=reason,
        )
