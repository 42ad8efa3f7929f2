"""A block of cells pasted over a list: looked at cell by cell first, then written as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from xqhz_desktop.domain import BY_KIND, identity
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import CODES, NN_, Message, language
from xqhz_desktop.services import moving
from xqhz_desktop.services.referring import Referring
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.texts import half
from xqhz_desktop.spreadsheets.typed import CellReader, Typed, synonym
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader

Progress = Callable[[int, int], None]

_PAGE = 500
_LANGS = tuple(language(code) for code in CODES)


@dataclass(frozen=True)
class Place:
    """Where a block goes: the rows of the list from there on, and columns by field name."""

    kind: str
    rowids: tuple[int, ...]
    columns: tuple[str, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    """Values a new record begins with, such as the chip the list is filtered by."""
    fixed: bool = False
    """Several rows were selected: nothing goes beyond them, and one row goes into each."""


@dataclass(frozen=True)
class Cell:
    """One cell of the block, and what it would do."""

    row: int
    """Its row in the block, from 0."""
    name: str
    """The field, or what stands in its place in the list."""
    label: Message
    called: str
    """The record it goes to; nothing for a new one."""
    before: Any
    after: Any
    text: str
    problem: Message | None = None
    doubt: Message | None = None
    new: bool = False


@dataclass(frozen=True)
class Plan:
    """What pasting would do: every cell that changes something or cannot, and the records."""

    kind: str
    cells: tuple[Cell, ...]
    same: int
    """Cells that hold already what the block says, or say nothing."""
    changes: tuple[tuple[Record, Record], ...]
    """Records before and after."""
    new: tuple[Record, ...]
    beyond: int
    """Rows of the block for which the list has no record."""
    names: Mapping[str, str]
    """What references are called, by id."""
    fields: Mapping[str, Field]

    @property
    def refused(self) -> int:
        """Return how many cells cannot be pasted."""
        return sum(1 for cell in self.cells if cell.problem)

    @property
    def changing(self) -> int:
        """Return how many cells would change something."""
        return len(self.cells) - self.refused


@dataclass(frozen=True)
class Wish:
    """What the user wants done with blank cells, and with rows beyond the end of the list."""

    clear: bool = False
    add: bool = False


def headed(
    kind: str, block: Sequence[Sequence[str]], labels: Mapping[str, Sequence[str]]
) -> list[str] | None:
    """Return the fields a first row of titles names, "" for one nobody knows; None without titles.

    `labels`: what the fields of a list are called; the words imports know are known here too.
    """
    known = {_plain(said): name for name, words in labels.items() for said in words}
    found = []
    for title in block[0] if block else ():
        meant = known.get(_plain(title)) or synonym(kind, title)
        found.append(meant if meant in labels else "")
    named = [name for name in found if name]
    filled = sum(1 for title in block[0] if title.strip()) if block else 0
    if not named or len(named) * 2 <= filled or len(set(named)) < len(named):
        return None
    return found


def plan(
    work: Work,
    place: Place,
    block: Sequence[Sequence[str]],
    wish: Wish,
    progress: Progress | None = None,
) -> Plan:
    """Return before and after of every cell; nothing is written."""
    with work.store.read() as reader:
        return _Planning(reader, place, wish).plan(_spread(place, block), progress)


def apply(work: Work, plan: Plan, progress: Progress | None = None) -> int:
    """Write a plan as one step; return its number. Raise where somebody edited a cell since."""
    kind = Message(BY_KIND[plan.kind].PLURAL)
    text = NN_("{n} record pasted into ({kind})", "{n} records pasted into ({kind})")
    title = Message(text, n=len(plan.changes) + len(plan.new), kind=kind)
    with work.store.change(title, work.actor, progress=progress) as change:
        for start in range(0, len(plan.changes), _PAGE):
            part = plan.changes[start : start + _PAGE]
            now = {one.id: one for one in change.some(plan.kind, [old.id for old, _new in part])}
            moving.note(change, [new for _old, new in part], work, date.today())
            for old, new in part:
                if now.get(old.id) != old:
                    raise UserError(
                        Message("Somebody edited {name} meanwhile. Paste again.", name=old.called),
                        code="EDITED_SINCE",
                    )
                change.put(new)
        for record in plan.new:
            change.put(record)
    return change.number


def _spread(place: Place, block: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the block as it lies over the rows: one row goes into every row selected."""
    if place.fixed and len(block) == 1:
        return [block[0]] * len(place.rowids)
    return list(block)


