"""Questions about the past of records: what was removed, what was touched since, where it began."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import Cell
from xqhz_desktop.storage import journal
from xqhz_desktop.storage.journal import Entry, Step

_CHUNK = 500

_REMOVED = """
SELECT e.step, e.kind, e.record, e.before FROM journal_entry e JOIN journal_step s
  ON s.number = e.step
WHERE e.after IS NULL {narrow}
  AND NOT EXISTS (SELECT 1 FROM journal_entry l
    WHERE l.record = e.record AND l.kind = e.kind AND l.step > e.step)
  AND (s.undoes IS NULL OR EXISTS (SELECT 1 FROM journal_entry f
    WHERE f.record = e.record AND f.kind = e.kind AND f.step < s.undoes))
ORDER BY e.step DESC, e.kind, e.record
"""
"""Last seen leaving, and not because its very making was undone."""


def removed(cursor: Any, ids: Iterable[str] | None = None) -> Iterator[tuple[int, Entry]]:
    """Yield records that are gone with the number of the step that removed them, newest first.

    Of all records, or of these ids. A record whose making was undone never was, and one that was
    removed elsewhere while somebody edited or needed it is not gone: they are left out.
    """
    if ids is None:
        yield from _gone(cursor, _entries(cursor.execute(_REMOVED.format(narrow=""))))
        return
    for part in _parts(ids):
        narrow = f"AND e.record IN ({','.join('?' * len(part))})"
        yield from _gone(cursor, _entries(cursor.execute(_REMOVED.format(narrow=narrow), part)))


def touched_since(cursor: Any, number: int, ids: Iterable[str]) -> dict[str, Step]:
    """Return the newest step after ``number`` that touched each of these records."""
    newest: dict[str, int] = {}
    for part in _parts(ids):
        newest.update(
            cursor.execute(
                "SELECT record, max(step) FROM journal_entry WHERE step > ?"
                f" AND record IN ({','.join('?' * len(part))}) GROUP BY record",
                [number, *part],
            ).fetchall()
        )
    steps = {one: journal.step(cursor, one) for one in set(newest.values())}
    return {record: step for record, one in newest.items() if (step := steps[one])}


def assigned_since(cursor: Any, number: int, field: str, ids: Iterable[str]) -> set[str]:
    """Return which of these records had a field changed by people after step ``number``.

    What was undone does not count, nor what merging and un-merging records moved along.
    """
    found: set[str] = set()
    for part in _parts(ids):
        rows = cursor.execute(
            "SELECT DISTINCT e.record FROM journal_entry e JOIN journal_step s"
            " ON s.number = e.step WHERE e.step > ? AND s.undone = 0 AND s.undoes IS NULL"
            " AND e.before IS NOT NULL AND json_type(e.after, '$.' || ?) IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM json_each(s.kinds) k WHERE k.value = 'alias')"
            f" AND e.record IN ({','.join('?' * len(part))})",
            [number, field, *part],
        )
        found.update(str(record) for (record,) in rows.fetchall())
    return found


def made_in(cursor: Any, kind: str, record: str) -> int:
    """Return the number of the newest step that made a record; 0 where the journal has none."""
    row = cursor.execute(
        "SELECT max(step) FROM journal_entry WHERE kind = ? AND record = ? AND before IS NULL",
        (kind, record),
    ).fetchone()
    return int(row[0] or 0)


@dataclass(frozen=True)
class Written:
    """What one change wrote of a record: its stream and number there, and the cells."""

    stream: str
    q: int
    at: int
    cells: Mapping[str, Cell]


def written(cursor: Any, kind: str, record: str) -> list[Written]:
    """Return every writing of a record the journal has, without removals."""
    rows = cursor.execute(
        "SELECT s.stream, s.q, s.at, e.after, e.along FROM journal_entry e JOIN journal_step s"
        " ON s.number = e.step WHERE e.kind = ? AND e.record = ? AND e.after IS NOT NULL",
        (kind, record),
    )
    return [
        Written(stream, q, at, {**json.loads(after), **json.loads(along or "{}")})
        for stream, q, at, after, along in rows.fetchall()
    ]


def seen(cursor: Any, stream: str, q: int) -> dict[str, int]:
    """Return what the writer of a change had seen: {stream: number}."""
    rows = cursor.execute(
        "SELECT deps FROM journal_step WHERE stream = ? AND q <= ? AND deps <> '{}' ORDER BY q",
        (stream, q),
    )
    found = {stream: q - 1}
    for (deps,) in rows.fetchall():
        found |= json.loads(deps)
    return found


def _gone(cursor: Any, removed: Iterator[tuple[int, Entry]]) -> Iterator[tuple[int, Entry]]:
    for number, entry in removed:
        if (
            entry.kind in BY_KIND
            and not cursor.execute(
                f"SELECT 1 FROM {entry.kind} WHERE id = ?", (entry.record,)
            ).fetchone()
        ):
            yield number, entry


def _entries(rows: Any) -> Iterator[tuple[int, Entry]]:
    for step, kind, record, before in rows.fetchall():
        yield step, Entry(kind, record, json.loads(before), None)


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]
