"""The pay of interns as a book: an amount a month, late and missing ones in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from xqhz_desktop.domain.wages import Paid, PayState, paid, state
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.paying import PaySheet
from xqhz_desktop.ui.models.book import Face, Title

_MOST = Decimal(100_000)
_SUMS = (N_("Agreed a month"), N_("Paid in all"), N_("Months not paid"))
_INKS = {PayState.LATE: "warn", PayState.UNPAID: "bad", PayState.NONE: "faint"}
_SHOWN = (PayState.LATE, PayState.UNPAID)


class PayBook:
    """Reads amounts; what is saved keeps the day on which it was paid."""

    def __init__(self, sheet: PaySheet, today: date, lang: Language) -> None:
        """Take a sheet as it was read; words in the cells are said in `lang`."""
        self.sheet, self._today, self._lang = sheet, today, lang
        self.fields: tuple[str, ...] = sheet.months
        self.keys = [one.seat.placement for one in sheet.payees]
        self._stored = [paid(one.payments) for one in sheet.payees]
        self._now: list[Mapping[str, Paid]] = list(self._stored)

    def called(self, row: int) -> tuple[str, str]:
        """Return the name, and number and enterprise."""
        seat = self.sheet.payees[row].seat
        return seat.name, f"{seat.student_no[-4:]} {seat.enterprise_name}".strip()

    def title(self, column: int) -> Title:
        """Return the month, or the name of a sum."""
        if column < len(self.fields):
            return Title(self.fields[column])
        return Title(_SUMS[column - len(self.fields)])

    def stored(self, row: int, field: str) -> str:
        """Return what was paid for a month."""
        got = self._stored[row].get(field)
        return _plain(got.amount) if got else ""

    def open(self, row: int, field: str) -> bool:
        """Tell whether the placement runs in that month."""
        seat = self.sheet.payees[row].seat
        first = f"{seat.start:%Y-%m}" if seat.start else ""
        return first <= field <= (f"{seat.end:%Y-%m}" if seat.end else "9999")

    def read(self, field: str, text: str) -> str:
        """Return an amount with at most two decimals; raise ValueError for anything else."""
        plain = text.strip().replace(",", "").replace("，", "").removeprefix("¥").removesuffix("元")
        if not plain:
            return ""
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            raise ValueError(text) from None
        if not amount.is_finite() or not 0 <= amount <= _MOST or amount * 100 % 1:
            raise ValueError(text)
        return _plain(amount)

    def work_out(self, row: int, texts: Mapping[str, str]) -> None:
        """Take in what is written; an amount typed now counts as paid today."""
        before = self._stored[row]
        self._now[row] = {
            month: before[month] if self.stored(row, month) == text else Paid(Decimal(text), None)
            for month, text in texts.items()
            if text
        }

    def face(self, row: int, field: str, text: str) -> Face:
        """Return the amount, and below it that it came late or not at all."""
        if not self.open(row, field):
            return Face(closed=True)
        how = self._state(row, field)
        got = self._now[row].get(field)
        day = (Message("paid on {day}", day=got.on),) if got and got.on else ()
        below = self._lang.say(how) if how in _SHOWN else ""
        told = (Message(how.value), *day)
        if not text:
            return Face(below, ink=_INKS.get(how, "ink3"), told=told)
        return Face(text, below, _INKS.get(how, "ink"), told=told)

    def sums(self, row: int) -> Sequence[Face]:
        """Return what was agreed, what was paid, and how many months are missing."""
        payee, months = self.sheet.payees[row], [m for m in self.fields if self.open(row, m)]
        total = sum((one.amount for one in self._now[row].values()), Decimal(0))
        missing = sum(self._state(row, one) is PayState.UNPAID for one in months)
        agreed = _plain(payee.agreed) if payee.agreed else "—"
        told = (Message("No pay: {reason}", reason=payee.reason),) if payee.reason else ()
        return (
            Face(agreed, told=told),
            Face(_plain(total) if total else ""),
            Face(str(missing) if missing else "", ink="bad"),
        )

    def agreed(self, row: int) -> str:
        """Return the agreed pay as it is typed, empty without one."""
        amount = self.sheet.payees[row].agreed
        return _plain(amount) if amount else ""

    def count(self, how: PayState) -> int:
        """Return how many months of all interns stand so."""
        rows = range(len(self.keys))
        return sum(
            self._state(row, month) is how
            for row in rows
            for month in self.fields
            if self.open(row, month)
        )

    def values(
        self, changes: Mapping[str, Mapping[str, str]]
    ) -> dict[str, dict[str, Decimal | None]]:
        """Return changes as amounts."""
        return {
            key: {month: Decimal(text) if text else None for month, text in cells.items()}
            for key, cells in changes.items()
        }

    def _state(self, row: int, month: str) -> PayState:
        agreed = self.sheet.payees[row].agreed
        return state(month, self._now[row], agreed, self._today)


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
