"""Which values of a row say something new: another width, bracket or blank is no change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xqhz_desktop.domain import codes
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.i18n import CODES
from xqhz_desktop.services.known import Known
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind, Sort
from xqhz_desktop.spreadsheets.values import reader_of


class Sameness:
    """Tells what differs, so that a list that was exported comes back unchanged."""

    def __init__(self, known: Known, kind: ImportKind, fields: Mapping[str, Field]) -> None:
        """Compare records of a kind with rows; `fields` are the kind's, own ones among them."""
        self._known, self._fields = known, fields
        self._columns = {one.name: one for one in kind.columns if not one.parts}

    def differing(self, old: Record, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values by field that are not what the record would be read as."""
        links = references(type(old))
        return {
            name: value
            for name, value in values.items()
            if (before := old.value(self._fields[name])) != value
            and not (name in links and self._named_alike(links[name], str(before), value))
            and not (name in self._columns and value in _read_as(self._columns[name], before))
        }

    def _named_alike(self, kind: str, before: str, now: str) -> bool:
        """Tell whether two records have one name: of two teachers the list may mean either."""
        name = self._known.called(kind, now)
        return bool(name) and name == self._known.called(kind, before)


def _read_as(column: Column, value: Any) -> Iterator[Any]:
    """Yield what a value is read as where a list says it."""
    if isinstance(value, str) and value:
        read = reader_of(column)
        for said in _said(column, value):
            yield read(said, Spot(column.name, column.label))


def _said(column: Column, value: str) -> list[str]:
    if column.sort is Sort.TABLE:  # two codes may have one name
        return [codes.name(column.table, value, code) for code in CODES]
    if column.sort is Sort.CODES:
        parts = value.split(",")
        return ["、".join(codes.name(column.table, one, code) for one in parts) for code in CODES]
    return [value]
