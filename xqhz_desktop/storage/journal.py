"""The journal: one sealed step a change, with what every record was before and is after."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage.codec import Cell, from_cell
from xqhz_desktop.storage.tables import HEAD

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

    def values(self) -> list[tuple[str, Any, Any]]:
        """Return the fields touched with their values before and after."""
        fields = BY_KIND[self.kind].FIELDS
        before, after = self.before or {}, self.after or {}
        return [
            (name, from_cell(field, before.get(name)), from_cell(field, after.get(name)))
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


def seal(cursor: Any, about: Seal, entries: Iterable[Entry]) -> int:
    """Write one step with its entries into the open transaction and return its number."""
    kept = list(entries)
    stream = cursor.execute("SELECT value FROM meta WHERE name = 'stream'").fetchone()[0]
    q, last = cursor.execute(
        "SELECT coalesce(max(q), 0) + 1, coalesce(max(at), 0) FROM journal_step WHERE stream = ?",
        (stream,),
    ).fetchone()
    at = max(time.time_ns() // 1_000_000, last + 1)  # a clock set back never orders a step first
    kinds = json.dumps(sorted({entry.kind for entry in kept}))
    cursor.execute(
        "INSERT INTO journal_step (stream, q, at, actor, actor_name, title, reason, kinds, records,"
        " undoes, undone, deps, schema) VALUES (?,?,?,?,?,?,?,?,?,?,0,'{}',?)",
        (
            stream, q, at, about.actor, about.actor_name, _title_text(about.title), about.reason,
            kinds, len(kept), about.undoes, HEAD,
        ),
    )  # fmt: skip
    number = int(cursor.lastrowid)
    _mark_undone(cursor, about.undoes)
    cursor.executemany(
        "INSERT INTO journal_entry (step, kind, record, before, after) VALUES (?,?,?,?,?)",
        (
            (number, entry.kind, entry.record, _text(entry.before), _text(entry.after))
            for entry in kept
        ),
    )
    return number


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


def undoable(cursor: Any) -> Step | None:
    """Return the newest step that stands and is not itself an undoing."""
    return _first(cursor, "undoes IS NULL AND undone = 0")


def redoable(cursor: Any) -> Step | None:
    """Return the newest undoing that stands, unless something new was done since."""
    return _first(
        cursor,
        "undone = 0 AND undoes IN (SELECT number FROM journal_step WHERE undoes IS NULL) "
        "AND number > (SELECT coalesce(max(number), 0) FROM journal_step WHERE undoes IS NULL)",
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
