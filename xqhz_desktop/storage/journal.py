"""The journal: one sealed step a change, with what every record was before and is after."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage.codec import Cell, value_of
from xqhz_desktop.storage.tables import HEAD

_FOUNDING = (
    "EXISTS (SELECT 1 FROM journal_entry e"
    " WHERE e.step = number AND e.kind = 'school' AND e.before IS NULL)"
)
_STEP = "number, stream, q, at, actor, actor_name, title, reason, kinds, records, undoes, undone"


@dataclass(frozen=True)
class Step:
    """One change as the journal keeps it. `at` is milliseconds since 1970 (UTC)."""

    number: int
    stream: str
    q: int
    at: int
    actor: str
    actor_name: str
    title: Message
    reason: str
    kinds: tuple[str, ...]
    records: int
    undoes: int | None
    undone: bool


@dataclass(frozen=True)
class Entry:
    """What a step did to one record: cells by field; None before = made, None after = removed."""

    kind: str
    record: str
    before: Mapping[str, Cell] | None
    after: Mapping[str, Cell] | None
    along: Mapping[str, Cell] = field(default_factory=dict)
    """Written with it although they stay the same: the rest of a group, or a decision."""

    def values(self, fields: Mapping[str, Field]) -> list[tuple[str, Any, Any]]:
        """Return which of these fields were touched, with their values before and after."""
        before, after = self.before or {}, self.after or {}
        return [
            (name, value_of(field, before.get(name)), value_of(field, after.get(name)))
            for name, field in fields.items()
            if before.get(name) != after.get(name)
        ]


@dataclass(frozen=True)
class Seal:
    """What a step says of itself besides its entries."""

    actor: str
    actor_name: str
    title: Message
    reason: str = ""
    undoes: int | None = None


class Sealed(NamedTuple):
    """A step as it is kept and travels: `title` and `deps` ({stream: q}) are JSON."""

    stream: str
    q: int
    at: int
    actor: str
    actor_name: str
    title: str
    reason: str
    deps: str


def seal(cursor: Any, about: Seal, entries: Iterable[Entry]) -> int:
    """Write one step with its entries into the open transaction and return its number."""
    kept = list(entries)
    stream = cursor.execute("SELECT value FROM meta WHERE name = 'stream'").fetchone()[0]
    q, last = cursor.execute(
        "SELECT coalesce(max(q), 0) + 1, coalesce(max(at), 0) FROM journal_step WHERE stream = ?",
        (stream,),
    ).fetchone()
    at = max(time.time_ns() // 1_000_000, last + 1)  # a clock set back never orders a step first
    deps = cursor.execute("SELECT value FROM meta WHERE name = 'deps'").fetchone()
    sealed = Sealed(
        stream, q, at, about.actor, about.actor_name, _title_text(about.title), about.reason,
        deps[0] if deps else "{}",
    )  # fmt: skip
    number = keep(cursor, sealed, kept, undoes=about.undoes)
    cursor.execute("DELETE FROM meta WHERE name = 'deps'")
    _mark_undone(cursor, about.undoes)
    return number


def keep(
    cursor: Any, step: Sealed, entries: Iterable[Entry], *, taken: bool = False,
    undoes: int | None = None,
) -> int:  # fmt: skip
    """Write a step with its entries and return its number; `taken`: it came in a package."""
    kept = list(entries)
    kinds = json.dumps(sorted({entry.kind for entry in kept}))
    records = sum(one.before != one.after for one in kept)
    cursor.execute(
        "INSERT INTO journal_step (stream, q, at, actor, actor_name, title, reason, deps, kinds,"
        " records, undoes, undone, taken, schema) VALUES (?,?,?,?,?,?,?,?,?,?,?,0,?,?)",
        (*step, kinds, records, undoes, taken, HEAD),
    )
    number = int(cursor.lastrowid)
    cursor.executemany(
        "INSERT INTO journal_entry (step, kind, record, before, after, along)"
        " VALUES (?,?,?,?,?,?)",
        (
            (
                number, one.kind, one.record, _text(one.before), _text(one.after),
                _text(one.along or None),
            )
            for one in kept
        ),
    )  # fmt: skip
    return number


def after(cursor: Any, stream: str, q: int) -> Iterator[tuple[Sealed, list[Entry]]]:
    """Yield the steps of a stream behind `q` with all they wrote, oldest first."""
    found = cursor.execute(
        f"SELECT number, {', '.join(Sealed._fields)} FROM journal_step"
        " WHERE stream = ? AND q > ? ORDER BY q",
        (stream, q),
    )
    for number, *step in found.fetchall():
        rows = cursor.execute(
            "SELECT kind, record, before, after, along FROM journal_entry WHERE step = ?"
            " ORDER BY kind, record",
            (number,),
        ).fetchall()
        entries = [
            Entry(kind, record, _cells(before), _cells(after), _cells(along) or {})
            for kind, record, before, after, along in rows
        ]
        yield Sealed(*step), entries


def steps(cursor: Any, limit: int, record: str = "") -> list[Step]:
    """Return the newest steps first, all or those that touched one record."""
    where = "WHERE number IN (SELECT step FROM journal_entry WHERE record = ?)" if record else ""
    found = cursor.execute(
        f"SELECT {_STEP} FROM journal_step {where} ORDER BY number DESC LIMIT ?",
        (record, limit) if record else (limit,),
    ).fetchall()
    return [_step(row) for row in found]


def step(cursor: Any, number: int) -> Step | None:
    """Return one step, or None."""
    found = cursor.execute(f"SELECT {_STEP} FROM journal_step WHERE number = ?", (number,))
    row = found.fetchone()
    return _step(row) if row else None


def entries(cursor: Any, number: int, limit: int = -1, record: str = "") -> list[Entry]:
    """Return what a step did, record by record, or to one record."""
    found = cursor.execute(
        "SELECT kind, record, before, after FROM journal_entry WHERE step = ?"
        " AND (? = '' OR record = ?) LIMIT ?",
        (number, record, record, limit),
    ).fetchall()
    return [
        Entry(kind, record, _cells(before), _cells(after)) for kind, record, before, after in found
    ]


def latest(cursor: Any, record: str) -> Step | None:
    """Return the newest step that touched a record."""
    return next(iter(steps(cursor, 1, record)), None)


def is_founding(cursor: Any, number: int) -> bool:
    """Tell whether a step made the school itself, without which there is no workspace."""
    return (
        cursor.execute(
            f"SELECT 1 FROM journal_step WHERE number = ? AND {_FOUNDING}", (number,)
        ).fetchone()
        is not None
    )


def undoable(cursor: Any) -> Step | None:
    """Return the newest step done here that stands, changed something and is no undoing."""
    return _first(
        cursor, f"undoes IS NULL AND undone = 0 AND taken = 0 AND records > 0 AND NOT {_FOUNDING}"
    )


def redoable(cursor: Any) -> Step | None:
    """Return the newest undoing that stands, unless something new was done here since."""
    return _first(
        cursor,
        "undone = 0 AND undoes IN (SELECT number FROM journal_step WHERE undoes IS NULL) "
        "AND number > (SELECT coalesce(max(number), 0) FROM journal_step"
        " WHERE undoes IS NULL AND taken = 0 AND records > 0)",
    )


def _mark_undone(cursor: Any, number: int | None) -> None:
    """Mark a step as taken back; what it had taken back itself stands again, and so on."""
    undone = 1
    while number is not None:
        cursor.execute("UPDATE journal_step SET undone = ? WHERE number = ?", (undone, number))
        number = cursor.execute(
            "SELECT undoes FROM journal_step WHERE number = ?", (number,)
        ).fetchone()[0]
        undone = 1 - undone


def _first(cursor: Any, where: str) -> Step | None:
    found = cursor.execute(
        f"SELECT {_STEP} FROM journal_step WHERE {where} ORDER BY number DESC LIMIT 1"
    )
    row = found.fetchone()
    return _step(row) if row else None


def _step(row: tuple[Any, ...]) -> Step:
    number, stream, q, at, actor, name, title, reason, kinds, records, undoes, undone = row
    message = _message(json.loads(title))
    names = tuple(json.loads(kinds))
    return Step(
        number, stream, q, at, actor, name, message, reason, names, records, undoes, bool(undone)
    )


def _title_text(title: Message) -> str:
    return json.dumps(_said(title), ensure_ascii=False)


def title_text(said: Any) -> str:
    """Return the title of a step that came from elsewhere as it is kept."""
    try:
        return _title_text(_message(said))
    except (TypeError, ValueError, AttributeError):
        return _title_text(Message("Changed elsewhere"))


def _said(message: Message) -> list[Any]:
    """Return a message as JSON: its text and its values, messages inside as such again."""
    return [message.msgid, {name: _plain(value) for name, value in message.values.items()}]


def _plain(value: Any) -> Any:
    match value:
        case str() | int() | float() | None:
            return value
        case Message():
            return {"message": _said(value)}
        case Enum():
            return {"message": [value.value, {}]}
        case list() | tuple():
            return [_plain(one) for one in value]
    return str(value)


def _message(said: list[Any]) -> Message:
    text, values = said
    plain = {name: _value(value) for name, value in values.items()}
    return Message(text if isinstance(text, str) else tuple(text), **plain)


def _value(plain: Any) -> Any:
    match plain:
        case {"message": said}:
            return _message(said)
        case list():
            return [_value(one) for one in plain]
    return plain


def _text(cells: Mapping[str, Cell] | None) -> str | None:
    return None if cells is None else json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _cells(text: str | None) -> dict[str, Cell] | None:
    return None if text is None else json.loads(text)
