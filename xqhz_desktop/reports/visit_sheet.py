"""The sheet for a visit (实习巡查记录表): blank, with a QR code that names the visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xqhz_desktop.domain.fields import ref
from xqhz_desktop.domain.guidance import Visit, VisitWay
from xqhz_desktop.domain.marker import Mark
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.form_page import LABEL, ROW, SIDE, SIZE, TEXT, FormPage
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.reports.pen import Align, Pen
from xqhz_desktop.reports.table import Progress

TITLE = N_("Record of a placement visit")

_ASKED = ("hours", "pay", "safety", "lodging", "fees", "papers", "agencies")
"""What is asked on every visit, as `Visit` has it."""

_WRITTEN = ((N_("Findings"), 0.45), (N_("Problems"), 0.3), (N_("Advice"), 0.25))
"""Room to write on, and the share of what is left that each gets."""
_MOST_ROOM = 320.0
_SIGNS = (
    N_("Signed by the visitor"),
    N_("Signed by the enterprise"),
    N_("Signed by the interns"),
)
_STUDENTS = 36
"""Interns named on the sheet; of more only the number is said."""


@record("visit_sheet", TITLE, title="id")
class VisitQuestions(Record):
    """Which visit the sheet is for."""

    visit: str = ref(N_("Visit"), "visit", required=True)


@dataclass(frozen=True)
class Blank:
    """What is printed on one sheet."""

    visit: Visit
    enterprise: str
    address: str
    contact: str
    batch: str
    visitor: str
    students: Sequence[tuple[str, str]]
    """Name and class of the interns there."""


@dataclass(frozen=True)
class Visits:
    """What is printed: whose visits, and which."""

    school: School
    blanks: Sequence[Blank]


@dataclass(frozen=True)
class VisitSheets:
    """Sheets for several visits, a page each."""

    visits: Visits
    edition: Edition
    size: tuple[float, float] = SIZE

    @property
    def title(self) -> str:
        """Return the title in the main language."""
        return self.edition.main.say(TITLE)

    @property
    def author(self) -> str:
        """Return the school."""
        return self.visits.school.name

    @property
    def told(self) -> int:
        """Return how many visits there are."""
        return len(self.visits.blanks)

    def draw(self, pen: Pen, progress: Progress) -> int:
        """Draw every page and return how many there are."""
        blanks = self.visits.blanks
        for number, blank in enumerate(blanks):
            progress(number, len(blanks))
            self._draw_sheet(FormPage(pen, self.edition), blank)
            pen.canvas.showPage()
        return len(blanks)

    def _draw_sheet(self, page: FormPage, blank: Blank) -> None:
        """Draw head, facts, interns, what is asked, room to write, and the signatures."""
        visit, edition = blank.visit, self.edition
        hint = edition.main.say(N_("Scan the filled sheet: the code says where it belongs."))
        page.head(TITLE, (self.visits.school.name, hint), Mark(Visit.KIND, visit.id, "visit").text)
        day = edition.day(visit.planned_on) if visit.planned_on else ""
        page.pairs((N_("Enterprise"), blank.enterprise), (N_("Contact"), blank.contact))
        page.pairs((N_("Address"), blank.address), (N_("Batch"), blank.batch))
        page.pairs((N_("Visitor"), blank.visitor), (N_("Planned for"), day))
        ways = "　".join(f"□ {edition.line(way)}" for way in VisitWay)
        page.pairs((N_("Way"), ways), (N_("Made on"), ""))
        self._draw_students(page, blank.students)
        self._draw_asked(page)
        room = min(page.room - ROW, _MOST_ROOM)
        for label, share in _WRITTEN:
            page.wide(label, "", room * share)
        page.pairs((N_("To be done"), ""), (N_("To be done by"), ""))
        page.signatures(_SIGNS)

    def _draw_students(self, page: FormPage, some: Sequence[tuple[str, str]]) -> None:
        """Draw the interns as boxes to tick, three a line."""
        text = Message(NN_("Seen, of {n} intern", "Seen, of {n} interns"), n=len(some))
        named = 0 < len(some) <= _STUDENTS
        lines = -(-len(some) // 3) if named else 2
        height = max(lines * 16 + 8.0, ROW)
        page.label(SIDE, height, self.edition.main.say(text))
        page.frame(SIDE + LABEL, page.width - LABEL, height)
        each = (page.width - LABEL - 12) / 3
        for place, (name, room) in enumerate(some if named else ()):
            x = SIDE + LABEL + 6 + place % 3 * each
            y = page.y - 16 - place // 3 * 16
            shown = f"□ {name} {room}"
            style = TEXT.scaled(min(1.0, (each - 4) / page.pen.width(TEXT, shown)))
            page.pen.write((x, y), style, shown, Align.LEFT)
        page.y -= height

    def _draw_asked(self, page: FormPage) -> None:
        """Draw what is asked on every visit, with boxes for in order and problem."""
        line = self.edition.line
        boxes = f"□ {line(N_('in order'))}　□ {line(N_('problem'))}"
        asked = [(Visit.FIELDS[name].label, boxes) for name in _ASKED]
        asked.append((N_("Other"), ""))
        for place in range(0, len(asked), 2):
            page.pairs(*asked[place : place + 2])


def tell(visits: Visits, _asked: VisitQuestions, edition: Edition) -> VisitSheets:
    """Return the sheets of these visits as a paper."""
    return VisitSheets(visits, edition)


VISIT_SHEET = Report(
    name="visit-sheet",
    title=TITLE,
    asks=VisitQuestions,
    tell=tell,
    group=N_("Forms"),
    counted=NN_("{n} visit", "{n} visits"),
)
"""Not in the catalogue: it is printed where visits are planned."""
