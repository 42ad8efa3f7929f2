"""Pay: amounts month by month, one step for many, the day of a payment stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.make import make
from tests.services.interns import Interns
from xqhz_desktop.domain.attendance import Pay
from xqhz_desktop.errors import NotFound
from xqhz_desktop.services import history, paying
from xqhz_desktop.services.workspace import Work

TODAY = date(2026, 11, 22)
PAID_ON = date(2026, 10, 15)
MONTH = "2026-09"


@pytest.fixture
def interns(work: Work) -> Interns:
    return Interns(work)


def payments(interns: Interns) -> list[tuple[str, Decimal | None, date | None]]:
    with interns.work.store.read() as reader:
        some = [one for one in reader.all("pay") if isinstance(one, Pay)]
    return sorted((one.month, one.amount, one.paid_on) for one in some)


def test_the_sheet_has_a_column_for_every_month_begun(interns: Interns) -> None:
    sheet = paying.sheet(interns.work, interns.scope, TODAY)
    assert sheet.months == ("2026-09", "2026-10", "2026-11")
    assert [one.seat.name for one in sheet.payees] == ["陈一", "程二", "成三"]


def test_amounts_are_saved_as_one_step(interns: Interns) -> None:
    first, second, _third = (one.id for one in interns.placements)
    amounts = {first: {MONTH: Decimal(2800)}, second: {MONTH: Decimal(2700)}}
    paying.save(interns.work, amounts, PAID_ON)
    assert payments(interns) == [(MONTH, 2700, PAID_ON), (MONTH, 2800, PAID_ON)]
    history.undo(interns.work)
    assert payments(interns) == []


def test_a_mended_amount_keeps_the_day_it_was_paid_on(interns: Interns) -> None:
    placement = interns.placements[0].id
    paying.save(interns.work, {placement: {MONTH: Decimal(280)}}, PAID_ON)
    paying.save(interns.work, {placement: {MONTH: Decimal(2800)}}, TODAY)
    assert payments(interns) == [(MONTH, 2800, PAID_ON)]


def test_an_emptied_amount_takes_the_payments_of_the_month_away(interns: Interns) -> None:
    placement = interns.placements[0].id
    two = [make(Pay, placement=placement, month=MONTH, amount=Decimal(9)) for _n in range(2)]
    interns.save(*two)
    paying.save(interns.work, {placement: {MONTH: None}}, TODAY)
    assert payments(interns) == []


def test_a_placement_that_is_gone_is_named(interns: Interns) -> None:
    with pytest.raises(NotFound, match="does not exist any more"):
        paying.save(interns.work, {"0" * 32: {MONTH: Decimal(1)}}, TODAY)
