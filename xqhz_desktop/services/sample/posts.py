"""Positions of the sample enterprises, small enough for the 10 % and 20 % of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xqhz_desktop.domain.position import LabourGrade, Position, Shift
from xqhz_desktop.services.sample.draw import Draw, rows
from xqhz_desktop.services.sample.numbers import Numbers

# Two batches may overlap, so one of them fills less than half of what the rules allow.
_SHARE_OF_STAFF = 0.045
_SHARE_OF_POST = 0.09
_MOST_PLACES = 12


@dataclass(frozen=True)
class Host:
    """An enterprise that takes students, as placing needs it."""

    id: str
    sector: str
    staff: int | None
    mentors: tuple[str, ...]


@dataclass(frozen=True)
class Slot:
    """A position as placing needs it."""

    id: str
    host: Host
    majors: tuple[str, ...]
    places: int
    hours: Decimal | None
    pay: Decimal | None


def posts(
    numbers: Numbers, draw: Draw, host: Host, headcount: int
) -> Iterator[tuple[Position, Slot]]:
    """Yield positions of a host; ``headcount`` is told for two of them, or follows from staff."""
    offered = [row for row in rows("positions") if row["sector"] == host.sector]
    left = int((host.staff or 200) * _SHARE_OF_STAFF)
    offered = offered[:2] if headcount else draw.shuffled(offered)[: draw.between(2, 4)]
    for row in offered:
        same_post = max(4, int((host.staff or 200) * draw.between(12, 28) / 100))
        places = headcount or max(1, min(left, _MOST_PLACES, int(same_post * _SHARE_OF_POST)))
        if left < 1 and not headcount:
            return
        left -= places
        position = _position(
            numbers,
            draw,
            row,
            enterprise=host.id,
            headcount=places,
            staff_same_post=None if host.staff is None or draw.chance(0.05) else same_post,
        )
        majors = tuple(row["majors"].split())
        yield (
            position,
            Slot(position.id, host, majors, places, position.hours_per_week, position.pay),
        )


def _position(numbers: Numbers, draw: Draw, row: dict[str, str], **told: Any) -> Position:
    pay = Decimal(draw.between(int(row["pay_low"]) // 50, int(row["pay_high"]) // 50) * 50)
    return Position(
        id=numbers.id(),
        name=row["name"],
        majors=",".join(sorted(row["majors"].split())),
        pay=None if draw.chance(0.05) else pay,
        same_post_pay=None if draw.chance(0.3) else (pay * Decimal("1.2")).quantize(Decimal(1)),
        hours_per_day=Decimal(row["hours_per_day"]).quantize(Decimal("0.1")),
        hours_per_week=Decimal(row["hours_per_week"]).quantize(Decimal("0.1")),
        shift=Shift[row["shift"]],
        labour_grade=LabourGrade[row["labour_grade"]],
        hazards=row["hazards"],
        lodging=draw.chance(0.4),
        duties=row["duties"],
        **told,
    )
