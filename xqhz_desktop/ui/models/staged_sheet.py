"""What the cells of a staged file say: its columns, its values, what changes and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from xqhz_desktop.domain import codes, identity
from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.services.staged import Staged, StagedRow, State
from xqhz_desktop.spreadsheets.correcting import places, source_of
from xqhz_desktop.spreadsheets.general import field_at
from xqhz_desktop.spreadsheets.kinds import Column
from xqhz_desktop.spreadsheets.mapping import letter

FIRST = (N_("Row"), N_("Result"))
"""Columns before those of the file."""


@dataclass(frozen=True)
class Cell:
    """What a cell says: its value, and what was there before or is wrong with it."""

    text: str
    below: str = ""
    wrong: bool = False
    warned: bool = False
    changed: bool = False
    state: State | None = None
    group: bool = False


class StagedSheet:
    """The columns of one staged file, and what stands in them for each row."""

    def __init__(self, staged: Staged) -> None:
        """Take the columns anybody filled; the others are left out."""
        self.staged = staged
        self._kind = staged.understood.meant
        self._own = staged.understood.wishes.own
        filled = {name for row in staged.rows for name, value in row.values.items() if value}
        self._found = {one.field for row in staged.rows for one in (*row.errors, *row.warnings)}
        self._places: dict[str, dict[str, int]] = {}
        self._sources: dict[str, str] = {}
        for plan in staged.understood.sheets:
            if plan.header:
                self._places[plan.name] = places(plan.header, self._kind)
                for name, place in self._places[plan.name].items():
                    heading = f"{letter(place)} {plan.header.texts.get(place, '')}"
                    self._sources.setdefault(name, heading.strip())
        if staged.choice.clear:  # a blank column may change something too
            filled |= self._sources.keys()
        self._columns = [one for one in self._kind.columns if one.name in filled | self._found]
        self._private = {field.name for field in self._own if field.private} | {
            one.name
            for one in self._kind.columns
            if (field := field_at(self._kind.name, one.tells)) and field.private
        }

    @property
    def width(self) -> int:
        """Return the number of columns: row, result, and those of the file."""
        return len(FIRST) + len(self._columns)

    def label(self, section: int) -> str:
        """Return a column's title, to be translated."""
        return FIRST[section] if section < len(FIRST) else self._columns[section - len(FIRST)].label

    def source(self, section: int) -> str:
        """Return where a column stands in the file, as “E 证件号码”."""
        return self._sources.get(self.field(section), "")

    def field(self, section: int) -> str:
        """Return the name of the value in a column, or nothing for the first two."""
        return "" if section < len(FIRST) else self._columns[section - len(FIRST)].name

    def wide(self, section: int) -> bool:
        """Tell whether a column has something to say below its values."""
        return bool(self.field(section)) and self.field(section) in self._found

    def editable(self, row: StagedRow, section: int) -> bool:
        """Tell whether the file has a cell for a value."""
        return self.field(section) in self._places.get(row.sheet, {})

    def written(self, row: StagedRow, section: int) -> str | None:
        """Return what stands in the cell of the file."""
        return source_of(self.staged.understood, row.sheet, row.row, self.field(section))

    def cell(self, row: StagedRow, section: int, lang: Language) -> Cell:
        """Return what a cell says."""
        if section == 0:
            sheet = row.sheet if len(self._places) > 1 else ""
            return Cell(str(row.row) if row.row else "—", sheet)
        if section == 1:
            return Cell(lang.say(row.state), self._beside(row, lang), state=row.state)
        return self._value(row, self._columns[section - len(FIRST)], lang)

    def _beside(self, row: StagedRow, lang: Language) -> str:
        """Return what is to be said of a whole row."""
        if row.state is State.GONE and row.old:
            status = self.staged.choice.gone.get(row.old.id)
            return lang.say(status) if status else ""
        whole = [one.message for one in (*row.errors, *row.warnings) if not one.field]
        return lang.say(whole[0]) if whole else ""

    def _value(self, row: StagedRow, column: Column, lang: Language) -> Cell:
        text = _shown(column, row.values.get(column.name), lang)
        for found, wrong in ((row.errors, True), (row.warnings, False)):
            said = next((one for one in found if one.field == column.name), None)
            if said:
                written = row.raw.get(column.name) or text
                return Cell(written, lang.say(said.message), wrong=wrong, warned=not wrong)
        private = column.name in self._private
        old = {name: before for name, before, _after in row.changes(self._own)}
        at = column.tells
        text = identity.masked(text) if private and text else text
        if at not in old:
            return Cell(text)
        before = _shown(column, self.staged.called.get(str(old[at]), old[at]), lang)
        if private and before:
            before = identity.masked(before)
        return Cell(text, before or lang.say(N_("(empty)")), changed=True)


def _shown(column: Column, value: object, lang: Language) -> str:
    """Return a value of the file as people read it."""
    if value is None or value == "":
        return ""
    if column.table and isinstance(value, str):
        return lang.value([codes.name(column.table, one, lang.code) for one in value.split(",")])
    return lang.value(value)
