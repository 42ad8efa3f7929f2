"""The data as they were at the end of a day, read back from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import index
from xqhz_desktop.storage.codec import Cell, columns, from_cells, patched
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.writing import whole

_CHUNK = 500


class Then(Reader):
    """A view of the records as this copy had them when a day ended.

    Questions of one's own through ``cursor`` still see the data of now.
    """

    def __init__(self, reader: Reader, day: date) -> None:
        """Look back from an open snapshot; raise UserError for a day without records."""
        super().__init__(reader.cursor)
        self.day = day
        self._first = _first_step_after(reader.cursor, day)
        self._rows: dict[str, dict[str, list[Cell]]] = {}

    def all(self, kind: str, **equal: Any) -> Iterator[Record]:
        """Return the records of that day whose fields equal the given values, in no order."""
        for cells in list(self._kind(kind).values()):
            record = from_cells(kind, cells)
            if all(getattr(record, name) == value for name, value in equal.items()):
                yield record

    def cells(self, kind: str, names: Sequence[str], ids: Iterable[str]) -> Iterator[list[Cell]]:
        """Return these columns of the records of these ids there were, in no order."""
        places = [columns(kind).index(name) for name in names]
        rows = self._kind(kind)
        for id in dict.fromkeys(ids):
            if id in rows:
                yield [rows[id][place] for place in places]

    def in_order(self, kind: str) -> list[Record]:
        """Return the records of that day by name, those that are gone now among them."""
        rows = list(self._kind(kind).values())
        keys: list[str] = []
        for start in range(0, len(rows), _CHUNK):
            keys += index.sort_keys(self.cursor, kind, rows[start : start + _CHUNK])
        ordered = sorted(zip(keys, rows, strict=True), key=lambda one: (one[0], str(one[1][0])))
        return [from_cells(kind, cells) for _key, cells in ordered]

    def _kind(self, kind: str) -> dict[str, list[Cell]]:
        if kind not in self._rows:
            self._rows[kind] = _as_then(self.cursor, kind, self._first)
        return self._rows[kind]


def _first_step_after(cursor: Any, day: date) -> int:
    """Return the number of this copy's first step after a day; where none is, one nobody has."""
    stream = cursor.execute("SELECT value FROM meta WHERE name = 'stream'").fetchone()[0]
    begun = cursor.execute(
        "SELECT min(at) FROM journal_step WHERE stream = ?", (stream,)
    ).fetchone()[0]
    first = datetime.fromtimestamp((begun or 0) / 1000).date()
    if begun is None or day < first:
        raise UserError(
            Message(
                "There are no records of {day}: the first are of {first}. Choose a later day.",
                day=day,
                first=first,
            ),
            code="BEFORE_FIRST",
        )
    if day > date.today():
        raise UserError(
            Message("{day} has not come yet. Choose today or an earlier day.", day=day),
            code="AHEAD",
        )
    ends = datetime.combine(day + timedelta(days=1), time()).timestamp() * 1000
    after = cursor.execute(
        "SELECT min(number) FROM journal_step WHERE stream = ? AND at >= ?", (stream, ends)
    ).fetchone()[0]
    return int(after) if after is not None else 2**62


def _as_then(cursor: Any, kind: str, first: int) -> dict[str, list[Cell]]:
    """Return the records of a kind by id as they were before a step.

    What later steps changed is put back, the oldest of them having the say in each field.
    """
    names = ", ".join(f'"{name}"' for name in columns(kind))
    rows = {str(one[0]): list(one) for one in cursor.execute(f"SELECT {names} FROM {kind}")}
    back: dict[str, dict[str, Cell]] = {}
    settled: set[str] = set()
    entries = cursor.execute(
        "SELECT record, before, after FROM journal_entry"
        " WHERE kind = ? AND step >= ? ORDER BY step",
        (kind, first),
    )
    for id, before, after in entries.fetchall():
        if id in settled:
            continue
        if before is None:  # it was made later
            settled.add(id)
            rows.pop(id, None)
            continue
        known = back.setdefault(id, {})
        back[id] = {**json.loads(before), **known}
        if after is None:  # it was removed later, when it was whole
            settled.add(id)
            rows[id] = whole(kind, id, back[id])
    for id, some in back.items():
        if id in rows and id not in settled:
            rows[id] = patched(kind, rows[id], some)
    return rows