class _Planning:
    """Holds a block against the records it would go to."""

    def __init__(self, reader: Reader, place: Place, wish: Wish) -> None:
        self._reader, self._place, self._wish = reader, place, wish
        self._fields = reader.fields(place.kind)
        self._readers = {
            name: CellReader(place.kind, self._fields[name])
            for name in place.columns
            if name in self._fields
        }
        self._referring = Referring(reader)
        self._beside: Mapping[str, str] = {}
        self._cells: list[Cell] = []
        self._same = 0

    def plan(self, block: Sequence[Sequence[str]], progress: Progress | None) -> Plan:
        """Return what the block would do."""
        entity = BY_KIND[self._place.kind]
        changes: list[tuple[Record, Record]] = []
        new: list[Record] = []
        for number, (old, cells) in enumerate(self._rows(block)):
            if progress and number % _PAGE == 0:
                progress(number, len(block))
            before = old or entity(**self._place.given)
            after = self._row(number, before, cells, new=old is None)
            if after is not None and old is None:
                new.append(after)
            elif after is not None and after != before:
                changes.append((before, after))
        return Plan(
            self._place.kind,
            tuple(self._cells),
            self._same,
            tuple(changes),
            tuple(new),
            max(len(block) - len(self._place.rowids), 0),
            self._referring.names,
            self._fields,
        )

    def _rows(
        self, block: Sequence[Sequence[str]]
    ) -> Iterator[tuple[Record | None, Sequence[str]]]:
        """Yield the record of each row of the block, None beyond the end where one is wanted."""
        rowids = self._place.rowids[: len(block)]
        for start in range(0, len(rowids), _PAGE):
            page = queries.rows(self._reader, self._place.kind, rowids[start : start + _PAGE])
            for row, cells in zip(page, block[start : start + _PAGE], strict=False):
                if row is not None:
                    self._referring.names |= {
                        getattr(row.record, name): called
                        for name, called in row.names.items()
                        if "." not in name
                    }
                    self._beside = row.names
                    yield row.record, cells
        if self._wish.add:
            for cells in block[len(rowids) :]:
                if any(cell.strip() for cell in cells):
                    yield None, cells

    def _row(
        self, number: int, before: Record, cells: Sequence[str], *, new: bool
    ) -> Record | None:
        """Note the cells of a row; return the record they make, None where they make none."""
        called = "" if new else self._referring.names.get(before.called) or before.called
        found = []
        for name, text in zip(self._place.columns, cells, strict=False):
            if not name or (not text.strip() and (new or not self._wish.clear)):
                self._same += bool(name)
                continue
            one = self._cell(number, before, name, text, new=new)
            found.append(replace(one, called=called, new=new))
        good = {one.name: one.after for one in found if not one.problem}
        after = before.but(**good)
        problems = after.problems(self._checked(new)) if new or after != before else {}
        why = next(iter(problems.values()), None)
        if new and any(one.problem for one in found):
            why = why or Message("Another cell of this row cannot be pasted.")
        for one in found:
            if not one.problem and one.before == one.after and not new:
                self._same += 1
            else:
                problem = one.problem or problems.get(one.name) or why
                self._cells.append(replace(one, problem=problem))
        return None if why or not good else after

    def _checked(self, new: bool) -> dict[str, Field]:
        """Return the fields that must be right; known records wait for own fields added later."""
        names = {*BY_KIND[self._place.kind].FIELDS, *self._place.columns}
        return {name: one for name, one in self._fields.items() if new or name in names}

    def _cell(self, number: int, record: Record, name: str, text: str, *, new: bool) -> Cell:
        """Return what one cell would do to a record."""
        field = self._fields.get(name)
        if field is None:
            shown = _described(self._place.kind, name)
            if text.strip() in _said(shown, self._beside.get(name, "")):
                return Cell(number, name, Message(shown.label), "", text, text, text)
            problem = Message("This column belongs to another record and is changed there.")
            return Cell(number, name, Message(shown.label), "", None, None, text, problem)
        label, before = Message(field.label), record.value(field)
        if field.private and not new:
            if text.strip() in map(identity.masked, _said(field, before)):
                return Cell(number, name, label, "", before, before, text)
            problem = Message("This column is covered. Change it in the form of the record.")
            return Cell(number, name, label, "", None, None, text, problem)
        typed = self._typed(field, record, text)
        return Cell(number, name, label, "", before, typed.value, text, typed.problem, typed.doubt)

    def _typed(self, field: Field, record: Record, text: str) -> Typed:
        """Return what a text means; what the list shows for a value means that value."""
        before = record.value(field)
        if field.kind is not Kind.REF:
            shown = text.strip() in _said(field, before)
            return Typed(before) if shown else self._readers[field.name].read(text)
        if not text.strip():
            return Typed(field.empty, field.problem(field.empty))
        known = before and self._referring.names.get(before) == text.strip()
        return Typed(before) if known else self._referring.find(field, text, record)


def _said(field: Field, value: Any) -> set[str]:
    """Return how lists show a value, in every language; nothing for an empty one."""
    return {field.show(value, one) for one in _LANGS} - {""}


def _plain(text: str) -> str:
    return half(text).strip("* ").lower()


def _described(kind: str, path: str) -> Field:
    """Return the field at the end of a joined path."""
    fields = BY_KIND[kind].FIELDS
    *way, last = path.split(".")
    for step in way:
        fields = BY_KIND[fields[step].target].FIELDS
    return fields[last]
