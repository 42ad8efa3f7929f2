"""The emergency card of a student on paper: names and numbers in letters read at arm's length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xqhz_desktop.domain.fields import ref
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_
from xqhz_desktop.reports.form_page import SIDE, SIZE, TEXT, FormPage
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.reports.pen import Align, Pen, Style
from xqhz_desktop.reports.table import Progress

TITLE = N_("Emergency card")

_NAME = Style("SongBold", 34, 42)
_BIG = Style("SongBold", 17, 22)
_LABEL = Style("Song", 11, 15)


@record("emergency_card", TITLE, title="id")
class EmergencyQuestions(Record):
    """Whose card it is."""

    student: str = ref(N_("Student"), "student", required=True)


@dataclass(frozen=True)
class Lines:
    """What is printed: label, text and number of each line."""

    school: School
    name: str
    beside: str
    lines: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class EmergencyCard:
    """One page."""

    card: Lines
    edition: Edition
    told: int = 1
    size: tuple[float, float] = SIZE

    @property
    def title(self) -> str:
        """Return the title and whose card it is."""
        return f"{self.edition.main.say(TITLE)} {self.card.name}"

    @property
    def author(self) -> str:
        """Return the school."""
        return self.card.school.name

    def draw(self, pen: Pen, progress: Progress) -> int:
        """Draw the page."""
        page = FormPage(pen, self.edition)
        progress(0, 1)
        page.head(TITLE, (self.card.school.name, self.edition.day(self.edition.printed_on)))
        pen.write((SIDE, page.y - _NAME.drop), _NAME, self.card.name, Align.LEFT)
        right = SIDE + page.width
        pen.write((right, page.y - _NAME.drop), TEXT, self.card.beside, Align.RIGHT)
        page.y -= _NAME.leading + 10
        for label, text, call in self.card.lines:
            self._draw_line(page, label, (text, call))
        pen.canvas.showPage()
        return 1

    def _draw_line(self, page: FormPage, label: str, said: tuple[str, str]) -> None:
        text, call = said
        pen, right = page.pen, SIDE + page.width
        pen.canvas.setLineWidth(0.5)
        pen.canvas.line(SIDE, page.y, right, page.y)
        pen.write((SIDE, page.y - _LABEL.drop), _LABEL, self.edition.line(label), Align.LEFT)
        room = page.width - (pen.width(_BIG, call) + 16 if call else 0)
        style = _BIG.scaled(min(1.0, room / max(pen.width(_BIG, text), 1)))
        pen.write((SIDE, page.y - 16 - _BIG.drop), style, text, Align.LEFT)
        pen.write((right, page.y - 16 - _BIG.drop), _BIG, call, Align.RIGHT)
        page.y -= 44


def tell(card: Lines, _asked: EmergencyQuestions, edition: Edition) -> EmergencyCard:
    """Return a card as a paper."""
    return EmergencyCard(card, edition)


EMERGENCY_CARD = Report(
    name="emergency-card",
    title=TITLE,
    asks=EmergencyQuestions,
    tell=tell,
    group=N_("Forms"),
    counted=NN_("{n} student", "{n} students"),
)
"""Not in the catalogue: it is printed where the card is shown."""
