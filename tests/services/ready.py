"""A small school with everything a placement needs before its start."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.make import make
from tests.services.placements import END, START, SmallSchool
from xqhz_desktop.domain.agreement import Tripartite, TripartiteState
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.preparation import (
    Conclusion,
    Consent,
    ConsentState,
    Decided,
    Decision,
    Filing,
    FilingState,
    SiteAssessment,
    Training,
    TrainingKind,
    TrainingResult,
)
from xqhz_desktop.domain.records import Record

TODAY = date(2026, 6, 1)
"""The day the tests happen on: in the middle of the batch."""


class ReadySchool(SmallSchool):
    """The small school; its enterprise was visited, decided on and filed."""

    def __init__(self, folder: Path) -> None:
        """Make it with a policy and a training nobody is in yet."""
        super().__init__(folder)
        rules = dict.fromkeys(("rules_agreed_on", "safety_rules_on", "emergency_plan_on"), START)
        self.batch = self.batch.but(plan_approved_on=START, **rules)
        self.meeting = make(Decision, published_from=date(2026, 2, 20))
        self.policy = make(Policy, policy_no="ZX2026", start_date=START, end_date=END)
        self.training = make(Training, kind=TrainingKind.SAFETY, batch=self.batch.id)
        self.talk = make(Training, kind=TrainingKind.MOBILISATION, batch=self.batch.id)
        host = self.enterprise.id
        self.add(
            self.batch,
            self.meeting,
            self.policy,
            self.training,
            self.talk,
            make(Decided, decision=self.meeting.id, enterprise=host),
            make(SiteAssessment, enterprise=host, conclusion=Conclusion.ACCEPT),
            make(Filing, state=FilingState.FILED, batch=self.batch.id),
        )

    def papers(self, placement: Placement) -> list[Record]:
        """Return what one placement needs: agreement, consent, training, insurance."""
        student = placement.student
        return [
            Tripartite(placement=placement.id, state=TripartiteState.EFFECTIVE),
            Consent(student=student, batch=self.batch.id, state=ConsentState.RETURNED),
            TrainingResult(training=self.training.id, student=student),
            Cover(policy=self.policy.id, student=student),
        ]

    def interns(
        self, n: int, status: PlacementStatus = PlacementStatus.AGREEING, *, ready: bool = True
    ) -> list[Placement]:
        """Store students with a placement each; `ready`: with all their papers."""
        made = [
            Placement(
                student=student,
                enterprise=self.enterprise.id,
                position=self.position.id,
                batch=self.batch.id,
                start_date=START,
                end_date=END,
                status=status,
            )
            for student in self.students(n)
        ]
        self.add(*made, *(paper for one in made for paper in self.papers(one) if ready))
        return made

    def now(self, placement: Placement) -> Placement:
        """Return a placement as it is stored."""
        with self.work.store.read() as reader:
            found = reader.get("placement", placement.id)
        assert isinstance(found, Placement)
        return found
