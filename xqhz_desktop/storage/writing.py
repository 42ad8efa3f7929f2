"""Writing records in bulk: differences, rows, sort keys and search keys in one go."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import Record
from xqhz_desktop.storage import search
from xqhz_desktop.storage.codec import Cell, columns, from_cells, to_cells
from xqhz_desktop.storage.journal import Entry
from xqhz_desktop.storage.tables import TABLES, index_table, keys_table

_CHUNK = 500


class Pending:
    """Records waiting to be written, and the entries of what was written already."""

    def __init__(self, cursor: Any) -> None:
        """Write through a driver cursor with an open transaction."""
        self._cursor = cursor
        self._waiting: dict[str, dict[str, Record | None]] = defaultdict(dict)
        self._entries: dict[tuple[str, str], Entry] = {}

    def put(self, record: Record) -> None:
        """Remember to insert or update a record."""
        self._waiting[record.KIND][record.id] = record

    def remove(self, kind: str, id: str) -> None:
        """Remember to remove a record."""
        self._waiting[kind][id] = None

    def entries(self) -> list[Entry]:
        """Return what changed so far, one entry a record, none where nothing differs."""
        return [entry for entry in self._entries.values() if entry.before != entry.after]

    def flush(self) -> None:
        """Write everything that waits, kind by kind, parents before children."""
        waiting, self._waiting = self._waiting, defaultdict(dict)
        for kind in TABLES:
            if kind in waiting:
                items = list(waiting[kind].items())
                for start in range(0, len(items), _CHUNK):
                    self._write(kind, dict(items[start : start + _CHUNK]))

    def _write(self, kind: str, records: dict[str, Record | None]) -> None:
        old = self._existing(kind, list(records))
        made: list[tuple[Record, list[Cell]]] = []
        changed: list[tuple[int, str, Record, list[Cell]]] = []
        gone: list[tuple[int, str, str]] = []
        for id, record in records.items():
            before = old.get(id)
            if record is None:
                if before:
                    gone.append((before[0], before[1], id))
                    self._note(kind, id, before[2], None)
                continue
            cells = to_cells(record)
            if before is None:
                made.append((record, cells))
            elif before[2] != cells:
                changed.append((before[0], before[1], record, cells))
            else:
                continue
            self._note(kind, id, before[2] if before else None, cells)
        self._insert(kind, made)
        self._update(kind, changed, old)
        self._delete(kind, gone)

    def _existing(self, kind: str, ids: list[str]) -> dict[str, tuple[int, str, list[Cell]]]:
        names = ", ".join(f'"{name}"' for name in columns(kind))
        marks = ",".join("?" * len(ids))
        found = self._cursor.execute(
            f"SELECT row, sort_key, {names} FROM {kind} WHERE id IN ({marks})", ids
        )
        return {cells[2]: (cells[0], cells[1], list(cells[2:])) for cells in found.fetchall()}

    def _note(self, kind: str, id: str, old: list[Cell] | None, new: list[Cell] | None) -> None:
        """Keep what differs; a second write of a record in one change joins the first."""
        names = columns(kind)[1:]
        before = _full(names, old)
        after = _full(names, new)
        if before is not None and after is not None:
            differing = [name for name in names if before.get(name) != after.get(name)]
            before = {name: before.get(name) for name in differing}
            after = {name: after.get(name) for name in differing}
        earlier = self._entries.get((kind, id))
        if earlier is not None:
            before, after = _joined(earlier, before, after)
        self._entries[kind, id] = Entry(kind, id, before, after)

    def _insert(self, kind: str, made: list[tuple[Record, list[Cell]]]) -> None:
        if not made:
            return
        sort_keys = self._sort_keys(kind, [record for record, _cells in made])
        names = ", ".join(f'"{name}"' for name in columns(kind))
        marks = ",".join("?" * (len(columns(kind)) + 2))
        row = int(self._cursor.execute(f"SELECT coalesce(max(row), 0) FROM {kind}").fetchone()[0])
        rows = range(row + 1, row + 1 + len(made))
        self._cursor.executemany(
            f"INSERT INTO {kind} (row, sort_key, {names}) VALUES ({marks})",
            [(n, key, *cells) for n, key, (_r, cells) in zip(rows, sort_keys, made, strict=True)],
        )
        self._index(
            kind,
            [
                (n, key, search.keys(record))
                for n, key, (record, _cells) in zip(rows, sort_keys, made, strict=True)
            ],
        )

    def _update(
        self,
        kind: str,
        changed: list[tuple[int, str, Record, list[Cell]]],
        old: dict[str, tuple[int, str, list[Cell]]],
    ) -> None:
        if not changed:
            return
        sort_keys = self._sort_keys(kind, [record for _row, _key, record, _cells in changed])
        places = ", ".join(f'"{name}" = ?' for name in columns(kind)[1:])
        self._cursor.executemany(
            f"UPDATE {kind} SET sort_key = ?, {places} WHERE row = ?",
            [
                (new_key, *cells[1:], row)
                for new_key, (row, _key, _record, cells) in zip(sort_keys, changed, strict=True)
            ],
        )
        stale: list[tuple[int, str]] = []
        fresh: list[tuple[int, str, str]] = []
        renamed: list[tuple[str, str]] = []
        for new_key, (row, old_key, record, _cells) in zip(sort_keys, changed, strict=True):
            before = search.keys(from_cells(kind, old[record.id][2]))
            after = search.keys(record)
            if before != after or old_key != new_key:
                stale.append((row, old_key))
                fresh.append((row, new_key, after))
            if old_key != new_key:
                renamed.append((new_key, record.id))
        self._unindex(kind, stale)
        self._index(kind, fresh)
        self._rename_dependents(kind, renamed)

    def _delete(self, kind: str, gone: list[tuple[int, str, str]]) -> None:
        if gone:
            self._cursor.executemany(f"DELETE FROM {kind} WHERE row = ?", [(g[0],) for g in gone])
            self._unindex(kind, [(row, key) for row, key, _id in gone])

    def _sort_keys(self, kind: str, records: list[Record]) -> list[str]:
        """Return sort keys; a record called by another one takes that one's key."""
        title = BY_KIND[kind].TITLE
        target = BY_KIND[kind].FIELDS[title].target
        if not target or target not in TABLES:
            return [search.sort_key(record) for record in records]
        links = [getattr(record, title) for record in records]
        marks = ",".join("?" * len(links))
        found = dict(
            self._cursor.execute(
                f"SELECT id, sort_key FROM {target} WHERE id IN ({marks})", links
            ).fetchall()
        )
        return [found.get(link, "") for link in links]

    def _rename_dependents(self, kind: str, renamed: list[tuple[str, str]]) -> None:
        for child, entity in BY_KIND.items():
            if renamed and entity.FIELDS[entity.TITLE].target == kind and child != kind:
                for key, id in renamed:
                    own = f'"{entity.TITLE}" = ?'
                    self._cursor.execute(
                        f"UPDATE {keys_table(child)} SET sort_key = ? WHERE (sort_key, row) IN "
                        f"(SELECT sort_key, row FROM {child} WHERE {own})",
                        (key, id),
                    )
                    self._cursor.execute(f"UPDATE {child} SET sort_key = ? WHERE {own}", (key, id))

    def _index(self, kind: str, rows: list[tuple[int, str, str]]) -> None:
        self._cursor.executemany(
            f"INSERT INTO {keys_table(kind)} (row, sort_key, keys) VALUES (?,?,?)", rows
        )
        self._cursor.executemany(
            f"INSERT INTO {index_table(kind)} (rowid, keys) VALUES (?,?)",
            [(row, search.tokens(keys)) for row, _key, keys in rows],
        )

    def _unindex(self, kind: str, rows: list[tuple[int, str]]) -> None:
        self._cursor.executemany(
            f"DELETE FROM {keys_table(kind)} WHERE row = ? AND sort_key = ?", rows
        )
        self._cursor.executemany(
            f"DELETE FROM {index_table(kind)} WHERE rowid = ?", [(row,) for row, _key in rows]
        )


def _full(names: tuple[str, ...], cells: list[Cell] | None) -> dict[str, Cell] | None:
    """Return cells by name without the empty ones: an absent name is an empty value."""
    if cells is None:
        return None
    return {name: cell for name, cell in zip(names, cells[1:], strict=True) if cell not in ("", None)}


def _joined(
    earlier: Entry, before: dict[str, Cell] | None, after: dict[str, Cell] | None
) -> tuple[dict[str, Cell] | None, dict[str, Cell] | None]:
    first = None if earlier.before is None else dict(earlier.before)
    if after is None:  # removed after an update: everything it was at first
        if first is None:
            return None, None
        return {**(before or {}), **first}, None
    if earlier.after is None or first is None:
        return first, {**(earlier.after or {}), **after}
    return {**(before or {}), **first}, {**earlier.after, **after}
