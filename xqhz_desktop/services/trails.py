"""Values reached from records by paths such as ``student.school_class.major.code``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import OWN, is_own
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.own import named
from xqhz_desktop.domain.records import Record
from xqhz_desktop.spreadsheets.adapter_reading import SCHOOL
from xqhz_desktop.storage.store import Reader

_ID = Field(Kind.CODE, "ID", "id")


@dataclass(frozen=True)
class Spot:
    """Where a path ends: its value, the record that holds it, or lacks a link to it, and where.

    The value is None where a link is missing; an empty field keeps its own emptiness.
    """

    value: Any
    record: Record | None
    field: Field

    @property
    def filled(self) -> bool:
        """Tell whether there is a value; a choice of “unknown” is none."""
        unknown = isinstance(self.value, Enum) and self.value.name == "UNKNOWN"
        return self.value not in (None, "") and not unknown


class Trails:
    """Walks paths; the records they lead through are read once, many at a time."""

    def __init__(self, reader: Reader, paths: Iterable[str]) -> None:
        """Know the paths and the school; `prepare` reads the rest."""
        self._reader = reader
        paths = set(paths)
        self._steps = {path: path.split(".") for path in paths}
        self._links = sorted({link for path in paths for link in _links(path)}, key=len)
        self._known: dict[str, dict[str, Record]] = {}
        self._fields: dict[str, dict[str, Field]] = {}
        self._walked: Record | None = None
        self._ends: dict[tuple[str, ...], Record | Spot] = {}
        self._school = next(reader.all(SCHOOL), None)

    def prepare(self, records: Sequence[Record]) -> None:
        """Read what the paths of these records lead through."""
        at: dict[tuple[str, ...], list[Record]] = {(): list(records)}
        for link in self._links:
            holders = at.get(link[:-1], [])
            targets = self._fetch(holders, link[-1])
            at[link] = targets

    def walk(self, record: Record, path: str) -> Spot:
        """Return where a path from a record ends."""
        *links, last = path.split(".") if path not in self._steps else self._steps[path]
        if links[:1] == [SCHOOL] and SCHOOL not in record.FIELDS:
            if self._school is None:
                return Spot(None, None, BY_KIND[SCHOOL].FIELDS[last])
            end: Spot | Record = self._school
        else:
            end = self._end(record, tuple(links))
        if isinstance(end, Spot):
            return end
        if last == "id":
            return Spot(end.id, end, _ID)
        if is_own(last):
            return self._own(end, last)
        return Spot(getattr(end, last), end, end.FIELDS[last])

    def first(self, record: Record, paths: Sequence[str]) -> Spot:
        """Return the first spot that is filled; else the one where it would best be filled in."""
        spots = [self.walk(record, path) for path in paths]
        for spot in spots:
            if spot.filled:
                return spot
        return next((spot for spot in reversed(spots) if spot.value is not None), spots[0])

    def _end(self, record: Record, links: tuple[str, ...]) -> Record | Spot:
        """Return the record links lead to, or where one of them is missing."""
        if not links:
            return record
        if record is not self._walked:  # ways to the columns of one row have much in common
            self._walked, self._ends = record, {}
        if links not in self._ends:
            holder = self._end(record, links[:-1])
            if isinstance(holder, Record):
                field = holder.FIELDS[links[-1]]
                target = self._known.get(field.target, {}).get(getattr(holder, field.name))
                holder = target or Spot(None, holder, field)
            self._ends[links] = holder
        return self._ends[links]

    def _own(self, record: Record, name: str) -> Spot:
        """Return a field of the school's own, by its label; None where there is no such field."""
        if record.KIND not in self._fields:
            self._fields[record.KIND] = self._reader.fields(record.KIND)
        fields = self._fields[record.KIND]
        label = name.removeprefix(OWN)
        full = named(fields, name) or named(fields, label)
        if full is None:
            return Spot(None, record, Field(Kind.TEXT, label, name))
        return Spot(record.value(fields[full]), record, fields[full])

    def _fetch(self, holders: Iterable[Record], step: str) -> list[Record]:
        found = []
        wanted: dict[str, set[str]] = {}
        for holder in holders:
            field = holder.FIELDS[step]
            wanted.setdefault(field.target, set()).add(getattr(holder, step))
        for kind, ids in wanted.items():
            known = self._known.setdefault(kind, {})
            missing = ids - known.keys() - {""}
            known.update((one.id, one) for one in self._reader.some(kind, missing))
            found += [known[id] for id in ids if id in known]
        return found


def _links(path: str) -> list[tuple[str, ...]]:
    """Return the ways to the records a path leads through, the shortest first."""
    steps = path.split(".")
    if steps[0] == SCHOOL:
        return []
    return [tuple(steps[:end]) for end in range(1, len(steps))]
