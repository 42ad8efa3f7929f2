"""Whether an intern was paid on time: in money, within the month that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.attendance import Pay, days_of
from xqhz_desktop.i18n import N_


class PayState(Enum):
    """How the pay of one month stands."""

    PAID = N_("paid")
    LATE = N_("paid late")
    UNPAID = N_("not paid")
    OPEN = N_("not due yet")
    NONE = N_("no pay agreed")


@dataclass(frozen=True)
class Paid:
    """What was paid for one month: the sum of its payments and the last day of them."""

    amount: Decimal
    on: date | None


def paid(payments: Iterable[Pay]) -> dict[str, Paid]:
    """Return what was paid by month."""
    found: dict[str, Paid] = {}
    for one in payments:
        before = found.get(one.month, Paid(Decimal(0), None))
        days = [on for on in (before.on, one.paid_on) if on]
        amount = before.amount + (one.amount or 0)
        found[one.month] = Paid(amount, max(days, default=None))
    return found


def last_day(month: str) -> date:
    """Return the day by which a month has to be paid: the end of the next one."""
    year, number = map(int, month.split("-"))
    next_month = f"{year + number // 12}-{number % 12 + 1:02d}"
    return date(year + number // 12, number % 12 + 1, days_of(next_month))


def state(month: str, had: Mapping[str, Paid], agreed: Decimal | None, on: date) -> PayState:
    """Return how a month stands on a day."""
    got = had.get(month)
    if got is not None:
        return PayState.LATE if got.on and got.on > last_day(month) else PayState.PAID
    if not agreed:
        return PayState.NONE
    return PayState.UNPAID if on > last_day(month) else PayState.OPEN
