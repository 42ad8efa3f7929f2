"""Two lists of persons held against each other: ours, and one somebody else keeps."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xqhz_desktop.domain import codes
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services import former
from xqhz_desktop.services.known import company_key
from xqhz_desktop.services.likeness import person_key
from xqhz_desktop.services.pairing import Matching, State
from xqhz_desktop.services.persons import Person, Progress, persons
from xqhz_desktop.services.twins import id_key
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets import values as written
from xqhz_desktop.spreadsheets.general import import_kind
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind, Sort
from xqhz_desktop.spreadsheets.own import with_own
from xqhz_desktop.spreadsheets.reading import RecordPlan
from xqhz_desktop.spreadsheets.understand import Understood, Wishes, understand
from xqhz_desktop.spreadsheets.write import OutColumn, write_table
from xqhz_desktop.storage.queries import Query


@dataclass(frozen=True)
class Difference:
    """One value that is not the same: column, ours, theirs."""

    column: str
    here: Any
    there: Any


@dataclass(frozen=True)
class Line:
    """One person of either list. `id` is our record, "" without one; `row` is 0 without a row."""

    state: State
    name: str
    student_no: str
    class_name: str
    id: str = ""
    sheet: str = ""
    row: int = 0
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two lists compared: how long each is, and every person."""

    file: str
    kind: str
    """The kind the file was understood as."""
    here: int
    there: int
    lines: tuple[Line, ...]
    own: tuple[Field, ...] = ()

    @property
    def meant(self) -> ImportKind:
        """Return the kind with the columns that were compared."""
        return with_own(import_kind(self.kind), self.own)

    @property
    def counts(self) -> dict[State, int]:
        """Count the persons of every state."""
        counted = Counter(line.state for line in self.lines)
        return {state: counted[state] for state in State}

    @property
    def agree(self) -> bool:
        """Tell whether the two lists say the same."""
        return all(line.state is State.SAME for line in self.lines)


@dataclass(frozen=True)
class _Row:
    sheet: str
    plan: RecordPlan

    @property
    def person(self) -> Person:
        return Person("", self.plan.values)


def read(
    path: Path, kind: str, progress: Progress | None = None, own: tuple[Field, ...] = ()
) -> Understood:
    """Return what a file says: a list of `kind`, with `own` fields, else a list of persons."""
    try:
        return understand(path, kind, Wishes(own=own), progress)
    except BadFile as refused:
        if refused.code != "NO_HEADER" or kind == "student":
            raise
        return understand(path, "student", progress=progress)


def compare(
    work: Work, query: Query, understood: Understood, progress: Progress | None = None
) -> Comparison:
    """Hold the persons of a query against a file; nothing is written.

    Persons are matched by student number, ID number, else name and class. Only what the file has a
    value for is compared.
    """
    with work.store.read() as reader:
        ours = list(persons(reader, query, understood.kind, progress))
        numbers = former.present(reader)
    rows = [_Row(sheet.name, plan) for sheet in understood.sheets for plan in sheet.records]
    columns = _compared(understood)
    lines = []
    partners = Matching(ours, [_known_as(one.person, numbers) for one in rows]).partners()
    for row, (state, partner) in zip(rows, partners, strict=True):
        if partner is None:
            lines.append(_line(state, row.person, row=row))
            continue
        found = tuple(_differences(partner, row.plan, columns))
        state = State.DIFFERENT if found else State.SAME
        lines.append(_line(state, partner, row=row, differences=found))
    taken = {partner.id for _state, partner in partners if partner}
    lines += [_line(State.HERE, one) for one in ours if one.id not in taken]
    order = {state: place for place, state in enumerate(State)}
    lines.sort(key=lambda one: (order[one.state], one.class_name, one.student_no, one.row))
    asked, own = understood.kind, understood.wishes.own
    return Comparison(understood.file, asked, len(ours), len(rows), tuple(lines), own)


