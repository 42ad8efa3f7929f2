"""Everything about one placement on one page: its legs, its story, its papers, what may follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain.guidance import PlacementEvent
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.readiness import Item
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import history, moving, papers, proofs, transferring
from xqhz_desktop.services.history import Step
from xqhz_desktop.services.papers import Paper
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.storage.store import Reader

_ADULT = 18
_STEPS = 40


@dataclass(frozen=True)
class Happening:
    """One line of the story: the day, what it was, and by whom; newest first in lists."""

    day: date
    icon: str
    text: Message
    by: str = ""
    time: str = ""
    """Hours and minutes, where they are known."""
    note: bool = False


@dataclass(frozen=True)
class Leg:
    """One leg: where, and whether it is the one that is shown."""

    placement: Placement
    enterprise: str
    position: str
    here: bool


@dataclass(frozen=True)
class OnePlacement:
    """One placement as it was read in one moment."""

    row: Row
    student: Student
    class_name: str
    batch: PlacementBatch | None
    age: int | None
    """Of a student under age on the first day; None otherwise."""
    status: PlacementStatus
    ways: Mapping[PlacementStatus, tuple[Message | None, bool]]
    lacking: tuple[Item, ...]
    legs: tuple[Leg, ...]
    story: tuple[Happening, ...]
    papers: tuple[Paper, ...]
    reached: Mapping[str, date]
    """The day each status was reached, by its name."""
    warnings: tuple[Message, ...]
    neighbours: tuple[str, ...]
    """The placements of the batch in the order of its list."""

    @property
    def placement(self) -> Placement:
        """Return the placement."""
        assert isinstance(self.row.record, Placement)
        return self.row.record


def read(work: Work, id: str, today: date) -> OnePlacement:
    """Return everything about a placement; raise NotFound where it is gone."""
    ways = moving.ways(work, id, today)
    steps = history.steps(work, _STEPS, id)
    with work.store.read() as reader:
        row = queries.row_of(reader, "placement", id)
        if row is None or not isinstance(row.record, Placement):
            raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
        one = row.record
        student = reader.get("student", one.student)
        batch = reader.get("placement_batch", one.batch) if one.batch else None
        assert isinstance(student, Student), "every placement has its student"
        standing = moving.standings(reader, [one], today)[id]
        events = [e for e in reader.all("placement_event", placement=id)
                  if isinstance(e, PlacementEvent)]  # fmt: skip
        age = student.age_on(one.start_date or today)
        class_name = reader.names("school_class", [student.school_class]).get(
            student.school_class, ""
        )
        line = proofs.of_placements(reader, [id], today).get(id)
        known = batch if isinstance(batch, PlacementBatch) else None
        return OnePlacement(
            row, student, class_name, known,
            age if age is not None and age < _ADULT else None,
            one.status, ways, standing.lacking,
            tuple(_legs(reader, one)),
            tuple(_story(reader, one, events, steps)),
            papers.of(reader, one, known, line.states if line else {}),
            _reached(events),
            transferring.warnings(reader, one),
            _neighbours(reader, one),
        )  # fmt: skip


def noted(work: Work, placement: str, text: str, day: date) -> int:
    """Add a note to the story of a placement; it stays."""
    with work.store.change(Message("Note added"), work.actor) as change:
        by = moving.actor(change, work)
        change.put(PlacementEvent(placement=placement, day=day, reason=text.strip(), by=by))
    return change.number


def _legs(reader: Reader, one: Placement) -> Iterator[Leg]:
    legs = transferring.legs(reader, one)
    hosts = reader.names("enterprise", [leg.enterprise for leg in legs])
    posts = reader.names("position", [leg.position for leg in legs if leg.position])
    for leg in legs:
        name, post = hosts.get(leg.enterprise, ""), posts.get(leg.position, "")
        yield Leg(leg, name, post, leg.id == one.id)


def _reached(events: list[PlacementEvent]) -> dict[str, date]:
    ordered = sorted(events, key=lambda one: (one.day or date.min, one.id))
    return {one.after: one.day for one in ordered if one.after and one.day and not one.undone}


_MOVES = frozenset({"{n} placement: {status}", "Note added",
                    "Change of enterprise or post: {name}"})  # fmt: skip
"""Steps of the journal that left an event: told once."""


def _story(
    reader: Reader, one: Placement, events: list[PlacementEvent], steps: list[Step]
) -> list[Happening]:
    """Return what happened, the newest first: events, papers, and steps of the journal."""
    names = reader.names("staff", [event.by for event in events if event.by])
    told = [_event(event, names.get(event.by, "")) for event in events if event.day]
    told += [Happening(came.day, came.icon, came.text) for came in papers.days(reader, one)]
    for step in steps:
        msgid = step.title.msgid if isinstance(step.title.msgid, str) else step.title.msgid[0]
        if msgid not in _MOVES:
            day, time = step.at.date(), f"{step.at:%H:%M}"
            told.append(Happening(day, "history", step.title, step.actor, time))
    return sorted(told, key=lambda one: (one.day, one.time), reverse=True)


def _event(one: PlacementEvent, by: str) -> Happening:
    assert one.day is not None, "asked before"
    status = PlacementStatus.__members__.get(one.after)
    if status is None:
        return Happening(one.day, "pencil", Message("{name}", name=one.reason), by, note=True)
    text = Message("{name}", name=status)
    if one.reason:
        text = Message("{status}: {reason}", status=status, reason=one.reason)
    icon = {"TRANSFER": "git-merge", "STOP": "triangle-alert"}.get(one.kind.name, "arrow-right")
    return Happening(one.day, icon, text, by)


def _neighbours(reader: Reader, one: Placement) -> tuple[str, ...]:
    """Return the placements of the batch by the names of the students."""
    if not one.batch:
        return (one.id,)
    found = reader.cursor.execute(
        "SELECT id FROM placement WHERE batch = ? ORDER BY sort_key, row", (one.batch,)
    )
    return tuple(id for (id,) in found.fetchall())
