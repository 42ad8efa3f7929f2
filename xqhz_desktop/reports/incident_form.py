"""The report of an incident (突发事件报告表): what happened to whom, and what was done."""

from __future__ import annotations

from dataclasses import dataclass

from xqhz_desktop.domain.fields import ref
from xqhz_desktop.domain.guidance import Incident
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_
from xqhz_desktop.reports.form_page import SIZE, FormPage
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.reports.pen import Pen
from xqhz_desktop.reports.table import Progress

TITLE = N_("Report of an incident")

_SIGNS = (N_("Reported by"), N_("Checked by"), N_("Head of the school"))
_MOST_ROOM = 420.0


@record("incident_form", TITLE, title="id")
class IncidentQuestions(Record):
    """Which incident is reported."""

    incident: str = ref(N_("Incident"), "incident", required=True)


@dataclass(frozen=True)
class Happened:
    """What is printed: the incident, and the names around it."""

    school: School
    incident: Incident
    student: str
    class_name: str
    enterprise: str
    guardian: str
    insurer: str


@dataclass(frozen=True)
class IncidentForm:
    """One page."""

    happened: Happened
    edition: Edition
    told: int = 1
    size: tuple[float, float] = SIZE

    @property
    def title(self) -> str:
        """Return the title and whom it is about."""
        return f"{self.edition.main.say(TITLE)} {self.happened.student}"

    @property
    def author(self) -> str:
        """Return the school."""
        return self.happened.school.name

    def draw(self, pen: Pen, progress: Progress) -> int:
        """Draw the page."""
        progress(0, 1)
        page, told, one = FormPage(pen, self.edition), self.happened, self.happened.incident
        page.head(TITLE, (told.school.name, self.edition.day(self.edition.printed_on)))
        line = self.edition.line
        page.pairs((N_("Student"), told.student), (N_("Class"), told.class_name))
        page.pairs((N_("Enterprise"), told.enterprise), (N_("Where it happened"), one.place))
        page.pairs((N_("Kind of incident"), line(one.kind)), (N_("Happened on"), self._day(one)))
        page.pairs((N_("Guardian"), told.guardian), (N_("Hospital"), one.hospital))
        page.pairs(
            (N_("Guardian told on"), self._day(one, "guardian_told_on")),
            (N_("Insurer told on"), self._day(one, "insurer_told_on")),
        )
        page.pairs((N_("Insurer"), told.insurer))
        page.pairs((N_("Claim number"), one.claim_no), (N_("State"), line(one.state)))
        room = min(page.room, _MOST_ROOM)
        page.wide(N_("What happened"), one.what, room / 2)
        page.wide(N_("What was done"), one.done, room / 2)
        page.signatures(_SIGNS)
        pen.canvas.showPage()
        return 1

    def _day(self, one: Incident, name: str = "happened_on") -> str:
        found = getattr(one, name)
        return self.edition.day(found) if found else ""


def tell(happened: Happened, _asked: IncidentQuestions, edition: Edition) -> IncidentForm:
    """Return the report of an incident as a paper."""
    return IncidentForm(happened, edition)


INCIDENT_FORM = Report(
    name="incident-form",
    title=TITLE,
    asks=IncidentQuestions,
    tell=tell,
    group=N_("Forms"),
    counted=NN_("{n} incident", "{n} incidents"),
)
"""Not in the catalogue: it is printed where incidents are looked at."""
