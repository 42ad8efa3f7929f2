"""Templates of authorities filled from the workspace, and what would come back from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.own import Own
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import N_, Language, Message, language
from xqhz_desktop.services.trails import Spot, Trails
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.adapters import UNKNOWN, Adapter, Column
from xqhz_desktop.spreadsheets.derived import FUNCTIONS, Asked, written
from xqhz_desktop.spreadsheets.submission import write_form
from xqhz_desktop.spreadsheets.submission_checks import Doubt, blank_columns, row_doubts
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query, Row, Where
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]

FIRST_ROW = 2
"""The row of the sheet the first record stands in."""

_PAGE = 500
_CHINESE = language("zh_CN")  # forms of the authorities are in Chinese


@dataclass(frozen=True)
class Scope:
    """Which records are reported: those of a list, and of them those in force on a day."""

    where: tuple[Where, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Hit:
    """One row something is wrong in: its number in the sheet, whose it is, and what to do where."""

    row: int
    person: str
    kind: str
    id: str
    advice: Message | None


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a column, and the rows it is wrong in; without any, in all."""

    column: str
    message: Message
    refuse: bool
    hits: tuple[Hit, ...] = ()

    @property
    def advice(self) -> Message | None:
        """Return what to do, where that is the same for the whole column."""
        return None if self.hits else Message("Fill it in in the file before you upload it.")


@dataclass(frozen=True)
class Line:
    """One row of the form: whose it is, its cells, and whether it would be refused."""

    person: str
    cells: tuple[str, ...]
    refused: bool


@dataclass(frozen=True)
class Submission:
    """A form filled in: its rows, and what is wrong with them."""

    adapter: Adapter
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> int:
        """Return how many rows would be refused."""
        return sum(line.refused for line in self.lines)

    @property
    def ready(self) -> bool:
        """Tell whether nothing would be refused."""
        return not any(finding.refuse for finding in self.findings)


def fill(
    work: Work, adapter: Adapter, scope: Scope, progress: Progress | None = None
) -> Submission:
    """Return a form filled with the records of a scope, checked column by column."""
    moment = datetime.now()
    lines: list[Line] = []
    found = _Findings()
    for doubt in blank_columns(adapter) if adapter.kind else ():
        found.add(doubt, None)
    if adapter.kind:
        with work.store.read() as reader:
            filler = _Filler(adapter, Trails(reader, _paths(adapter)), moment)
            for group in _groups(reader, adapter, scope, filler, progress):
                lines.append(filler.line(group, FIRST_ROW + len(lines), found))
    return Submission(adapter, tuple(lines), found.all())


class _Findings:
    """Findings while they are made: one for each column and message, in the form's order."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Message, bool], list[Hit]] = {}

    def add(self, doubt: Doubt, hit: Hit | None) -> None:
        hits = self._found.setdefault((doubt.column, doubt.message, doubt.refuse), [])
        if hit is not None:
            hits.append(hit)

    def all(self) -> tuple[Finding, ...]:
        made = [Finding(*key, tuple(hits)) for key, hits in self._found.items()]
        return tuple(sorted(made, key=lambda one: (not one.refuse, -len(one.hits))))


class _Filler:
    """Makes the cells of one row from the records it stands for."""

    def __init__(self, adapter: Adapter, trails: Trails, moment: datetime) -> None:
        self.trails = trails
        self._adapter, self._moment = adapter, moment

    def line(self, group: Sequence[Row], row: int, found: _Findings) -> Line:
        """Return a row and add what is wrong in it."""
        spots, texts, unknown = {}, {}, set()
        for column in self._adapter.columns:
            spot, value = self._value(column, group)
            spots[column.header] = spot
            texts[column.header], known = _text(column, value, spot)
            if not known:
                unknown.add(column.header)
        person = self._person(group[0])
        refused = False
        for doubt in row_doubts(self._adapter, texts, unknown):
            spot = spots[doubt.column]
            found.add(doubt, self._hit(row, person, spot, group[0].record))
            refused = refused or doubt.refuse
        return Line(person, tuple(texts.values()), refused)

    def _value(self, column: Column, group: Sequence[Row]) -> tuple[Spot | None, Any]:
        """Return a column's value, and where it comes from or would have to be filled in."""
        if column.later or column.constant:
            return None, column.constant
        record = group[0].record
        spots = [self.trails.first(record, paths) for paths in column.sources]
        if not column.function:
            return spots[0], spots[0].value if spots[0].filled else None
        blank = next((spot for spot in spots if not spot.filled), None)
        args = [spot.value for spot in spots]
        if column.function == "count":
            args = [self.trails.first(row.record, column.sources[0]).value for row in group]
        function = FUNCTIONS[column.function][1]
        asked = Asked(self._moment, column.among)
        return blank or next(iter(spots), None), function(args, asked)

    def _person(self, row: Row) -> str:
        if self._adapter.per:
            ends = [self.trails.walk(row.record, f"{path}.name") for path in self._adapter.per]
            return " | ".join(str(end.value) for end in ends if end.value)
        names = (row.names.get("student"), row.names.get("student.student_no"))
        return " ".join(filter(None, names)) or row.record.called

    def _hit(self, row: int, person: str, spot: Spot | None, record: Record) -> Hit:
        if spot is None or spot.record is None:
            return Hit(row, person, record.KIND, record.id, None)
        field, kind = spot.field.said, Message(spot.record.LABEL)
        name = person if spot.record.id == record.id else spot.record.called
        advice = Message("Fill in “{field}” in {kind} “{name}”.", field=field, kind=kind, name=name)
        if spot.filled:
            text = N_("Correct “{field}” in {kind} “{name}”.")
            advice = Message(text, field=field, kind=kind, name=name)
        return Hit(row, person, spot.record.KIND, spot.record.id, advice)


