"""Importing a file: understood, staged against what is known, and written as one undoable step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import mappings, matching
from xqhz_desktop.services.companions import needed
from xqhz_desktop.services.general import matcher_of
from xqhz_desktop.services.known import Known, Unclear
from xqhz_desktop.services.sameness import Sameness
from xqhz_desktop.services.staged import ANOTHER, Choice, Staged, StagedRow, State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets import correcting
from xqhz_desktop.spreadsheets import understand as understanding
from xqhz_desktop.spreadsheets.findings import Finding
from xqhz_desktop.spreadsheets.general import KINDS, NAMES, root
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.spreadsheets.reading import RecordPlan
from xqhz_desktop.spreadsheets.understand import Understood, Wishes

Progress = Callable[[int, int], None]

IMPORTABLE = NAMES
"""Kinds that can be written; others can be understood only."""

UNDERSTOOD = list(KINDS)
"""Kinds whose lists are read."""

_USUAL = Choice()
_AS_IT_IS = Wishes()


def understand(
    path: Path, kind: str, wishes: Wishes = _AS_IT_IS, progress: Progress | None = None
) -> Understood:
    """Return what a file says, with the columns remembered for its source.

    `wishes` name the school's own fields, as `own_fields` gives them for `Wishes.own`.
    Raises BadFile with one of the contract's codes.
    """
    if kind not in UNDERSTOOD:
        raise NotFound(
            Message(
                "Lists of “{kind}” are not read. Kinds: {known}.", kind=kind, known=list(UNDERSTOOD)
            ),
            code="NO_KIND",
        )
    understood = understanding.understand(path, kind, wishes, progress)
    columns = mappings.recalled(understood)
    if not columns:
        return understood
    return understanding.understand_again(understood, replace(understood.wishes, columns=columns))


def roster(work: Work, kind: str) -> bool:
    """Tell whether rows of a kind can be held against the workspace: it knows students at all.

    Rosters and placements bring their students along; other lists only name them.
    """
    if kind in matching.MATCHERS or root(kind) != "student":
        return True
    with work.store.read() as reader:
        return reader.count("student") > 0


def stage(
    work: Work,
    understood: Understood,
    choice: Choice = _USUAL,
    progress: Progress | None = None,
) -> Staged:
    """Hold a file against the workspace: new, changed field by field, same, gone, wrong."""
    nothing = Staged(understood, (), {}, (), choice)
    return _staged(work, nothing, _listed(understood), progress)


def corrected(work: Work, staged: Staged, row: StagedRow, field: str, typed: str) -> Staged:
    """Return the import with one cell typed anew; rows it does not touch stay as they are."""
    fresh = correcting.corrected(staged.understood, row.sheet, row.row, field, typed)
    before = {(sheet, one.row): one for sheet, one in _listed(staged.understood)}
    again = [(sheet, one) for sheet, one in _listed(fresh) if before.get((sheet, one.row)) != one]
    return _staged(work, replace(staged, understood=fresh), again, None)


def answered(work: Work, staged: Staged, company: str, enterprise: str) -> Staged:
    """Return the import once it is told which enterprise a name means; "" makes a new one."""
    choice = staged.choice
    choice = replace(choice, enterprises={**choice.enterprises, company: enterprise})
    again = [
        (sheet, one)
        for sheet, one in _listed(staged.understood)
        if one.values.get("enterprise_name") == company
    ]
    return _staged(work, replace(staged, choice=choice), again, None)


def read_as(work: Work, staged: Staged, wishes: Wishes, progress: Progress | None = None) -> Staged:
    """Return the import with other sheets or columns, cells typed anew included."""
    understood = understanding.understand_again(staged.understood, wishes, progress)
    return stage(work, understood, staged.choice, progress)


def commit(work: Work, staged: Staged, progress: Progress | None = None) -> int:
    """Write what was staged as one step; return its number, 0 when there is nothing to write.

    Whatever `progress` raises stops it, and nothing is written.
    """
    rows, left = staged.to_write(), staged.left()
    if not rows and not left:
        return 0
    others = needed(rows, list(staged.made.values()))
    text = NN_("{n} row imported from {file}", "{n} rows imported from {file}")
    title = Message(text, n=len(rows) + len(left), file=staged.understood.file)
    expected = {row.old.id: row.old for row in (*rows, *staged.gone) if row.old}
    with work.store.change(title, work.actor, progress=progress) as change:
        for record in (*others, *(row.record for row in rows), *left):
            if record is not None:
                change.put(record)
        _refuse_if_edited(change, expected)
    return change.number


def _listed(understood: Understood) -> list[tuple[str, RecordPlan]]:
    return [(sheet.name, record) for sheet in understood.sheets for record in sheet.records]


def _staged(
    work: Work,
    staged: Staged,
    again: Sequence[tuple[str, RecordPlan]],
    progress: Progress | None,
) -> Staged:
    """Hold the rows of `again` against the workspace; keep what is known of the others."""
    asked = _asked(staged.understood)
    kind = asked.kind.name
    fresh: dict[tuple[str, int], StagedRow] = {row.place: row for row in staged.rows}
    with work.store.read() as reader:
        known = Known(reader, staged.choice, dict(staged.made))
        rows = [record.values for _sheet, record in again]
        matcher = matcher_of(known, kind, rows, matching.MATCHERS)
        for place, (sheet, record) in enumerate(again):
            fresh[sheet, record.row] = _row(matcher, known, asked, (sheet, record))
            if progress and place % 200 == 0:
                progress(place, len(again))
        held = tuple(fresh[sheet, one.row] for sheet, one in _listed(staged.understood))
        gone = tuple(_gone(known, held)) if kind == "student" else ()
        called = dict(staged.called) | _called(known, fresh.values())
    return replace(staged, called=called, rows=held, made=known.made, gone=gone)


@dataclass(frozen=True)
class _Asked:
    """What rows are held against: the columns of the file's kind, and the fields to check."""

    kind: ImportKind
    fields: Mapping[str, Field]


