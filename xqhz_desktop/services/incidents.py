"""Incidents: the list with names, the story of one, and its report on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain.guidance import Incident, IncidentKind, IncidentState
from xqhz_desktop.domain.insurance import InsuranceKind
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.school import School
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.reports.incident_form import Happened, IncidentQuestions, tell
from xqhz_desktop.reports.kit import Edition, Printed, printed
from xqhz_desktop.services import emergency, history
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

_LIST = """
SELECT i.id, i.kind, i.state, i.happened_on, i.closed_on, i.what, s.id, s.name,
       coalesce(c.name, ''), e.name
FROM incident i
JOIN placement p ON p.id = i.placement
JOIN student s ON s.id = p.student
JOIN enterprise e ON e.id = p.enterprise
LEFT JOIN school_class c ON c.id = s.school_class
ORDER BY i.state = 'CLOSED', i.happened_on DESC, i.row DESC
"""

_STEPS = 50
"""Changes told in the story of one incident."""

_MOMENTS = (
    ("happened_on", N_("It happened")),
    ("guardian_told_on", N_("The guardian was told")),
    ("insurer_told_on", N_("The insurer was told")),
    ("closed_on", N_("Closed")),
)


@dataclass(frozen=True)
class Case:
    """One incident with the names around it."""

    id: str
    kind: IncidentKind
    state: IncidentState
    happened: date | None
    closed: date | None
    what: str
    student: str
    name: str
    class_name: str
    enterprise: str


@dataclass(frozen=True)
class Moment:
    """A line of the story: when, what, by whom, and more about it."""

    at: str
    what: Message
    by: str = ""
    more: str = ""


def cases(work: Work) -> list[Case]:
    """Return every incident: those that are open first, then the newest."""
    with work.store.read() as reader:
        found = reader.cursor.execute(_LIST).fetchall()
    return [
        Case(
            id=row[0],
            kind=IncidentKind.__members__.get(row[1], IncidentKind.OTHER),
            state=IncidentState.__members__.get(row[2], IncidentState.OPEN),
            happened=date.fromisoformat(row[3]) if row[3] else None,
            closed=date.fromisoformat(row[4]) if row[4] else None,
            what=row[5] or "",
            student=row[6],
            name=row[7],
            class_name=row[8],
            enterprise=row[9],
        )
        for row in found
    ]


def story(work: Work, id: str) -> list[Moment]:
    """Return what happened and what was written down, in order of the days."""
    with work.store.read() as reader:
        incident = _incident(reader, id)
    moments = [
        Moment(day.isoformat(), Message(said), more=_more(incident, name))
        for name, said in _MOMENTS
        if (day := getattr(incident, name))
    ]
    noted = [
        Moment(f"{step.at:%Y-%m-%d %H:%M}", step.title, step.actor)
        for step in history.steps(work, _STEPS, id)
        if not step.undone
    ]
    return sorted([*moments, *noted], key=lambda one: one.at)


def paper(work: Work, id: str, edition: Edition) -> Printed:
    """Return the report of an incident as a PDF."""
    with work.store.read() as reader:
        incident = _incident(reader, id)
        school = next((one for one in reader.all("school") if isinstance(one, School)), School())
        placement = reader.get("placement", incident.placement)
        assert isinstance(placement, Placement), "an incident belongs to a placement"
        host = reader.names("enterprise", [placement.enterprise])[placement.enterprise]
    card = emergency.card(work, placement.student, incident.happened_on or date.today())
    student = card.student
    insured = {one.value for one in InsuranceKind}
    insurer = next((one for one in card.lines if one.label in insured), None)
    happened = Happened(
        school=school,
        incident=incident,
        student=f"{student.name} {student.student_no}",
        class_name=card.class_name,
        enterprise=host,
        guardian=f"{student.guardian_name} {student.guardian_phone}".strip(),
        insurer=insurer.text if insurer else "",
    )
    return printed(tell(happened, IncidentQuestions(), edition), edition)


def _incident(reader: Reader, id: str) -> Incident:
    found = reader.get("incident", id)
    if not isinstance(found, Incident):
        raise NotFound(Message("This incident does not exist any more."), code="NOT_FOUND")
    return found


def _more(incident: Incident, name: str) -> str:
    match name:
        case "happened_on":
            return incident.what
        case "insurer_told_on":
            return incident.claim_no
        case "closed_on":
            return incident.done
    return ""
