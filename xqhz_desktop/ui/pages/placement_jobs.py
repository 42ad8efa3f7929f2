"""The jobs of the page of one placement, each of which takes its progress last."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import references
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import attaching, one_placement
from xqhz_desktop.services.one_placement import OnePlacement
from xqhz_desktop.services.papers import Paper
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.tasks import Progress


def look(work: Work, id: str, today: date, _progress: Progress) -> OnePlacement:
    """Read a placement whole."""
    return one_placement.read(work, id, today)


def note(work: Work, id: str, text: str, day: date, _progress: Progress) -> int:
    """Note something down in the story."""
    return one_placement.noted(work, id, text, day)


def attach(work: Work, paper: Paper, paths: tuple[Path, ...], _progress: Progress) -> Message:
    """Attach files of the disk to the record of a paper; raise UserError for the first refused."""
    brought = attaching.bring(work, paper.kind, paper.id, paths)
    for refusal in brought.refused:
        raise UserError(refusal)
    return Message(NN_("{n} file attached", "{n} files attached"), n=len(brought.made))


def about(kind: str, shown: OnePlacement) -> tuple[str, str]:
    """Return the field and value by which a list shows what concerns a placement."""
    one = shown.placement
    mine = {
        "placement": one.id,
        "student": one.student,
        "enterprise": one.enterprise,
        "placement_batch": one.batch,
    }
    links = references(BY_KIND[kind])
    return next((name, mine[target]) for name, target in links.items() if mine.get(target))
