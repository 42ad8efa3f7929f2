"""Two lists of persons held against each other: ours, and one somebody else keeps."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.likeness import person_key
from xqhz_desktop.services.matching import company_key
from xqhz_desktop.services.persons import Person, Progress, persons
from xqhz_desktop.services.twins import id_key
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets import values as written
from xqhz_desktop.spreadsheets.kinds import Column, Sort, import_kind
from xqhz_desktop.spreadsheets.understand import RecordPlan, Understood, understand
from xqhz_desktop.spreadsheets.write import OutColumn, write_table
from xqhz_desktop.storage.queries import Query


class State(Enum):
    """How a person stands in the two lists."""

    HERE = N_("Only here")
    THERE = N_("Only in the file")
    DIFFERENT = N_("Differs")
    AGAIN = N_("Listed twice in the file")
    UNCLEAR = N_("Several persons fit")
    SAME = N_("Same")


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


def read(path: Path, kind: str, progress: Progress | None = None) -> Understood:
    """Return what a file says: a list of `kind`, else a plain list of persons."""
    try:
        return understand(path, kind, progress=progress)
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
        ours = list(persons(reader, query, progress))
    rows = [_Row(sheet.name, plan) for sheet in understood.sheets for plan in sheet.records]
    columns = _compared(understood)
    lines = []
    partners = _Matching(ours, [one.person for one in rows]).partners()
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
    return Comparison(understood.file, understood.kind, len(ours), len(rows), tuple(lines))


def as_json(done: Comparison, lang: Language) -> dict[str, Any]:
    """Return a comparison for scripts; persons who are the same are only counted."""
    kind = import_kind(done.kind)
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
    kind = import_kind(done.kind)
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
            values = [_text(column, value) for value in (each.here, each.there)]
            yield [*who, lang.say(column.label), *values, place]


def write(done: Comparison, path: Path, lang: Language) -> int:
    """Write a comparison as a sheet; return how many rows."""
    columns = [OutColumn(lang.say(one), Field(Kind.TEXT, one)) for one in HEADERS]
    title = lang.say(Message("Compared with {file}", file=done.file))
    return write_table(path, columns, rows(done, lang), lang, title)


class _Matching:
    """Finds for every person of the file the one of ours; each of ours is given once."""

    def __init__(self, ours: Sequence[Person], theirs: Sequence[Person]) -> None:
        self._ours, self._theirs = ours, theirs
        self._taken: set[str] = set()
        self._found: dict[int, tuple[State, Person | None]] = {}

    def partners(self) -> list[tuple[State, Person | None]]:
        """Return for every row its person, or why there is none; numbers go before names."""
        for key in (_number, _id_number):
            self._pass(key)
        self._pass(_name_and_class, careful=True)
        self._pass(_name_alone, careful=True)
        return [self._found.get(place, (State.THERE, None)) for place in range(len(self._theirs))]

    def _pass(self, key: Callable[[Person], str], *, careful: bool = False) -> None:
        """Match by one key; `careful`: by a name, which two persons may share."""
        known: dict[str, list[Person]] = defaultdict(list)
        for one in self._ours:
            if found := key(one):
                known[found].append(one)
        asked = Counter(
            key(one) for place, one in enumerate(self._theirs) if place not in self._found
        )
        for place, row in enumerate(self._theirs):
            if place in self._found or not (wanted := key(row)):
                continue
            fitting = [one for one in known.get(wanted, ()) if not careful or _may_be(one, row)]
            free = [one for one in fitting if one.id not in self._taken]
            if careful and (len(_people(free)) > 1 or (free and asked[wanted] > 1)):
                self._found[place] = (State.UNCLEAR, None)
            elif free:
                best = max(free, key=lambda one: _fit(one, row))
                self._taken.add(best.id)
                self._found[place] = (State.SAME, best)
            elif fitting and not careful:
                self._found[place] = (State.AGAIN, None)


def _number(one: Person) -> str:
    return one.said("student_no").upper()


def _id_number(one: Person) -> str:
    return id_key(one.said("id_no"))


def _name_and_class(one: Person) -> str:
    name, room = person_key(one.said("name")), person_key(one.said("class_name"))
    return f"{name} {room}" if name and room else ""


def _name_alone(one: Person) -> str:
    return person_key(one.said("name"))


def _may_be(one: Person, row: Person) -> bool:
    """Tell whether two of one name may be one person: not when class or both numbers differ."""
    rooms = {person_key(each.said("class_name")) for each in (one, row)} - {""}
    numbers = _number(one) != _number(row) and bool(_number(one) and _number(row))
    ids = _id_number(one) != _id_number(row) and bool(_id_number(one) and _id_number(row))
    return len(rooms) < 2 and not (numbers and ids)


def _people(some: Sequence[Person]) -> set[str]:
    """Return who stands behind lines of ours: two placements of one student are one person."""
    return {_number(one) or _id_number(one) or one.id for one in some}


def _fit(one: Person, row: Person) -> int:
    """Count the values two lines share: of a student's placements the nearest is compared."""
    return sum(1 for name, value in row.values.items() if value and one.values.get(name) == value)


def _compared(understood: Understood) -> list[Column]:
    """Return the columns that are compared: those of the file that hold one value."""
    return [one for one in import_kind(understood.kind).columns if not one.parts]


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


def _text(column: Column, value: Any) -> str:
    shown = written.shown(column, value)
    return "" if shown is None else str(shown)