def _asked(understood: Understood) -> _Asked:
    """Return what rows are held against; a file need not have the columns a school wants filled."""
    own = {one.name: replace(one, required=False) for one in understood.wishes.own}
    return _Asked(understood.meant, {**BY_KIND[understood.kind].FIELDS, **own})


def _row(matcher: Any, known: Known, asked: _Asked, listed: tuple[str, RecordPlan]) -> StagedRow:
    sheet, record = listed
    bare = StagedRow(
        sheet,
        record.row,
        State.ERROR,
        record.values,
        errors=tuple(record.errors),
        warnings=tuple(record.warnings),
        raw=record.raw,
    )
    try:
        whole = not record.errors or asked.kind.name == "student"
        old = matcher.old(record.values) if whole else None
        if record.errors:
            return replace(bare, old=old)
        fields = matcher.fields(record.values) | matching.own_values(record.values)
    except Unclear as unclear:
        if record.errors:
            return bare
        finding = Finding(unclear.field, "NOT_FOUND", unclear.message)
        return replace(bare, errors=(finding,), candidates=unclear.candidates)
    if old and known.choice.clear:
        doubtful = {one.field for one in record.warnings}
        fields = matching.cleared(asked.kind, record.values, doubtful) | fields
    if old:
        fields = Sameness(known, asked.kind, asked.fields).differing(old, fields)
    new = (old or BY_KIND[asked.kind.name]()).but(**fields)
    if problems := new.problems(asked.fields):
        found = tuple(_problem(asked.kind, record, *one) for one in problems.items())
        return replace(bare, errors=found)
    state = State.NEW if old is None else State.SAME if old == new else State.CHANGED
    doubts = (*bare.warnings, *_another_person(old, new))
    return replace(bare, state=state, record=new, old=old, warnings=doubts)


def _problem(kind: ImportKind, record: RecordPlan, name: str, said: Message) -> Finding:
    """Return what is wrong with a value; where the list has no place for it, how to add one."""
    column = next((one for one in kind.columns if one.field == name), None)
    if column is None or not BY_KIND[kind.name].FIELDS[name].required:
        return Finding(name, "INVALID", said)
    told = [record.values[one] for one in kind.telling(name) if one in record.values]
    if told:
        filled = any(one not in (None, "") for one in told)
        return Finding(column.name, "INVALID" if filled else "REQUIRED_MISSING", said)
    text = Message(
        "{field} must be filled in, and the list has no column for it. Add the column, or write "
        "it above the list, such as “{field}: …”.",
        field=Message(column.label),
    )
    return Finding(column.name, "REQUIRED_MISSING", text)


def _called(known: Known, rows: Iterable[StagedRow]) -> dict[str, str]:
    """Return what the records are called that changed rows pointed to before."""
    return {
        id: known.called(kind, id)
        for row in rows
        if row.state is State.CHANGED and row.old and row.record
        for name, kind in references(type(row.old)).items()
        if (id := getattr(row.old, name)) != getattr(row.record, name)
    }


def _another_person(old: Record | None, new: Record) -> list[Finding]:
    """Return the doubt that a row with a known number is about somebody else."""
    if not isinstance(old, Student) or not isinstance(new, Student) or old.name == new.name:
        return []
    known = [(old.id_no, new.id_no), (old.birth_date, new.birth_date)]
    if not any(before and after and before != after for before, after in known):
        return []
    message = Message(
        "Number {number} belongs to {name}. This row seems to be another person and is not "
        "written; compare the student number.",
        number=old.student_no,
        name=old.name,
    )
    return [Finding("name", ANOTHER, message)]


def _gone(known: Known, rows: Sequence[StagedRow]) -> Iterator[StagedRow]:
    """Yield enrolled students of the file's classes who do not appear in it."""
    listed = {one.id for row in rows for one in (row.record, row.old) if one}
    classes = {
        row.record.school_class
        for row in rows
        if isinstance(row.record, Student) and row.record.school_class
    }
    names = known.reader.names("school_class", classes)
    for one in sorted(classes):
        told = {"class_name": names.get(one, "")}
        enrolled = StudentStatus.ENROLLED
        for student in known.reader.all("student", school_class=one, status=enrolled):
            if student.id not in listed:
                yield StagedRow("", 0, State.GONE, {**student.values(), **told}, old=student)


def _refuse_if_edited(change: Any, expected: Mapping[str, Record]) -> None:
    """Raise when a record was edited between staging and writing: nothing is overwritten unseen."""
    fields: Mapping[str, Field] | None = None
    for entry in change.entries():
        old = expected.get(entry.record)
        if old is None:
            continue
        fields = fields or change.fields(old.KIND, retired=True)
        touched = entry.values(fields)
        if any(old.value(fields[name]) != before for name, before, _after in touched):
            raise UserError(
                Message("Somebody edited {name} meanwhile. Open the file again.", name=old.called),
                code="EDITED_SINCE",
            )
