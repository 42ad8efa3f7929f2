"""Taking back single rows of a step, such as an import, where others were edited since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.records import references
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import journal, links, past
from xqhz_desktop.storage.codec import Cell, columns, patched
from xqhz_desktop.storage.journal import Entry, Step
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.storage.writing import whole

_CHUNK = 500

Known = dict[tuple[str, str], list[Cell]]
"""Records as they are now, as cells, by kind and id."""


class State(Enum):
    """Whether what a step did to one record can be taken back."""

    FREE = N_("Can be taken back")
    EDITED = N_("Edited since")
    NEEDED = N_("Needed by newer records")
    BACK = N_("As before already")


@dataclass(frozen=True)
class Row:
    """What a step did to one record. `why` says who or what is in the way."""

    kind: str
    id: str
    name: str
    made: bool
    state: State
    why: Message | None = None


def takeable(work: Work, number: int) -> list[Row]:
    """Return the rows of a step: those free to be taken back, and why the others are not."""
    with work.store.read() as reader:
        _known_step(reader, number)
        return _rows(reader, number)


def take_back(work: Work, number: int, records: Collection[str]) -> int:
    """Take back what a step did to these records, as one step; return its number.

    Raises UserError naming the first record that was edited since (code ``EDITED_SINCE``) or that
    others still point to (``NEEDED``); nothing is written then.
    """
    with work.store.read() as reader:
        step = _known_step(reader, number)
        rows = _rows(reader, number)
    asked = set(records)
    chosen = [row for row in rows if row.id in asked]
    if not chosen:
        raise NotFound(Message("There is nothing to take back."), code="NOTHING")
    for row in chosen:
        _refuse(row)
    text = NN_("{n} row taken back of: {title}", "{n} rows taken back of: {title}")
    title = Message(text, n=len(chosen), title=step.title)
    with work.store.change(title, work.actor) as change:
        if len(chosen) == len(rows):
            change.undoes = number
        wanted = {(row.kind, row.id) for row in chosen}
        entries = [one for one in _entries(change, number) if (one.kind, one.record) in wanted]
        known = now(change, entries)
        for entry in entries:
            image = known.get((entry.kind, entry.record))
            if _standing(entry, image) is not State.FREE:  # edited while the rows were looked at
                raise _edited(Message(BY_KIND[entry.kind].LABEL))
            put_back(change, entry, image)
        if found := links.lost(change):
            raise _needed(Message(BY_KIND[found.kind].PLURAL))
    return change.number


def now(reader: Reader, entries: Sequence[Entry]) -> Known:
    """Return the records of a step as they are now; those that are gone are left out."""
    ids: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        ids[entry.kind].append(entry.record)
    return {
        (kind, str(cells[0])): cells
        for kind, some in ids.items()
        for cells in reader.cells(kind, columns(kind), some)
    }


def put_back(change: Change, entry: Entry, image: list[Cell] | None) -> None:
    """Write one record as it was before an entry; fields the entry did not touch stay."""
    if entry.before is None:
        change.remove(entry.kind, entry.record)
    elif image is None or entry.after is None:
        change.write(entry.kind, whole(entry.kind, entry.record, entry.before))
    else:
        change.write(entry.kind, patched(entry.kind, image, entry.before))


def _known_step(reader: Reader, number: int) -> Step:
    found = journal.step(reader.cursor, number)
    if found is None:
        raise NotFound(Message("There is no step {number}.", number=str(number)), code="NO_STEP")
    return found


def _entries(reader: Reader, number: int) -> list[Entry]:
    return journal.entries(reader.cursor, number)


def _rows(reader: Reader, number: int) -> list[Row]:
    entries = _entries(reader, number)
    known = now(reader, entries)
    states = {
        (one.kind, one.record): _standing(one, known.get((one.kind, one.record))) for one in entries
    }
    edited = [id for (_kind, id), state in states.items() if state is State.EDITED]
    since = past.touched_since(reader.cursor, number, edited)
    holding = _holding(reader, entries)
    names = _names(reader, entries)
    rows = []
    for entry in entries:
        place = (entry.kind, entry.record)
        state, why = states[place], None
        if state is State.EDITED and entry.record in since:
            why = _by(since[entry.record])
        elif state is State.FREE and place in holding:
            state, why = State.NEEDED, _held(holding[place])
        rows.append(Row(*place, names[place], entry.before is None, state, why))
    return rows


def _standing(entry: Entry, image: list[Cell] | None) -> State:
    """Tell what became of what an entry did to one record."""
    if entry.after is None:
        return State.FREE if image is None else State.BACK
    if image is None:
        return State.BACK if entry.before is None else State.EDITED
    if entry.before is None:
        same = image == whole(entry.kind, entry.record, entry.after)
        return State.FREE if same else State.EDITED
    if image == patched(entry.kind, image, entry.after):
        return State.FREE
    return State.BACK if image == patched(entry.kind, image, entry.before) else State.EDITED


def _holding(reader: Reader, entries: Sequence[Entry]) -> dict[tuple[str, str], Counter[str]]:
    """Count, by record the step made, the records of others that point to it."""
    made: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.before is None:
            made[entry.kind].append(entry.record)
    own = {id for ids in made.values() for id in ids}
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for entity in ENTITIES:
        for field, target in references(entity).items():
            for id, pointed in pointing(reader, entity.KIND, field, made[target]):
                if id not in own:
                    found[target, pointed][entity.KIND] += 1
    return found


def pointing(
    reader: Reader, kind: str, field: str, ids: Sequence[str]
) -> Iterable[tuple[str, str]]:
    """Yield (id, id it points to) of the records of a kind whose field points to one of these."""
    for start in range(0, len(ids), _CHUNK):
        part = list(ids[start : start + _CHUNK])
        marks = ",".join("?" * len(part))
        yield from reader.cursor.execute(
            f'SELECT id, "{field}" FROM {kind} WHERE "{field}" IN ({marks})', part
        ).fetchall()


def _names(reader: Reader, entries: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """Return what the records of a step are called: now, else as the step had them."""
    ids: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        ids[entry.kind].append(entry.record)
    called = {kind: reader.names(kind, some) for kind, some in ids.items()}
    return {
        (one.kind, one.record): called[one.kind].get(one.record)
        or once_called(reader, one.kind, one.before or one.after or {})
        for one in entries
    }


def once_called(reader: Reader, kind: str, image: Mapping[str, Any]) -> str:
    """Return what a record that is gone was called, by its image in the journal."""
    title = BY_KIND[kind].TITLE
    found = str(image.get(title) or "")
    target = BY_KIND[kind].FIELDS[title].target
    if not target or not found:
        return found
    alive = reader.names(target, [found]).get(found)
    if alive is not None:
        return alive
    gone = next(past.removed(reader.cursor, [found]), None)
    return once_called(reader, target, gone[1].before or {}) if gone else ""


def _by(step: Step) -> Message:
    return Message(
        "Changed by {person} on {at}: {title}",
        person=step.actor_name,
        at=datetime.fromtimestamp(step.at / 1000),
        title=step.title,
    )


def _held(holding: Counter[str]) -> Message:
    held = [
        Message("{kind} {count}", kind=Message(BY_KIND[one].PLURAL), count=count)
        for one, count in holding.items()
    ]
    return Message("Others point to it: {held}", held=held)


def _refuse(row: Row) -> None:
    """Raise unless a row can be taken back."""
    name = row.name or Message(BY_KIND[row.kind].LABEL)
    match row.state:
        case State.EDITED:
            raise _edited(name)
        case State.BACK:
            raise UserError(Message("{name} is as before already.", name=name), code="NOTHING")
        case State.NEEDED:
            raise _needed(row.why)


def _edited(name: str | Message) -> UserError:
    return UserError(
        Message("{name} was edited since. Correct it by hand, or undo that first.", name=name),
        code="EDITED_SINCE",
    )


def _needed(held: Message | None) -> UserError:
    return UserError(
        Message("These rows are still needed: {held}. Take those back first.", held=held),
        code="NEEDED",
    )