def _known_as(one: Person, numbers: Mapping[tuple[str, str], str]) -> Person:
    """Return a person of the file under the numbers they have here since a merge."""
    known = {
        name: numbers[name, one.said(name)]
        for name in former.FIELDS["student"]
        if (name, one.said(name)) in numbers
    }
    return Person(one.id, {**one.values, **known}) if known else one


def as_json(done: Comparison, lang: Language) -> dict[str, Any]:
    """Return a comparison for scripts; persons who are the same are only counted."""
    kind = done.meant
    return {
        "file": done.file,
        "kind": done.kind,
        "here": done.here,
        "there": done.there,
        "counts": {state.name.lower(): n for state, n in done.counts.items()},
        "persons": [
            {
                "state": one.state.name.lower(),
                "id": one.id or None,
                "name": one.name,
                "student_no": one.student_no or None,
                "class_name": one.class_name or None,
                "sheet": one.sheet or None,
                "row": one.row or None,
                "differences": [
                    {
                        "field": each.column,
                        "label": lang.say(kind.column(each.column).label),
                        "here": written.shown(kind.column(each.column), each.here),
                        "there": written.shown(kind.column(each.column), each.there),
                    }
                    for each in one.differences
                ],
            }
            for one in done.lines
            if one.state is not State.SAME
        ],
    }


HEADERS = (
    N_("Result"),
    N_("Name"),
    N_("Student number"),
    N_("Class"),
    N_("Field"),
    N_("Here"),
    N_("In the file"),
    N_("Row"),
)
"""The columns of a comparison on paper and in a sheet."""


def rows(done: Comparison, lang: Language, *, same: bool = False) -> Iterator[list[str]]:
    """Yield the rows under ``HEADERS``: one a person, or one a differing field."""
    kind = done.meant
    for one in done.lines:
        if one.state is State.SAME and not same:
            continue
        who = [lang.say(one.state), one.name, one.student_no, one.class_name]
        place = str(one.row) if one.row else ""
        for each in one.differences or (None,):
            if each is None:
                yield [*who, "", "", "", place]
                continue
            column = kind.column(each.column)
            values = [shown(column, value, lang) for value in (each.here, each.there)]
            yield [*who, lang.say(column.label), *values, place]


def write(done: Comparison, path: Path, lang: Language) -> int:
    """Write a comparison as a sheet; return how many rows."""
    columns = [OutColumn(lang.say(one), Field(Kind.TEXT, one)) for one in HEADERS]
    title = lang.say(Message("Compared with {file}", file=done.file))
    return write_table(path, columns, rows(done, lang), lang, title)


def _compared(understood: Understood) -> list[Column]:
    """Return the columns that are compared: those of the file that hold one value."""
    return [one for one in understood.meant.columns if not one.parts]


def _differences(one: Person, plan: RecordPlan, columns: Sequence[Column]) -> Iterator[Difference]:
    for column in columns:
        there = plan.values.get(column.name)
        if there in (None, "") or column.name not in one.values:
            continue
        here = one.values[column.name]
        if _comparable(column, here) != _comparable(column, there):
            yield Difference(column.name, here, there)


def _comparable(column: Column, value: Any) -> Any:
    """Return a value as two lists agree on it: width, case, blanks and brackets tell nothing."""
    if not isinstance(value, str):
        return value
    if column.sort is Sort.COMPANY:
        return company_key(value)
    if column.name == "id_no":
        return id_key(value)
    if column.sort in (Sort.PERSON, Sort.LABEL):
        return person_key(value)
    return "".join(unicodedata.normalize("NFKC", value).upper().split())


def _line(
    state: State,
    person: Person,
    *,
    row: _Row | None = None,
    differences: tuple[Difference, ...] = (),
) -> Line:
    return Line(
        state,
        person.said("name"),
        person.said("student_no"),
        person.said("class_name"),
        person.id,
        row.sheet if row else "",
        row.plan.row if row else 0,
        differences,
    )


def shown(column: Column, value: Any, lang: Language) -> str:
    """Return a value as people read it."""
    if column.sort is Sort.TABLE and value:
        return codes.name(column.table, str(value), lang.code)
    return lang.value(value)
