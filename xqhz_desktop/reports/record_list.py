"""Any list as a paper: the columns of an export layout, the school's own fields among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from reportlab.lib.pagesizes import A3, A4, landscape

from xqhz_desktop.domain.fields import NUMBERS, Field, Kind, ref
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.reports.pen import Align
from xqhz_desktop.reports.roster import MARGIN, Roster
from xqhz_desktop.reports.table import Cell, Column
from xqhz_desktop.reports.widths import need, widths

TITLE = N_("List with columns of your choice")

_SOLID = {Kind.CODE, Kind.DAY, Kind.MONTH, Kind.FLAG, *NUMBERS}
"""Kinds whose values are never broken into lines."""


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
    rows = [
        ((str(number), ""), *_cells(listed, row, edition))
        for number, row in enumerate(listed.rows, 1)
    ]
    size, columns = _set(listed, rows, edition)
    return Roster(
        heading=(listed.title, ""),
        facts=(
            edition.fact(N_("School (seal)"), " ".join(_names(school, edition))),
            edition.line(listed.kind, between="　"),
            edition.fact(N_("Dated"), edition.day(edition.printed_on)),
        ),
        columns=columns,
        rows=rows,
        marks=[],
        signs=(
            edition.fact(N_("Prepared by"), edition.printed_by),
            edition.fact(N_("Checked by"), ""),
            edition.fact(N_("Phone"), school.phone),
        ),
        page_of=edition.page_of,
        told=len(listed.rows),
        author=edition.names(school.name, school.name_en)[0],
        size=size,
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


def _set(
    listed: Listed, rows: Sequence[Sequence[Cell]], edition: Edition
) -> tuple[tuple[float, float], list[Column]]:
    """Return the paper and the columns: A4 across, or A3 where numbers would break on it."""
    heads = [edition.pair(N_("No.")), *(edition.pair(label) for label, _field in listed.columns)]
    kinds = [Kind.NUMBER, *(field.kind for _label, field in listed.columns)]
    needs = [
        need(head, [row[place] for row in rows], solid=kind in _SOLID)
        for place, (head, kind) in enumerate(zip(heads, kinds, strict=True))
    ]
    for size in (landscape(A4), landscape(A3)):
        shares = widths(needs, size[0] - 2 * MARGIN)
        if shares:
            break
    shares = shares or [one.least for one in needs]
    aligned = [Align.CENTER, *(_align(kind) for kind in kinds[1:])]
    each = zip(heads, shares, aligned, strict=True)
    return size, [Column(head, share, align) for head, share, align in each]


def _align(kind: Kind) -> Align:
    if kind in (Kind.NOTE, Kind.TEXT):
        return Align.LEFT
    return Align.RIGHT if kind in NUMBERS else Align.CENTER


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
