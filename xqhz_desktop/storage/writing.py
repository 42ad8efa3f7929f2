"""Writing records in bulk: differences, rows, sort keys and search keys in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import OWN
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.own import KINDS
from xqhz_desktop.storage import index, own
from xqhz_desktop.storage.codec import Cell, columns, named, own_cells, patched, to_cells
from xqhz_desktop.storage.journal import Entry

Cells = list[Cell]

Progress = Callable[[int, int], None]
"""Called with what is written and how much there is; whatever it raises stops the change."""

_CHUNK = 500


class Pending:
    """Records waiting to be written, and what those written already were before the change."""

    def __init__(self, cursor: Any, progress: Progress | None = None) -> None:
        """Write through a driver cursor with an open transaction; `progress` may stop it."""
        self._cursor, self._progress = cursor, progress
        self._waiting: dict[str, dict[str, Cells | None]] = defaultdict(dict)
        self._first: dict[tuple[str, str], Cells | None] = {}
        self._last: dict[tuple[str, str], Cells | None] = {}
        self._entries: list[Entry] | None = None
        self._stale: list[int] = []
        self._fresh: list[tuple[int, str, str]] = []
        self._searched: dict[str, tuple[Field, ...]] = {}
        self._decided: dict[tuple[str, str], set[str]] = {}

    def put(self, kind: str, id: str, cells: Cells | None) -> None:
        """Remember to insert or update a record; None removes it."""
        self._waiting[kind][id] = cells

    def decide(self, kind: str, id: str, names: Iterable[str]) -> None:
        """Remember that these columns of a record are meant as they are, changed or not."""
        self._decided.setdefault((kind, id), set()).update(names)
        self._entries = None

    def kinds(self) -> set[str]:
        """Return the kinds of the records written."""
        return {kind for kind, _id in self._first}

    def entries(self) -> list[Entry]:
        """Return what changed since the change began, one entry a record that differs."""
        if self._entries is None:
            for kind, id in self._decided.keys() - self._first.keys():
                for _row, _key, cells in self._existing(kind, [id]).values():
                    self._first[kind, id] = self._last[kind, id] = cells
            self._entries = [
                self._entry(kind, id, before, self._last[kind, id])
                for (kind, id), before in self._first.items()
                if before != self._last[kind, id] or (kind, id) in self._decided
            ]
        return self._entries

    def _entry(self, kind: str, id: str, before: Cells | None, after: Cells | None) -> Entry:
        old, new = _difference(kind, before, after)
        if before is None or after is None:
            return Entry(kind, id, old, new)
        told, mates = new or {}, _mates(kind)
        meant = {*told, *self._decided.get((kind, id), ())}
        names = {mate for name in meant for mate in mates.get(name, (name,))}
        if missing := names - told.keys():
            cells = named(kind, after)
            return Entry(kind, id, old, new, {name: cells.get(name) for name in sorted(missing)})
        return Entry(kind, id, old, new)

    def flush(self) -> None:
        """Write everything that waits, kind by kind, parents before children."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, defaultdict(dict)
        self._entries = None
        self._searched = {kind: own.searched(self._cursor, kind) for kind in waiting}
        total, done = sum(map(len, waiting.values())), 0
        for kind in BY_KIND:
            if kind in waiting:
                items = list(waiting[kind].items())
                for start in range(0, len(items), _CHUNK):
                    if self._progress:
                        self._progress(done + start, total)
                    self._write(kind, dict(items[start : start + _CHUNK]))
                self._index(kind)
                done += len(items)
        if not KINDS.isdisjoint(waiting):
            self._index_again(waiting)
        if self._progress:
            self._progress(total, total)

    def _write(self, kind: str, records: dict[str, Cells | None]) -> None:
        old = self._existing(kind, list(records))
        made: list[Cells] = []
        changed: list[tuple[int, str, Cells, Cells]] = []
        gone: list[int] = []
        for id, cells in records.items():
            row, key, before = old.get(id, (0, "", None))
            if before == cells:
                continue
            if cells is None:
                gone.append(row)
            elif before is None:
                made.append(cells)
            else:
                changed.append((row, key, before, cells))
            self._first.setdefault((kind, id), before)
            self._last[kind, id] = cells
        self._insert(kind, made)
        self._update(kind, changed)
        self._delete(kind, gone)

    def _existing(self, kind: str, ids: list[str]) -> dict[str, tuple[int, str, Cells]]:
        names = ", ".join(f'"{name}"' for name in columns(kind))
        marks = ",".join("?" * len(ids))
        found = self._cursor.execute(
            f"SELECT row, sort_key, {names} FROM {kind} WHERE id IN ({marks})", ids
        )
        return {cells[2]: (cells[0], cells[1], list(cells[2:])) for cells in found.fetchall()}

    def _insert(self, kind: str, made: list[Cells]) -> None:
        if not made:
            return
        names = ", ".join(f'"{name}"' for name in columns(kind))
        marks = ",".join("?" * (len(columns(kind)) + 2))
        last = int(self._cursor.execute(f"SELECT coalesce(max(row), 0) FROM {kind}").fetchone()[0])
        keys = index.sort_keys(self._cursor, kind, made)
        rows = list(zip(range(last + 1, last + 1 + len(made)), keys, made, strict=True))
        self._cursor.executemany(
            f"INSERT INTO {kind} (row, sort_key, {names}) VALUES ({marks})",
            [(row, key, *cells) for row, key, cells in rows],
        )
        searched = self._searched[kind]
        self._fresh += [
            (row, key, index.search_keys(kind, cells, searched)) for row, key, cells in rows
        ]

    def _update(self, kind: str, changed: list[tuple[int, str, Cells, Cells]]) -> None:
        """Write the columns that differ, records with the same ones together."""
        alike: dict[tuple[int, ...], list[tuple[int, str, Cells, Cells]]] = defaultdict(list)
        for one in changed:
            pairs = enumerate(zip(one[2], one[3], strict=True))
            alike[tuple(n for n, (before, after) in pairs if before != after)].append(one)
        names = columns(kind)
        for places, records in alike.items():
            values = ", ".join(f'"{names[n]}" = ?' for n in places)
            self._cursor.executemany(
                f"UPDATE {kind} SET {values} WHERE row = ?",
                [(*(cells[n] for n in places), row) for row, _key, _old, cells in records],
            )
            mine = bool(self._searched[kind]) and places[-1] == len(names) - 1
            if mine or not index.places(kind).isdisjoint(places):
                self._reindex(kind, records)

    def _reindex(self, kind: str, records: list[tuple[int, str, Cells, Cells]]) -> None:
        keys = index.sort_keys(self._cursor, kind, [cells for *_rest, cells in records])
        renamed = []
        for key, (row, old_key, _old, cells) in zip(keys, records, strict=True):
            if key != old_key:
                renamed.append((key, str(cells[0]), row))
        self._cursor.executemany(
            f"UPDATE {kind} SET sort_key = ? WHERE row = ?", [(key, row) for key, _, row in renamed]
        )
        self._stale += [row for row, *_rest in records]
        self._fresh += [
            (row, key, index.search_keys(kind, cells, self._searched[kind]))
            for key, (row, _key, _old, cells) in zip(keys, records, strict=True)
        ]
        index.rename(self._cursor, kind, [(key, id) for key, id, _row in renamed])

    def _delete(self, kind: str, gone: list[int]) -> None:
        self._cursor.executemany(f"DELETE FROM {kind} WHERE row = ?", [(row,) for row in gone])
        self._stale += gone

    def _index(self, kind: str) -> None:
        """Write the index once a kind, so that its rows can go in order."""
        index.drop(self._cursor, kind, self._stale)
        index.add(self._cursor, kind, self._fresh)
        self._stale, self._fresh = [], []

    def _index_again(self, waiting: Mapping[str, Mapping[str, Cells | None]]) -> None:
        """Find records by what own fields and choices are now: the definitions changed."""
        changes = [
            (kind, self._first.get((kind, id)), cells)
            for kind in KINDS.intersection(waiting)
            for id, cells in waiting[kind].items()
        ]
        for kind, ids in own.touched(self._cursor, changes).items():
            index.again(self._cursor, kind, ids, self._progress)


