"""The index of a file (卷内目录) or of a binder: what it holds, where, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_
from xqhz_desktop.reports.kit import Edition
from xqhz_desktop.reports.pen import Align
from xqhz_desktop.reports.roster import Roster
from xqhz_desktop.reports.table import Cell, Column

TITLE = N_("Index of the file")


@dataclass(frozen=True)
class Entry:
    """One line of an index: number, what it is, the file, its day, and a remark."""

    number: str
    label: str
    file: str = ""
    day: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Index:
    """What is printed: whose file it is, and its lines."""

    school: School
    heading: str
    about: str
    entries: Sequence[Entry]


def tell(index: Index, edition: Edition) -> Roster:
    """Return an index as a paper, A4 upright."""
    school = edition.names(index.school.name, index.school.name_en)[0]
    return Roster(
        heading=(index.heading, index.about),
        facts=(
            edition.fact(N_("School (seal)"), school),
            "",
            edition.fact(N_("Dated"), edition.day(edition.printed_on)),
        ),
        columns=_columns(edition),
        rows=[_cells(one) for one in index.entries],
        marks=[],
        signs=(
            edition.fact(N_("Prepared by"), edition.printed_by),
            edition.fact(N_("Checked by"), ""),
        ),
        page_of=edition.page_of,
        told=len(index.entries),
        author=school,
        size=A4,
    )


def _columns(edition: Edition) -> Sequence[Column]:
    pair = edition.pair
    return (
        Column(pair(N_("No.")), 12),
        Column(pair(N_("Document")), 52, Align.LEFT),
        Column(pair(N_("File")), 72, Align.LEFT),
        Column(pair(N_("Day")), 22),
        Column(pair(N_("Remark")), 30, Align.LEFT),
    )


def _cells(one: Entry) -> tuple[Cell, ...]:
    texts = (one.number, one.label, one.file, one.day, one.remark)
    return tuple((text, "") for text in texts)
