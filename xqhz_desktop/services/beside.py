"""The rest of a row, in whose light a name is read: whom it names besides, and on which day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.services.known import Values

_OVER = (PlacementStatus.ENDED, PlacementStatus.ASSESSED, PlacementStatus.ARCHIVED)


class Row:
    """What a row says by path, and whom it was found to name so far."""

    def __init__(
        self,
        said: Mapping[str, Any],
        found: Mapping[str, str | list[str]],
        entity: type[Record],
        when: date | None,
    ) -> None:
        """Know what is said, whom it names by field, its kind of record, and its day."""
        self.said, self.when = said, when
        self._found, self._links = found, references(entity)

    def named(self, kind: str) -> list[str]:
        """Return the records of a kind that the row names."""
        ids: list[str] = []
        for field, found in self._found.items():
            if self._links[field] == kind:
                ids += [found] if isinstance(found, str) else found
        return ids


def first_day(values: Values) -> date | None:
    """Return the first day a row tells: its month, else its date."""
    month = values.get("month")
    if isinstance(month, str) and len(month) == 7:
        return date(int(month[:4]), int(month[5:]), 1)
    return next((one for one in values.values() if isinstance(one, date)), None)


def current(some: list[Any], when: date | None) -> list[Any]:
    """Return of several placements the one meant: not cancelled, on that day, still going on."""
    for fits in (_alive, lambda one: _covers(one, when), _going_on):
        some = [one for one in some if fits(one)] or some
    return some


def _alive(one: Any) -> bool:
    return bool(one.status is not PlacementStatus.CANCELLED)


def _going_on(one: Any) -> bool:
    return one.status not in _OVER


def _covers(one: Any, when: date | None) -> bool:
    """Tell whether a placement goes on in the month of a day."""
    if when is None:
        return True
    start, end = one.start_date, one.end_date
    first = (start.year, start.month) if start else (0, 0)
    return first <= (when.year, when.month) and (end is None or when <= end)
