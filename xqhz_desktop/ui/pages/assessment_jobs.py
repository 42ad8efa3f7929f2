"""What the assessment page has done elsewhere: read, saved, kept for after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.services import assessing, placing, score_entry
from xqhz_desktop.services.assessing import Sheet
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.drafts import Draft
from xqhz_desktop.ui.tasks import Progress


@dataclass(frozen=True)
class Seen:
    """What was read: every batch, the sheet of one, and what a crash left of it."""

    batches: list[PlacementBatch]
    sheet: Sheet | None
    left: Draft | None = None


def look(work: Work, wanted: str, progress: Progress) -> Seen:
    """Read the batches and the sheet of one: the one wanted, or the one that ended last."""
    batches = placing.batches(work)
    progress(0, 1)
    batch = next((one for one in batches if one.id == wanted), _ended(batches))
    if batch is None:
        return Seen([], None)
    return Seen(batches, assessing.sheet(work, batch.id), score_entry.left(work, batch.id))


def save(
    work: Work, batch: PlacementBatch, edits: Mapping[str, Mapping[str, Any]], _progress: Progress
) -> int:
    """Save what was typed."""
    return assessing.save(work, batch, edits)


def compute(work: Work, batch: PlacementBatch, _progress: Progress) -> int:
    """Compute totals again."""
    return assessing.compute_again(work, batch)


def allowed(work: Work, _progress: Progress) -> None:
    """Refuse a grade file while scores are undecided."""
    assessing.refuse_undecided(work)


def _ended(batches: list[PlacementBatch]) -> PlacementBatch | None:
    """Return the batch that ended last, else the newest: scores come at the end."""
    over = [one for one in batches if one.end_date and one.end_date < date.today()]
    newest = next(iter(batches), None)
    return max(over, key=lambda one: one.end_date or date.min, default=newest)
