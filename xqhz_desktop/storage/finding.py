"""Which rows a query finds: all of them in order, or the first ones of very many."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.storage import clauses, hits, search
from xqhz_desktop.storage.clauses import Query
from xqhz_desktop.storage.entries import ROWS, entry
from xqhz_desktop.storage.hits import Source
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.storage.tables import keys_table

MOST = 5_000
"""A search with more hits than this is answered by its first ones, as "5,000+"."""
FIRST = 200
_FEW = 2_000  # records worth reading one by one
_SCATTERED, _MANY = 300, 2_000  # hits worth collecting with what points to them, and alone
_TOGETHER = 20_000  # hits counted to tell which word finds least
_ASKED = 2  # words that ask the indexes; further ones are conditions

_Named = tuple[str, int]
"""Sort key and row: what names are ordered by."""


@dataclass(frozen=True)
class Found:
    """Rowids in order. `more`: there are more than ``MOST`` hits and these are the first."""

    rows: array[int]
    total: int
    more: bool = False


def found(reader: Reader, query: Query, most: int | None = MOST) -> Found:
    """Return the rows of a query; more hits than ``most`` are answered by the first ones."""
    words = search.terms(query.words)
    condition, values = clauses.conditions(query)
    if not words:
        rows = _ordered(reader, query, condition, values)
        return Found(rows, len(rows))
    if _few(reader, query):
        rows = _ordered(reader, query, *_read(query))
        more = most is not None and len(rows) > most
        return Found(rows[:FIRST], most or 0, more) if more else Found(rows, len(rows))
    ways = [way.within(condition, values) for way in _ways(reader, query.kind, words)]
    hit = _all(reader, ways, most)
    if hit is None:
        return Found(_first(reader, query, ways), most or 0, more=True)
    rows = _in_order(reader, query, hit)
    return Found(rows, len(rows))


def _few(reader: Reader, query: Query) -> bool:
    """Tell whether conditions an index answers leave few records: they are read one by one."""
    quick = clauses.narrow(query)
    if not quick.where:
        return False
    inside, values = clauses.conditions(quick)
    few = f"SELECT count(*) FROM (SELECT 1 FROM {query.kind} t WHERE {inside} LIMIT ?)"
    return bool(reader.cursor.execute(few, [*values, _FEW + 1]).fetchone()[0] <= _FEW)


def _ways(reader: Reader, kind: str, words: list[str]) -> list[Source]:
    """Return every way in which words find rows: each by the record or by one it points to."""
    if len(hits.links(kind)) == 1:
        return [hits.source(kind, "", words)]
    limit = _TOGETHER if len(words) > 1 else 1
    sizes = {word: _sizes(reader, kind, word, limit) for word in words}
    rarest = sorted(sizes, key=lambda word: sum(sizes[word].values()))
    asked, rest = rarest[:_ASKED], rarest[_ASKED:]
    ways = []
    for places in product(*(sizes[word] for word in asked)):
        together: dict[str, list[str]] = defaultdict(list)
        for word, via in zip(asked, places, strict=True):
            together[via].append(word)
        leading = min(together, key=lambda via: min(sizes[word][via] for word in together[via]))
        way = hits.source(kind, leading, together.pop(leading))
        for via, some in together.items():
            way = way.within(*hits.beside(kind, via, some))
        ways.append(way.within(*hits.sought(kind, rest)))
    return sorted(ways, key=lambda way: (not way.named, bool(way.condition)))


def _sizes(reader: Reader, kind: str, word: str, limit: int) -> dict[str, int]:
    """Return how many records a word finds by each link that finds any, counted up to a limit."""
    counted = {
        via: _size(reader, hits.source(kind, via, [word]), limit) for via in hits.links(kind)
    }
    return {via: size for via, size in counted.items() if size}


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


def _first(reader: Reader, query: Query, ways: list[Source]) -> array[int]:
    """Return the first rows of many."""
    if not _by_name(query):
        statements = [way.select(way.row) for way in ways]
        values = [value for _statement, some in statements for value in some]
        inside = f"t.row IN ({' UNION ALL '.join(statement for statement, _some in statements)})"
        return _ordered(reader, query, inside, values, FIRST)
    first: list[_Named] = []
    for way in ways:
        if way.named:
            more = _called(reader, query, way, first)
        elif _size(reader, way, _SCATTERED + 1) <= _SCATTERED:
            more = _sorted(reader, query, way)
        elif _size(reader, way, _MANY + 1) <= _MANY:
            more = _walked(reader, query, way.scanned(), first)
        else:
            more = _walked(reader, query, _read(query), first)
        first = sorted({*first, *more}, reverse=query.descending)[:FIRST]
    return array("q", [row for _key, row in first])


def _called(reader: Reader, query: Query, way: Source, first: list[_Named]) -> list[_Named]:
    """Return the first rows of hits that come in the order of names, down to a whole place."""
    down = query.descending
    inside, values = way.select(f"{way.entry} AS entry")
    some = f"{inside} ORDER BY {way.entry}{' DESC' if down else ''} LIMIT {FIRST}"
    last = f"SELECT {'min' if down else 'max'}(entry), count(*) FROM ({some})"
    edge, count = reader.cursor.execute(last, values).fetchone()
    edges = [edge] if count == FIRST else []
    if len(first) == FIRST:
        edges.append(entry(0 if down else ROWS, first[-1][0]))
    if not edges:
        return _sorted(reader, query, way)
    text = f">= {max(edges) & ~ROWS}" if down else f"<= {min(edges) | ROWS}"
    return _sorted(reader, query, way.until(f"{way.entry} {text}"))


def _walked(
    reader: Reader, query: Query, condition: tuple[str, list[Any]], first: list[_Named]
) -> list[_Named]:
    """Return the first rows with a condition: names in order until enough, or past the `first`."""
    down = " DESC" if query.descending else ""
    inside, values = condition
    if len(first) == FIRST:
        inside += f" AND t.sort_key {'>=' if down else '<='} ?"
        values = [*values, first[-1][0]]
    statement = (
        f"SELECT t.sort_key, t.row FROM {query.kind} t INDEXED BY ix_{query.kind}_sort_key"
        f" WHERE {inside} ORDER BY t.sort_key{down}, t.row{down} LIMIT {FIRST}"
    )
    return list(reader.cursor.execute(statement, values).fetchall())


def _read(query: Query) -> tuple[str, list[Any]]:
    """Return the whole condition of a query on a row that is read."""
    condition, values = clauses.conditions(query)
    sought, patterns = hits.sought(query.kind, search.terms(query.words))
    return f"{condition} AND {sought}", [*values, *patterns]


def _sorted(reader: Reader, query: Query, way: Source) -> list[_Named]:
    """Return the first rows of a source that has not many."""
    down = " DESC" if query.descending else ""
    keys = f"CROSS JOIN {keys_table(query.kind)} o ON o.row = {way.row}"
    statement, values = way.select("o.sort_key, o.row", keys)
    order = f" ORDER BY o.sort_key{down}, o.row{down} LIMIT {FIRST}"
    return list(reader.cursor.execute(statement + order, values).fetchall())


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
