"""Who does not take part in a batch, and why: the roster always balances."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xqhz_desktop.domain.fields import choice, day, note, ref, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_


class Absence(Enum):
    """Why a student of a class of the batch does not take part."""

    EXEMPT = N_("Exempt")
    FURTHER_STUDY = N_("Further study")
    ARMY = N_("Military service")
    DEFERRED = N_("Deferred")
    HEALTH = N_("Health")
    OTHER = N_("Other reason")


@record("non_participant", N_("Non-participant"), N_("Non-participants"), title="student",
        keys=(("batch", "student"),), seek=("student",))  # fmt: skip
class NonParticipant(Record):
    """A student who does not take part in a batch, with the proof."""

    batch: str = ref(N_("Batch"), "placement_batch", required=True)
    student: str = ref(N_("Student"), "student", required=True)
    reason: Absence = choice(N_("Reason"), Absence, default=Absence.EXEMPT)
    proof: str = text(N_("Proof"))
    until: date | None = day(N_("Until"), column=False)
    approved_by: str = text(N_("Approved by"))
    note: str = note(N_("Note"))
