"""A file understood: which sheets, which columns, which records, and what is wrong with them.

Nothing here knows the database: what is new, changed or unknown there is told when it is staged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xqhz_desktop.errors import BadFile, UserError
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.spreadsheets import checks, numbers, values
from xqhz_desktop.spreadsheets.findings import TEXTS, Finding, Spot
from xqhz_desktop.spreadsheets.headers import Header, find_header
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind, Sort, import_kind
from xqhz_desktop.spreadsheets.read import read
from xqhz_desktop.spreadsheets.rows import RecordRow, record_rows
from xqhz_desktop.spreadsheets.sheet import Sheet, Value
from xqhz_desktop.spreadsheets.texts import blank

Progress = Callable[[int, int], None]

_REPEATING = frozenset({Sort.CHOICE, Sort.TABLE, Sort.LABEL, Sort.DAY, Sort.MONEY, Sort.COMPANY})
"""Sorts whose values come again and again, so that each is read once."""

_STEP = 500


@dataclass
class RecordPlan:
    """One row as it would be stored: Python values by name, and what was found."""

    row: int
    values: dict[str, Any]
    errors: list[Finding]
    warnings: list[Finding]

    @property
    def sound(self) -> bool:
        """Tell whether the row can be stored."""
        return not self.errors


@dataclass(frozen=True)
class SheetPlan:
    """One sheet: imported with its records, or skipped, and why."""

    sheet: Sheet
    why_not: str = ""
    header: Header | None = None
    records: list[RecordPlan] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return self.sheet.name

    @property
    def action(self) -> str:
        """Return ``import`` or ``skip``."""
        return "import" if self.header else "skip"


@dataclass(frozen=True)
class Understood:
    """A whole file of one kind."""

    file: str
    kind: str
    sheets: list[SheetPlan]

    @property
    def records(self) -> list[RecordPlan]:
        """Return the records of all sheets in their order."""
        return [record for sheet in self.sheets for record in sheet.records]

    def counts(self) -> dict[str, int]:
        """Return how many rows are sound, wrong and doubtful; all count as new here."""
        records = self.records
        wrong = sum(not one.sound for one in records)
        counted = {"new": len(records) - wrong, "changed": 0, "same": 0, "gone": 0}
        return counted | {"errors": wrong, "warnings": sum(bool(one.warnings) for one in records)}

    def as_json(self, lang: Language, counts: dict[str, int] | None = None) -> dict[str, Any]:
        """Return the document of ``import --json``; staging gives its own counts."""
        return {
            "file": self.file,
            "kind": self.kind,
            "file_error": None,
            "counts": counts or self.counts(),
            "sheets": [_sheet_json(one, import_kind(self.kind), lang) for one in self.sheets],
        }


def refused_json(path: Path, kind: str, error: UserError, lang: Language) -> dict[str, Any]:
    """Return the document of ``import --json`` for a file that was refused."""
    none = dict.fromkeys(("new", "changed", "same", "gone", "errors", "warnings"), 0)
    return {
        "file": path.name,
        "kind": kind,
        "file_error": error.code or "CORRUPT",
        "message": lang.say(error.message),
        "counts": none,
        "sheets": [],
    }


def understand(
    path: Path, kind: str, sheets: Collection[str] = (), progress: Progress | None = None
) -> Understood:
    """Return what a file says as a list of `kind`; raise BadFile where it says nothing.

    `sheets` names the sheets to take, hidden ones too; without it every visible one is taken.
    """
    wanted = import_kind(kind)
    found = read(path)
    for name in sheets:
        if name not in {one.name for one in found}:
            raise UserError(Message("There is no sheet “{name}” in the file.", name=name))
    plans = []
    total = sum(len(one.rows) for one in found)
    done = 0
    for sheet in found:
        plans.append(_planned(sheet, wanted, sheets, _shifted(progress, done, total)))
        done += len(sheet.rows)
    if not any(one.header for one in plans):
        raise BadFile(
            Message("No row with column names was found. Compare the file with the template."),
            code="NO_HEADER",
        )
    records = [record for one in plans for record in one.records]
    checks.twins(((one.row, one.values, _spot_of(one)) for one in records), wanted)
    if progress:
        progress(total, total)
    return Understood(path.name, kind, plans)


def _planned(
    sheet: Sheet, kind: ImportKind, wanted: Collection[str], progress: Progress | None
) -> SheetPlan:
    if wanted and sheet.name not in wanted:
        return SheetPlan(sheet, N_("not chosen"))
    if not wanted and not sheet.visible:
        return SheetPlan(sheet, N_("hidden"))
    if sheet.empty:
        return SheetPlan(sheet, N_("empty"))
    header = find_header(sheet, kind)
    if header is None:
        return SheetPlan(sheet, N_("no column names"))
    return SheetPlan(sheet, header=header, records=_Reading(sheet, kind).records(header, progress))


class _Slot:
    """One mapped column of a sheet, ready to be read."""

    def __init__(self, column: Column, place: int, monthly: bool) -> None:
        self.column, self.place, self.monthly = column, place, monthly
        self.fills = column.parts or (column.name,)
        self.repeats = column.sort in _REPEATING
        self.read = values.reader_of(column)


class _Reading:
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

    def records(self, header: Header, progress: Progress | None) -> list[RecordPlan]:
        """Return every record under the header."""
        found = []
        for row in record_rows(self._sheet, header, self._kind):
            found.append(self._record(row))
            if progress and len(found) % _STEP == 0:
                progress(len(found), len(self._sheet.rows))
        return found

    def _record(self, row: RecordRow) -> RecordPlan:
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
        self._require(row, spot)
        checks.check_row(found, spot, self._kind)
        if row.number in self._sheet.hidden:
            spot.field = ""
            spot.warn("HIDDEN_ROW")
        return RecordPlan(row.number, found, spot.errors, spot.warnings)

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


def _spot_of(record: RecordPlan) -> Spot:
    return Spot("", "", errors=record.errors, warnings=record.warnings)


def _shifted(progress: Progress | None, done: int, total: int) -> Progress | None:
    if progress is None:
        return None
    return lambda here, _: progress(done + here, total)


def _sheet_json(plan: SheetPlan, kind: ImportKind, lang: Language) -> dict[str, Any]:
    columns = {one.name: one for one in kind.columns}
    return {
        "name": plan.name,
        "action": plan.action,
        "header_rows": list(plan.header.rows) if plan.header else [],
        "unmapped": list(plan.header.unmapped) if plan.header else [],
        "records": [
            {
                "row": one.row,
                "values": {
                    name: values.shown(columns[name], value) for name, value in one.values.items()
                },
                "errors": [found.as_json(lang) for found in one.errors],
                "warnings": [found.as_json(lang) for found in one.warnings],
            }
            for one in plan.records
        ],
    }
