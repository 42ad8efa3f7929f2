"""Who is where: the interns of a batch, a class, an enterprise, as monthly sheets list them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services import placing
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.codec import columns, from_cells
from xqhz_desktop.storage.store import Reader

_CHUNK = 500

_SEATS = """
SELECT p.id, s.id, s.name, s.student_no, coalesce(c.name, ''), e.id, e.name,
       p.start_date, p.end_date, p.status, coalesce(t.name, '')
FROM placement p
JOIN student s ON s.id = p.student
JOIN enterprise e ON e.id = p.enterprise
LEFT JOIN school_class c ON c.id = s.school_class
LEFT JOIN staff t ON t.id = p.tutor
"""


@dataclass(frozen=True)
class Scope:
    """Which interns: of a batch, and there of a class and an enterprise where these are given."""

    batch: str
    school_class: str = ""
    enterprise: str = ""


@dataclass(frozen=True)
class Seat:
    """One placement with the names people know it by."""

    placement: str
    student: str
    name: str
    student_no: str
    class_name: str
    enterprise: str
    enterprise_name: str
    start: date | None
    end: date | None
    status: PlacementStatus
    tutor: str

    def covers(self, on: date) -> bool:
        """Tell whether the placement runs on a day."""
        return (not self.start or self.start <= on) and (not self.end or on <= self.end)


@dataclass(frozen=True)
class Offered:
    """What a sheet can be narrowed to: ids with names."""

    batches: tuple[PlacementBatch, ...]
    batch: PlacementBatch | None
    classes: tuple[tuple[str, str], ...] = ()
    enterprises: tuple[tuple[str, str], ...] = ()


def offered(work: Work, batch: str, today: date) -> Offered:
    """Return the batches, the one asked for or the one that runs now, and what it is made of."""
    some = placing.batches(work)
    chosen = next((one for one in some if one.id == batch), None) or _running(some, today)
    if chosen is None:
        return Offered(tuple(some), None)
    with work.store.read() as reader:
        ask = reader.cursor.execute
        classes = ask(
            "SELECT c.id, c.name FROM batch_class b JOIN school_class c ON c.id = b.school_class"
            " WHERE b.batch = ? ORDER BY c.sort_key, c.row",
            (chosen.id,),
        ).fetchall()
        hosts = ask(
            "SELECT id, name FROM enterprise WHERE id IN"
            " (SELECT enterprise FROM placement WHERE batch = ? AND status <> ?)"
            " ORDER BY sort_key, row",
            (chosen.id, PlacementStatus.CANCELLED.name),
        ).fetchall()
    return Offered(tuple(some), chosen, tuple(map(tuple, classes)), tuple(map(tuple, hosts)))


def seats(reader: Reader, scope: Scope, first: str = "", last: str = "9999") -> list[Seat]:
    """Return the placements that touch a period (ISO days), by class, number and start."""
    where, values = _within(scope, first, last)
    order = "c.sort_key, s.student_no, p.start_date, p.row"
    found = reader.cursor.execute(f"{_SEATS} WHERE {where} ORDER BY {order}", values).fetchall()
    return [_seat(row) for row in found]


def count(reader: Reader, scope: Scope, first: str = "", last: str = "9999") -> int:
    """Return how many placements `seats` would return; it costs a fraction."""
    where, values = _within(scope, first, last)
    found = reader.cursor.execute(f"SELECT count(*) FROM placement p WHERE {where}", values)
    return int(found.fetchone()[0])


def belonging(
    reader: Reader, kind: str, placements: Sequence[str], /, **equal: str
) -> Iterator[Record]:
    """Yield the records of a kind that belong to these placements, in no order."""
    names = ", ".join(f'"{name}"' for name in columns(kind))
    rest = "".join(f' AND +"{name}" = ?' for name in equal)  # the index on placements is narrower
    for start in range(0, len(placements), _CHUNK):
        part = list(placements[start : start + _CHUNK])
        marks = ",".join("?" * len(part))
        found = reader.cursor.execute(
            f"SELECT {names} FROM {kind} WHERE placement IN ({marks}){rest}",
            [*part, *equal.values()],
        )
        yield from (from_cells(kind, cells) for cells in found.fetchall())


def _within(scope: Scope, first: str, last: str) -> tuple[str, list[str]]:
    """Return the condition on placements ``p`` and its values; the narrowest index answers."""
    part = bool(scope.school_class or scope.enterprise)
    where = [
        f"{'+' if part else ''}p.batch = ?",
        "p.status <> ?",
        "p.start_date <= ?",
        "coalesce(p.end_date, '9999') >= ?",
    ]
    values = [scope.batch, PlacementStatus.CANCELLED.name, last, first]
    if scope.school_class:
        where.append("p.student IN (SELECT id FROM student WHERE school_class = ?)")
        values.append(scope.school_class)
    if scope.enterprise:
        where.append(f"{'+' if scope.school_class else ''}p.enterprise = ?")
        values.append(scope.enterprise)
    return " AND ".join(where), values


def _running(some: Sequence[PlacementBatch], today: date) -> PlacementBatch | None:
    """Return the newest batch that has begun, else the newest."""
    begun = (one for one in some if one.start_date and one.start_date <= today)
    return next(begun, some[0] if some else None)


def _seat(row: Sequence[str | None]) -> Seat:
    text = [cell or "" for cell in row]
    start, end = (date.fromisoformat(cell) if cell else None for cell in text[7:9])
    status = PlacementStatus.__members__.get(text[9], PlacementStatus.PLANNED)
    return Seat(
        placement=text[0],
        student=text[1],
        name=text[2],
        student_no=text[3],
        class_name=text[4],
        enterprise=text[5],
        enterprise_name=text[6],
        start=start,
        end=end,
        status=status,
        tutor=text[10],
    )
