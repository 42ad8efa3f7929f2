"""What the page of a batch's papers has done elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import Language
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.reports.record_list import RECORD_LIST, ListQuestions
from xqhz_desktop.services import archiving, binder, checklist, placing
from xqhz_desktop.services.archiving import Written
from xqhz_desktop.services.checklist import Line
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.questions import Wanted

REPORT = replace(RECORD_LIST, name="missing-papers", title=binder.GAPS)
"""The paper of the gaps, as dialogs know papers; not in the catalogue."""


@dataclass(frozen=True)
class Seen:
    """What was read: every batch, the one shown, and its placements with their papers."""

    batches: list[PlacementBatch]
    batch: PlacementBatch | None
    lines: list[Line]


def look(work: Work, wanted: str, _progress: Progress) -> Seen:
    """Read the batches and the papers of one: the one wanted, or the newest."""
    batches = placing.batches(work)
    batch = next((one for one in batches if one.id == wanted), next(iter(batches), None))
    return Seen(batches, batch, checklist.of_batch(work, batch.id) if batch else [])


def archive(work: Work, batch: str, where: tuple[Edition, Path], progress: Progress) -> Written:
    """Write the students' files."""
    edition = replace(where[0], printed_by=work.actor.name)
    return archiving.write(work, batch, where[1], edition, progress)


def bind(work: Work, batch: str, where: tuple[Edition, Path], progress: Progress) -> Written:
    """Write the inspection binder."""
    edition = replace(where[0], printed_by=work.actor.name)
    return binder.write(work, batch, where[1], edition, progress)


def draw(work: Work, lines: Sequence[Line], lang: Language, _progress: Progress) -> Drawn:
    """Draw who lacks what, in the language of the window."""
    output = Output.EN if lang.code == "en" else Output.ZH_CN
    edition = Edition(output, printed_by=work.actor.name)
    with work.store.read() as reader:
        school = next((one for one in reader.all("school") if isinstance(one, School)), School())
    paper = binder.gaps(school, [one for one in lines if one.lacking], edition)
    wanted = Wanted(ListQuestions(), output)
    missing = tuple(paper.missing)
    return Drawn(REPORT, wanted, edition, paper.data, paper.pages, paper.told, missing)
