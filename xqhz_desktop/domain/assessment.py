"""After the placement: scores of both sides, grades, and surveys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import choice, day, note, number, ref, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message

HIGHEST = Decimal(100)


class Grade(Enum):
    """The four grades of internships."""

    OPEN = N_("no grade yet")
    EXCELLENT = N_("Excellent")
    GOOD = N_("Good")
    PASS = N_("Pass")
    FAIL = N_("Fail")


class Sitting(Enum):
    """Which try it was."""

    REGULAR = N_("Regular")
    RESIT = N_("Resit")
    DEFERRED = N_("Deferred sitting")


@record("score", N_("Assessment"), N_("Assessments"), title="student",
        keys=(("placement",),), seek=("student", "placement"))  # fmt: skip
class Score(Record):
    """What school and enterprise think of one internship; the weights are the batch's."""

    student: str = ref(N_("Student"), "student", required=True)
    placement: str = ref(N_("Placement"), "placement")
    usual: Decimal | None = number(N_("Process score"), decimals=1, tally=False, clash="must")
    school: Decimal | None = number(N_("School's score"), decimals=1, tally=False, clash="must")
    enterprise: Decimal | None = number(
        N_("Enterprise's score"), decimals=1, tally=False, clash="must"
    )
    final: Decimal | None = number(N_("Final exam"), decimals=1, tally=False, clash="must")
    total: Decimal | None = number(N_("Total score"), decimals=1, tally=False, clash="must")
    grade: Grade = choice(N_("Grade"), Grade, default=Grade.OPEN, clash="must")
    sitting: Sitting = choice(N_("Sitting"), Sitting, default=Sitting.REGULAR, column=False)
    assessed_on: date | None = day(N_("Assessed on"))
    self_summary: str = note(N_("Student's own summary"))
    enterprise_opinion: str = note(N_("Opinion of the enterprise"))
    school_opinion: str = note(N_("Opinion of the school"))
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """No score is above a hundred."""
        over = Message("A score is at most {n}.", n=int(HIGHEST))
        names = ("usual", "school", "enterprise", "final", "total")
        return {name: over for name in names if (getattr(self, name) or 0) > HIGHEST}


class Asked(Enum):
    """Who answered."""

    STUDENT = N_("Student")
    ENTERPRISE = N_("Enterprise")


@record("survey", N_("Survey answer"), N_("Survey answers"), title="enterprise",
        seek=("enterprise", "student"))  # fmt: skip
class Survey(Record):
    """One sheet of a survey, from 1 (bad) to 5 (good)."""

    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    batch: str = ref(N_("Batch"), "placement_batch", gone="empty")
    asked: Asked = choice(N_("Answered by"), Asked, default=Asked.STUDENT)
    student: str = ref(N_("Student"), "student", gone="empty")
    answered_on: date | None = day(N_("Answered on"))
    match: int | None = number(N_("Fit of the work"), tally=False)
    guidance: int | None = number(N_("Guidance"), tally=False)
    conditions: int | None = number(N_("Conditions"), tally=False)
    safety: int | None = number(N_("Safety"), tally=False)
    satisfied: int | None = number(N_("Satisfaction"), tally=False)
    fees: str = text(N_("Fees asked for"), column=False)
    remarks: str = note(N_("Remarks"))

    def whole(self) -> dict[str, Message]:
        """Marks go from one to five."""
        names = ("match", "guidance", "conditions", "safety", "satisfied")
        wrong = Message("Marks go from 1 to 5.")
        values = {name: getattr(self, name) for name in names}
        return {n: wrong for n, mark in values.items() if mark is not None and not 1 <= mark <= 5}
