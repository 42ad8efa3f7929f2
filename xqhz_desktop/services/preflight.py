"""上岗前检查: what is complete and what is missing in a batch, by enterprise and by student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.readiness import OF_BATCH, OF_HOST, Item, State
from xqhz_desktop.services import offers, proofs
from xqhz_desktop.services.proofs import Line
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.storage.store import Reader

_ADULT = 18


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: for an enterprise how many of its interns miss the item."""

    state: State
    missing: int = 0
    total: int = 1

    @property
    def partly(self) -> bool:
        """Tell whether some have it and some do not."""
        return self.state is State.MISSING and self.missing < self.total


@dataclass(frozen=True)
class Row:
    """One line of the matrix: an enterprise with its interns, or one intern."""

    id: str
    name: str
    beside: str
    """Class of an intern."""
    code: str
    """Student number of an intern."""
    lines: tuple[Line, ...]
    cells: Mapping[Item, Cell]
    gaps: int
    """How many things are missing: interns one by one, the enterprise's once."""
    minor: bool = False
    away: bool = False
    """In another province than the school."""


@dataclass(frozen=True)
class Matrix:
    """A batch as it was read in one moment."""

    batch: PlacementBatch
    today: date
    hosts: tuple[Row, ...]
    lines: tuple[Line, ...]

    @cached_property
    def interns(self) -> tuple[Row, ...]:
        """Return a row a placement, by class and student number."""
        start = self.batch.start_date or self.today
        adult = start.replace(year=start.year - _ADULT, day=min(start.day, 28)).isoformat()
        known: dict[int, tuple[Mapping[Item, Cell], int]] = {}
        found = []
        for one in self.lines:
            if id(one.states) not in known:
                cells = {item: _single(state) for item, state in one.states.items()}
                known[id(one.states)] = (cells, sum(cell.missing for cell in cells.values()))
            shown = (one.placement, one.name, one.class_name, one.student_no, (one,))
            found.append(Row(*shown, *known[id(one.states)], minor=one.born > adult))
        return tuple(found)

    @cached_property
    def totals(self) -> dict[Item, int]:
        """Return how much is missing of each item, over the enterprises."""
        return {item: sum(_weight(item, row.cells[item]) for row in self.hosts) for item in Item}

    @property
    def gaps(self) -> int:
        """Return how much is missing in all."""
        return sum(self.totals.values())

    def hosts_missing(self, item: Item) -> int:
        """Return how many enterprises miss an item."""
        return sum(row.cells[item].state is State.MISSING for row in self.hosts)


@dataclass(frozen=True)
class Paper:
    """A file that proves something: its name, the day, and the id of the attachment."""

    id: str
    name: str
    day: str


@dataclass(frozen=True)
class Proof:
    """What stands behind a cell: how many have it, who has not, the records and their files."""

    done: int
    total: int
    without: tuple[Line, ...]
    query: Query
    records: int
    papers: tuple[Paper, ...]


def read(work: Work, batch: PlacementBatch, today: date) -> Matrix:
    """Return the matrix of a batch."""
    with work.store.read() as reader:
        lines = proofs.of_batch(reader, batch, today)
        home = reader.cursor.execute("SELECT region FROM school").fetchone()
    province = (home[0] or "")[:2] if home else ""
    by_host: dict[str, list[Line]] = {}
    for one in lines:
        by_host.setdefault(one.enterprise, []).append(one)
    hosts = [_host(id, some, province) for id, some in by_host.items()]
    hosts.sort(key=lambda row: (-len(row.lines), row.name))
    return Matrix(batch, today, tuple(hosts), tuple(lines))


def proof(work: Work, matrix: Matrix, row: Row, item: Item) -> Proof:
    """Return what stands behind a cell, read from the workspace."""
    without = tuple(one for one in row.lines if one.states[item] is State.MISSING)
    query = behind(matrix.batch, row, item)
    with work.store.read() as reader:
        ids = _ids(reader, query)
        papers = tuple(_papers(reader, ids))
    done = len(row.lines) - len(without)
    return Proof(done, len(row.lines), without, query, len(ids), papers)


def together(matrix: Matrix, rows: Iterable[Row]) -> Row:
    """Return one row for everybody in some rows, called like the batch."""
    lines = list({one.placement: one for row in rows for one in row.lines}.values())
    return _counted(matrix.batch.id, matrix.batch.name, lines)


