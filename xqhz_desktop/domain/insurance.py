"""Insurance: one policy, many students."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, day, money, note, ref, text
from xqhz_desktop.domain.periods import in_order
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class InsuranceKind(Enum):
    """What is insured."""

    INTERNSHIP_LIABILITY = N_("Internship liability insurance")
    ACCIDENT = N_("Student accident insurance")
    SCHOOL_LIABILITY = N_("School liability insurance")
    EMPLOYER_LIABILITY = N_("Employer's liability insurance")
    WORK_INJURY = N_("Work injury insurance (single)")
    OTHER = N_("Other insurance")


class Payer(Enum):
    """Who pays or buys; the student never."""

    SCHOOL = N_("School")
    ENTERPRISE = N_("Enterprise")
    BOTH = N_("School and enterprise")
    GOVERNMENT = N_("Government")
    STUDENT = N_("Student")


@record("policy", N_("Insurance policy"), N_("Insurance policies"), keys=(("policy_no",),))
class Policy(Record):
    """One insurance policy."""

    name: str = text(N_("Insurer"), required=True, search=True)
    policy_no: str = code(N_("Policy number"), required=True, search=True)
    kind: InsuranceKind = choice(
        N_("Kind of insurance"), InsuranceKind, default=InsuranceKind.INTERNSHIP_LIABILITY
    )
    start_date: date | None = day(N_("From"), required=True, group="period")
    end_date: date | None = day(N_("Until"), required=True, group="period")
    premium: Decimal | None = money(N_("Premium a person"))
    payer: Payer = choice(N_("Paid by"), Payer, default=Payer.SCHOOL)
    purchaser: Payer = choice(N_("Bought by"), Payer, default=Payer.SCHOOL, column=False)
    sum_insured: Decimal | None = money(N_("Sum insured"), column=False)
    phone: str = code(N_("Report accidents to"), column=False)
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """It ends after it began."""
        return in_order(self.start_date, self.end_date)


@record(
    "cover",
    N_("Insured student"),
    N_("Insured students"),
    title="student",
    seek=("student", "policy"),
)
class Cover(Record):
    """One student under one policy; other days than the policy's where these are filled in."""

    policy: str = ref(N_("Insurance policy"), "policy", required=True)
    student: str = ref(N_("Student"), "student", required=True)
    start_date: date | None = day(N_("From"), group="period")
    end_date: date | None = day(N_("Until"), group="period")
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """It ends after it began."""
        return in_order(self.start_date, self.end_date)
