"""The book behind a sheet people type into: what its cells mean, and what was typed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from xqhz_desktop.i18n import Message

Typed = tuple[int, str, str]
"""A row, a field, and what is written there."""


@dataclass(frozen=True)
class Face:
    """How a cell looks: a sign, a smaller line under it, and the tokens of its colours."""

    text: str = ""
    below: str = ""
    ink: str = "ink"
    ground: str = ""
    closed: bool = False
    """Nothing belongs here: it is hatched."""
    corner: str = ""
    """The token of a corner that says: look here."""
    told: tuple[Message | str, ...] = ()
    """What there is to say about it, for tool tips and screen readers."""


@dataclass(frozen=True)
class Title:
    """The head of a column: a line, a smaller one, and whether the days below are free."""

    text: Message | str
    below: Message | str = ""
    free: bool = False
    told: Message | str = ""


class Book(Protocol):
    """What the sheet is about: its rows and fields, and how texts are understood."""

    @property
    def fields(self) -> Sequence[str]:
        """Return the fields that are typed into, from left to right."""

    @property
    def keys(self) -> Sequence[str]:
        """Return the id of every row."""

    def called(self, row: int) -> tuple[str, str]:
        """Return what a row is called, and what stands beside that."""

    def title(self, column: int) -> Title:
        """Return the head of a column; those after the fields are sums."""

    def stored(self, row: int, field: str) -> str:
        """Return what is saved."""

    def open(self, row: int, field: str) -> bool:
        """Tell whether something may be written there."""

    def read(self, field: str, text: str) -> str:
        """Return a text as it is kept; raise ValueError for one that says nothing."""

    def work_out(self, row: int, texts: Mapping[str, str]) -> None:
        """Take in what a row says now."""

    def face(self, row: int, field: str, text: str) -> Face:
        """Return how a cell looks."""

    def sums(self, row: int) -> Sequence[Face]:
        """Return what stands at the end of a row."""


class TypedTexts:
    """What stands in the cells of a book: the texts, what differs from it, what says nothing."""

    def __init__(self, book: Book) -> None:
        """Begin with what is saved."""
        self._book = book
        self._texts = [
            {field: book.stored(row, field) for field in book.fields}
            for row in range(len(book.keys))
        ]
        self._wrong: set[tuple[int, str]] = set()
        self._changed: dict[tuple[int, str], None] = {}
        for row, texts in enumerate(self._texts):
            book.work_out(row, texts)

    def text(self, row: int, field: str) -> str:
        """Return what stands in a cell now."""
        return self._texts[row].get(field, "")

    def put(self, row: int, field: str, text: str) -> str | None:
        """Write a text and return what stood there, None where it stays the same."""
        book, old, place = self._book, self._texts[row][field], (row, field)
        try:
            text, said = book.read(field, text), True
        except ValueError:
            text, said = text.strip(), False
        if text == old or not book.open(row, field):
            return None
        (self._wrong.discard if said else self._wrong.add)(place)
        self._texts[row][field] = text
        if text == book.stored(row, field):
            self._changed.pop(place, None)
        else:
            self._changed[place] = None
        return old

    def work_out(self, row: int) -> None:
        """Let the book take in a row, without what says nothing."""
        texts = self._texts[row]
        self._book.work_out(row, {f: t for f, t in texts.items() if (row, f) not in self._wrong})

    def is_wrong(self, row: int, field: str) -> bool:
        """Tell whether a text says nothing."""
        return (row, field) in self._wrong

    @property
    def wrong(self) -> list[tuple[int, int]]:
        """Return the places (row, column) of texts that say nothing."""
        fields = list(self._book.fields)
        return sorted((row, fields.index(field)) for row, field in self._wrong)

    @property
    def unsaved(self) -> int:
        """Return how many cells differ from what is saved."""
        return len(self._changed)

    def changes(self) -> dict[str, dict[str, str]]:
        """Return the texts that differ, by key of the row and field."""
        found: dict[str, dict[str, str]] = {}
        for row, field in self._changed:
            found.setdefault(self._book.keys[row], {})[field] = self._texts[row][field]
        return found
