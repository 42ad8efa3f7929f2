"""The jobs of the reports page: what a report is asked first, and its paper drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain.records import references
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.services import placing, reporting
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.questions import Wanted

_SHEETS = {(595, 842): "A4", (842, 1191): "A3", (420, 595): "A5"}
"""Names of sheets by their sides in points, the short one first."""


@dataclass(frozen=True)
class Drawn:
    """A paper as it was drawn: the bytes of its PDF and what is known about them."""

    report: Report
    wanted: Wanted
    edition: Edition
    data: bytes
    pages: int
    told: int
    missing: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return the title of the paper in its own language."""
        return self.edition.main.say(self.report.title)

    @property
    def sum(self) -> Message:
        """Return what it comes to: 57 students, 4 pages."""
        told = Message(self.report.counted, n=self.told)
        pages = Message(NN_("{n} page", "{n} pages"), n=self.pages)
        return Message("{told}, {pages}", told=told, pages=pages)

    @property
    def warning(self) -> Message | None:
        """Say which characters no font has."""
        if not self.missing:
            return None
        letters = " ".join(self.missing)
        return Message(
            "No font has these characters: {letters}. They are left blank.", letters=letters
        )


def draw(work: Work, report: Report, wanted: Wanted, progress: Progress) -> Drawn:
    """Draw a paper; nothing of it stays on the disk."""
    edition = Edition(wanted.output, wanted.purpose, printed_by=work.actor.name)
    paper = reporting.draw(work, wanted.answers, edition, progress)
    missing = tuple(paper.missing)
    return Drawn(report, wanted, edition, paper.data, paper.pages, paper.told, missing)


def first_answers(work: Work, report: Report, _progress: Progress) -> Wanted:
    """Return the answers a report begins with: the batch that began last, all of the rest."""
    answers, names = report.asks(), {}
    batches = placing.batches(work)
    begun = [one for one in batches if one.start_date and one.start_date <= date.today()]
    for name in batch_questions(report):
        for batch in (begun or batches)[:1]:
            answers = answers.but(**{name: batch.id})
            names[name] = batch.name
    return Wanted(answers, names=names)


def batch_questions(report: Report) -> list[str]:
    """Return the names of the questions that are answered by a batch."""
    return [name for name, kind in references(report.asks).items() if kind == "placement_batch"]


def sheet(paper: Paper) -> Message:
    """Return what the first page is printed on: A4, landscape."""
    size = paper.sizes[0]
    sides = sorted((round(size.width()), round(size.height())))
    name = _SHEETS.get((sides[0], sides[1])) or " × ".join(
        f"{one / 72 * 25.4:.0f}" for one in sides
    )
    across = size.width() > size.height()
    turned = N_("{sheet}, landscape") if across else N_("{sheet}, portrait")
    return Message(turned, sheet=name)
