"""Whether a month was paid, late, not at all, or is not due yet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.make import make
from xqhz_desktop.domain.attendance import Pay
from xqhz_desktop.domain.wages import Paid, PayState, last_day, paid, state

AGREED = Decimal(2800)
SEPTEMBER = "2026-09"


def pay(amount: int, on: date | None) -> Pay:
    return make(Pay, month=SEPTEMBER, amount=Decimal(amount), paid_on=on)


def test_a_month_is_to_be_paid_by_the_end_of_the_next() -> None:
    assert [last_day(month) for month in (SEPTEMBER, "2026-12", "2027-01")] == [
        date(2026, 10, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


def test_two_payments_of_a_month_are_added_up() -> None:
    had = paid([pay(1000, date(2026, 10, 10)), pay(1800, date(2026, 10, 20))])
    assert had == {SEPTEMBER: Paid(AGREED, date(2026, 10, 20))}


@pytest.mark.parametrize(
    ("on", "agreed", "today", "how"),
    [
        (date(2026, 10, 15), AGREED, date(2026, 11, 22), PayState.PAID),
        (date(2026, 11, 2), AGREED, date(2026, 11, 22), PayState.LATE),
        ("", AGREED, date(2026, 11, 1), PayState.UNPAID),
        ("", AGREED, date(2026, 10, 31), PayState.OPEN),
        ("", None, date(2026, 11, 22), PayState.NONE),
        (None, None, date(2026, 11, 22), PayState.PAID),
    ],
)
def test_how_a_month_stands(
    on: date | str | None, agreed: Decimal | None, today: date, how: PayState
) -> None:
    had = {} if isinstance(on, str) else paid([pay(2800, on)])
    assert state(SEPTEMBER, had, agreed, today) is how