def _text(column: Column, value: Any, spot: Spot | None) -> tuple[str, bool]:
    """Return a value as the form says it, and whether it is known."""
    if isinstance(value, Enum) and value.name == "UNKNOWN":
        value = None
    if value in (None, ""):
        word = column.words.get(UNKNOWN, "")
        return word, not word
    if isinstance(value, Own):
        value = str(value.value)  # the school's own choices go by what they are called
    key = value.name if isinstance(value, Enum) else str(value)
    key = key.lower() if isinstance(value, bool) else key
    if column.words and (isinstance(value, Enum | bool) or key in column.words):
        return column.words.get(key, ""), True
    if column.format == "name" and spot is not None:
        return _named(spot.field, value), True
    return written(value, column.format), True


def _named(field: Field, value: Any) -> str:
    return field.show(value, _CHINESE)


def _paths(adapter: Adapter) -> Iterator[str]:
    yield from (path for column in adapter.columns for some in column.sources for path in some)
    yield from (f"{path}.name" for path in adapter.per)


def _groups(
    reader: Reader, adapter: Adapter, scope: Scope, filler: _Filler, progress: Progress | None
) -> Iterator[list[Row]]:
    """Yield the records of each row of the form: one, or those of one combination."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in _rows(reader, adapter, scope, filler, progress):
        if not adapter.per:
            yield [row]
            continue
        key = tuple(str(filler.trails.walk(row.record, path).value) for path in adapter.per)
        groups.setdefault(key, []).append(row)
    yield from groups.values()


def _rows(
    reader: Reader, adapter: Adapter, scope: Scope, filler: _Filler, progress: Progress | None
) -> Iterator[Row]:
    rowids = queries.found(reader, _query(adapter, scope), most=None).rows
    for start in range(0, len(rowids), _PAGE):
        if progress:
            progress(start, len(rowids))
        found = queries.rows(reader, adapter.kind, rowids[start : start + _PAGE])
        page = [row for row in found if row and _in_force(row.record, scope.on)]
        filler.trails.prepare([row.record for row in page])
        yield from page


def _query(adapter: Adapter, scope: Scope) -> Query:
    fields = BY_KIND[adapter.kind].FIELDS
    own = tuple(
        Where(name, "in", [fields[name].parse(value) for value in values])
        for name, values in adapter.where.items()
    )
    return Query(adapter.kind, where=(*own, *scope.where))


def _in_force(record: Record, on: date | None) -> bool:
    """Tell whether a record's period, where it has one, covers a day."""
    if on is None:
        return True
    start, end = getattr(record, "start_date", None), getattr(record, "end_date", None)
    return (start is None or start <= on) and (end is None or on <= end)


def without_refused(submission: Submission) -> Submission:
    """Return a form with only the rows that would be taken."""
    return replace(submission, lines=tuple(one for one in submission.lines if not one.refused))


def write(work: Work, submission: Submission, path: Path, lang: Language) -> int:
    """Write a form and note in the journal that it left the program; return its rows.

    Nothing in it is covered: an authority needs the whole numbers.
    """
    rows = write_form(path, submission.adapter, (one.cells for one in submission.lines), lang)
    if not work.read_only:
        title = Message(
            "Written to report to the authorities: {template}, {n} rows",
            template=Message(submission.adapter.name),
            n=rows,
        )
        with work.store.change(title, work.actor) as change:
            change.noted = True
    return rows
