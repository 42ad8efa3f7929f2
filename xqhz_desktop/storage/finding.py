"""Which rows a query finds: all of them in order, or the first ones of very many."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.storage import clauses, hits, search
from xqhz_desktop.storage.clauses import Query
from xqhz_desktop.storage.entries import ROWS, entry
from xqhz_desktop.storage.hits import Link, Source
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.tables import keys_table

MOST = 5_000
"""A search with more hits than this is answered by its first ones, as "5,000+"."""
FIRST = 200
_FEW = 2_000  # records worth reading one by one
_SCATTERED, _MANY = 300, 2_000  # hits worth collecting with what points to them, and alone
_TOGETHER = 5_000  # hits counted to tell which word finds least

_Named = tuple[str, int]
"""Sort key and row: what names are ordered by."""

_Sizes = dict[Link, int]
"""How many records a word finds by each link that finds any."""


@dataclass(frozen=True)
class Found:
    """Rowids in order. `more`: there are more hits than `total`, and these are the first.

    Not `counted`: nobody has looked yet whether there are more, and `found` tells.
    """

    rows: array[int]
    total: int
    more: bool = False
    counted: bool = True


def found(reader: Reader, query: Query, most: int | None = MOST) -> Found:
    """Return the rows of a query; more hits than ``most`` are answered by the first ones."""
    if known := _at_once(reader, query, most):
        return known
    ways = _ways(reader, query)
    hit = _all(reader, ways, most)
    if hit is None:
        return Found(_first(reader, query, ways, FIRST), most or 0, more=True)
    rows = _in_order(reader, query, hit)
    return Found(rows, len(rows))


def first(reader: Reader, query: Query, limit: int = FIRST) -> Found:
    """Return the first rows of a query: those that are painted, before all are counted."""
    if not _by_name(query):
        return found(reader, query)
    if known := _at_once(reader, query, MOST):
        return known
    rows = _first(reader, query, _ways(reader, query), limit)
    open_end = len(rows) == limit
    return Found(rows, len(rows), more=open_end, counted=not open_end)


def _at_once(reader: Reader, query: Query, most: int | None) -> Found | None:
    """Return the rows of a query without words, or of few records, which are read one by one."""
    if not search.terms(query.words):
        rows = _ordered(reader, query, *clauses.conditions(query))
        return Found(rows, len(rows))
    if not _few(reader, query):
        return None
    rows = _ordered(reader, query, *_read(query))
    if most is not None and len(rows) > most:
        return Found(rows[:FIRST], most, more=True)
    return Found(rows, len(rows))


def _few(reader: Reader, query: Query) -> bool:
    """Tell whether there are few records, or conditions an index answers leave few."""
    inside, values = clauses.conditions(clauses.narrow(query))
    few = f"SELECT count(*) FROM (SELECT 1 FROM {query.kind} t WHERE {inside} LIMIT ?)"
    return bool(reader.cursor.execute(few, [*values, _FEW + 1]).fetchone()[0] <= _FEW)


def _ways(reader: Reader, query: Query) -> list[Source]:
    """Return every way in which the words of a query find its rows, those by name first.

    The rarest word leads: one way for every link by which it finds anything. The next one is
    asked of the indexes too, further ones are conditions.
    """
    words, links = search.terms(query.words), hits.links(query.kind)
    if len(links) == 1:
        ways = [hits.source(links[0], words)]
    else:
        limit = _TOGETHER if len(words) > 1 else 1
        sizes = {word: _sizes(reader, links, word, limit) for word in words}
        lead, *others = sorted(sizes, key=lambda word: sum(sizes[word].values()))
        ways = [way for link in sizes[lead] for way in _led(link, lead, others[:1], sizes)]
        ways = [way.within(*hits.sought(query.kind, others[1:])) for way in ways]
    ways = [way.within(*clauses.conditions(query)) for way in ways]
    return sorted(ways, key=lambda way: (not way.link.named, bool(way.condition)))


def _led(link: Link, lead: str, other: list[str], sizes: dict[str, _Sizes]) -> list[Source]:
    """Return the ways a word finds rows by a link, while another finds them by it, or by others."""
    way = hits.source(link, [lead])
    if not other:
        return [way]
    (word,) = other
    apart = [
        hits.source(one, [word]).scanned() if size <= _MANY else hits.beside(one, (word,))
        for one, size in sizes[word].items()
        if one != link
    ]
    both = [hits.source(link, [lead, word])] if link in sizes[word] else []
    return [*both, way.within(*hits.either(apart))] if apart else both


def _sizes(reader: Reader, links: tuple[Link, ...], word: str, limit: int) -> _Sizes:
    """Return how many records a word finds by each link that finds any, counted up to a limit."""
    counted = {link: _size(reader, hits.source(link, [word]), limit) for link in links}
    return {link: size for link, size in counted.items() if size}


def _all(reader: Reader, ways: list[Source], most: int | None) -> list[int] | None:
    """Return every row in no order, or None where there are more than ``most``."""
    limit = -1 if most is None else most + 1
    if most is not None and any(way.whole and _size(reader, way, limit) > most for way in ways):
        return None
    hit: set[int] = set()
    for way in ways:
        statement, values = way.select(f"{way.row} AS hit")
        hit.update(_together(reader, "hit", f"{statement} LIMIT {limit}", values))
        if most is not None and len(hit) > most:
            return None
    return list(hit)


def _size(reader: Reader, way: Source, limit: int) -> int:
    """Return how many hits a source has before any join, counted up to a limit."""
    return int(reader.cursor.execute(*way.size(limit)).fetchone()[0])


def _first(reader: Reader, query: Query, ways: list[Source], limit: int) -> array[int]:
    """Return the first rows of many."""
    if not _by_name(query):
        statements = [way.select(way.row) for way in ways]
        values = [value for _statement, some in statements for value in some]
        inside = f"t.row IN ({' UNION ALL '.join(statement for statement, _some in statements)})"
        return _ordered(reader, query, inside, values, limit)
    first = _First(reader, query, limit)
    for way in ways:
        if way.link.named:
            first.called(way)
        elif _size(reader, way, _SCATTERED + 1) <= _SCATTERED:
            first.sorted(way)
        elif _size(reader, way, _MANY + 1) <= _MANY:
            first.walked(way.scanned())
        else:
            first.walked(way.read())
    return array("q", [row for _key, row in first.rows])


class _First:
    """The first rows in the order of names, as one way after another adds its own."""

    def __init__(self, reader: Reader, query: Query, limit: int) -> None:
        self._reader, self._query, self._limit = reader, query, limit
        self._down = " DESC" if query.descending else ""
        self.rows: list[_Named] = []

    def called(self, way: Source) -> None:
        """Add hits that come in the order of names, down to a whole place."""
        if self._full:
            way = self._until(way, entry(0 if self._down else ROWS, self.rows[-1][0]))
        inside, values = way.select(f"{way.entry} AS entry")
        some = f"{inside} ORDER BY {way.entry}{self._down} LIMIT {self._limit}"
        last = f"SELECT {'min' if self._down else 'max'}(entry), count(*) FROM ({some})"
        edge, count = self._reader.cursor.execute(last, values).fetchone()
        self.sorted(self._until(way, edge) if count == self._limit else way)

    def walked(self, condition: tuple[str, list[Any]]) -> None:
        """Add rows with a condition: names in order until enough, or past those there are."""
        inside, values = condition
        if self._full:
            inside += f" AND t.sort_key {'>=' if self._down else '<='} ?"
            values = [*values, self.rows[-1][0]]
        kind = self._query.kind
        self._add(
            f"SELECT t.sort_key, t.row FROM {kind} t INDEXED BY ix_{kind}_sort_key"
            f" WHERE {inside} ORDER BY t.sort_key{self._down}, t.row{self._down}",
            values,
        )

    def sorted(self, way: Source) -> None:
        """Add the rows of a source that has not many."""
        keys = f"CROSS JOIN {keys_table(self._query.kind)} o ON o.row = {way.row}"
        statement, values = way.select("o.sort_key, o.row", keys)
        self._add(f"{statement} ORDER BY o.sort_key{self._down}, o.row{self._down}", values)

    def _until(self, way: Source, edge: int) -> Source:
        return way.until(
            f"{way.entry} >= {edge & ~ROWS}" if self._down else f"{way.entry} <= {edge | ROWS}"
        )

    @property
    def _full(self) -> bool:
        return len(self.rows) == self._limit

    def _add(self, statement: str, values: list[Any]) -> None:
        more = self._reader.cursor.execute(f"{statement} LIMIT {self._limit}", values).fetchall()
        both = {*self.rows, *more}
        self.rows = sorted(both, reverse=self._query.descending)[: self._limit]


def _read(query: Query) -> tuple[str, list[Any]]:
    """Return the whole condition of a query on a row that is read."""
    condition, values = clauses.conditions(query)
    sought, patterns = hits.sought(query.kind, search.terms(query.words))
    return f"{condition} AND {sought}", [*values, *patterns]


def _in_order(reader: Reader, query: Query, hit: list[int]) -> array[int]:
    """Return rows in the order of a query."""
    among, rows = "row IN (SELECT value FROM json_each(?))", json.dumps(hit)
    if not _by_name(query):
        return _ordered(reader, query, f"t.{among}", [rows])
    down = " DESC" if query.descending else ""
    statement = f"SELECT row FROM {keys_table(query.kind)} WHERE {among}"
    order = f"ORDER BY sort_key{down}, row{down}"
    return array("q", _together(reader, "row", f"{statement} {order}", [rows]))


def _by_name(query: Query) -> bool:
    return query.sort in ("", BY_KIND[query.kind].TITLE)


def _ordered(
    reader: Reader, query: Query, condition: str, values: list[Any], limit: int = -1
) -> array[int]:
    join, order = clauses.order(query)
    inside = f"SELECT t.row FROM {query.kind} t {join} WHERE {condition} ORDER BY {order} LIMIT ?"
    return array("q", _together(reader, "row", inside, [*values, limit]))


def _together(reader: Reader, column: str, statement: str, values: list[Any]) -> list[int]:
    """Return a column as one value: row by row, this thread and the window's would take turns."""
    together = f"SELECT json_group_array({column}) FROM ({statement})"
    numbers: list[int] = json.loads(reader.cursor.execute(together, values).fetchone()[0])
    return numbers
