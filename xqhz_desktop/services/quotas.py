"""The 10 % and 20 % caps: concurrent interns day by day, over all batches and other schools."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from xqhz_desktop.compliance import library
from xqhz_desktop.compliance.facts import Crowding
from xqhz_desktop.domain.enterprise import EnterpriseLevel
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.storage.store import Reader

OF_UNIT, OF_POST = "R32", "R33"
"""The rules of the two caps: interns of a unit, interns of a post."""

Span = tuple[date, date]
Fullest = tuple[int, date | None]
"""How many are there on the fullest day, and the first such day."""


@dataclass(frozen=True)
class Meter:
    """Interns on the fullest day before and after; `over`: persons above the cap; share in %."""

    before: int
    after: int
    staff: int | None
    share: Decimal | None
    over: int
    peak: date | None
    cap: int

    @property
    def allowed(self) -> int | None:
        """Return how many the cap allows, None where the number of staff is not known."""
        return self.staff * self.cap // 100 if self.staff else None

    @property
    def room(self) -> int | None:
        """Return how many more the cap allows, None where it cannot be told."""
        return None if self.allowed is None else max(0, self.allowed - self.before)


@dataclass(frozen=True)
class Unit:
    """The employer a cap is counted for: staff and interns of other schools, sites included."""

    staff: int | None
    others: int


@dataclass(frozen=True)
class Crowd:
    """How full units and posts are on their fullest day of a batch."""

    start: date
    units: Mapping[str, Unit]
    unit_of: Mapping[str, str]
    """The unit of each enterprise: the company of a site, else the enterprise itself."""
    in_unit: Mapping[str, Fullest]
    in_post: Mapping[str, Fullest]

    def enterprise(self, id: str, more: int) -> Meter:
        """Return the meter of the unit an enterprise belongs to, with ``more`` interns added."""
        unit = self.unit_of.get(id, id)
        known = self.units.get(unit, Unit(None, 0))
        cap = library.national().rules[OF_UNIT].share
        return self._meter(self.in_unit.get(unit, _NOBODY), known, more, cap)

    def post(self, position: Position, more: int) -> Meter:
        """Return the meter of a post, with ``more`` interns added."""
        cap = library.national().rules[OF_POST].share
        known = Unit(position.staff_same_post, position.other_interns or 0)
        return self._meter(self.in_post.get(position.id, _NOBODY), known, more, cap)

    def taken(self, position: str) -> int:
        """Return how many of our own are in a post on its fullest day."""
        return self.in_post.get(position, _NOBODY)[0]

    def _meter(self, fullest: Fullest, unit: Unit, more: int, cap: int) -> Meter:
        before = fullest[0] + unit.others
        after = before + more
        share = Decimal(after * 100) / unit.staff if unit.staff else None
        rounded = None if share is None else share.quantize(Decimal("0.1"))
        allowed = unit.staff * cap // 100 if unit.staff else after
        peak = (fullest[1] or self.start) if after else None
        return Meter(before, after, unit.staff, rounded, max(0, after - allowed), peak, cap)


_NOBODY: Fullest = (0, None)


def crowd(reader: Reader, batch: PlacementBatch) -> Crowd:
    """Return everybody placed on any day of the batch, whatever batch placed them."""
    start = batch.start_date or date.today()
    end = batch.end_date or start
    units, unit_of = _units(reader)
    in_unit: dict[str, list[Span]] = defaultdict(list)
    in_post: dict[str, list[Span]] = defaultdict(list)
    found = reader.cursor.execute(
        "SELECT enterprise, position, start_date, end_date FROM placement "
        "WHERE status <> ? AND start_date <= ? AND coalesce(end_date, '9999') >= ?",
        (PlacementStatus.CANCELLED.name, end.isoformat(), start.isoformat()),
    )
    for enterprise, position, first, last in found.fetchall():
        span = (date.fromisoformat(first), date.fromisoformat(last) if last else end)
        in_unit[unit_of.get(enterprise, enterprise)].append(span)
        if position:
            in_post[position].append(span)
    return Crowd(
        start,
        units,
        unit_of,
        {id: fullest(spans, start, end) for id, spans in in_unit.items()},
        {id: fullest(spans, start, end) for id, spans in in_post.items()},
    )


@dataclass(frozen=True)
class Timeline:
    """How many spans share each day: a new count from each of these days on."""

    days: tuple[date, ...]
    counts: tuple[int, ...]

    def fullest(self, start: date, end: date) -> Fullest:
        """Return the highest count of a period, and the first day of it."""
        most, peak = self.on(start), start
        first, last = bisect_right(self.days, start), bisect_right(self.days, end)
        for place in range(first, last):
            if self.counts[place] > most:
                most, peak = self.counts[place], self.days[place]
        return (most, peak) if most else _NOBODY

    def on(self, day: date) -> int:
        """Return the count of one day."""
        place = bisect_right(self.days, day)
        return self.counts[place - 1] if place else 0


def timeline(spans: Iterable[Span]) -> Timeline:
    """Return how many spans there are on each day."""
    steps: dict[date, int] = defaultdict(int)
    for first, last in spans:
        steps[first] += 1
        steps[last + timedelta(days=1)] -= 1
    days, counts, now = sorted(steps), [], 0
    for day in days:
        now += steps[day]
        counts.append(now)
    return Timeline(tuple(days), tuple(counts))


def fullest(spans: Iterable[Span], start: date, end: date) -> Fullest:
    """Return the most spans that share a day of the period, and the first such day."""
    return timeline(one for one in spans if one[0] <= one[1]).fullest(start, end)


@dataclass(frozen=True)
class Radar:
    """The fullest day of each week: interns of one batch, and of all others."""

    days: tuple[date, ...]
    ours: tuple[int, ...]
    others: tuple[int, ...]


class Counted:
    """Interns of every batch on every day: of units, of posts, of tutors."""

    def __init__(self, reader: Reader, hosts: Iterable[str], tutors: Iterable[str] = ()) -> None:
        """Read once who is at these enterprises or of these tutors, whatever batch placed them."""
        self._units, self._unit_of = _units(reader)
        units = {self._unit_of.get(one, one) for one in hosts}
        parts = {one for one, unit in self._unit_of.items() if unit in units} | units
        spans: dict[str, list[Span]] = defaultdict(list)
        for enterprise, position, span in _spans(reader, "enterprise", "position", parts):
            spans[self._unit_of.get(enterprise, enterprise)].append(span)
            if position:
                spans[position].append(span)
        for tutor, _enterprise, span in _spans(reader, "tutor", "enterprise", set(tutors)):
            spans[tutor].append(span)
        self._spans = spans
        self._lines: dict[str, Timeline] = {}
        self._known: dict[tuple[str, date, date], Fullest] = {}

    def unit(self, enterprise: str, start: date, end: date) -> Crowding:
        """Return how full the employer of an enterprise is in a period."""
        top = self._unit_of.get(enterprise, enterprise)
        known = self._units.get(top, Unit(None, 0))
        most, peak = self._fullest(top, start, end)
        return Crowding(known.staff, most + known.others, peak)

    def post(self, position: Position, start: date, end: date) -> Crowding:
        """Return how full a post is in a period."""
        most, peak = self._fullest(position.id, start, end)
        return Crowding(position.staff_same_post, most + (position.other_interns or 0), peak)

    def tutored(self, tutor: str, start: date, end: date) -> int:
        """Return how many interns a tutor has on the fullest day of a period."""
        return self._fullest(tutor, start, end)[0] if tutor else 0

    def radar(self, id: str, ours: Iterable[Span], start: date, end: date, outside: int) -> Radar:
        """Return how full a unit or post is week by week: our own batch, and everybody else.

        `outside`: interns of other schools.
        """
        line, mine = self.line(id), timeline(ours)
        weeks, day = [], start
        while day <= end:
            last = min(day + timedelta(days=6), end)
            most, peak = line.fullest(day, last)
            own = mine.on(peak or day)
            weeks.append((peak or day, own, most - own + outside))
            day = last + timedelta(days=1)
        days, own_counts, other_counts = zip(*weeks, strict=True) if weeks else ((), (), ())
        return Radar(tuple(days), tuple(own_counts), tuple(other_counts))

    def line(self, id: str) -> Timeline:
        """Return the days of a unit, a post or a tutor."""
        top = self._unit_of.get(id, id)
        if top not in self._lines:
            self._lines[top] = timeline(self._spans.get(top, ()))
        return self._lines[top]

    def _fullest(self, id: str, start: date, end: date) -> Fullest:
        key = (id, start, end)
        if key not in self._known:
            self._known[key] = self.line(id).fullest(start, end)
        return self._known[key]


def _spans(
    reader: Reader, field: str, beside: str, values: set[str]
) -> Iterator[tuple[str, str, Span]]:
    """Yield the post internships whose field has one of these values: it, another one, the days."""
    rows = reader.cursor.execute(
        f'SELECT p."{field}", p."{beside}", p.start_date,'
        " coalesce(p.end_date, b.end_date, p.start_date) FROM placement p"
        " LEFT JOIN placement_batch b ON b.id = p.batch"
        " WHERE p.status <> ? AND p.start_date IS NOT NULL AND coalesce(b.type, 'POST') = 'POST'"
        f' AND p."{field}" IN (SELECT value FROM json_each(?))',
        (PlacementStatus.CANCELLED.name, json.dumps(sorted(values))),
    )
    read = lru_cache(None)(date.fromisoformat)
    for id, other, first, last in rows.fetchall():
        yield id, other or "", (read(first), max(read(first), read(last)))


def _units(reader: Reader) -> tuple[dict[str, Unit], dict[str, str]]:
    """Return the units by id, and the unit of every enterprise."""
    rows = reader.cursor.execute(
        "SELECT id, coalesce(parent, ''), level, staff_total, other_interns FROM enterprise"
    ).fetchall()
    above = {id: parent for id, parent, level, *_rest in rows if level == EnterpriseLevel.SITE.name}
    known = {id for id, *_rest in rows}
    unit_of = {id: _top(id, above, known) for id in known}
    others: dict[str, int] = defaultdict(int)
    for id, _parent, _level, _staff, interns in rows:
        others[unit_of[id]] += interns or 0
    return {id: Unit(staff, others[id]) for id, _p, _l, staff, _o in rows}, unit_of


def _top(id: str, above: Mapping[str, str], known: set[str]) -> str:
    """Return the first enterprise above a site that is none itself; a loop ends where it began."""
    seen = {id}
    while (parent := above.get(id, "")) in known and parent not in seen:
        seen.add(parent)
        id = parent
    return id
