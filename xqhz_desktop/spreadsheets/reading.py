"""The records of one sheet: each cell read by the sort of its column, each row checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from xqhz_desktop.i18n import Message
from xqhz_desktop.spreadsheets import checks, numbers, values
from xqhz_desktop.spreadsheets.findings import TEXTS, Finding, Spot
from xqhz_desktop.spreadsheets.headers import Header
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind, Sort
from xqhz_desktop.spreadsheets.rows import RecordRow, record_rows
from xqhz_desktop.spreadsheets.sheet import Sheet, Value
from xqhz_desktop.spreadsheets.texts import blank, text

Progress = Callable[[int, int], None]

_REPEATING = frozenset(
    {
        *(Sort.CHOICE, Sort.TABLE, Sort.LABEL, Sort.DAY, Sort.MONEY, Sort.COMPANY),
        *(Sort.MONTH, Sort.DAYMARK, Sort.FLAG, Sort.PERCENT),
    }
)
"""Sorts whose values come again and again, so that each is read once."""

_PHONE = re.compile(r"\d{7}|\d{3}[ -]\d{4}")
_STEP = 500


@dataclass
class RecordPlan:
    """One row as it would be stored: Python values by name, and what was found."""

    row: int
    values: dict[str, Any]
    errors: list[Finding]
    warnings: list[Finding]
    raw: dict[str, str] = field(default_factory=dict)
    """What stands in the cells of values with a finding, as text."""

    @property
    def sound(self) -> bool:
        """Tell whether the row can be stored."""
        return not self.errors


class _Slot:
    """One mapped column of a sheet, ready to be read."""

    def __init__(self, column: Column, place: int, monthly: bool) -> None:
        self.column, self.place, self.monthly = column, place, monthly
        self.fills = column.parts or (column.name,)
        self.repeats = column.sort in _REPEATING
        self.read = values.reader_of(column)


class Reading:
    """The records of one sheet being read."""

    def __init__(self, sheet: Sheet, kind: ImportKind) -> None:
        self._sheet, self._kind = sheet, kind
        self._classed = any(one.name == "class_name" for one in kind.columns)
        self._header: Header | None = None
        self._mapped: list[_Slot] = []
        self._names: set[str] = set()
        self._needed = [
            [one for one in kind.columns if {one.name, *(one.parts or ())} & set(group)]
            for group in kind.needs
        ]
        self._known: dict[tuple[str, Any], Any] = {}
        self._pairs = [
            one.parts for one in kind.columns if one.parts and one.sort is Sort.PERSON_PHONE
        ]

    def records(self, header: Header, progress: Progress | None) -> list[RecordPlan]:
        """Return every record under the header."""
        found = []
        for row in record_rows(self._sheet, header, self._kind):
            found.append(self.record(row))
            if progress and len(found) % _STEP == 0:
                progress(len(found), len(self._sheet.rows))
        return found

    def record(self, row: RecordRow) -> RecordPlan:
        """Return what one row says."""
        spot = Spot("", "", starts_1904=self._sheet.starts_1904)
        found: dict[str, Any] = {}
        for slot in self._slots(row.header):
            raw = row.cells.get(slot.column.name)
            if raw is None:
                for name in slot.fills:
                    found.setdefault(name, None)
            elif slot.repeats and (slot.column.name, raw) in self._known:
                found[slot.column.name] = self._known[slot.column.name, raw]
            else:
                self._read(slot, raw, spot, found, row.number)
        if row.class_name and self._classed and "class_name" not in found:
            found["class_name"] = row.class_name
        self._tell(row, spot, found)
        self._split_phones(found, spot)
        self._require(row, spot)
        checks.check_row(found, spot, self._kind)
        if row.number in self._sheet.hidden:
            spot.field = ""
            spot.warn("HIDDEN_ROW")
        written = self._raw(row, spot) if spot.errors or spot.warnings else {}
        return RecordPlan(row.number, found, spot.errors, spot.warnings, written)

    def _raw(self, row: RecordRow, spot: Spot) -> dict[str, str]:
        """Return the texts of the cells in which something was found."""
        said = {one.field for one in (*spot.errors, *spot.warnings)}
        return {
            name: text(row.cells[slot.column.name])
            for slot in self._mapped
            for name in slot.fills
            if name in said and slot.column.name in row.cells
        }

    def _tell(self, row: RecordRow, spot: Spot, found: dict[str, Any]) -> None:
        """Fill in what stands above the list, where it has no column of its own."""
        for name, said in row.told.items():
            column = self._kind.column(name)
            if not found.keys() & {name, *(column.parts or ())}:
                slot = _Slot(column, -1, self._monthly(column, ""))
                self._read(slot, said, spot, found, row.number)

    def _split_phones(self, found: dict[str, Any], spot: Spot) -> None:
        """Take a phone that stands behind a person's name to the field it belongs to."""
        for name, phone in self._pairs:
            said = found.get(name)
            if said and not found.get(phone) and _PHONE.search(said):
                spot.field, spot.value = phone, said
                found[name], found[phone] = values.person_and_phone(said, spot)

    def _slots(self, header: Header) -> list[_Slot]:
        """Return the mapped columns in the order in which they are read."""
        if header is not self._header:
            places = {name: place for place, name in header.columns.items()}
            self._header = header
            self._names = set(places)
            self._mapped = [
                _Slot(one, places[one.name], self._monthly(one, header.texts[places[one.name]]))
                for one in self._kind.columns
                if one.name in places
            ]
        return self._mapped

    def _monthly(self, column: Column, text: str) -> bool:
        """Tell whether a month is enough: in a placement's period, and where the header says so."""
        return self._kind.name == "placement" or (column.name != "birth_date" and "年月" in text)

    def _read(
        self, slot: _Slot, raw: Value, spot: Spot, found: dict[str, Any], number: int
    ) -> None:
        """Read one cell into the value or the two values it holds."""
        column = slot.column
        spot.field, spot.label, spot.value = slot.fills[-1], column.label, raw
        spot.digits = self._sheet.zeros.get((number, slot.place), 0)
        spot.monthly = slot.monthly
        if column.parts:
            read = values.period if column.sort is Sort.PERIOD else values.person_and_phone
            for name, value in zip(column.parts, read(raw, spot), strict=True):
                found[name] = value if found.get(name) is None else found[name]
            return
        if column.name == "id_no" and found.get("id_type") not in (None, "1"):
            found[column.name] = numbers.code(raw, spot)
            return
        before = len(spot.errors) + len(spot.warnings)
        found[column.name] = slot.read(raw, spot)
        if slot.repeats and before == len(spot.errors) + len(spot.warnings):
            self._known[column.name, raw] = found[column.name]

    def _require(self, row: RecordRow, spot: Spot) -> None:
        """Note what must be filled and is not, as far as the sheet has a column for it."""
        for columns in self._needed:
            mapped = [one for one in columns if one.name in self._names]
            if mapped and all(blank(row.cells.get(one.name)) for one in mapped):
                message = Message(TEXTS["REQUIRED_MISSING"], field=Message(mapped[0].label))
                field = (mapped[0].parts or (mapped[0].name,))[0]
                spot.error("REQUIRED_MISSING", message, on=field)
