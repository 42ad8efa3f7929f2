"""The placement register (实习学生花名册): who is where, from when until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from xqhz_desktop.domain.fields import choice, day, flag, ref
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Output, Report
from xqhz_desktop.reports.pen import Align
from xqhz_desktop.reports.roster import Roster
from xqhz_desktop.reports.table import Cell, Column

TITLE = N_("Student Placement Register")

OVER = frozenset(
    {
        PlacementStatus.ENDED,
        PlacementStatus.ASSESSED,
        PlacementStatus.ARCHIVED,
        PlacementStatus.CANCELLED,
    }
)
"""States of placements that no longer run."""


class RegisterOrder(Enum):
    """What the rows are sorted by."""

    CLASS = N_("Class, then student number")
    STUDENT_NO = N_("Student number")
    NAME = N_("Name (pinyin)")
    ENTERPRISE = N_("Enterprise, then class")


@record("placement_register", TITLE, title="id")
class RegisterQuestions(Record):
    """What a coordinator is asked before the register is printed; all may stay empty."""

    batch: str = ref(N_("Batch"), "placement_batch")
    school_class: str = ref(N_("Class"), "school_class")
    on: date | None = day(N_("As at"))
    status: PlacementStatus | None = choice(N_("Status"), PlacementStatus)
    ended: bool = flag(N_("Include ended placements"))
    order: RegisterOrder = choice(N_("Order"), RegisterOrder, default=RegisterOrder.CLASS)


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """One placement with the names of what it points to."""

    student_no: str
    name: str
    sex: Sex
    major: str
    major_en: str
    class_name: str
    enterprise: str
    enterprise_en: str
    position: str
    start_date: date | None
    end_date: date | None
    tutor: str
    phone: str
    status: PlacementStatus


class RegisterReader(Protocol):
    """What the register reads."""

    def school(self) -> School | None:
        """Return the school of the workspace."""

    def batch(self, key: str) -> PlacementBatch | None:
        """Return a batch by its id."""

    def placement_rows(
        self, batch: str, school_class: str, on: date | None, order: RegisterOrder
    ) -> Iterable[PlacementRow]:
        """Return placements in order: of a batch, a class and a day, where these are given."""


def tell(reader: RegisterReader, asked: RegisterQuestions, edition: Edition) -> Roster:
    """Return the register as a paper."""
    rows = [
        row
        for row in reader.placement_rows(asked.batch, asked.school_class, asked.on, asked.order)
        if _wanted(row, asked)
    ]
    school = reader.school() or School()
    batch = reader.batch(asked.batch) if asked.batch else None
    issuer = " ".join(filter(None, edition.names(school.name, school.name_en)))
    return Roster(
        heading=edition.pair(TITLE),
        facts=(
            edition.fact(N_("School (seal)"), issuer),
            edition.line(_term(batch), between="　") if batch else "",
            edition.fact(N_("Dated"), edition.day(asked.on or edition.printed_on)),
        ),
        columns=_columns(edition),
        rows=_cells(rows, edition),
        marks=_marks(rows, asked.order),
        signs=(
            edition.fact(N_("Prepared by"), edition.printed_by),
            edition.fact(N_("Checked by"), ""),
            edition.fact(N_("Phone"), school.phone),
        ),
        page_of=edition.page_of,
        told=len({(row.student_no, row.name) for row in rows}),
        author=edition.names(school.name, school.name_en)[0],
    )


REGISTER = Report(
    name="placement-register",
    title=TITLE,
    asks=RegisterQuestions,
    tell=tell,
    group=N_("Registers"),
    counted=NN_("{n} student", "{n} students"),
)


def _wanted(row: PlacementRow, asked: RegisterQuestions) -> bool:
    if asked.status:
        return row.status is asked.status
    return asked.ended or row.status not in OVER


def _term(batch: PlacementBatch) -> str | Message:
    years = re.findall(r"\d{4}", batch.school_year)
    if len(years) != 2:
        return batch.name
    return Message("AY {first}–{last}, {term}", first=years[0], last=years[1], term=batch.term)


def _columns(edition: Edition) -> Sequence[Column]:
    """Return the columns; their shares are millimetres of a page 275 wide."""
    pair = edition.pair
    return (
        Column(pair(N_("No.")), 9.5),
        Column(pair(N_("Student number")), 23),
        Column(pair(N_("Name")), 20, name=True),
        Column(pair(N_("Sex")), 13 if edition.output is Output.EN else 9.5),
        Column(pair(N_("Major")), 31),
        Column(pair(N_("Class")), 21),
        Column(pair(N_("Placement enterprise")), 55, Align.LEFT),
        Column(pair(N_("Position")), 24.5),
        Column(pair(N_("Period")), 21.5),
        Column(pair(N_("School tutor")), 20.5, name=True),
        Column(pair(N_("Phone")), 23),
        Column(pair(N_("Status")), 20),
    )


def _cells(rows: Iterable[PlacementRow], edition: Edition) -> list[tuple[Cell, ...]]:
    states: dict[PlacementStatus, Cell] = {one: edition.pair(one) for one in PlacementStatus}
    sexes: dict[Sex, Cell] = {one: _capital(edition.pair(one)) for one in Sex}
    sexes[Sex.UNKNOWN] = ("", "")
    phone = Student.FIELDS["phone"]
    return [
        (
            (str(number), ""),
            (row.student_no, ""),
            (row.name, ""),
            sexes[row.sex],
            edition.names(row.major, row.major_en),
            (row.class_name, ""),
            edition.names(row.enterprise, row.enterprise_en),
            (row.position, ""),
            (_period(row.start_date, row.end_date, edition), ""),
            (row.tutor, ""),
            (edition.shown(phone, row.phone), ""),
            states[row.status],
        )
        for number, row in enumerate(rows, 1)
    ]


def _capital(cell: Cell) -> Cell:
    return cell[0].capitalize(), cell[1].capitalize()


def _period(start: date | None, end: date | None, edition: Edition) -> str:
    """Return two days as 2025.09.01 — 2026.06.20, in English with hyphens; an open end is bare."""
    form = "%Y-%m-%d" if edition.output is Output.EN else "%Y.%m.%d"
    first, last = (one.strftime(form) if one else "" for one in (start, end))
    return f"{first} — {last}".strip() if first or last else ""


def _marks(rows: Sequence[PlacementRow], order: RegisterOrder) -> list[str]:
    """Return what the outline leads to: classes or enterprises, where rows are sorted so."""
    match order:
        case RegisterOrder.CLASS:
            return [row.class_name for row in rows]
        case RegisterOrder.ENTERPRISE:
            return [row.enterprise for row in rows]
    return []