def whole(kind: str, id: str, image: Mapping[str, Cell]) -> Cells:
    """Return the cells of a record from its image in the journal, which leaves out empty ones."""
    return patched(kind, [id, *_plain(kind)], image)


def _difference(
    kind: str, before: Cells | None, after: Cells | None
) -> tuple[dict[str, Cell] | None, dict[str, Cell] | None]:
    """Return what two states do not share; a whole record where there is only one."""
    if before is None or after is None:
        return image(kind, before), image(kind, after)
    names = columns(kind)[:-1]
    differing = [n for n, _name in enumerate(names) if before[n] != after[n]]
    old = {names[n]: before[n] for n in differing}
    new = {names[n]: after[n] for n in differing}
    if before[-1] != after[-1]:
        left, right = own_cells(before[-1]), own_cells(after[-1])
        apart = [id for id in sorted({*left, *right}) if left.get(id) != right.get(id)]
        old |= {OWN + id: left.get(id) for id in apart}
        new |= {OWN + id: right.get(id) for id in apart}
    return old, new


def image(kind: str, cells: Cells | None) -> dict[str, Cell] | None:
    """Return a whole record as the journal keeps it: without what an empty record has too."""
    if cells is None:
        return None
    each: Iterable[tuple[str, Cell, Cell]] = zip(
        columns(kind)[1:-1], cells[1:-1], _plain(kind)[:-1], strict=True
    )
    image = {name: cell for name, cell, plain in each if cell not in ("", None) or cell != plain}
    if cells[-1]:
        image |= {OWN + id: cell for id, cell in own_cells(cells[-1]).items()}
    return image


@cache
def _mates(kind: str) -> dict[str, tuple[str, ...]]:
    """Return, by field, the fields that are written whenever it is."""
    fields = BY_KIND[kind].FIELDS.values()
    return {
        one.name: tuple(mate.name for mate in fields if mate.group == one.group)
        for one in fields
        if one.group
    }


@cache
def _plain(kind: str) -> tuple[Cell, ...]:
    """Return the cells of a record nobody has filled in, without its id."""
    return tuple(to_cells(BY_KIND[kind](id=""))[1:])
