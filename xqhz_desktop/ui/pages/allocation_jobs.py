"""The jobs of the page 实习安排, each of which takes its progress last."""

from __future__ import annotations

from dataclasses import dataclass

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.services import batches, placing
from xqhz_desktop.services.placing import Board
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.tasks import Progress


@dataclass(frozen=True)
class Seen:
    """What was read: every batch, the board of one, and who has a place if that is shown."""

    batches: list[PlacementBatch]
    board: Board | None
    placed: list[Row]


def look(work: Work, wanted: str, with_placed: bool, _progress: Progress) -> Seen:
    """Read the batch asked for, else the newest, and who has a place where that is shown."""
    batches = placing.batches(work)
    first = batches[0] if batches else None
    batch = next((one for one in batches if one.id == wanted), first)
    if batch is None:
        return Seen([], None, [])
    rows = placing.placed(work, batch) if with_placed else []
    return Seen(batches, placing.board(work, batch), rows)


def seek(work: Work, batch: PlacementBatch, words: str, _progress: Progress) -> frozenset[str]:
    """Return the ids of the students whom words find."""
    return placing.sought(work, batch, words)


def copy(work: Work, batch: str, _progress: Progress) -> PlacementBatch:
    """Plan a batch like an earlier one, for the classes a year below; return it."""
    made = batches.copied(work, batch)
    batches.save(work, made.batch, made.classes)
    return made.batch
