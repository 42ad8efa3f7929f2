"""The placements of one person over the years, and where he or she was on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain import journey
from xqhz_desktop.domain.guidance import PlacementEvent
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.services.workspace import Work


@dataclass(frozen=True)
class Stay:
    """One leg with what people call its parts; `status` is that of the day asked about."""

    placement: Placement
    enterprise: str
    position: str
    batch: str
    status: PlacementStatus


def of(work: Work, student: str, on: date | None = None) -> list[Stay]:
    """Return every leg of a student, the earliest first; `on`: only those in force on a day."""
    with work.store.read() as reader:
        some = [
            one for one in reader.all("placement", student=student) if isinstance(one, Placement)
        ]
        legs = sorted(some, key=lambda one: (one.start_date or date.min, one.id))
        if on is not None:
            legs = journey.legs_on(legs, on)
        hosts = reader.names("enterprise", [one.enterprise for one in legs])
        posts = reader.names("position", [one.position for one in legs if one.position])
        batches = reader.names("placement_batch", [one.batch for one in legs if one.batch])
        found = []
        for one in legs:
            told = [e for e in reader.all("placement_event", placement=one.id)
                    if isinstance(e, PlacementEvent)]  # fmt: skip
            status = one.status if on is None else journey.status_on(one, told, on)
            names = (hosts.get(one.enterprise, ""), posts.get(one.position, ""))
            found.append(Stay(one, *names, batches.get(one.batch, ""), status))
    return found
