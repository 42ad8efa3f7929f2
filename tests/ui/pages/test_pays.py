"""The page of pay: amounts typed by month, the agreed pay filled in, late and missing in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from tests.services.interns import Interns
from tests.ui.drivers import clipped, unnamed
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.attendance import Pay
from xqhz_desktop.services import paying
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.models.entries import FACE_ROLE
from xqhz_desktop.ui.pages.pays import PaysPage

TODAY = date.today()
LONG_AGO = (TODAY.replace(day=1) - timedelta(70)).replace(day=1)
"""The first day of a month whose pay is overdue."""


@pytest.fixture
def interns(work: Work) -> Interns:
    made = Interns(work)
    start, end = LONG_AGO, TODAY + timedelta(40)
    made.save(made.batch.but(start_date=start, end_date=end))
    made.save(
        *(
            one.but(start_date=start, end_date=end, allowance=Decimal(2800))
            for one in made.placements
        )
    )
    return made


@pytest.fixture
def page(qtbot: QtBot, interns: Interns) -> Iterator[OnePage[PaysPage]]:
    made = OnePage(qtbot, interns.work, PaysPage)
    yield made
    made.close()


def cell(page: OnePage[PaysPage], row: int, column: int) -> tuple[str, str]:
    face = page.page.entries.index(row, column).data(FACE_ROLE)
    return face.text, face.below


def test_a_month_that_is_overdue_says_so(page: OnePage[PaysPage]) -> None:
    assert cell(page, 0, 0) == ("not paid", "")
    assert any("overdue and not paid: 6" in text for text in page.texts)


def test_the_agreed_pay_is_filled_in_for_everybody_and_saved_with_its_day(
    page: OnePage[PaysPage],
) -> None:
    page.page.grid.go_to(1, 0)
    page.page.day.setDate(QDate(LONG_AGO.year, LONG_AGO.month, 28))
    page.press("Fill in the agreed pay")
    page.press("Save")
    saved = [one for one in page.stored("pay") if isinstance(one, Pay)]
    assert {(one.month, one.amount, one.paid_on) for one in saved} == {
        (f"{LONG_AGO:%Y-%m}", Decimal(2800), LONG_AGO.replace(day=28))
    }
    assert len(saved) == 3
    assert cell(page, 0, 0) == ("2800", "")


def test_pay_that_came_too_late_stays_marked(interns: Interns, page: OnePage[PaysPage]) -> None:
    month = f"{LONG_AGO:%Y-%m}"
    paying.save(page.work, {interns.placements[0].id: {month: Decimal(2800)}}, TODAY)
    page.settle()
    assert cell(page, 0, 0) == ("2800", "paid late")
    assert any("paid late: 1" in text for text in page.texts)


def test_what_is_no_amount_is_not_saved(page: OnePage[PaysPage]) -> None:
    model = page.page.entries
    for text in ("abc", "-5", "12.345", "1e9"):
        model.write([(0, model.book.fields[0] if model.book else "", text)])
        page.press("Save")
        assert page.stored("pay") == []
        assert "is no amount of money" in page.said[-1][0]
    assert page.page.undo()
    model.write([(0, model.book.fields[0] if model.book else "", "¥2,800.50元")])
    page.press("Save")
    (saved,) = page.stored("pay")
    assert getattr(saved, "amount", None) == Decimal("2800.5")


def test_everything_has_a_name_and_fits(page: OnePage[PaysPage]) -> None:
    assert unnamed(page.page) == []
    assert clipped(page.page) == []
