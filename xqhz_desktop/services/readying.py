"""Papers for many at once before the start: consents, agreements, insurance, training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.agreement import PartyState, Tripartite, TripartiteState
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.participation import Absence, NonParticipant
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.preparation import (
    Consent,
    ConsentState,
    Decided,
    Decision,
    Training,
    TrainingResult,
    Verdict,
)
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import placing
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

R = TypeVar("R", bound=Record)

ADULT = 18


def consents(
    work: Work, batch: str, students: Sequence[str], state: ConsentState, day: date
) -> int:
    """Bring the consents of students to a state as one step; those that are further stay.

    Handing out never takes back what was signed. Return the number of the step.
    """
    text = NN_("Consent of {n} student: {state}", "Consents of {n} students: {state}")
    title = Message(text, n=len(students), state=state)
    signed = state in (ConsentState.RETURNED, ConsentState.SCANNED)
    with work.store.change(title, work.actor) as change:
        known = _latest(change, Consent, "student", students, batch=batch)
        people = {one.id: one for one in change.some("student", students)}
        for id in dict.fromkeys(students):
            person = people.get(id)
            if not isinstance(person, Student):
                continue
            old = known.get(id) or Consent(
                student=id, batch=batch, guardian_name=person.guardian_name
            )
            if state is ConsentState.PRINTED and old.state is not ConsentState.OPEN:
                continue
            days = {}
            if signed:
                days = {
                    "student_signed_on": old.student_signed_on or day,
                    "guardian_signed_on": old.guardian_signed_on or day,
                }
            change.put(old.but(state=state, **days))
    return change.number


def signed(work: Work, placements: Sequence[str], day: date, *, outside: bool = True) -> int:
    """Enter agreements as signed and sealed by everybody, on paper; as one step.

    School and enterprise have sealed, the student has signed, for minors the guardian too.
    """
    text = NN_("{n} agreement signed by all parties", "{n} agreements signed by all parties")
    with work.store.change(Message(text, n=len(placements)), work.actor) as change:
        known = _latest(change, Tripartite, "placement", placements)
        some = [one for one in change.some("placement", placements) if isinstance(one, Placement)]
        students = change.some("student", [one.student for one in some])
        people = {one.id: one for one in students if isinstance(one, Student)}
        for one in some:
            old = known.get(one.id) or Tripartite(
                placement=one.id, agreement_no=one.agreement_no, outside=outside
            )
            age = people[one.student].age_on(one.start_date or day)
            change.put(_sealed(old, day, minor=age is not None and age < ADULT))
    return change.number


def insured(work: Work, policy: str, students: Sequence[str]) -> int:
    """Put students under a policy as one step; those who are under it already stay."""
    with work.store.read() as reader:
        found = _known(reader, Policy, policy)
    text = NN_("{n} student insured: {policy}", "{n} students insured: {policy}")
    title = Message(text, n=len(students), policy=found.policy_no)
    with work.store.change(title, work.actor) as change:
        inside = {
            one.student for one in change.all("cover", policy=policy) if isinstance(one, Cover)
        }
        for id in dict.fromkeys(students):
            if id not in inside:
                change.put(Cover(policy=policy, student=id))
    return change.number


def trained(
    work: Work, training: str, scores: Mapping[str, Decimal | None], *, passed: bool = True
) -> int:
    """Enter what students did in a training as one step, by student.

    With a score to pass, a score decides; without one `passed` does.
    """
    with work.store.read() as reader:
        found = _known(reader, Training, training)
    text = NN_("Results of {n} student: {training}", "Results of {n} students: {training}")
    title = Message(text, n=len(scores), training=found.name)
    with work.store.change(title, work.actor) as change:
        known = _latest(change, TrainingResult, "student", list(scores), training=training)
        for id, score in scores.items():
            old = known.get(id) or TrainingResult(training=training, student=id)
            through = passed
            if score is not None and found.pass_score is not None:
                through = score >= found.pass_score
            change.put(old.but(score=score, passed=through, attended=True))
    return change.number


def decided(work: Work, meeting: str, enterprises: Sequence[str]) -> int:
    """Put enterprises on the list of a meeting as accepted, as one step."""
    with work.store.read() as reader:
        found = _known(reader, Decision, meeting)
    text = NN_("{n} enterprise accepted: {meeting}", "{n} enterprises accepted: {meeting}")
    title = Message(text, n=len(enterprises), meeting=found.name)
    with work.store.change(title, work.actor) as change:
        known = _latest(change, Decided, "enterprise", enterprises, decision=meeting)
        for id in dict.fromkeys(enterprises):
            old = known.get(id) or Decided(decision=meeting, enterprise=id)
            change.put(old.but(verdict=Verdict.ACCEPTED))
    return change.number


def absent(
    work: Work, batch: str, students: Sequence[str], reason: Absence, proof: str = ""
) -> int:
    """Enter students as not taking part, as one step; who has a place stays where he or she is."""
    text = NN_("{n} student does not take part", "{n} students do not take part")
    with work.store.change(Message(text, n=len(students)), work.actor) as change:
        placing.refuse_placed(change, batch, students)
        known = _latest(change, NonParticipant, "student", students, batch=batch)
        for id in dict.fromkeys(students):
            old = known.get(id) or NonParticipant(batch=batch, student=id)
            change.put(old.but(reason=reason, proof=proof.strip() or old.proof))
    return change.number


def _sealed(one: Tripartite, day: date, *, minor: bool) -> Tripartite:
    """Return an agreement with everybody's signature; what is scanned already stays so."""
    wanted = {"school": PartyState.SEALED, "enterprise": PartyState.SEALED}
    wanted["student"] = PartyState.SIGNED
    if minor:
        wanted["guardian"] = PartyState.SIGNED
    order = list(PartyState)
    parties = {
        name: max(getattr(one, name), state, key=order.index) for name, state in wanted.items()
    }
    return one.but(state=TripartiteState.EFFECTIVE, signed_on=one.signed_on or day, **parties)


def _latest(
    reader: Reader, entity: type[R], field: str, ids: Iterable[str], **equal: str
) -> dict[str, R]:
    """Return the newest record of each id a field points to."""
    wanted = set(ids)
    found: dict[str, R] = {}
    if equal:
        some = reader.all(entity.KIND, **equal)
    else:
        some = (one for id in wanted for one in reader.all(entity.KIND, **{field: id}))
    for one in sorted((one for one in some if isinstance(one, entity)), key=lambda one: one.id):
        if getattr(one, field) in wanted:
            found[getattr(one, field)] = one
    return found


def _known(reader: Reader, entity: type[R], id: str) -> R:
    found = reader.get(entity.KIND, id)
    if not isinstance(found, entity):
        label = Message(BY_KIND[entity.KIND].LABEL)
        raise NotFound(
            Message("There is no {kind} “{name}”.", kind=label, name=id), code="NOT_FOUND"
        )
    return found
