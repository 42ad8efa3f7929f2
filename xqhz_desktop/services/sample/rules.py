"""What rules ask about enterprises and positions of the sample school: mostly known and fine."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from xqhz_desktop.domain.enterprise import Credit, Enterprise
from xqhz_desktop.domain.placement import Lodging, Placement
from xqhz_desktop.domain.position import Position, Shift
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services.sample.draw import Draw, Lots, words

T = TypeVar("T")

_CREDIT = Lots({Credit.CLEAR: 95.0, Credit.UNKNOWN: 4.0, Credit.ABNORMAL: 1.0})
_HOURS = {
    Shift.DAY: ("08:30", "17:30"),
    Shift.TWO: ("13:30", "21:30"),
    Shift.FLEXIBLE: ("10:00", "19:00"),
}


_LODGING = Lots(
    {
        Lodging.HOME: 42.0,
        Lodging.ENTERPRISE: 44.0,
        Lodging.JOINT: 8.0,
        Lodging.OUTSIDE: 4.0,
        Lodging.UNKNOWN: 2.0,
    }
)


def told(stream: Generator[Record, None, T], draw: Draw, today: date) -> Generator[Record, None, T]:
    """Pass records on, with what the checks want to know of hosts, posts and stays filled in."""
    while True:
        try:
            one = next(stream)
        except StopIteration as ended:
            made: T = ended.value
            return made
        match one:
            case Enterprise():
                looked_up = today - timedelta(draw.between(20, 200))
                credit = draw.lot(_CREDIT)
                known = credit is not Credit.UNKNOWN
                yield one.but(credit=credit, credit_on=looked_up if known else None)
            case Placement():
                unpaid = not one.allowance and draw.chance(0.8)
                reason = str(draw.pick(words()["no_pay_reasons"])) if unpaid else ""
                yield one.but(lodging=draw.lot(_LODGING), no_pay_reason=reason)
            case Position():
                yield _position(one, draw)
            case _:
                yield one


def _position(one: Position, draw: Draw) -> Position:
    """Return a position with its days, its clock and its lowest grade of pay."""
    daily, weekly = one.hours_per_day, one.hours_per_week
    days = round(weekly / daily) if daily and weekly else 5
    starts, ends = _HOURS.get(one.shift, ("", ""))
    pay = one.pay
    return one.but(
        days_per_week=None if draw.chance(0.03) else days,
        starts_at=starts,
        ends_at=ends,
        on_holidays=draw.chance(0.01),
        lowest_pay=(pay * Decimal("0.95")).quantize(Decimal(1)) if pay else None,
    )
