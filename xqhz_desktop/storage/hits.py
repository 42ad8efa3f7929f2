"""How words find rows: through the full-text indexes, or by reading search keys one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.storage import search
from xqhz_desktop.storage.entries import row_of
from xqhz_desktop.storage.tables import index_table, keys_table


@dataclass(frozen=True)
class Source:
    """One way hits come: words find records of one kind, and those lead to the rows ``t``.

    `tables` and `match` find records of `target`, with the values `asked`. `via`: the reference by
    which ``t`` points to them, "" where they are ``t``. `condition` is on ``t``.
    """

    kind: str
    target: str
    tables: str
    match: str
    asked: tuple[str, ...]
    via: str = ""
    condition: str = ""
    values: tuple[Any, ...] = ()

    @property
    def hit(self) -> str:
        """Return the row of what is found, in SQL."""
        return row_of(index_table(self.target))

    @property
    def whole(self) -> bool:
        """Tell whether every hit is a row: nothing is joined that could drop one or add more."""
        return not (self.via or self.condition)

    @property
    def named(self) -> bool:
        """Tell whether rows stand in the order of what was found: they are called by it."""
        return self.via in ("", BY_KIND[self.kind].TITLE)

    @property
    def row(self) -> str:
        """Return the row in SQL."""
        return self.hit if self.whole else "t.row"

    @property
    def entry(self) -> str:
        """Return the entry of what is found: it rises with names."""
        return f"{index_table(self.target)}.rowid"

    def select(self, what: str, joins: str = "") -> tuple[str, list[Any]]:
        """Return the statement that reads ``what`` of every row, and its values."""
        return (
            f"SELECT {what} FROM {self.tables} {self._joins()} {joins}"
            f" WHERE {self.match} AND {self.condition or 1}",
            [*self.asked, *self.values],
        )

    def size(self, limit: int) -> tuple[str, list[Any]]:
        """Return the statement that counts hits before any join, up to a limit."""
        return (
            f"SELECT count(*) FROM (SELECT 1 FROM {self.tables} WHERE {self.match} LIMIT {limit})",
            list(self.asked),
        )

    def scanned(self) -> tuple[str, list[Any]]:
        """Return the condition on ``t`` that this source finds it, to look at row after row."""
        if self.via:
            ids = f"SELECT s.id FROM {self.tables} CROSS JOIN {self.target} s ON s.row = {self.hit}"
            inside = f'+t."{self.via}" IN ({ids} WHERE {self.match})'
        else:
            inside = f"+t.row IN (SELECT {self.hit} FROM {self.tables} WHERE {self.match})"
        return f"{inside} AND {self.condition or 1}", [*self.asked, *self.values]

    def until(self, edge: str) -> Source:
        """Return the source with hits up to a place only."""
        return replace(self, match=f"{self.match} AND {edge}")

    def within(self, condition: str, values: list[Any]) -> Source:
        """Return the source with one more condition on the rows ``t`` themselves."""
        if condition == "1":
            return self
        both = f"{self.condition} AND {condition}" if self.condition else condition
        return replace(self, condition=both, values=(*self.values, *values))

    def _joins(self) -> str:
        if self.whole:
            return ""
        if not self.via:
            return f"CROSS JOIN {self.kind} t ON t.row = {self.hit}"
        return (
            f"CROSS JOIN {self.target} s ON s.row = {self.hit}"
            f' CROSS JOIN {self.kind} t ON t."{self.via}" = s.id'
        )


def links(kind: str) -> dict[str, str]:
    """Return what words find a kind by: "" is the record itself, else a reference, to a kind."""
    return {"": kind, **{name: BY_KIND[kind].FIELDS[name].target for name in BY_KIND[kind].SEEK}}


def source(kind: str, via: str, words: list[str]) -> Source:
    """Return the source of records that have all words in their own keys or those of one link."""
    target = links(kind)[via]
    texts, values = [], []
    for word in words:
        if not search.exact(word):
            text, marks = _like(word)
            texts.append(text)
            values.extend(marks)
    index = index_table(target)
    keys = f" CROSS JOIN {keys_table(target)} k ON k.row = {row_of(index)}" if texts else ""
    match = " AND ".join([f"{index} MATCH ?", *texts])
    asked = " AND ".join(search.match(word) for word in words)
    return Source(kind, target, index + keys, match, (asked, *values), via)


def sought(kind: str, words: list[str]) -> tuple[str, list[Any]]:
    """Return the condition on ``t`` that words match it, by its keys and those it points to."""
    parts: list[str] = []
    values: list[Any] = []
    for word in words:
        either = [beside(kind, via, [word]) for via in links(kind)]
        parts.append("(" + " OR ".join(text for text, _marks in either) + ")")
        values.extend(mark for _text, marks in either for mark in marks)
    return " AND ".join(parts) or "1", values


def beside(kind: str, via: str, words: list[str]) -> tuple[str, list[Any]]:
    """Return the condition on ``t`` that its own keys, or those of one link, have all words."""
    target = links(kind)[via]
    found = [_like(word) for word in words]
    text = " AND ".join(text for text, _marks in found)
    values = [mark for _text, marks in found for mark in marks]
    if not via:
        return f"EXISTS (SELECT 1 FROM {keys_table(kind)} k WHERE k.row = t.row AND {text})", values
    return (
        f"EXISTS (SELECT 1 FROM {target} s CROSS JOIN {keys_table(target)} k"
        f' ON k.row = s.row WHERE s.id = t."{via}" AND {text})'
    ), values


def _like(word: str) -> tuple[str, list[str]]:
    """Return the condition that the keys of ``k`` match a word."""
    options = search.like(word)
    text = " OR ".join(
        "(" + " AND ".join("k.keys LIKE ? ESCAPE '\\'" for _pattern in option) + ")"
        for option in options
    )
    return f"({text})", [pattern for option in options for pattern in option]
