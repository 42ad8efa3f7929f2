"""The check before the start on paper, as a sheet, and in signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.readiness import OF_BATCH, OF_HOST, Item, State
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.reports.kit import Edition, Printed, printed, quiet
from xqhz_desktop.reports.preflight import Checked, CheckQuestions, Sheet, tell
from xqhz_desktop.services.preflight import Cell, Matrix, Row, gaps
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.write import OutColumn, write_table


def mark(cell: Cell, lang: Language) -> str:
    """Return a cell as a sign: √ complete, − and a number, × missing, ○ not due, – not asked."""
    match cell.state:
        case State.DONE:
            return "√"
        case State.NONE:
            return "–"
        case State.LATER:
            return "○"
    return lang.say(Message("−{n}", n=cell.missing)) if cell.partly else "×"


def drawn(
    work: Work, matrix: Matrix, rows: Sequence[Row], edition: Edition, progress: Any = quiet
) -> Printed:
    """Return the matrix with its gaps as a PDF."""
    lang = edition.main
    with work.store.read() as reader:
        school = next((one for one in reader.all("school") if isinstance(one, School)), School())
    checked = [
        Checked(row.name, len(row.lines), [mark(row.cells[one], lang) for one in Item],
                _said(row, lang))
        for row in rows
    ]  # fmt: skip
    sheet = Sheet(school, matrix.batch.name, matrix.gaps, checked)
    return printed(tell(sheet, CheckQuestions(), edition), edition, progress)


def write(matrix: Matrix, rows: Sequence[Row], path: Path, lang: Language) -> int:
    """Write the list of gaps as a sheet, a line a person or an enterprise; return how many."""
    heads = (N_("Item"), N_("Enterprise"), N_("Name"), N_("Student number"), N_("Class"))
    columns = [OutColumn(lang.say(one), Field(Kind.TEXT, one)) for one in heads]
    title = lang.say(Message("{batch}: what is missing", batch=matrix.batch.name))
    return write_table(path, columns, list(_listed(rows, lang)), lang, title)


def _listed(rows: Sequence[Row], lang: Language) -> Iterator[list[str]]:
    for row, item, some in gaps(rows):
        said, host = lang.say(item), row.lines[0].host
        if item in OF_HOST | OF_BATCH:
            yield [said, host, "", "", ""]
            continue
        for one in some:
            yield [said, host, one.name, one.student_no, one.class_name]


def _said(row: Row, lang: Language) -> str:
    """Return what a row misses in words: 三方协议：李雨桐、陈思涵."""
    parts = []
    for _row, item, some in gaps([row]):
        if item in OF_HOST | OF_BATCH:
            parts.append(lang.say(item))
            continue
        names = lang.value([one.name for one in some])
        parts.append(lang.say(Message("{item}: {names}", item=item, names=names)))
    return "\n".join(parts)
