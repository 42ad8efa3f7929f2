"""The 10 % and 20 % caps: concurrent interns day by day, over all batches and other schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from xqhz_desktop.compliance import pack
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.storage.store import Reader

_OVER = (PlacementStatus.CANCELLED.name,)
Spans = list[tuple[date, date]]


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


@dataclass(frozen=True)
class Crowd:
    """Who is where during a batch: spans of days by enterprise and by position."""

    start: date
    end: date
    at_enterprise: dict[str, Spans]
    in_post: dict[str, Spans]
    below: dict[str, tuple[str, ...]]
    other_schools: dict[str, int]

    def enterprise(self, enterprise: Enterprise, more: int) -> Meter:
        """Return the meter of an enterprise with its sites (R32), with ``more`` interns added."""
        family = (enterprise.id, *self.below.get(enterprise.id, ()))
        spans = [span for id in family for span in self.at_enterprise.get(id, ())]
        others = sum(self.other_schools.get(id, 0) for id in family)
        cap = pack.national().rules["R32"].share
        return self._meter(spans, others, more, (enterprise.staff_total, cap))

    def post(self, position: Position, more: int) -> Meter:
        """Return the meter of a post (R33), with ``more`` interns added."""
        cap = pack.national().rules["R33"].share
        spans = self.in_post.get(position.id, [])
        others = position.other_interns or 0
        return self._meter(spans, others, more, (position.staff_same_post, cap))

    def _meter(self, spans: Spans, others: int, more: int, limit: tuple[int | None, int]) -> Meter:
        n, peak = fullest(spans, self.start, self.end)
        staff, cap = limit
        after = n + others + more
        share = Decimal(after * 100) / staff if staff else None
        allowed = staff * cap // 100 if staff else after
        rounded = None if share is None else share.quantize(Decimal("0.1"))
        return Meter(n + others, after, staff, rounded, max(0, after - allowed), peak, cap)


def crowd(reader: Reader, batch: PlacementBatch) -> Crowd:
    """Return everybody placed on any day of the batch, whatever batch placed them."""
    start = batch.start_date or date.today()
    end = batch.end_date or start
    found = reader.cursor.execute(
        "SELECT enterprise, position, start_date, end_date FROM placement "
        "WHERE status NOT IN (?) AND start_date <= ? AND coalesce(end_date, '9999') >= ?",
        (*_OVER, end.isoformat(), start.isoformat()),
    )
    hosts: dict[str, Spans] = defaultdict(list)
    posts: dict[str, Spans] = defaultdict(list)
    for enterprise, position, first, last in found.fetchall():
        span = (date.fromisoformat(first), date.fromisoformat(last) if last else end)
        hosts[enterprise].append(span)
        posts[position].append(span)
    parents = reader.cursor.execute("SELECT id, parent, other_interns FROM enterprise").fetchall()
    others = {id: n or 0 for id, _parent, n in parents}
    below = _below((id, parent) for id, parent, _n in parents if parent)
    return Crowd(start, end, hosts, posts, below, others)


def fullest(spans: Iterable[tuple[date, date]], start: date, end: date) -> tuple[int, date | None]:
    """Return the largest number of spans that share a day within the period, and the first such day."""
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


def _below(links: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return everything under each enterprise, at any depth; a loop is walked once."""
    children: dict[str, list[str]] = defaultdict(list)
    for id, parent in links:
        children[parent].append(id)
    found: dict[str, tuple[str, ...]] = {}
    for top in list(children):
        seen: dict[str, None] = {}
        waiting = list(children[top])
        while waiting:
            one = waiting.pop()
            if one not in seen and one != top:
                seen[one] = None
                waiting.extend(children.get(one, ()))
        found[top] = tuple(seen)
    return found
