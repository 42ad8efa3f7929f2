"""Places found by students themselves: asked for, checked, accepted or returned, then placed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xqhz_desktop.domain.placement import (
    Arrangement,
    Organisation,
    Placement,
    PlacementBatch,
    PlacementStatus,
)
from xqhz_desktop.domain.preparation import Application, ApplicationState
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import moving, placing
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader

_S = ApplicationState
STEPS = {
    _S.ASKED: (_S.CHECKED, _S.RETURNED),
    _S.CHECKED: (_S.ACCEPTED, _S.RETURNED),
    _S.RETURNED: (_S.ASKED,),
    _S.ACCEPTED: (),
}
"""What may follow; an accepted request has become a placement."""


def answer(work: Work, application: str, to: ApplicationState, day: date, text: str = "") -> int:
    """Take a request a step further as one step; accepting it makes the placement.

    Raise UserError in one sentence: the same checks as for a place the school arranged.
    """
    with work.store.read() as reader:
        asked = _asked(reader, application)
        name = reader.names("student", [asked.student]).get(asked.student, "")
    title = Message("Request for an own place: {name}, {state}", name=name, state=to)
    with work.store.change(title, work.actor, reason=text.strip()) as change:
        asked = _asked(change, application)
        by = moving.actor(change, work)
        said = text.strip()
        new = asked.but(state=to, answered_on=day, answered_by=by, answer=said or asked.answer)
        _walk(change, asked, new, said)
        change.put(new)
    return change.number


def note(change: Change, some: Iterable[Record]) -> None:
    """Do what another state typed into a form means: accepting a request makes the placement.

    To be called before the records are put; raise InvalidRecord where it may not be.
    """
    for new in some:
        old = change.get("application", new.id) if isinstance(new, Application) else None
        if isinstance(new, Application) and isinstance(old, Application) and old.state != new.state:
            try:
                _walk(change, old, new, new.answer)
            except UserError as error:
                raise InvalidRecord({"state": error.message}) from error


def _walk(change: Change, old: Application, new: Application, said: str) -> None:
    """Check a step and do what follows from it."""
    if new.state not in STEPS[old.state]:
        raise UserError(
            Message("The request is “{state}”; it cannot become “{to}”.",
                    state=old.state, to=new.state), code="REFUSED",
        )  # fmt: skip
    if new.state is _S.RETURNED and not said.strip():
        raise UserError(Message("Say why the request is returned."), code="REASON")
    if new.state is _S.CHECKED:
        _check(change, new)
    if new.state is _S.ACCEPTED:
        change.put(_place(change, new))


def _check(reader: Reader, asked: Application) -> None:
    """Raise where something on paper is missing that the family brings."""
    if not asked.student_signed_on or not asked.guardian_signed_on:
        raise UserError(
            Message("Student and guardian have not both signed the request."), code="UNSIGNED"
        )
    if not asked.enterprise:
        raise UserError(
            Message(
                "“{company}” is not in the register yet: add the enterprise and name it here.",
                company=asked.company,
            ),
            code="ENTERPRISE",
        )


def _place(change: Change, asked: Application) -> Placement:
    """Return the placement of an accepted request, after the checks every placement passes."""
    _check(change, asked)
    batch = change.get("placement_batch", asked.batch) if asked.batch else None
    if not isinstance(batch, PlacementBatch):
        raise UserError(Message("Name the batch the student goes out with."), code="BATCH")
    placing.refuse_closed(change, asked.enterprise)
    student = change.get("student", asked.student)
    if isinstance(student, Student):
        placing.refuse_young([student], batch.start_date or date.today())
    placing.refuse_placed(change, batch.id, [asked.student])
    return Placement(
        student=asked.student,
        enterprise=asked.enterprise,
        batch=batch.id,
        start_date=batch.start_date,
        end_date=batch.end_date,
        status=PlacementStatus.ASSIGNED,
        organisation=Organisation.INDIVIDUAL,
        arrangement=Arrangement.SELF,
        note=asked.work,
    )


def _asked(reader: Reader, id: str) -> Application:
    found = reader.get("application", id)
    if not isinstance(found, Application):
        raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
    return found
