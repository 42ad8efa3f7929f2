"""The paper 三数一致: two lists held against each other, person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xqhz_desktop.domain.fields import flag
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.reports.pen import Align
from xqhz_desktop.reports.roster import Roster
from xqhz_desktop.reports.table import Cell, Column

TITLE = N_("Two lists compared")


@record("comparison", TITLE, title="id")
class ComparisonQuestions(Record):
    """What is asked before a comparison is printed."""

    same: bool = flag(N_("Those who are the same too"))


@dataclass(frozen=True)
class Sides:
    """What is printed: whose lists, what came of it, and a row a person or differing field.

    Rows have eight texts: result, name, student number, class, field, here, in the file, row.
    """

    school: School
    here: Message
    file: str
    sum: Message
    rows: Sequence[Sequence[str]]


def tell(sides: Sides, _asked: ComparisonQuestions, edition: Edition) -> Roster:
    """Return a comparison as a paper."""
    school = sides.school
    against = Message("{here} and “{file}”", here=sides.here, file=sides.file)
    rows: list[tuple[Cell, ...]] = [
        ((str(number), ""), *((cell, "") for cell in row))
        for number, row in enumerate(sides.rows, 1)
    ]
    return Roster(
        heading=(edition.main.say(TITLE), edition.main.say(sides.sum)),
        facts=(
            edition.fact(N_("School (seal)"), edition.names(school.name, school.name_en)[0]),
            edition.line(against, between="　"),
            edition.fact(N_("Dated"), edition.day(edition.printed_on)),
        ),
        columns=_columns(edition),
        rows=rows,
        marks=[row[0] for row in sides.rows],
        signs=(
            edition.fact(N_("Prepared by"), edition.printed_by),
            edition.fact(N_("Checked by"), ""),
            edition.fact(N_("Phone"), school.phone),
        ),
        page_of=edition.page_of,
        told=len({tuple(row[1:4]) for row in sides.rows}),
        author=school.name,
    )


COMPARISON = Report(
    name="comparison",
    title=TITLE,
    asks=ComparisonQuestions,
    tell=tell,
    group=N_("Registers"),
    counted=NN_("{n} person", "{n} persons"),
)
"""Not in the catalogue: it is printed where two lists are compared."""


def _columns(edition: Edition) -> Sequence[Column]:
    """Return the columns; their shares are millimetres of a page 275 wide."""
    pair = edition.pair
    return (
        Column(pair(N_("No.")), 9.5),
        Column(pair(N_("Result")), 24),
        Column(pair(N_("Name")), 22, name=True),
        Column(pair(N_("Student number")), 26),
        Column(pair(N_("Class")), 26),
        Column(pair(N_("Field")), 28),
        Column(pair(N_("Here")), 60, Align.LEFT),
        Column(pair(N_("In the file")), 60, Align.LEFT),
        Column(pair(N_("Row")), 14),
    )
