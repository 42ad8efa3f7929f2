"""Which papers an internship needs, and in which order a file and a binder hold them.

The lists are data (``resources/papers.json``): documents by type, age and arrangement; the
eight items of the official order of a student's file and what schools add; the lists of a binder.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.domain.placement import Arrangement, Lodging, PlacementType
from xqhz_desktop.i18n import N_, Bilingual


class Level(Enum):
    """How far a paper is; red, amber, green."""

    MISSING = N_("Missing")
    STARTED = N_("On its way")
    READY = N_("There")


@dataclass(frozen=True)
class Document:
    """A paper and when it is needed; an empty set means always."""

    name: str
    label: Bilingual
    types: frozenset[PlacementType] = frozenset()
    arrangements: frozenset[Arrangement] = frozenset()
    lodgings: frozenset[Lodging] = frozenset()
    under: int | None = None
    """Only for students younger than this on the first day."""
    elsewhere: bool = False
    """Only in another province than the school's."""
    after: bool = False
    """Only once the internship is over."""
    file: DocumentType | None = None
    """A file of this type is the paper."""


@dataclass(frozen=True)
class Case:
    """What decides which papers a placement needs."""

    type: PlacementType
    arrangement: Arrangement
    lodging: Lodging
    age: int | None
    elsewhere: bool
    over: bool


@dataclass(frozen=True)
class Item:
    """One item of a student's file: which files belong to it, by owner, type or name."""

    number: int
    label: Bilingual
    owners: frozenset[str]
    files: frozenset[DocumentType]
    words: str
    rest: bool
    proof: str
    """The document whose state says what the program itself knows of it."""

    def takes(self, one: Attachment) -> int:
        """Return how well a file fits, from 0 (not at all): its name, its owner, its type."""
        if self.words and re.search(self.words, one.name, re.IGNORECASE):
            return 3
        if one.of_kind in self.owners:
            return 2
        return 1 if one.type in self.files else 0


@dataclass(frozen=True)
class Section:
    """One list of a binder: of which kind, and how its records hang on the batch."""

    number: int
    label: Bilingual
    kind: str
    path: str
    columns: tuple[str, ...]


def needed(case: Case) -> tuple[Document, ...]:
    """Return the papers a placement needs, in order."""
    return tuple(one for one in documents() if _applies(one, case))


@cache
def documents() -> tuple[Document, ...]:
    """Return every paper there is."""
    return tuple(
        Document(
            row["name"],
            _label(row),
            frozenset(PlacementType[one] for one in row.get("types", ())),
            frozenset(Arrangement[one] for one in row.get("arrangements", ())),
            frozenset(Lodging[one] for one in row.get("lodgings", ())),
            row.get("under"),
            row.get("elsewhere", False),
            row.get("after", False),
            DocumentType[row["file"]] if "file" in row else None,
        )
        for row in _pack()["documents"]
    )


@cache
def archive() -> tuple[Item, ...]:
    """Return the items of a student's file: the official eight first, in their order."""
    return tuple(
        Item(
            number,
            _label(row),
            frozenset(row.get("owners", ())),
            frozenset(DocumentType[one] for one in row.get("files", ())),
            row.get("words", ""),
            row.get("rest", False),
            row.get("proof", ""),
        )
        for number, row in enumerate(_pack()["archive"], 1)
    )


@cache
def binder() -> tuple[Section, ...]:
    """Return the lists of a binder, in order."""
    return tuple(
        Section(number, _label(row), row["kind"], row["path"], tuple(row["columns"].split(",")))
        for number, row in enumerate(_pack()["binder"], 1)
    )


def item_of(one: Attachment) -> Item:
    """Return the item of a student's file a file belongs to."""
    best = max(archive(), key=lambda item: item.takes(one))
    return best if best.takes(one) else next(item for item in archive() if item.rest)


@cache
def _pack() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(paths.resource("papers.json").read_text(encoding="utf-8"))
    return found


def _label(row: dict[str, Any]) -> Bilingual:
    return Bilingual(row["zh"], row["en"])


def _applies(one: Document, case: Case) -> bool:
    fits = (
        not one.types or case.type in one.types,
        not one.arrangements or case.arrangement in one.arrangements,
        not one.lodgings or case.lodging in one.lodgings,
        one.under is None or case.age is None or case.age < one.under,
        not one.elsewhere or case.elsewhere,
        not one.after or case.over,
    )
    return all(fits)
