"""Questions over two kinds of record that a list query cannot ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from xqhz_desktop.storage.store import Reader

_BORN = (
    "coalesce(s.birth_date, substr(s.id_no, 7, 4) || '-' || substr(s.id_no, 11, 2)"
    " || '-' || substr(s.id_no, 13, 2))"
)
"""The birth date as stored, else as the ID number of 18 digits tells it."""


def placed_minors(reader: Reader, born_after: date, statuses: Iterable[Enum]) -> list[str]:
    """Return the ids of placements whose student was born after a day, by their status."""
    names = [one.name for one in statuses]
    marks = ",".join("?" * len(names))
    return [
        str(id)
        for (id,) in reader.cursor.execute(
            f"SELECT p.id FROM placement p JOIN student s ON s.id = p.student"
            f" WHERE p.status IN ({marks}) AND {_BORN} > ? ORDER BY p.start_date, p.id",
            [*names, born_after.isoformat()],
        ).fetchall()
    ]


def minors_without_guardian(reader: Reader, born_after: date, status: Enum) -> list[str]:
    """Return the ids of students born after a day whose guardian has no phone."""
    return [
        str(id)
        for (id,) in reader.cursor.execute(
            f"SELECT s.id FROM student s WHERE s.status = ? AND {_BORN} > ?"
            " AND coalesce(s.guardian_phone, '') = ''",
            [status.name, born_after.isoformat()],
        ).fetchall()
    ]
