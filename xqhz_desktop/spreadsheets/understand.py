"""A file understood: which sheets, which columns, which records, and what is wrong with them.

Nothing here knows the database: what is new, changed or unknown there is told when it is staged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.errors import BadFile, UserError
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.spreadsheets import checks, values
from xqhz_desktop.spreadsheets.general import import_kind
from xqhz_desktop.spreadsheets.halves import halves
from xqhz_desktop.spreadsheets.headers import Header, find_header, header_in
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.spreadsheets.own import with_own
from xqhz_desktop.spreadsheets.read import read
from xqhz_desktop.spreadsheets.reading import Reading, RecordPlan
from xqhz_desktop.spreadsheets.sheet import Sheet
from xqhz_desktop.spreadsheets.texts import blank

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wishes:
    """What the user asks for: sheets by name (none: every visible one), columns by hand."""

    sheets: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    """Names of columns by `Header.keys`; "" leaves a column out."""
    headers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """First and last row of the column names by sheet; "" stands for every other sheet."""
    own: tuple[Field, ...] = ()
    """The school's own fields, which the file may have columns for."""


_USUAL = Wishes()


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

    @property
    def left_out(self) -> list[int]:
        """Return the rows below the header that are no records: totals, notes, signatures."""
        if self.header is None:
            return []
        taken = {one.row for one in self.records}
        return [
            number
            for number, row in self.sheet.rows
            if number > self.header.rows[-1] and number not in taken and not all(map(blank, row))
        ]


@dataclass(frozen=True)
class Correction:
    """A cell the user has typed anew: sheet, row number, position in the row, text."""

    sheet: str
    row: int
    place: int
    text: str


@dataclass(frozen=True)
class Understood:
    """A whole file of one kind."""

    path: Path
    kind: str
    sheets: list[SheetPlan]
    wishes: Wishes = field(default_factory=Wishes)
    corrections: tuple[Correction, ...] = ()

    @property
    def meant(self) -> ImportKind:
        """Return the kind with every column the file may have, the school's own among them."""
        return with_own(import_kind(self.kind), self.wishes.own)

    @property
    def file(self) -> str:
        """Return the file's name."""
        return self.path.name

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
            "sheets": [_sheet_json(one, self.meant, lang) for one in self.sheets],
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
    path: Path, kind: str, wishes: Wishes = _USUAL, progress: Progress | None = None
) -> Understood:
    """Return what a file says as a list of `kind`; raise BadFile where it says nothing."""
    found = [part for sheet in read(path) for part in halves(sheet, import_kind(kind))]
    for name in wishes.sheets:
        if name not in {said for one in found for said in (one.name, one.within)}:
            raise UserError(Message("There is no sheet “{name}” in the file.", name=name))
    meant = with_own(import_kind(kind), wishes.own)
    return Understood(path, kind, _plans(found, meant, wishes, progress), wishes)


def understand_again(
    understood: Understood, wishes: Wishes, progress: Progress | None = None
) -> Understood:
    """Return the same file, cells typed anew included, with other sheets or columns."""
    found = [one.sheet for one in understood.sheets]
    meant = with_own(import_kind(understood.kind), wishes.own)
    plans = _plans(found, meant, wishes, progress)
    return Understood(understood.path, understood.kind, plans, wishes, understood.corrections)


def _plans(
    found: Sequence[Sheet], kind: ImportKind, wishes: Wishes, progress: Progress | None
) -> list[SheetPlan]:
    plans = []
    total = sum(len(one.rows) for one in found)
    done = 0
    for sheet in found:
        plans.append(_planned(sheet, kind, wishes, _shifted(progress, done, total)))
        done += len(sheet.rows)
    if not any(one.header for one in plans):
        raise BadFile(
            Message("No row with column names was found. Compare the file with the template."),
            code="NO_HEADER",
        )
    plans = with_twins(plans, kind)
    if progress:
        progress(total, total)
    return plans


def with_twins(plans: Sequence[SheetPlan], kind: ImportKind) -> list[SheetPlan]:
    """Return plans whose records say so where their key stands in an earlier row."""
    records = [record for one in plans for record in one.records]
    for place, finding in checks.twins(((one.row, one.values) for one in records), kind).items():
        records[place] = replace(records[place], errors=[*records[place].errors, finding])
    rest = iter(records)
    return [replace(one, records=list(islice(rest, len(one.records)))) for one in plans]


def _planned(
    sheet: Sheet, kind: ImportKind, wishes: Wishes, progress: Progress | None
) -> SheetPlan:
    if wishes.sheets and not {sheet.name, sheet.within} & set(wishes.sheets):
        return SheetPlan(sheet, N_("not chosen"))
    if not wishes.sheets and not sheet.visible:
        return SheetPlan(sheet, N_("hidden"))
    if sheet.empty:
        return SheetPlan(sheet, N_("empty"))
    rows = wishes.headers.get(sheet.name) or wishes.headers.get("")
    if rows:
        header = header_in(rows, sheet, kind, wishes.columns)
    else:
        header = find_header(sheet, kind, wishes.columns)
    if header is None:
        return SheetPlan(sheet, N_("no column names"))
    return SheetPlan(sheet, header=header, records=Reading(sheet, kind).records(header, progress))


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
