"""How words find rows: through the full-text indexes, or by reading search keys one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.storage import search
from xqhz_desktop.storage.entries import row_of
from xqhz_desktop.storage.tables import index_table, keys_table


@dataclass(frozen=True)
class Link:
    """How rows ``t`` of a kind lead to the records that words find: by references, or not at all.

    The record after the first reference is ``s1`` in SQL, the one after the second ``s2``.
    """

    kind: str
    path: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds on the way, the rows' own first."""
        found = [self.kind]
        for name in self.path:
            found.append(BY_KIND[found[-1]].FIELDS[name].target)
        return tuple(found)

    @property
    def target(self) -> str:
        """Return the kind that words find."""
        return self.kinds[-1]

    @property
    def named(self) -> bool:
        """Tell whether rows stand in the order of what is found: they are called by it."""
        return all(
            name == BY_KIND[kind].TITLE for kind, name in zip(self.kinds, self.path, strict=False)
        )

    def back(self, hit: str, last: int = 0) -> str:
        """Return the joins that lead from the row of what is found to ``t``, or to a step."""
        kinds, aliases = self.kinds, self._aliases()
        joins = [f"CROSS JOIN {kinds[-1]} {aliases[-1]} ON {aliases[-1]}.row = {hit}"]
        for n in range(len(self.path) - 1, last - 1, -1):
            link = f'{aliases[n]}."{self.path[n]}" = {aliases[n + 1]}.id'
            joins.append(f"CROSS JOIN {kinds[n]} {aliases[n]} ON {link}")
        return " ".join(joins)

    def forth(self, condition: str) -> str:
        """Return the condition on ``t`` that the search keys ``k`` at the other end have one."""
        kinds, aliases = self.kinds, self._aliases()
        keys = f"{keys_table(kinds[-1])} k"
        if not self.path:
            return f"EXISTS (SELECT 1 FROM {keys} WHERE k.row = t.row AND {condition})"
        joins = [
            f'CROSS JOIN {kinds[n + 1]} s{n + 1} ON s{n + 1}.id = s{n}."{self.path[n]}"'
            for n in range(1, len(self.path))
        ]
        return (
            f"EXISTS (SELECT 1 FROM {kinds[1]} s1 {' '.join(joins)}"
            f" CROSS JOIN {keys} ON k.row = {aliases[-1]}.row"
            f' WHERE s1.id = t."{self.path[0]}" AND {condition})'
        )

    def _aliases(self) -> list[str]:
        return ["t", *(f"s{n}" for n in range(1, len(self.path) + 1))]


@dataclass(frozen=True)
class Source:
    """One way hits come: words find records, and a link leads from those to the rows ``t``.

    `tables` and `match` find records, with the values `asked`. `condition` is on ``t``.
    """

    link: Link
    words: tuple[str, ...]
    tables: str
    match: str
    asked: tuple[str, ...]
    condition: str = ""
    values: tuple[Any, ...] = ()

    @property
    def hit(self) -> str:
        """Return the row of what is found, in SQL."""
        return row_of(index_table(self.link.target))

    @property
    def whole(self) -> bool:
        """Tell whether every hit is a row: nothing is joined that could drop one or add more."""
        return not (self.link.path or self.condition)

    @property
    def row(self) -> str:
        """Return the row in SQL."""
        return self.hit if self.whole else "t.row"

    @property
    def entry(self) -> str:
        """Return the entry of what is found: it rises with names."""
        return f"{index_table(self.link.target)}.rowid"

    def select(self, what: str, joins: str = "") -> tuple[str, list[Any]]:
        """Return the statement that reads ``what`` of every row, and its values."""
        back = "" if self.whole else self.link.back(self.hit)
        return (
            f"SELECT {what} FROM {self.tables} {back} {joins}"
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
        if self.link.path:
            ids = f"SELECT s1.id FROM {self.tables} {self.link.back(self.hit, last=1)}"
            inside = f'+t."{self.link.path[0]}" IN ({ids} WHERE {self.match})'
        else:
            inside = f"+t.row IN (SELECT {self.hit} FROM {self.tables} WHERE {self.match})"
        return f"{inside} AND {self.condition or 1}", [*self.asked, *self.values]

    def read(self) -> tuple[str, list[Any]]:
        """Return the same condition by the search keys, where it finds too many to remember."""
        text, marks = beside(self.link, self.words)
        return f"{text} AND {self.condition or 1}", [*marks, *self.values]

    def until(self, edge: str) -> Source:
        """Return the source with hits up to a place only."""
        return replace(self, match=f"{self.match} AND {edge}")

    def within(self, condition: str, values: list[Any]) -> Source:
        """Return the source with one more condition on the rows ``t`` themselves."""
        if condition == "1":
            return self
        both = f"{self.condition} AND {condition}" if self.condition else condition
        return replace(self, condition=both, values=(*self.values, *values))


@cache
def links(kind: str) -> tuple[Link, ...]:
    """Return what words find a kind by: itself, what it seeks, and what finds what it seeks.

    The last only where people call that by another record: they know a leave by the student of
    its placement, but a position by its own name.
    """
    found = [Link(kind)]
    for name in BY_KIND[kind].SEEK:
        target = BY_KIND[kind].FIELDS[name].target
        called_by = BY_KIND[target].FIELDS[BY_KIND[target].TITLE].target
        beyond = links(target) if called_by else (Link(target),)
        found.extend(Link(kind, (name, *one.path)) for one in beyond)
    return tuple(found)


def source(link: Link, words: list[str]) -> Source:
    """Return the source of rows that a link leads to records with all words in their keys."""
    texts, values = [], []
    for word in words:
        if not search.exact(word):
            text, marks = _like(word)
            texts.append(text)
            values.extend(marks)
    index = index_table(link.target)
    keys = f" CROSS JOIN {keys_table(link.target)} k ON k.row = {row_of(index)}" if texts else ""
    match = " AND ".join([f"{index} MATCH ?", *texts])
    asked = " AND ".join(search.match(word) for word in words)
    return Source(link, tuple(words), index + keys, match, (asked, *values))


def sought(kind: str, words: list[str]) -> tuple[str, list[Any]]:
    """Return the condition on ``t`` that words match it, by its keys and those it leads to."""
    each = [either([beside(link, (word,)) for link in links(kind)]) for word in words]
    text = " AND ".join(text for text, _marks in each)
    return text or "1", [mark for _text, marks in each for mark in marks]


def beside(link: Link, words: tuple[str, ...]) -> tuple[str, list[Any]]:
    """Return the condition on ``t`` that words are in the keys a link leads to."""
    found = [_like(word) for word in words]
    text = " AND ".join(text for text, _marks in found)
    return link.forth(text), [mark for _text, marks in found for mark in marks]


def either(conditions: list[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    """Return the condition that one of some holds."""
    text = " OR ".join(text for text, _values in conditions)
    return f"({text})", [value for _text, values in conditions for value in values]


def _like(word: str) -> tuple[str, list[str]]:
    """Return the condition that the keys of ``k`` match a word."""
    options = search.like(word)
    text = " OR ".join(
        "(" + " AND ".join("k.keys LIKE ? ESCAPE '\\'" for _pattern in option) + ")"
        for option in options
    )
    return f"({text})", [pattern for option in options for pattern in option]
