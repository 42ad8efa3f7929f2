"""What the bureau sees: schools, their devices, what came last, what failed, what is in dispute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xqhz_desktop.errors import NotFound
from xqhz_desktop.hub.database import Connection, Database
from xqhz_desktop.i18n import Message

KINDS = ("student", "enterprise", "placement")
"""The kinds whose counts stand beside each school."""

_SCHOOLS = """
SELECT s.school_id, s.name, s.code,
  (SELECT count(*) FROM device d WHERE d.school_id = s.school_id AND d.revoked IS NULL),
  (SELECT max(u.ended) FROM upload u WHERE u.school_id = s.school_id AND u.state = 'taken'),
  (SELECT count(*) FROM upload u WHERE u.school_id = s.school_id AND u.state = 'refused'
     AND u.ended > now() - interval '30 days'),
  (SELECT count(*) FROM upload u WHERE u.school_id = s.school_id AND u.state = 'waiting'),
  (SELECT coalesce(sum(t.conflicts), 0)::bigint FROM tally t WHERE t.school_id = s.school_id),
  (SELECT coalesce(jsonb_object_agg(t.kind, t.shown), '{}') FROM tally t
     WHERE t.school_id = s.school_id)
FROM school s
WHERE %(words)s = '' OR s.name ILIKE %(like)s OR s.code ILIKE %(like)s
"""


@dataclass(frozen=True)
class SchoolLine:
    """One school in the list. `failures`: packages refused in the last 30 days."""

    id: str
    name: str
    code: str
    devices: int
    last: datetime | None
    failures: int
    waiting: int
    conflicts: int
    counts: Mapping[str, int]

    def count(self, kind: str) -> int:
        """Return how many records of a kind the school shows."""
        return self.counts.get(kind, 0)


@dataclass(frozen=True)
class DeviceLine:
    """One device of a school. `skew`: how far its clock was ahead, in minutes."""

    key: str
    name: str
    seen: datetime | None
    skew: int
    revoked: datetime | None


@dataclass(frozen=True)
class PackageLine:
    """One package that came in. `message` says why it was refused."""

    at: datetime
    device: str
    state: str
    length: int
    changes: int
    message: str


@dataclass(frozen=True)
class SchoolPage:
    """One school with its devices, its last packages and its conflicts by kind."""

    line: SchoolLine
    devices: Sequence[DeviceLine]
    packages: Sequence[PackageLine]
    conflicts: Mapping[str, int]


def schools(
    database: Database, allowed: Iterable[str] | None, words: str = "", sort: str = "name"
) -> list[SchoolLine]:
    """Return the schools somebody may see, all or those whose name or code holds the words."""
    with database.schools(allowed) as connection:
        found = _lines(connection, words)
    order = _ORDERS.get(sort, _ORDERS["name"])
    return sorted(found, key=lambda one: (order(one), one.name, one.id))


def school(database: Database, allowed: Iterable[str] | None, id: str) -> SchoolPage:
    """Return one school; raise NotFound where there is none that this person may see."""
    with database.schools(allowed) as connection:
        line = next((one for one in _lines(connection) if one.id == id), None)
        if line is None:
            raise NotFound(Message("There is no such school here."))
        devices = connection.execute(
            "SELECT device, name, seen, coalesce(skew, 0), revoked FROM device"
            " WHERE school_id = %s ORDER BY seen DESC NULLS LAST, name",
            (id,),
        ).fetchall()
        packages = connection.execute(
            "SELECT coalesce(u.ended, u.begun), coalesce(d.name, ''), u.state, u.length, u.changes,"
            " u.message FROM upload u LEFT JOIN device d USING (school_id, device)"
            " WHERE u.school_id = %s ORDER BY u.begun DESC LIMIT 50",
            (id,),
        ).fetchall()
        conflicts = connection.execute(
            "SELECT kind, conflicts FROM tally"
            " WHERE school_id = %s AND conflicts > 0 ORDER BY kind",
            (id,),
        ).fetchall()
    return SchoolPage(
        line,
        [
            DeviceLine(bytes(key).hex(), name, seen, round(skew / 60_000), revoked)
            for key, name, seen, skew, revoked in devices
        ],
        [PackageLine(*one) for one in packages],
        dict(conflicts),
    )


def _lines(connection: Connection, words: str = "") -> list[SchoolLine]:
    plain = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = connection.execute(_SCHOOLS, {"words": plain, "like": f"%{plain}%"}).fetchall()
    return [SchoolLine(str(one[0]), *one[1:]) for one in found]


_ORDERS: dict[str, Any] = {
    "name": lambda one: one.name,
    "code": lambda one: one.code,
    "last": lambda one: -one.last.timestamp() if one.last else 0.0,
    "failures": lambda one: -one.failures,
    "conflicts": lambda one: -one.conflicts,
    **{kind: (lambda one, kind=kind: -one.count(kind)) for kind in KINDS},
}
"""How a list of schools can be ordered; figures with the largest first."""
