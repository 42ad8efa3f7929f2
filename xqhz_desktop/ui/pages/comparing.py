"""The jobs of the page 名单核对, each of which takes its progress last."""

from __future__ import annotations

from pathlib import Path

from xqhz_desktop.i18n import Language
from xqhz_desktop.reports.comparison import COMPARISON, ComparisonQuestions
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.services import comparing, reconcile
from xqhz_desktop.services.reconcile import Comparison
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.questions import Wanted


def compare(work: Work, query: Query, file: Path, progress: Progress) -> Comparison:
    """Read a file and hold a list against it."""
    return comparing.held(work, query, file, progress)


def write(done: Comparison, lang: Language, path: Path, _progress: Progress) -> int:
    """Write a comparison as a sheet."""
    return reconcile.write(done, path, lang)


def draw(work: Work, done: Comparison, kind: str, lang: Language, progress: Progress) -> Drawn:
    """Draw a comparison on paper, in the language of the window."""
    output = Output.EN if lang.code == "en" else Output.ZH_CN
    edition = Edition(output, printed_by=work.actor.name)
    paper = comparing.drawn(work, done, kind, edition, progress)
    wanted = Wanted(ComparisonQuestions(), output)
    missing = tuple(paper.missing)
    return Drawn(COMPARISON, wanted, edition, paper.data, paper.pages, paper.told, missing)
