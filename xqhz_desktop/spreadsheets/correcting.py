"""A cell typed anew: its row is read and checked again, and so are the rows it was a twin of."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import replace

from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.spreadsheets.checks import TWIN
from xqhz_desktop.spreadsheets.headers import Header
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.spreadsheets.reading import Reading, RecordPlan
from xqhz_desktop.spreadsheets.rows import record_rows
from xqhz_desktop.spreadsheets.sheet import Sheet, Value
from xqhz_desktop.spreadsheets.texts import text
from xqhz_desktop.spreadsheets.understand import (
    Correction,
    SheetPlan,
    Understood,
    with_twins,
)


def source_of(understood: Understood, sheet: str, row: int, field: str) -> str | None:
    """Return the text of the cell a value comes from, or None where the sheet has no such column.

    One cell may hold two values, such as a period.
    """
    plan = _plan(understood, sheet)
    assert plan.header is not None
    place = places(plan.header, understood.meant).get(field)
    if place is None:
        return None
    cells = plan.sheet.rows[_position(plan.sheet, row)][1]
    return text(cells[place]) if place < len(cells) else ""


def corrected(understood: Understood, sheet: str, row: int, field: str, typed: str) -> Understood:
    """Return the file with the cell of a value typed anew; raise NotFound without such a column."""
    kind, plan = understood.meant, _plan(understood, sheet)
    assert plan.header is not None
    place = places(plan.header, kind).get(field)
    if place is None:
        raise NotFound(
            Message("The sheet has no column for {field}.", field=Message(_label(kind, field)))
        )
    changed = with_cell(plan.sheet, row, place, typed)
    own = next((one for one in record_rows(changed, plan.header, kind) if one.number == row), None)
    if own is None:  # the row would no longer be a record: nothing but this cell named it
        return understood
    fresh = Reading(changed, kind).record(own)
    plans = [
        _untwinned(replace(one, sheet=changed), fresh) if one is plan else _untwinned(one)
        for one in understood.sheets
    ]
    done = Correction(sheet, row, place, typed)
    kept = [one for one in understood.corrections if (one.sheet, one.row, one.place) != _at(done)]
    return replace(understood, sheets=with_twins(plans, kind), corrections=(*kept, done))


def places(header: Header, kind: ImportKind) -> dict[str, int]:
    """Return the column of each value, also where one column holds two."""
    found: dict[str, int] = {}
    for place, name in header.columns.items():
        for part in kind.column(name).parts or (name,):
            found.setdefault(part, place)
    return found


def with_cell(sheet: Sheet, row: int, place: int, typed: str) -> Sheet:
    """Return a sheet with another text in one cell."""
    rows = list(sheet.rows)
    at = _position(sheet, row)
    cells: list[Value] = list(rows[at][1])
    cells += [""] * (place + 1 - len(cells))
    cells[place] = typed
    rows[at] = row, cells
    zeros = {key: digits for key, digits in sheet.zeros.items() if key != (row, place)}
    return replace(sheet, rows=rows, zeros=zeros)


def _untwinned(plan: SheetPlan, fresh: RecordPlan | None = None) -> SheetPlan:
    """Return a plan with the fresh record in its place and no twins noted; others are shared."""
    records = [
        fresh
        if fresh and one.row == fresh.row
        else replace(one, errors=[e for e in one.errors if e.code != TWIN])
        if any(error.code == TWIN for error in one.errors)
        else one
        for one in plan.records
    ]
    return replace(plan, records=records)


def _plan(understood: Understood, sheet: str) -> SheetPlan:
    for one in understood.sheets:
        if one.name == sheet and one.header:
            return one
    raise NotFound(Message("There is no sheet “{name}” in the file.", name=sheet))


def _position(sheet: Sheet, row: int) -> int:
    numbers: Sequence[int] = [number for number, _cells in sheet.rows]
    return bisect.bisect_left(numbers, row)


def _at(one: Correction) -> tuple[str, int, int]:
    return one.sheet, one.row, one.place


def _label(kind: ImportKind, field: str) -> str:
    return next((one.label for one in kind.columns if one.name == field), field)
