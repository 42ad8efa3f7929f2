"""What rules found, kept until the facts change; what was settled stays with its day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.storage.store import Reader

_MARK = "verdicts"
_COLUMNS = "placement, rule, since, gone, severity, state, body"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding as kept: severity and state by name, the rest as JSON."""

    placement: str
    rule: str
    severity: str
    state: str
    body: str
    since: str = ""
    gone: str | None = None


@dataclass(frozen=True)
class Mark:
    """Up to which step of the journal, on which day and by which packs was checked."""

    step: int = 0
    day: str = ""
    packs: str = ""
    placements: int = 0
    seconds: float = 0.0
    at: str = ""


def mark(reader: Reader) -> Mark | None:
    """Return how far was checked; None before the first time."""
    row = reader.cursor.execute("SELECT value FROM meta WHERE name = ?", (_MARK,)).fetchone()
    return Mark(**json.loads(row[0])) if row and row[0] else None


def put_mark(cursor: Any, made: Mark) -> None:
    """Keep how far was checked."""
    cursor.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
        (_MARK, json.dumps(made.__dict__)),
    )


def standing(reader: Reader) -> list[Verdict]:
    """Return what stands now, by placement and rule."""
    rows = reader.cursor.execute(
        f"SELECT {_COLUMNS} FROM verdict WHERE gone IS NULL ORDER BY rule, placement"
    )
    return [
        Verdict(placement, rule, severity, state, body, since, gone)
        for placement, rule, since, gone, severity, state, body in rows.fetchall()
    ]


def of(reader: Reader, placement: str) -> list[Verdict]:
    """Return what stands of one placement and what was settled, the oldest first."""
    rows = reader.cursor.execute(
        f"SELECT {_COLUMNS} FROM verdict WHERE placement = ? ORDER BY since, rule", (placement,)
    )
    return [
        Verdict(id, rule, severity, state, body, since, gone)
        for id, rule, since, gone, severity, state, body in rows.fetchall()
    ]


def news(reader: Reader, day: date) -> tuple[int, int]:
    """Return how many findings came and how many were settled on a day."""
    text = day.isoformat()
    came = "SELECT count(*) FROM verdict WHERE since = ? AND gone IS NULL"
    went = "SELECT count(*) FROM verdict WHERE gone = ? AND since < ?"
    (new,), (settled,) = (
        reader.cursor.execute(question, values).fetchone()
        for question, values in ((came, (text,)), (went, (text, text)))
    )
    return int(new), int(settled)


def replace(cursor: Any, checked: Iterable[str], found: Iterable[Verdict], day: date) -> None:
    """Let these be what stands of the placements checked; the rest of theirs is settled."""
    today, held = day.isoformat(), json.dumps(list(checked))
    known = {
        (row[0], row[1]): row[2:]
        for row in cursor.execute(
            "SELECT placement, rule, since, severity, state, body FROM verdict"
            " WHERE gone IS NULL AND placement IN (SELECT value FROM json_each(?))",
            (held,),
        ).fetchall()
    }
    stands, new, changed = set(), [], []
    for one in found:
        key = (one.placement, one.rule)
        stands.add(key)
        before = known.get(key)
        if before is None:
            new.append((*key, today, one.severity, one.state, one.body))
        elif before[1:] != (one.severity, one.state, one.body):
            changed.append((one.severity, one.state, one.body, *key, before[0]))
    cursor.executemany(
        "INSERT OR REPLACE INTO verdict (placement, rule, since, gone, severity, state, body)"
        " VALUES (?, ?, ?, NULL, ?, ?, ?)",
        new,
    )
    cursor.executemany(
        "UPDATE verdict SET severity = ?, state = ?, body = ?"
        " WHERE placement = ? AND rule = ? AND since = ?",
        changed,
    )
    _settle(cursor, {key: before[0] for key, before in known.items() if key not in stands}, today)


def _settle(cursor: Any, gone: Mapping[tuple[str, str], str], today: str) -> None:
    cursor.executemany(
        "UPDATE verdict SET gone = ? WHERE placement = ? AND rule = ? AND since = ?",
        [(today, *key, since) for key, since in gone.items()],
    )


def touched(reader: Reader, step: int) -> list[tuple[str, str, str | None, str | None]]:
    """Return kind, id and the cells before and after (JSON) of what changed after a step."""
    rows = reader.cursor.execute(
        "SELECT kind, record, before, after FROM journal_entry WHERE step > ?", (step,)
    )
    return list(rows.fetchall())


def newest_step(reader: Reader) -> int:
    """Return the number of the newest step of the journal."""
    (number,) = reader.cursor.execute(
        "SELECT coalesce(max(number), 0) FROM journal_step"
    ).fetchone()
    return int(number)


def forget(cursor: Any) -> None:
    """Settle nothing, drop all: findings of placements that are not there any more."""
    cursor.execute("DELETE FROM verdict WHERE placement NOT IN (SELECT id FROM placement)")


def older(reader: Reader, day: date) -> bool:
    """Tell whether anything was found before a day."""
    row = reader.cursor.execute(
        "SELECT 1 FROM verdict WHERE since < ? LIMIT 1", (day.isoformat(),)
    ).fetchone()
    return row is not None
