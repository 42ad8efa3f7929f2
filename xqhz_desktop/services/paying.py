"""Pay of the interns of a batch: month by month, paid, late or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xqhz_desktop.domain.attendance import Pay
from xqhz_desktop.domain.placement import Placement, PlacementBatch
from xqhz_desktop.errors import InvalidRecord, NotFound
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import attendance, rosters
from xqhz_desktop.services.rosters import Scope, Seat
from xqhz_desktop.services.workspace import Work

MOST = 600
"""Interns on one sheet."""

_MONTHS = 12
"""Months on one sheet, the newest."""

Amounts = Mapping[str, Mapping[str, Decimal | None]]
"""New amounts by placement and month; None takes the payments of a month away."""


@dataclass(frozen=True)
class Payee:
    """One line: who, what was agreed for a month, and the payments by month."""

    seat: Seat
    agreed: Decimal | None
    reason: str
    """Why there is no pay."""
    payments: tuple[Pay, ...]


@dataclass(frozen=True)
class PaySheet:
    """The pay of some interns of a batch, read in one moment."""

    scope: Scope
    months: tuple[str, ...]
    payees: tuple[Payee, ...]
    count: int
    """How many the sheet would have; more than `MOST` are not read."""


def sheet(work: Work, scope: Scope, today: date) -> PaySheet:
    """Return who was paid what, up to the month of today."""
    with work.store.read() as reader:
        batch = reader.get("placement_batch", scope.batch)
        if not isinstance(batch, PlacementBatch):
            raise NotFound(Message("This batch does not exist any more."), code="NOT_FOUND")
        count = rosters.count(reader, scope, last=today.isoformat())
        some = rosters.seats(reader, scope, last=today.isoformat()) if count <= MOST else []
        ids = [one.placement for one in some]
        placed = {one.id: one for one in reader.some("placement", ids)}
        payments: dict[str, list[Pay]] = defaultdict(list)
        for pay in rosters.belonging(reader, "pay", ids):
            if isinstance(pay, Pay):
                payments[pay.placement].append(pay)
    months = tuple(attendance.months(batch, today)[:_MONTHS][::-1])
    payees = []
    for seat in some:
        placement = placed[seat.placement]
        assert isinstance(placement, Placement)
        mine = tuple(payments[seat.placement])
        payees.append(Payee(seat, placement.allowance, placement.no_pay_reason, mine))
    return PaySheet(scope, months, tuple(payees), count)


def save(work: Work, amounts: Amounts, paid_on: date | None) -> int:
    """Write what was paid as one step; return its number, 0 if nothing differs.

    An amount replaces all payments of its month by one, paid on the given day; where only the
    amount of a payment is mended its day stays.
    """
    n = sum(map(len, amounts.values()))
    title = Message(NN_("{n} payment noted", "{n} payments noted"), n=n)
    with work.store.change(title, work.actor) as change:
        if len(list(change.cells("placement", ("id",), amounts))) < len(amounts):
            raise NotFound(Message("This placement does not exist any more."), code="NOT_FOUND")
        known: dict[tuple[str, str], list[Pay]] = defaultdict(list)
        for one in rosters.belonging(change, "pay", list(amounts)):
            if isinstance(one, Pay):
                known[one.placement, one.month].append(one)
        for placement, months in amounts.items():
            for month, amount in months.items():
                before = sorted(known[placement, month], key=lambda one: one.id)
                for gone in before if amount is None else before[1:]:
                    change.remove("pay", gone.id)
                if amount is None:
                    continue
                new = Pay(placement=placement, month=month, paid_on=paid_on)
                changed = (before[0] if before else new).but(amount=amount)
                if problems := changed.problems():
                    raise InvalidRecord(problems)
                change.put(changed)
    return change.number
