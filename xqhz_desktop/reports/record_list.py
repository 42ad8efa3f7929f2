"""Any list as a paper: the columns of an export layout, the school's own fields among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from xqhz_desktop.domain.fields import NUMBERS, Field, Kind, ref
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.reports.pen import Align
from xqhz_desktop.reports.roster import Roster
from xqhz_desktop.reports.table import Cell, Column

TITLE = N_("List with columns of your choice")

_SHARES = {Kind.TEXT: 34, Kind.NOTE: 50, Kind.CODE: 30, Kind.TABLE: 28, Kind.FLAG: 14}
"""Millimetres of a page 275 wide, before all columns are brought to its width."""
_USUAL = 22


@record("record_list", TITLE, title="id")
class ListQuestions(Record):
    """What a coordinator is asked before a list is printed; nothing is the usual layout."""

    layout: str = ref(N_("Export layout"), "export_layout", required=True)


@dataclass(frozen=True)
class Listed:
    """A list to print: its title, whose it is, the columns, and a row of values a record."""

    title: str
    kind: str
    columns: Sequence[tuple[Message, Field]]
    rows: Sequence[Sequence[Any]]


class ListReader(Protocol):
    """What the list reads."""

    def school(self) -> School | None:
        """Return the school of the workspace."""

    def listed(self, layout: str) -> Listed:
        """Return what a layout lists; raise UserError where there is none."""


def tell(reader: ListReader, asked: ListQuestions, edition: Edition) -> Roster:
    """Return the list as a paper."""
    listed = reader.listed(asked.layout)
    school = reader.school() or School()
    return Roster(
        heading=(listed.title, ""),
        facts=(
            edition.fact(N_("School (seal)"), " ".join(_names(school, edition))),
            edition.line(listed.kind, between="　"),
            edition.fact(N_("Dated"), edition.day(edition.printed_on)),
        ),
        columns=[
            Column(edition.pair(N_("No.")), 10),
            *(_column(one, edition) for one in listed.columns),
        ],
        rows=[
            ((str(number), ""), *_cells(listed, row, edition))
            for number, row in enumerate(listed.rows, 1)
        ],
        marks=[],
        signs=(
            edition.fact(N_("Prepared by"), edition.printed_by),
            edition.fact(N_("Checked by"), ""),
            edition.fact(N_("Phone"), school.phone),
        ),
        page_of=edition.page_of,
        told=len(listed.rows),
        author=edition.names(school.name, school.name_en)[0],
    )


RECORD_LIST = Report(
    name="record-list",
    title=TITLE,
    asks=ListQuestions,
    tell=tell,
    group=N_("Registers"),
    counted=NN_("{n} record", "{n} records"),
)


def _names(school: School, edition: Edition) -> list[str]:
    return [one for one in edition.names(school.name, school.name_en) if one]


def _column(one: tuple[Message, Field], edition: Edition) -> Column:
    label, field = one
    align = Align.LEFT if field.kind in (Kind.NOTE, Kind.TEXT) else Align.CENTER
    if field.kind in NUMBERS:
        align = Align.RIGHT
    return Column(edition.pair(label), _SHARES.get(field.kind, _USUAL), align)


def _cells(listed: Listed, row: Sequence[Any], edition: Edition) -> Iterator[Cell]:
    for (_label, field), value in zip(listed.columns, row, strict=True):
        yield _cell(field, value, edition)


def _cell(field: Field, value: Any, edition: Edition) -> Cell:
    """Return a value as papers show it; words of the program in both languages."""
    main = edition.shown(field, field.show(value, edition.main))
    if edition.second is None or field.kind not in (Kind.CHOICE, Kind.TABLE) or field.private:
        return main, ""
    second = field.show(value, edition.second)
    return main, second if second != main else ""
