"""Importing a file: understood, staged against what is known, and written as one undoable step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import matching
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets import understand as understanding
from xqhz_desktop.spreadsheets.findings import Finding
from xqhz_desktop.spreadsheets.kinds import KINDS
from xqhz_desktop.spreadsheets.understand import Understood

Progress = Callable[[int, int], None]

IMPORTABLE = tuple(matching.MATCHERS)
"""Kinds that can be written; others can be understood only."""


UNDERSTOOD = [one.name for one in KINDS]
"""Kinds whose lists are read."""


class State(Enum):
    """What importing a row would do."""

    NEW = N_("New")
    CHANGED = N_("Changed")
    SAME = N_("Unchanged")
    ERROR = N_("Error")


@dataclass(frozen=True)
class StagedRow:
    """One row of the file: its state, the record it would leave, and what is wrong with it."""

    sheet: str
    row: int
    state: State
    values: Mapping[str, Any]
    record: Record | None = None
    old: Record | None = None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    def changes(self) -> list[tuple[str, Any, Any]]:
        """Return the fields that would change, with old and new value."""
        if self.old is None or self.record is None:
            return []
        before, after = self.old.values(), self.record.values()
        return [(name, before[name], after[name]) for name in before if before[name] != after[name]]


@dataclass(frozen=True)
class Staged:
    """A file held against the workspace; nothing is written yet."""

    understood: Understood
    rows: tuple[StagedRow, ...]
    beside: tuple[Record, ...]
    """Records the rows need and nobody has made yet: classes, majors, enterprises, positions."""
    gone: tuple[Record, ...]
    """Students of the file's classes who are not in the file; never touched by an import."""
    update: bool

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
        wanted = {State.NEW, State.CHANGED} if self.update else {State.NEW}
        return [row for row in self.rows if row.state in wanted]

    def as_json(self, lang: Language) -> dict[str, Any]:
        """Return the document of ``xqhz import --json``."""
        document = self.understood.as_json(lang, self.counts)
        found = {(row.sheet, row.row): row for row in self.rows}
        for sheet in document["sheets"]:
            for record in sheet["records"]:
                row = found.get((sheet["name"], record["row"]))
                if row is not None:
                    record["errors"] = [one.as_json(lang) for one in row.errors]
        return document


def understand(
    path: Path, kind: str, sheets: Sequence[str] = (), progress: Progress | None = None
) -> Understood:
    """Return what a file says; raise BadFile with one of the contract's codes."""
    if kind not in UNDERSTOOD:
        raise NotFound(
            Message("Lists of “{kind}” are not read. Kinds: {known}.", kind=kind, known=UNDERSTOOD),
            code="NO_KIND",
        )
    return understanding.understand(path, kind, sheets, progress)


def stage(
    work: Work, understood: Understood, *, update: bool = True, progress: Progress | None = None
) -> Staged:
    """Hold a file against the workspace: new, changed field by field, same, gone, wrong."""
    listed = [
        (sheet.name, record)
        for sheet in understood.sheets
        if sheet.action == "import"
        for record in sheet.records
    ]
    good = [record.values for _sheet, record in listed if not record.errors]
    with work.store.read() as reader:
        known = matching.Known(reader)
        matcher = matching.MATCHERS[understood.kind](known, good)
        rows = []
        for place, (sheet, record) in enumerate(listed):
            rows.append(_staged(matcher, understood.kind, sheet, record))
            if progress and place % 200 == 0:
                progress(place, len(listed))
        gone = _gone(known, rows) if understood.kind == "student" else ()
    return Staged(understood, tuple(rows), tuple(known.made.values()), gone, update)


def commit(work: Work, staged: Staged) -> int:
    """Write what was staged as one step; return its number, 0 when there is nothing to write."""
    rows = staged.to_write()
    if not rows:
        return 0
    needed = _needed(rows, staged.beside)
    text = NN_("{n} row imported from {file}", "{n} rows imported from {file}")
    title = Message(text, n=len(rows), file=Path(staged.understood.file).name)
    with work.store.change(title, work.actor) as change:
        for record in (*needed, *(row.record for row in rows)):
            if record is not None:
                change.put(record)
        _refuse_if_edited(change, rows)
    return change.number


def _staged(matcher: Any, kind: str, sheet: str, record: Any) -> StagedRow:
    values, errors, warnings = record.values, tuple(record.errors), tuple(record.warnings)
    if errors:
        return StagedRow(sheet, record.row, State.ERROR, values, errors=errors, warnings=warnings)
    try:
        old = matcher.old(values)
        fields = matcher.fields(values)
    except matching.Unclear as unclear:
        finding = Finding(unclear.field, "NOT_FOUND", unclear.message)
        return StagedRow(
            sheet, record.row, State.ERROR, values, errors=(finding,), warnings=warnings
        )
    new = old.but(**fields) if old else BY_KIND[kind](**fields)
    if problems := new.problems():
        found = tuple(Finding(name, "INVALID", said) for name, said in problems.items())
        return StagedRow(sheet, record.row, State.ERROR, values, errors=found, warnings=warnings)
    state = State.NEW if old is None else State.SAME if old == new else State.CHANGED
    return StagedRow(sheet, record.row, state, values, record=new, old=old, warnings=warnings)


def _gone(known: matching.Known, rows: Sequence[StagedRow]) -> tuple[Record, ...]:
    """Return enrolled students of the file's classes who do not appear in it."""
    listed = {row.record.id for row in rows if row.record}
    classes = {
        row.record.school_class
        for row in rows
        if isinstance(row.record, Student) and row.record.school_class
    }
    return tuple(
        student
        for one in sorted(classes)
        for student in known.reader.all("student", school_class=one, status=StudentStatus.ENROLLED)
        if student.id not in listed
    )


def _needed(rows: Sequence[StagedRow], beside: Sequence[Record]) -> list[Record]:
    """Return the records beside that a written row points to, directly or through another."""
    waiting = [row.record for row in rows if row.record]
    by_id = {record.id: record for record in beside}
    found: dict[str, Record] = {}
    while waiting:
        record = waiting.pop()
        for name in references(type(record)):
            other = by_id.get(getattr(record, name))
            if other and other.id not in found:
                found[other.id] = other
                waiting.append(other)
    return list(found.values())


def _refuse_if_edited(change: Any, rows: Sequence[StagedRow]) -> None:
    """Raise when a record was edited between staging and writing: nothing is overwritten unseen."""
    expected = {row.record.id: row.old for row in rows if row.record and row.old}
    for entry in change.entries():
        old = expected.get(entry.record)
        if old is None:
            continue
        if any(getattr(old, name) != before for name, before, _after in entry.values()):
            raise UserError(
                Message("Somebody edited {name} meanwhile. Open the file again.", name=old.called),
                code="EDITED_SINCE",
            )
