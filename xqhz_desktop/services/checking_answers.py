"""What people do about findings: a reason, a filing, an answer about work, a frozen sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xqhz_desktop.domain.preparation import Filing, FilingKind, FilingState
from xqhz_desktop.domain.ruling import FindingAnswer, WorkAnswer
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import NN_, Language, Message
from xqhz_desktop.services import checking, checking_views, records
from xqhz_desktop.services.checking_views import Row, Rule
from xqhz_desktop.services.workspace import Work


def reason(work: Work, rule: Rule, rows: Sequence[Row], text: str, lang: Language) -> int:
    """Keep why one goes on though a rule warns, for each of these placements, as one step."""
    text = text.strip()
    if not text:
        raise UserError(Message("Write the reason in a sentence."), code="REASON")
    if rule.severity == "F":
        raise UserError(
            Message("What is forbidden needs a filing or a correction; a reason does not help."),
            code="FORBIDDEN",
        )
    made = [
        FindingAnswer(
            placement=row.person.id,
            rule=rule.entry.id,
            reason=text,
            said=checking_views.sentence(row, rule.entry, lang),
            pack=row.finding.pack,
            facts=checking.fingerprint(row.finding),
            answered_on=date.today(),
            by=actor(work),
        )
        for row in rows
    ]
    title = NN_("Reason given: {rule}, {n} placement", "Reason given: {rule}, {n} placements")
    return records.save_all(work, made, Message(title, rule=rule.entry.id, n=len(made)))


def begin_filing(work: Work, rule: Rule, rows: Sequence[Row], lang: Language) -> str:
    """Begin a filing that names what these placements share; return its id, to complete it.

    It counts once its state is “filed” and the authority stands in it.
    """
    kinds = rule.entry.terms.filings
    people = [one.person for one in rows]

    def shared(values: set[str]) -> str:
        return values.pop() if len(values) == 1 else ""

    made = Filing(
        name=f"{rule.entry.id} {rule.entry.said('name', lang.code)}",
        kind=next((one for one in FilingKind if one in kinds), FilingKind.OTHER),
        state=FilingState.NEEDED,
        batch=shared({one.batch for one in people}),
        enterprise=shared({one.host for one in people}),
        position=shared({one.post for one in people}),
        student=people[0].student_id if len(people) == 1 else "",
    )
    records.save_all(work, [made], Message("Filing begun: {name}", name=made.name))
    return made.id


def fileable(rule: Rule) -> bool:
    """Tell whether a filing with the authority can settle what a rule finds."""
    return bool(rule.entry.terms.filings) and rule.severity in ("F", "M")


def answer_work(
    work: Work, row: Row, *, applies: bool, reason: str = "", words: Sequence[str] = ()
) -> int:
    """Remember for a position whether words or codes mean restricted work there."""
    asked = words or row.finding.words
    if not row.person.post:
        raise UserError(Message("The placement has no position yet. Choose one first."))
    made = [
        WorkAnswer(position=row.person.post, word=word, applies=applies, reason=reason.strip(),
                   answered_on=date.today(), by=actor(work))
        for word in asked
    ]  # fmt: skip
    title = Message("Restricted work answered: {position}", position=row.person.position)
    return records.save_all(work, made, title)


def actor(work: Work) -> str:
    """Return the id of who works here, "" where the person is not in the list of teachers."""
    with work.store.read() as reader:
        return work.actor.id if reader.get("staff", work.actor.id) else ""
