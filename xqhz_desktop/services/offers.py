"""What enterprises offer a batch: positions with their meters, and what a drop would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xqhz_desktop.compliance import library
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import MajorMatch
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.preparation import ConsentState
from xqhz_desktop.domain.readiness import SIGNED
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services.quotas import OF_POST, OF_UNIT, Crowd, Meter
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader

CLOSED = frozenset({Partnership.PAUSED, Partnership.BLACKLISTED})
"""Enterprises nobody is sent to now."""

_PAGE = 1_000


@dataclass(frozen=True)
class Candidate:
    """A student without a place; `age` is the one on the first day of the batch."""

    student: Student
    class_name: str
    major_code: str
    age: int | None
    minor: bool
    consent: ConsentState | None = None

    @property
    def agreed(self) -> bool:
        """Tell whether student and guardian have signed the consent."""
        return self.consent in SIGNED

    @property
    def young(self) -> bool:
        """Tell whether the law forbids a post internship at this age (R01)."""
        return self.age is not None and self.age < library.national().rules["R01"].age


@dataclass(frozen=True)
class Offer:
    """A position: places taken at the fullest day, and the 20 % meter."""

    position: Position
    taken: int
    meter: Meter

    @property
    def free(self) -> int | None:
        """Return the places left, None where the enterprise did not say how many there are."""
        places = self.position.headcount
        return None if places is None else max(0, places - self.taken)

    @property
    def full(self) -> bool:
        """Tell whether every place is taken."""
        return self.free == 0


@dataclass(frozen=True)
class Host:
    """An enterprise with its positions and the 10 % meter."""

    enterprise: Enterprise
    offers: tuple[Offer, ...]
    meter: Meter
    other_schools: int

    @property
    def free(self) -> int:
        """Return the places left in all positions that say how many they have."""
        return sum(offer.free or 0 for offer in self.offers)


@dataclass(frozen=True)
class Trial:
    """What would be if some students went to a position."""

    students: int
    unit: Meter
    post: Meter
    places: int | None
    taken: int
    """Places taken afterwards."""

    @property
    def beyond(self) -> tuple[str, ...]:
        """Return what is exceeded: the rules of the caps, and ``places``."""
        found = {
            OF_UNIT: self.unit.over,
            OF_POST: self.post.over,
            "places": self.places is not None and self.taken > self.places,
        }
        return tuple(name for name, over in found.items() if over)

    @property
    def fitting(self) -> int:
        """Return how many of the students can go without anything being exceeded."""
        rooms = [self.unit.room, self.post.room]
        if self.places is not None:
            rooms.append(max(0, self.places - (self.taken - self.students)))
        return min([self.students, *(room for room in rooms if room is not None)])


def trial(crowd: Crowd, students: int, position: Position) -> Trial:
    """Return what would be if so many ``students`` went to a position; reads nothing."""
    return Trial(
        students,
        crowd.enterprise(position.enterprise, students),
        crowd.post(position, students),
        position.headcount,
        crowd.taken(position.id) + students,
    )


def hosts(reader: Reader, crowd: Crowd) -> list[Host]:
    """Return the enterprises with open positions, by name."""
    found = queries.found(
        reader,
        queries.Query("position", where=(queries.Where("open", "=", True),), sort="enterprise"),
    )
    by_host: dict[str, list[Offer]] = {}
    for row in pages(reader, "position", found.rows):
        position = row.record
        assert isinstance(position, Position)
        offer = Offer(position, crowd.taken(position.id), crowd.post(position, 0))
        by_host.setdefault(position.enterprise, []).append(offer)
    known = {one.id: one for one in reader.some("enterprise", list(by_host))}
    return [
        Host(one, tuple(offers), crowd.enterprise(id, 0), crowd.units[crowd.unit_of[id]].others)
        for id, offers in by_host.items()
        if isinstance(one := known.get(id), Enterprise) and one.status not in CLOSED
    ]


def pages(reader: Reader, kind: str, rowids: Sequence[int]) -> list[queries.Row]:
    """Return rows of any number: the database takes so many values in one question."""
    found: list[queries.Row] = []
    for start in range(0, len(rowids), _PAGE):
        part = queries.rows(reader, kind, rowids[start : start + _PAGE])
        found += [row for row in part if row is not None]
    return found


def majors(reader: Reader) -> Mapping[str, str]:
    """Return the national major code of each class, by the class's id."""
    found = reader.cursor.execute(
        "SELECT c.id, m.code FROM school_class c JOIN major m ON m.id = c.major"
    )
    return dict(found.fetchall())


def match(wanted: str, codes: tuple[str, ...]) -> MajorMatch:
    """Return how near a position's majors are to some codes: the same, of one class, or outside.

    ``wanted`` is the field of the position; the farthest of the codes decides.
    """
    fitting = [one.rstrip("K") for one in wanted.split(",") if one]
    own = [one.rstrip("K") for one in codes if one]
    if not fitting or not own:
        return MajorMatch.UNKNOWN
    worst = MajorMatch.MATCH
    for one in own:
        if one in fitting:
            continue
        if any(_category(one) == _category(other) for other in fitting):
            worst = MajorMatch.NEAR
            continue
        return MajorMatch.NONE
    return worst


def _category(code: str) -> int:
    """Return the number of the major category, the same at all three levels of education."""
    return int(code[:2]) % 20 if code[:2].isdigit() else -1
