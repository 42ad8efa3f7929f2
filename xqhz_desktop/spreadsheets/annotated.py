"""The way back in the user's own workbook: their sheets and styles, bad cells red, the reasons."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import IllegalCharacterError

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.logs import LOG
from xqhz_desktop.spreadsheets.correcting import places
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.spreadsheets.lexicon import key
from xqhz_desktop.spreadsheets.pictures import lost
from xqhz_desktop.spreadsheets.returned import by_place, told
from xqhz_desktop.spreadsheets.sheet import Sheet
from xqhz_desktop.spreadsheets.sniff import Format, content, sniff
from xqhz_desktop.spreadsheets.understand import SheetPlan, Understood
from xqhz_desktop.spreadsheets.write import refuse_ending

MOST_CELLS = 200_000
"""Cells of a workbook that is opened as a whole, styles and all: a few seconds, 100 MB."""

_RED = PatternFill("solid", fgColor="FFC7CE")
_DARK = Font(color="9C0006")


def annotate(understood: Understood, path: Path, lang: Language) -> int | None:
    """Write a copy of the user's workbook with every error marked; return the rows that failed.

    None says that nothing was written: the file is gone, too large, or no .xlsx of today.
    """
    cells = sum(len(row) for one in understood.sheets for _number, row in one.sheet.rows)
    if cells > MOST_CELLS or any(one.sheet.within for one in understood.sheets):
        return None
    try:
        if sniff(content(understood.path)) is not Format.XLSX:
            return None
        # Values, not formulas: a formula saved without its value would be read back as nothing.
        book = openpyxl.load_workbook(understood.path, data_only=True)
        count = _marked(book, understood, lang)
        _say_what_is_missing(book, understood, lang)
    except Exception as error:  # openpyxl refuses in many ways what calamine has read
        LOG.info("the user's own workbook could not be marked: %s", type(error).__name__)
        return None
    _save(book, path)
    return count


def _marked(book: Any, understood: Understood, lang: Language) -> int:
    count = 0
    for one in understood.corrections:
        cell = _cell(book[one.sheet], one.row, one.place + 1)
        cell.value, cell.data_type, cell.number_format = one.text, "s", "@"
    for plan in understood.sheets:
        if plan.header and any(not record.sound for record in plan.records):
            count += _mark(book[plan.name], plan, understood.meant, lang)
    return count


def _mark(sheet: Any, plan: SheetPlan, kind: ImportKind, lang: Language) -> int:
    """Mark the errors of one sheet; return how many rows have any."""
    assert plan.header is not None
    where = places(plan.header, kind)
    last = _last_column(plan.sheet, plan.header.rows, lang)
    head = sheet.cell(plan.header.rows[-1], last)
    head.value, head.font = lang.say(N_("What is wrong")), Font(bold=True)
    letter = openpyxl.utils.get_column_letter(last)
    sheet.column_dimensions[letter].width = 60
    failing = [one for one in plan.records if not one.sound]
    for record in plan.records:
        sheet.cell(record.row, last).value = None
    for record in failing:
        for place, wrong in by_place(record.errors, where).items():
            cell = _cell(sheet, record.row, place + 1)
            cell.fill = _RED
            said = "\n".join(lang.say(one.message) for one in wrong)
            cell.comment = Comment(said, "", width=320, height=80)
        reason = sheet.cell(record.row, last)
        reason.value, reason.data_type = told(record, lang), "s"
        reason.font, reason.alignment = _DARK, Alignment(wrap_text=True, vertical="top")
    return len(failing)


def _say_what_is_missing(book: Any, understood: Understood, lang: Language) -> None:
    """Say in a note on the column names that the copy lacks pictures, where it does."""
    missing = lost(understood.path)
    plan = next((one for one in understood.sheets if one.header), None)
    if missing and plan and plan.header:
        text = NN_(
            "{n} picture or text box could not be copied. Your own file still has it.",
            "{n} pictures or text boxes could not be copied. Your own file still has them.",
        )
        said = lang.say(Message(text, n=missing))
        column = _last_column(plan.sheet, plan.header.rows, lang)
        head = book[plan.name].cell(plan.header.rows[-1], column)
        head.comment = Comment(said, "", width=320, height=80)


def _last_column(sheet: Sheet, header: tuple[int, ...], lang: Language) -> int:
    """Return the column for the reasons, from 1: the one of an earlier way back, or a new one."""
    known = {key("错误原因"), key("What is wrong"), key(lang.say(N_("What is wrong")))}
    for number, row in sheet.rows:
        if number == header[-1]:
            for place, value in enumerate(row):
                if isinstance(value, str) and key(value) in known:
                    return place + 1
    return max(len(row) for _number, row in sheet.rows) + 1


def _cell(sheet: Any, row: int, column: int) -> Any:
    """Return a cell, or the corner of the merged range it lies in, which alone can be written."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    for one in sheet.merged_cells.ranges:
        if cell.coordinate in one:
            return sheet.cell(one.min_row, one.min_col)
    return cell


def _save(book: Any, path: Path) -> None:
    """Write the file whole, or not at all."""
    refuse_ending(path)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".xqhz-") as folder:
            part = Path(folder) / "part.xlsx"
            book.save(part)
            part.replace(path)
    except (OSError, IllegalCharacterError) as error:
        raise UserError(
            Message(
                "“{file}” cannot be written. Close it in other programs or choose another folder.",
                file=path.name,
            )
        ) from error
