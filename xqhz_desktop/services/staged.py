"""A file held against the workspace: what each row would do, and what the user chose about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.spreadsheets.findings import Finding
from xqhz_desktop.spreadsheets.understand import Understood

ANOTHER = "ANOTHER_PERSON"
"""The doubt that keeps a row from overwriting somebody else."""


class State(Enum):
    """What importing a row would do."""

    NEW = N_("New")
    CHANGED = N_("Changed")
    SAME = N_("Unchanged")
    GONE = N_("Gone")
    ERROR = N_("Error")


class Mode(Enum):
    """Which rows are written."""

    INSERT = N_("Add new ones only")
    UPDATE = N_("Update known ones only")
    BOTH = N_("Add and update")


_WRITTEN = {
    Mode.INSERT: {State.NEW},
    Mode.UPDATE: {State.CHANGED},
    Mode.BOTH: {State.NEW, State.CHANGED},
}


@dataclass(frozen=True)
class Choice:
    """What the user chose for an import."""

    mode: Mode = Mode.BOTH
    clear: bool = False
    """A blank cell empties the field; otherwise it leaves the field as it is."""
    key: str = ""
    """The one column by which rows find their record; "" is each of them, best first."""
    ask: bool = False
    """A company that is called nearly like a known one waits for an answer."""
    enterprises: Mapping[str, str] = field(default_factory=dict)
    """Answers, by the company's name in the file: the id of a known one, or "" for a new one."""
    gone: Mapping[str, StudentStatus] = field(default_factory=dict)
    """Statuses for students the file no longer has, by id; nobody else is touched."""


@dataclass(frozen=True)
class Candidate:
    """A known company that a row may mean, and how alike it is called (0–99 percent)."""

    id: str
    name: str
    place: str
    score: int

    @property
    def said(self) -> str:
        """Return name and place, as people tell two companies apart."""
        return f"{self.name} {self.place}".strip()


@dataclass(frozen=True)
class StagedRow:
    """One row of the file: its state, the record it would leave, and what is wrong with it.

    Who is gone stands in no row of the file: row 0, without a sheet.
    """

    sheet: str
    row: int
    state: State
    values: Mapping[str, Any]
    record: Record | None = None
    old: Record | None = None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)
    """The texts of cells with a finding."""
    candidates: tuple[Candidate, ...] = ()

    @property
    def place(self) -> tuple[str, int]:
        """Return where the row stands: sheet and row number."""
        return self.sheet, self.row

    @property
    def doubted(self) -> bool:
        """Tell whether the row seems to be about another person than the record it would change."""
        return any(one.code == ANOTHER for one in self.warnings)

    def changes(self, own: Iterable[Field] = ()) -> list[tuple[str, Any, Any]]:
        """Return the fields that would change, `own` ones too, with old and new value."""
        if self.old is None or self.record is None:
            return []
        fields = (*self.old.FIELDS.values(), *own)
        each = [(one.name, self.old.value(one), self.record.value(one)) for one in fields]
        return [one for one in each if one[1] != one[2]]


@dataclass(frozen=True)
class Staged:
    """A file held against the workspace; nothing is written yet."""

    understood: Understood
    rows: tuple[StagedRow, ...]
    made: Mapping[tuple[str, str], Record]
    """Records the rows need and nobody has made yet: classes, majors, enterprises, positions."""
    gone: tuple[StagedRow, ...]
    """Students of the file's classes who are not in the file."""
    choice: Choice
    called: Mapping[str, str] = field(default_factory=dict)
    """What the records that changed rows point to are called, by id."""

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows are new, changed, same, gone, wrong, and how many warnings."""
        states = Counter(row.state for row in self.rows)
        return {
            "new": states[State.NEW],
            "changed": states[State.CHANGED],
            "same": states[State.SAME],
            "gone": len(self.gone),
            "errors": states[State.ERROR],
            "warnings": sum(1 for row in self.rows if row.warnings),
        }

    def to_write(self) -> list[StagedRow]:
        """Return the rows an import would write."""
        wanted = _WRITTEN[self.choice.mode]
        return [row for row in self.rows if row.state in wanted and not row.doubted]

    def left(self) -> list[Record]:
        """Return those who are gone as the import would leave them, where the user chose so."""
        chosen = self.choice.gone
        found = [row.old for row in self.gone if row.old and row.old.id in chosen]
        return [one.but(status=chosen[one.id]) for one in found]

    def as_json(self, lang: Language) -> dict[str, Any]:
        """Return the document of ``xqhz import --json``."""
        document = self.understood.as_json(lang, self.counts)
        found = {row.place: row for row in self.rows}
        for sheet in document["sheets"]:
            for record in sheet["records"]:
                row = found.get((sheet["name"], record["row"]))
                if row is not None:
                    record["errors"] = [one.as_json(lang) for one in row.errors]
        return document
