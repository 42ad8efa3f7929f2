"""The 10 % and 20 % caps: concurrent interns day by day, over all batches and other schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from xqhz_desktop.compliance import pack
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
        cap = pack.national().rules[OF_UNIT].share
        return self._meter(self.in_unit.get(unit, _NOBODY), known, more, cap)

    def post(self, position: Position, more: int) -> Meter:
        """Return the meter of a post, with ``more`` interns added."""
        cap = pack.national().rules[OF_POST].share
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


def fullest(spans: Iterable[Span], start: date, end: date) -> Fullest:
    """Return the most spans that share a day of the period, and the first such day."""
    steps: dict[date, int] = defaultdict(int)
    for first, last in spans:
        if first <= end and last >= start:
            steps[max(first, start)] += 1
            steps[min(last, end) + timedelta(days=1)] -= 1
    now = most = 0
    peak = None
    for day in sorted(steps):
        now += steps[day]
        if now > most:
            most, peak = now, day
    return most, peak


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
