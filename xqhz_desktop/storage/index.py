"""Order and search keys of every record: written with it, and made again after an upgrade."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import OWN
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.storage import own, search
from xqhz_desktop.storage.codec import Cell, columns
from xqhz_desktop.storage.entries import entry
from xqhz_desktop.storage.tables import index_table, keys_table

Progress = Callable[[int, int], None]

_CHUNK = 500
_MANY = 5_000
"""Rows indexed again in one go: few turns of the full-text table, and bounded memory."""


def add(cursor: Any, kind: str, rows: list[tuple[int, str, str]]) -> None:
    """Add rows to the index: rowid, sort key, search keys.

    A full-text table flushes whenever an entry is smaller than the last one: they go in order.
    """
    cursor.executemany(
        f"INSERT INTO {keys_table(kind)} (row, sort_key, keys) VALUES (?,?,?)", sorted(rows)
    )
    cursor.executemany(
        f"INSERT INTO {index_table(kind)} (rowid, keys) VALUES (?,?)",
        sorted((entry(row, key), search.tokens(keys)) for row, key, keys in rows),
    )


def drop(cursor: Any, kind: str, rows: list[int]) -> None:
    """Take rows out of the index, in order as they are added."""
    known = f"SELECT row, sort_key FROM {keys_table(kind)} WHERE row IN "
    entries: list[int] = []
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        found = cursor.execute(f"{known} ({','.join('?' * len(part))})", part).fetchall()
        entries.extend(entry(row, key) for row, key in found)
    cursor.executemany(
        f"DELETE FROM {index_table(kind)} WHERE rowid = ?", [(one,) for one in sorted(entries)]
    )
    cursor.executemany(f"DELETE FROM {keys_table(kind)} WHERE row = ?", [(row,) for row in rows])


def sort_keys(cursor: Any, kind: str, records: Sequence[Sequence[Cell]]) -> list[str]:
    """Return the sort keys of records; one called by another record takes that one's key."""
    entity, names = BY_KIND[kind], columns(kind)
    target = entity.FIELDS[entity.TITLE].target
    if target not in BY_KIND:
        return [search.sort_key_of(kind, dict(zip(names, cells))) for cells in records]  # noqa: B905 - the same length, hot
    place = names.index(entity.TITLE)
    links = [str(cells[place] or "") for cells in records]
    known = dict(
        cursor.execute(
            f"SELECT id, sort_key FROM {target} WHERE id IN ({','.join('?' * len(links))})", links
        ).fetchall()
    )
    return [known.get(link, "") for link in links]


def search_keys(kind: str, cells: Sequence[Cell], searched: tuple[Field, ...] = ()) -> str:
    """Return the search keys of a record given as cells; `searched` are own fields of its kind."""
    more = own.texts(searched, cells[-1]) if searched and cells[-1] else ()
    return search.keys_of(kind, dict(zip(columns(kind), cells)), more)  # noqa: B905 - the same length, hot


@cache
def places(kind: str) -> frozenset[int]:
    """Return the places of the cells that order or find a record."""
    entity = BY_KIND[kind]
    names = {name for name, field in entity.FIELDS.items() if field.search}
    names |= {entity.TITLE, "name_pinyin"}
    return frozenset(n for n, name in enumerate(columns(kind)) if name in names)


def rename(cursor: Any, kind: str, renamed: Sequence[tuple[str, str]]) -> None:
    """Give new sort keys (sort key, id) to the records that are called by these, and so on."""
    for child, entity in BY_KIND.items():
        if entity.FIELDS[entity.TITLE].target != kind:
            continue
        called = f'"{entity.TITLE}" = ?'
        inside = f"(SELECT row FROM {child} WHERE {called})"
        moved: list[tuple[int, str, str]] = []
        theirs: list[tuple[str, str]] = []
        for key, id in renamed:
            cursor.execute(f"UPDATE {child} SET sort_key = ? WHERE {called}", (key, id))
            known = f"SELECT row, ?, keys FROM {keys_table(child)} WHERE row IN {inside}"
            moved.extend(cursor.execute(known, (key, id)).fetchall())
            whose = f"SELECT ?, id FROM {child} WHERE {called}"
            theirs.extend(cursor.execute(whose, (key, id)).fetchall())
        drop(cursor, child, [row for row, _key, _keys in moved])
        add(cursor, child, moved)
        if theirs:
            rename(cursor, child, theirs)


def again(cursor: Any, kind: str, ids: Iterable[str], progress: Progress | None = None) -> None:
    """Make the search keys again of records that have a value in one of these own fields.

    Whatever `progress` raises stops it; it is told rows done and rows there are.
    """
    names = ", ".join(f'"{name}"' for name in ("row", "sort_key", *columns(kind)))
    filled = " OR ".join(f"{own.column(OWN + id, kind)} IS NOT NULL" for id in ids)
    searched = own.searched(cursor, kind)
    asked = f"SELECT row FROM {kind} WHERE own IS NOT NULL AND ({filled}) ORDER BY row"
    rows = [row for (row,) in cursor.execute(asked).fetchall()]
    for start in range(0, len(rows), _MANY):
        if progress:
            progress(start, len(rows))
        part = rows[start : start + _MANY]
        within = f"SELECT {names} FROM {kind} WHERE row BETWEEN ? AND ? AND ({filled})"
        found = cursor.execute(within, (part[0], part[-1])).fetchall()
        drop(cursor, kind, part)
        fresh = [(row, key, search_keys(kind, cells, searched)) for row, key, *cells in found]
        add(cursor, kind, fresh)


def rebuild(cursor: Any) -> None:
    """Make every key again from the records: after an upgrade the rules may be others."""
    for kind in BY_KIND:
        cursor.execute(f"DELETE FROM {keys_table(kind)}")
        cursor.execute(f"DELETE FROM {index_table(kind)}")
        searched = own.searched(cursor, kind)
        names = ", ".join(f'"{name}"' for name in columns(kind))
        found = cursor.execute(f"SELECT row, {names} FROM {kind} ORDER BY row").fetchall()
        rows: list[tuple[int, str, str]] = []
        for start in range(0, len(found), _CHUNK):
            part = found[start : start + _CHUNK]
            keys = sort_keys(cursor, kind, [cells[1:] for cells in part])
            cursor.executemany(
                f"UPDATE {kind} SET sort_key = ? WHERE row = ?",
                [(key, cells[0]) for key, cells in zip(keys, part, strict=True)],
            )
            rows.extend(
                (cells[0], key, search_keys(kind, cells[1:], searched))
                for key, cells in zip(keys, part, strict=True)
            )
        add(cursor, kind, rows)
