"""A decision about a conflict taken back: both sides stand beside each other again, everywhere.

A decision has seen both sides and ends the conflict. To open it again, the sides that were not
taken are written once more as if by somebody who had not heard of the decision.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enrolment
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import journal
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.sync import ledger, merge, outbox, renewal, segment, transcript
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.changes import Changeset, Key, Op, Value
from xqhz_desktop.sync.laptop import Laptop, Registers
from xqhz_desktop.sync.segment import Origin
from xqhz_desktop.sync.stream import own_stream

Sides = dict[str, list[Value]]
"""What each side said, by column; RECORD: whether the record stays."""


@dataclass(frozen=True)
class Settled:
    """A decision in the history. `reopens`: it was made here and can be opened again."""

    number: int
    at: datetime
    actor: str
    title: Message
    reopens: bool


def sides(reader: Reader, kind: str, id: str, columns: Iterable[str]) -> Sides:
    """Return what copies say about columns of a record before it is settled."""
    row = Registers(reader).rows([(kind, id)]).get((kind, id))
    apart = merge.conflicts(row) if row else {}
    return {
        name: list(dict.fromkeys(write.value for write in apart[name]))
        for name in columns
        if name in apart
    }


def note(work: Work, number: int, settled: Mapping[Key, Sides]) -> None:
    """Remember what a step has settled."""
    said = [[kind, id, found] for (kind, id), found in settled.items() if found]
    with work.store.aside() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO meta VALUES (?,?)", (_fact(number), json.dumps(said))
        )


def past(work: Work, limit: int = 200) -> list[Settled]:
    """Return the newest decisions first, wherever they were made."""
    with work.store.read() as reader:
        rows = reader.cursor.execute(
            "SELECT number FROM journal_step WHERE undone = 0 AND undoes IS NULL"
            " AND (title LIKE '[\"Conflict settled%' OR title LIKE '[[\"Conflict settled%')"
            " ORDER BY number DESC LIMIT ?",
            (limit,),
        ).fetchall()
        steps = [step for (n,) in rows if (step := journal.step(reader.cursor, n))]
        known = reader.cursor.execute("SELECT name FROM meta WHERE name LIKE 'settled %'")
        ours = {str(name) for (name,) in known.fetchall()}
    return [
        Settled(
            one.number, datetime.fromtimestamp(one.at / 1000), one.actor_name, one.title,
            _fact(one.number) in ours,
        )
        for one in steps
    ]  # fmt: skip


def reopen(work: Work, number: int) -> int:
    """Open again what a step has settled; return how many records. Raises NotFound."""
    circle = enrolment.enrolled(work)
    with work.store.merging() as change:
        found = _noted(change, number)
        if not found:
            raise NotFound(
                Message("This decision was made elsewhere, or is open again already."),
                code="NOT_SETTLED",
            )
        outbox.absorb_into(change)
        origin = Origin(circle.device, circle.group, ledger.SCHEMA)
        outbox.seal(change, origin)  # no segment may build on a rival and be built on by it
        names = _names(change, found)
        for place, ops in enumerate(_rivals(change, found)):
            _write(change, work, origin, (number, place), ops)
        title = Message("Conflict opened again: {name}", name=names)
        journal.seal(change.cursor, journal.Seal(work.actor.id, work.actor.called, title), ())
        change.cursor.execute("DELETE FROM meta WHERE name = ?", (_fact(number),))
        change.cursor.execute("UPDATE journal_step SET undone = 1 WHERE number = ?", (number,))
    return len(found)


def _write(
    change: Change, work: Work, origin: Origin, of: tuple[int, int], ops: tuple[Op, ...]
) -> None:
    """Write one side once more, in a stream that has not heard of the decision."""
    number, place = of
    cursor, shelf, book = change.cursor, Laptop(change), Shelved(change.cursor)
    own = own_stream(cursor)
    stream = transcript.stream_of(own, f"{number:024x}{place:08x}")
    step = journal.step(cursor, number)
    assert step is not None
    seen = {**renewal.seen_by(cursor, step.stream, step.q), step.stream: step.q - 1}
    deps = {name: q for name, q in seen.items() if q > 0}
    about = {"title": ["Conflict opened again", {}], "name": work.actor.called}
    before = step.at - 1  # what is shown stays: the decision, or what its undoing brought back
    made = Changeset(stream, 1, before, work.actor.id, deps, ops, about)
    ledger.take(book, shelf, segment.cut([made], "", origin))


def _rivals(reader: Reader, found: list[tuple[Key, Sides]]) -> list[tuple[Op, ...]]:
    """Return what is written again: one change for each value that is not shown now."""
    made: list[dict[Key, dict[str, Value] | None]] = []
    for key, said in found:
        now = Registers(reader).shown([key]).get(key)
        if now is None:
            continue
        for name, values in said.items():
            if name == merge.RECORD:
                _at(made, 0)[key] = None
                continue
            for place, value in enumerate(v for v in values if v != now.get(name)):
                cells = _at(made, place).setdefault(key, {})
                if cells is not None:
                    cells.update({**_mates(key[0], name, now), **cells, name: value})
    return [tuple(Op(*key, cells) for key, cells in one.items()) for one in made]


def _at(made: list[dict[Key, Any]], place: int) -> dict[Key, Any]:
    while len(made) <= place:
        made.append({})
    return made[place]


def _mates(kind: str, name: str, now: Mapping[str, Value]) -> dict[str, Value]:
    """Return the rest of the group of a column, as it is: it is always written together."""
    fields = BY_KIND[kind].FIELDS
    group = fields[name].group if name in fields else ""
    return {one: now.get(one) for one, field in fields.items() if group and field.group == group}


def _noted(reader: Reader, number: int) -> list[tuple[Key, Sides]]:
    row = reader.cursor.execute(
        "SELECT value FROM meta WHERE name = ?", (_fact(number),)
    ).fetchone()
    return [((kind, id), said) for kind, id, said in json.loads(row[0])] if row else []


def _names(reader: Reader, found: list[tuple[Key, Sides]]) -> str:
    """Return what people call the records, which are of one kind."""
    kind = found[0][0][0]
    return ", ".join(reader.names(kind, [id for (_kind, id), _said in found]).values())


def _fact(number: int) -> str:
    return f"settled {number}"
