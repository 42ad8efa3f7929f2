"""The paper 上岗前检查: the matrix of a batch, and beside each line what is missing by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xqhz_desktop.domain.readiness import SHORT, Item
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports.kit import Edition, Report
from xqhz_desktop.reports.pen import Align
from xqhz_desktop.reports.roster import Roster
from xqhz_desktop.reports.table import Cell, Column

TITLE = N_("Before the start")


@record("preflight", TITLE, title="id")
class CheckQuestions(Record):
    """Nothing is asked: the paper shows what the page shows."""


@dataclass(frozen=True)
class Checked:
    """One line: an enterprise or an intern, its cells as signs, and what is missing in words."""

    name: str
    people: int
    marks: Sequence[str]
    missing: str


@dataclass(frozen=True)
class Sheet:
    """What is printed: whose batch, and its lines."""

    school: School
    batch: str
    gaps: int
    rows: Sequence[Checked]


def tell(sheet: Sheet, _asked: CheckQuestions, edition: Edition) -> Roster:
    """Return the matrix as a paper."""
    school = sheet.school
    total = Message(NN_("{n} gap", "{n} gaps"), n=sheet.gaps)
    return Roster(
        heading=(edition.main.say(TITLE), f"{sheet.batch}　{edition.main.say(total)}"),
        facts=(
            edition.fact(N_("School (seal)"), edition.names(school.name, school.name_en)[0]),
            edition.line(N_("Eight things before, three throughout, two in time"), between="　"),
            edition.fact(N_("Dated"), edition.day(edition.printed_on)),
        ),
        columns=_columns(edition),
        rows=[_row(number, one) for number, one in enumerate(sheet.rows, 1)],
        marks=[],
        signs=(
            edition.fact(N_("Prepared by"), edition.printed_by),
            edition.fact(N_("Checked by"), ""),
            edition.fact(N_("Phone"), school.phone),
        ),
        page_of=edition.page_of,
        told=len(sheet.rows),
        author=school.name,
    )


PREFLIGHT = Report(
    name="preflight",
    title=TITLE,
    asks=CheckQuestions,
    tell=tell,
    group=N_("Registers"),
    counted=NN_("{n} line", "{n} lines"),
)
"""Not in the catalogue: it is printed from the page of the check."""


def _columns(edition: Edition) -> Sequence[Column]:
    """Return the columns; their shares are millimetres of a page 275 wide."""
    pair = edition.pair
    return (
        Column(pair(N_("No.")), 8),
        Column(pair(N_("Enterprise or student")), 38, Align.LEFT),
        Column(pair(N_("Students")), 10),
        *(Column(pair(SHORT[item]), 12) for item in Item),
        Column(pair(N_("What is missing")), 60, Align.LEFT),
    )


def _row(number: int, one: Checked) -> tuple[Cell, ...]:
    texts = (str(number), one.name, str(one.people), *one.marks, one.missing)
    return tuple((text, "") for text in texts)
