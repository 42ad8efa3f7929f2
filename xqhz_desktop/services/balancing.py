"""Of the students of a batch: who is due, placed, not taking part; it always adds up."""

from __future__ import annotations

from dataclasses import dataclass

from xqhz_desktop.domain.placement import BatchClass, PlacementStatus
from xqhz_desktop.domain.preparation import ConsentState
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.storage.store import Reader


@dataclass(frozen=True)
class Balance:
    """How many are due, placed, and not taking part; who is placed counts as placed."""

    due: int
    placed: int
    absent: int = 0

    @property
    def unplaced(self) -> int:
        """Return how many still wait for a place."""
        return self.due - self.placed - self.absent


def of(reader: Reader, batch: str) -> Balance:
    """Return the balance of a batch."""
    some, there = due(reader, batch), placed(reader, batch)
    return Balance(len(some), len(some & there), len((some & absent(reader, batch)) - there))


def classes(reader: Reader, batch: str) -> list[str]:
    """Return the ids of the classes that take part."""
    found = reader.all("batch_class", batch=batch)
    return [one.school_class for one in found if isinstance(one, BatchClass)]


def due(reader: Reader, batch: str) -> set[str]:
    """Return the enrolled students of its classes."""
    found = reader.cursor.execute(
        "SELECT s.id FROM student s JOIN batch_class b ON b.school_class = s.school_class "
        "WHERE b.batch = ? AND s.status = ?",
        (batch, StudentStatus.ENROLLED.name),
    )
    return {id for (id,) in found.fetchall()}


def placed(reader: Reader, batch: str) -> set[str]:
    """Return the students with a placement that was not cancelled."""
    found = reader.cursor.execute(
        "SELECT student FROM placement WHERE batch = ? AND status <> ?",
        (batch, PlacementStatus.CANCELLED.name),
    )
    return {id for (id,) in found.fetchall()}


def absent(reader: Reader, batch: str) -> set[str]:
    """Return the students who do not take part."""
    found = reader.cursor.execute("SELECT student FROM non_participant WHERE batch = ?", (batch,))
    return {id for (id,) in found.fetchall()}


def waiting(reader: Reader, batch: str) -> set[str]:
    """Return the students who still wait for a place."""
    return due(reader, batch) - placed(reader, batch) - absent(reader, batch)


def consents(reader: Reader, batch: str) -> dict[str, ConsentState]:
    """Return how far the consent of each student is."""
    found = reader.cursor.execute(
        "SELECT student, state FROM consent WHERE batch = ? ORDER BY id", (batch,)
    )
    return {student: ConsentState[state] for student, state in found.fetchall()}
