"""How words find rows: through the full-text indexes, or by reading search keys one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.storage import search
from xqhz_desktop.storage.tables import index_table, keys_table


@dataclass(frozen=True)
class Source:
    """One way hits come. `tables`: what to read first; `joins`: how that leads to `row`."""

    tables: str
    match: str
    asked: tuple[str, ...]
    row: str
    joins: str = ""
    condition: str = "1"
    values: tuple[Any, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether every hit is a row: nothing is joined that could drop one or add more."""
        return not self.joins

    def select(self, what: str, joins: str = "") -> tuple[str, list[Any]]:
        """Return the statement that reads ``what`` of every hit, and its values."""
        return (
            f"SELECT {what} FROM {self.tables} {self.joins} {joins}"
            f" WHERE {self.match} AND {self.condition}",
            [*self.asked, *self.values],
        )

    def most(self, limit: int) -> tuple[str, list[Any]]:
        """Return the statement that counts hits before any join, up to a limit."""
        return (
            f"SELECT count(*) FROM (SELECT 1 FROM {self.tables} WHERE {self.match} LIMIT {limit})",
            list(self.asked),
        )

    def within(self, kind: str, condition: str, values: list[Any]) -> Source:
        """Return the source with a condition on the records ``t`` themselves."""
        reached = self.joins or f"CROSS JOIN {kind} t ON t.row = {self.row}"
        return replace(
            self,
            joins=reached,
            row="t.row",
            condition=f"{self.condition} AND {condition}",
            values=(*self.values, *values),
        )


def sources(kind: str, words: list[str]) -> list[Source]:
    """Return where the hits of words come from: the records themselves and what they point to."""
    links = BY_KIND[kind].SEEK
    if not links:
        return [_own(kind, words)]
    leading = max(words, key=len)  # a longer word has fewer hits
    others = list(words)
    others.remove(leading)
    condition, values = sought(kind, others)
    found = [_own(kind, [leading]).within(kind, condition, values)]
    for field in links:
        target = BY_KIND[kind].FIELDS[field].target
        hit = _own(target, [leading])
        joins = (
            f'CROSS JOIN {target} s ON s.row = {hit.row} CROSS JOIN {kind} t ON t."{field}" = s.id'
        )
        found.append(replace(hit, joins=joins, row="t.row").within(kind, condition, values))
    return found


def sought(kind: str, words: list[str]) -> tuple[str, list[Any]]:
    """Return the condition on ``t`` that words match it, by its keys and those it points to."""
    parts: list[str] = ["1"]
    values: list[Any] = []
    for word in words:
        text, marks = _like(word)
        either = [f"EXISTS (SELECT 1 FROM {keys_table(kind)} k WHERE k.row = t.row AND {text})"]
        for field in BY_KIND[kind].SEEK:
            target = BY_KIND[kind].FIELDS[field].target
            either.append(
                f"EXISTS (SELECT 1 FROM {target} s CROSS JOIN {keys_table(target)} k"
                f' ON k.row = s.row WHERE s.id = t."{field}" AND {text})'
            )
        parts.append(f"({' OR '.join(either)})")
        values.extend(marks * len(either))
    return " AND ".join(parts), values


def _own(kind: str, words: list[str]) -> Source:
    """Return the source of records that match by their own keys."""
    asked = [query for word in words if (query := search.match(word))]
    literal = [word for word in words if not search.exact(word)]
    texts, values = [], []
    for word in literal:
        text, marks = _like(word)
        texts.append(text)
        values.extend(marks)
    keys, index = keys_table(kind), index_table(kind)
    if not asked:
        return Source(f"{keys} k", " AND ".join(texts), tuple(values), "k.row")
    joins = f"CROSS JOIN {keys} k ON k.row = {index}.rowid" if texts else ""
    return Source(
        f"{index}{' ' + joins}",
        " AND ".join([f"{index} MATCH ?", *texts]),
        (" AND ".join(asked), *values),
        f"{index}.rowid",
    )


def _like(word: str) -> tuple[str, list[str]]:
    """Return the condition that the keys of ``k`` match a word."""
    options = search.like(word)
    text = " OR ".join(
        "(" + " AND ".join("k.keys LIKE ? ESCAPE '\\'" for _pattern in option) + ")"
        for option in options
    )
    return f"({text})", [pattern for option in options for pattern in option]
