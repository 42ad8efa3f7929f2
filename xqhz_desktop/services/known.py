"""What the workspace knows about what a file names, looked up in bulk on one snapshot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import former
from xqhz_desktop.services.staged import Candidate, Choice
from xqhz_desktop.storage.store import Reader

Values = Mapping[str, Any]


class Unclear(Exception):
    """A row names somebody the workspace cannot tell; `field` and `message` say what."""

    def __init__(
        self, field: str, message: Message, candidates: tuple[Candidate, ...] = ()
    ) -> None:
        """Carry field and message, and whom the row may mean."""
        super().__init__(message)
        self.field = field
        self.message = message
        self.candidates = candidates


def company_key(name: str) -> str:
    """Return a company name as it is compared: half width, without brackets, blanks and dots."""
    return re.sub(r"[\s()\[\]【】·.,，。-]", "", unicodedata.normalize("NFKC", name)).lower()


class Known:
    """What the workspace knows, looked up in bulk, and the records a file needs besides its own."""

    def __init__(self, reader: Reader, choice: Choice, made: dict[tuple[str, str], Record]) -> None:
        """Look things up on one snapshot; `made` are records other rows needed already."""
        self.reader = reader
        self.choice = choice
        self.made = made
        self._by: dict[tuple[str, str], dict[str, Record]] = {}
        self._former: dict[str, dict[tuple[str, str], str]] = {}
        self._called: dict[tuple[str, str], str] = {}

    def load(self, kind: str, field: str, values: Iterable[str]) -> None:
        """Fetch the records whose field has one of the values, so that ``find`` knows them."""
        known = self._by.setdefault((kind, field), {})
        wanted = sorted({value for value in values if value} - known.keys())
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            ids = self.reader.cursor.execute(
                f'SELECT id FROM {kind} WHERE "{field}" IN ({marks}) ORDER BY row', some
            ).fetchall()
            for record in self.reader.some(kind, [id for (id,) in ids]):
                known.setdefault(str(getattr(record, field)), record)

    def formerly(self, kind: str, field: str, value: str) -> Record | None:
        """Return the record into which the one with this value was merged, or None."""
        if kind not in self._former:
            self._former[kind] = former.keys(self.reader, kind)
        kept = self._former[kind].get((field, value))
        return self.find(kind, "id", kept) if kept else None

    def called(self, kind: str, id: str) -> str:
        """Return what a record of the workspace is called, "" for one that is not there."""
        if (kind, id) not in self._called:
            self._called[kind, id] = self.reader.names(kind, [id]).get(id, "") if id else ""
        return self._called[kind, id]

    def load_all(self, kind: str) -> list[Record]:
        """Return every record of a kind: only for kinds that stay small."""
        return list(self.reader.all(kind))

    def find(self, kind: str, field: str, value: str) -> Record | None:
        """Return a loaded record, or None."""
        if not value:
            return None
        if (kind, field) not in self._by or value not in self._by[kind, field]:
            self.load(kind, field, [value])
        return self._by[kind, field].get(value)

    def named(self, kind: str, name: str, **values: Any) -> Record:
        """Return the record of this name, made now where there is none."""
        found = self.find(kind, "name", name) or self.made.get((kind, name))
        if found is None:
            found = BY_KIND[kind](name=name, **values)
            self.made[kind, name] = found
        return found

    def remember(self, key: str, record: Record) -> Record:
        """Keep a record that has to be made, under a key of its kind."""
        return self.made.setdefault((record.KIND, key), record)
