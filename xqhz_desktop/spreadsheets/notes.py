"""What is to be said of a file as a whole: columns read otherwise than people may expect."""

from __future__ import annotations

from xqhz_desktop.i18n import Message
from xqhz_desktop.spreadsheets.findings import Spot
from xqhz_desktop.spreadsheets.headers import Header
from xqhz_desktop.spreadsheets.texts import blank
from xqhz_desktop.spreadsheets.understand import SheetPlan, Understood
from xqhz_desktop.spreadsheets.values import mark

_MARKS = ("usual", "school", "enterprise", "final", "total", "grade")
_SUBJECTS = 2
"""So many columns of marks that mean nothing here make a list of subjects."""


def notes(understood: Understood) -> list[Message]:
    """Return what should be said before a file is imported, the most important first."""
    found = []
    for plan in understood.sheets:
        if plan.header and understood.kind == "score":
            found += _subjects(plan, plan.header)
        if plan.header and understood.kind == "attendance":
            found += _boarding(plan.header)
    return list({str(one): one for one in found}.values())


def _subjects(plan: SheetPlan, header: Header) -> list[Message]:
    """Say which column of a list of subjects is taken, and which are not."""
    left = [
        header.texts[place]
        for place in header.keys
        if place not in header.columns
        and header.texts[place] in header.unmapped
        and _are_marks(plan, header, place)
    ]
    if len(left) < _SUBJECTS:
        return []
    taken = [header.texts[place] for place, name in header.columns.items() if name in _MARKS]
    if taken:
        text = Message(
            "Marks of several subjects. Only those of the internship are kept. "
            "Taken: {taken}. Not taken: {left}.",
            taken=taken,
            left=left,
        )
        return [text]
    return [Message("Marks of several subjects, none of them an internship: {left}.", left=left)]


def _boarding(header: Header) -> list[Message]:
    """Say that who boards is read and kept nowhere."""
    told = [header.texts[place] for place, name in header.columns.items() if name == "boarding"]
    return [Message("Not kept: {left}.", left=told)] if told else []


def _are_marks(plan: SheetPlan, header: Header, place: int) -> bool:
    """Tell whether most cells of a column are marks."""
    rows = {one.row for one in plan.records}
    cells = [row[place] for number, row in plan.sheet.rows if number in rows and place < len(row)]
    told = [one for one in cells if not blank(one)]
    quiet = Spot("", "Grade")
    good = [one for one in told if mark(one, quiet) is not None]
    return bool(told) and len(good) * 4 >= len(told) * 3