def behind(batch: PlacementBatch, row: Row, item: Item) -> Query:
    """Return the list of the records that prove an item for a row."""
    host = {one.enterprise for one in row.lines}
    students = tuple(dict.fromkeys(one.student for one in row.lines))
    placements = tuple(one.placement for one in row.lines)
    of_host = (Where("enterprise", "in", tuple(host)),)
    of_students = (Where("student", "in", students),)
    of_placements = (Where("placement", "in", placements),)
    match item:
        case Item.SITE:
            return Query("site_assessment", where=of_host)
        case Item.DECISION:
            return Query("decided", where=of_host)
        case Item.FILING:
            return Query("filing", where=(Where("batch", "=", batch.id),))
        case Item.PLAN | Item.RULES:
            return Query("placement_batch", where=(Where("id", "in", (batch.id,)),))
        case Item.CONSENT:
            return Query("consent", where=(Where("batch", "=", batch.id), *of_students))
        case Item.AGREEMENT:
            return Query("tripartite", where=of_placements)
        case Item.VALUES:
            return Query("training", where=(Where("batch", "in", (batch.id,)),))
        case Item.TRAINING:
            return Query("training_result", where=of_students)
        case Item.INSURANCE:
            return Query("cover", where=of_students)
        case Item.CARE:
            return Query("attendance", where=of_placements)
        case Item.ASSESSING:
            return Query("score", where=of_placements)
    return Query("placement", where=(Where("id", "in", placements),))


def lacking(row: Row, item: Item) -> list[Line]:
    """Return the interns of a row who miss an item."""
    return [one for one in row.lines if one.states[item] is State.MISSING]


def gaps(rows: Iterable[Row]) -> Iterator[tuple[Row, Item, list[Line]]]:
    """Yield what is missing, row by row, with the interns who miss it."""
    for row in rows:
        for item, cell in row.cells.items():
            if cell.state is State.MISSING:
                yield row, item, lacking(row, item)


def _weight(item: Item, cell: Cell) -> int:
    if cell.state is not State.MISSING:
        return 0
    return 1 if item in OF_HOST | OF_BATCH else cell.missing


def _host(id: str, lines: list[Line], province: str) -> Row:
    """Return the row of an enterprise."""
    region = lines[0].region
    away = bool(region and province and region[:2] != province)
    return replace(_counted(id, lines[0].host, lines), away=away)


def _counted(id: str, name: str, lines: list[Line]) -> Row:
    """Return a row for several interns; lines that share their states are counted together."""
    alike = Counter(map(_states_of, lines))
    known = {_states_of(one): one.states for one in lines}
    states = [(known[key], n) for key, n in alike.items()]
    cells = {item: _merged([(each[item], n) for each, n in states], len(lines)) for item in Item}
    gaps = sum(_weight(item, cell) for item, cell in cells.items())
    return Row(id, name, "", "", tuple(lines), cells, gaps)


def _states_of(one: Line) -> int:
    return id(one.states)


def _single(state: State) -> Cell:
    return Cell(state, int(state is State.MISSING))


def _merged(states: list[tuple[State, int]], total: int) -> Cell:
    """Return one cell for all interns of an enterprise: states, and how many have each."""
    short = sum(n for state, n in states if state is State.MISSING)
    if short:
        return Cell(State.MISSING, short, total)
    some = [state for state, _n in states]
    for state in (State.LATER, State.DONE):
        if state in some:
            return Cell(state, 0, total)
    return Cell(State.NONE, 0, total)


def _ids(reader: Reader, query: Query) -> list[str]:
    rows = queries.found(reader, query, most=None).rows
    return [row.record.id for row in offers.pages(reader, query.kind, rows)]


def _papers(reader: Reader, ids: Sequence[str]) -> Iterator[Paper]:
    """Yield the files of these records, the newest first."""
    found: list[Attachment] = []
    for id in ids:
        found += [one for one in reader.all("attachment", owner=id) if isinstance(one, Attachment)]
    for one in sorted(found, key=lambda one: one.day or date.min, reverse=True):
        yield Paper(one.id, one.name, one.day.isoformat() if one.day else "")
