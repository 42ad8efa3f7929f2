"""A sheet as it was read: raw values by row number, and the facts that change their meaning."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import Message

Value = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell may hold; an empty cell is ``""`` or None. A number is never turned into text."""

MOST_CELLS = 2_000_000
"""Filled cells of one file: 200,000 rows of ten columns, or 60,000 of thirty."""

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
"""Cells further out are strays: a blank somebody left in XFD1048576."""


class Merge(NamedTuple):
    """A merged range, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file. Row numbers are 1-based; columns are positions in a row, from 0."""

    name: str
    visible: bool = True
    rows: Sequence[tuple[int, Sequence[Value]]] = ()
    """Rows with anything in them, by rising number; a text file's number is its line."""
    merges: Sequence[Merge] = ()
    hidden: frozenset[int] = frozenset()
    """Numbers of rows the user has hidden or filtered away."""
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)
    """Digits shown by number formats such as ``000000``, by (row number, column)."""
    starts_1904: bool = False
    """Serial dates count from 1904."""

    within: str = ""
    """The sheet of the file, where this is one of several lists side by side on it."""

    @property
    def empty(self) -> bool:
        """Tell whether nothing is written on it."""
        return not self.rows

    def without_blank_rows(self) -> Sheet:
        """Return the sheet with only the rows that hold something."""
        kept = [(number, row) for number, row in self.rows if any(map(_filled, row))]
        return dataclasses.replace(self, rows=kept)


def too_large() -> BadFile:
    """Return the refusal of a file that would fill the memory."""
    return BadFile(
        Message("The file is too large. Split it into parts of at most 50,000 rows."),
        code="TOO_LARGE",
    )


def corrupt() -> BadFile:
    """Return the refusal of a file that is damaged."""
    return BadFile(
        Message("The file is damaged. Open it in WPS or Excel and save it again as .xlsx."),
        code="CORRUPT",
    )


def encrypted() -> BadFile:
    """Return the refusal of a file with a password."""
    return BadFile(
        Message("The file has a password. Remove the password in WPS or Excel and try again."),
        code="ENCRYPTED",
    )


def empty_file() -> BadFile:
    """Return the refusal of a file with nothing in it."""
    return BadFile(Message("The file is empty. Choose another file."), code="EMPTY_FILE")


def not_a_spreadsheet() -> BadFile:
    """Return the refusal of a picture, a program or anything else that is no table."""
    return BadFile(
        Message("This is not a spreadsheet. Save the list in WPS or Excel as .xlsx and try again."),
        code="NOT_A_SPREADSHEET",
    )


def _filled(value: Value) -> bool:
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None
