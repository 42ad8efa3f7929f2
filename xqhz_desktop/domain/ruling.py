"""What the school decides about rules: own packs, reasons, restricted work, frozen sheets."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, day, flag, note, number, ref, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_


class PackState(Enum):
    """Whether a rule pack counts."""

    DRAFT = N_("Draft")
    ADOPTED = N_("In use")
    WITHDRAWN = N_("Withdrawn")


@record("rule_pack", N_("Rule pack"), N_("Rule packs"))
class RulePack(Record):
    """A rule pack beyond those of the program; it travels as it was written."""

    name: str = text(N_("Rule pack"), required=True, search=True)
    version: str = code(N_("Version"), required=True)
    state: PackState = choice(N_("State"), PackState, default=PackState.DRAFT, clash="must")
    in_force: date | None = day(N_("In force from"))
    adopted_on: date | None = day(N_("Adopted on"))
    written: str = note(N_("Text of the pack"), limit=400_000, clash="must")
    note: str = note(N_("Note"))


@record("finding_answer", N_("Reason for a finding"), N_("Reasons for findings"),
        title="placement", seek=("placement",))  # fmt: skip
class FindingAnswer(Record):
    """Why somebody goes on though a rule warns; it holds while the facts stay the same."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    rule: str = code(N_("Rule"), required=True, limit=10)
    reason: str = text(N_("Reason"), required=True, limit=2_000)
    said: str = text(N_("What was found"), limit=2_000)
    pack: str = code(N_("Rule pack"), column=False)
    facts: str = code(N_("Fingerprint of the facts"), column=False)
    answered_on: date | None = day(N_("Answered on"))
    by: str = ref(N_("By"), "staff", gone="empty")


@record("work_answer", N_("Answer about restricted work"), N_("Answers about restricted work"),
        title="position", seek=("position",))  # fmt: skip
class WorkAnswer(Record):
    """Whether a word or code of a position means restricted work; asked once."""

    position: str = ref(N_("Position"), "position", required=True)
    word: str = code(N_("Word"), required=True)
    applies: bool = flag(N_("Is restricted work"))
    reason: str = text(N_("Reason"), limit=2_000)
    answered_on: date | None = day(N_("Answered on"))
    by: str = ref(N_("By"), "staff", gone="empty")


@record("compliance_sheet", N_("Compliance sheet"), N_("Compliance sheets"))
class ComplianceSheet(Record):
    """The findings of one day, frozen: what they were can be proved and compared later."""

    name: str = text(N_("Sheet"), required=True, search=True)
    batch: str = ref(N_("Batch"), "placement_batch", gone="empty")
    taken_on: date | None = day(N_("Taken on"), required=True)
    placements: int | None = number(N_("Placements checked"))
    findings: int | None = number(N_("Findings"))
    packs: str = text(N_("Rule packs"), limit=1_000, column=False)
    digest: str = code(N_("SHA-256"), limit=64, column=False)
    body: str = note(N_("Findings as written"), limit=4_000_000)
    by: str = ref(N_("By"), "staff", gone="empty")
