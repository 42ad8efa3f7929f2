"""Periods: a start and an end that come in this order."""

from __future__ import annotations

from datetime import date

from xqhz_desktop.i18n import Message


def in_order(start: date | None, end: date | None, field: str = "end_date") -> dict[str, Message]:
    """Return what is wrong with a period, at the field of its end."""
    if start and end and end < start:
        return {field: Message("The end lies before the start.")}
    return {}
