"""What is typed into an assessment sheet and not saved yet: texts, what they mean, the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from xqhz_desktop.domain import grading
from xqhz_desktop.domain.assessment import Score
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import CODES, Message, language
from xqhz_desktop.services import assessing, drafts
from xqhz_desktop.services.assessing import Line, Sheet
from xqhz_desktop.services.text_entry import Place, TextEntry
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.typed import synonym
from xqhz_desktop.storage import drafts as kept
from xqhz_desktop.storage.drafts import Draft

SHEET = "score_sheet"
"""The kind of a draft that is a whole sheet; its record is the batch."""


@dataclass(frozen=True)
class Pasted:
    """One cell of a pasted block: where it goes, what stands there, and what is wrong with it."""

    line: Line | None
    field: str
    before: Any
    after: Any
    text: str
    row: int
    """Its row in the block, from 1."""
    problem: Message | None = None


class ScoreEntry(TextEntry):
    """The texts typed into one sheet, by placement and field."""

    def __init__(self, sheet: Sheet) -> None:
        """Begin with a sheet as it is stored."""
        super().__init__()
        self.sheet = sheet
        self._lines = {one.placement: one for one in sheet.lines}

    def read(self, field: str, text: str) -> Any:
        """Return the score or the sitting in a text."""
        return assessing.read(field, text)

    def stored(self, key: str, field: str) -> Any:
        """Return what the score of a placement holds."""
        return getattr(self._lines[key].score, field)

    def open(self, key: str) -> bool:
        """Tell whether a placement is on the sheet, and copies do not disagree about it."""
        return key in self._lines and not self._lines[key].disputed

    def line(self, placement: str) -> Line:
        """Return a line as it would be saved, with its total and grade."""
        line = self._lines[placement]
        values = {
            field: value
            for field in assessing.fields_typed()
            if (text := self._texts.get((placement, field))) is not None
            and not isinstance(value := self.meant(field, text), Message)
        }
        if not values:
            return line
        made = grading.graded(line.score.but(**values), self.sheet.batch.weights)
        return replace(line, score=made)

    def move(self, sheet: Sheet) -> None:
        """Hold what was typed against the sheet as it is stored now."""
        texts = self._texts
        self.sheet, self._texts = sheet, {}
        self._lines = {one.placement: one for one in sheet.lines}
        self.type(texts)
        self._before.clear()


def pasted(sheet: Sheet, rows: list[list[str]], at: tuple[list[str], Place]) -> list[Pasted]:
    """Return what a block of cells would do to a sheet, cell by cell.

    `at`: the placements in view in their order, and the cell the block begins at. A block with
    titles goes under its titles, and one that names students goes to them, whatever the order.
    """
    fields = _titled(rows[0]) if rows else []
    body = rows[1:] if any(fields) else rows
    first = 2 if any(fields) else 1
    lines = {one.placement: one for one in sheet.lines}
    shown, (start, field) = at
    names = [*sheet.parts, "sitting"]
    by, who = _naming(body, list(lines.values()))
    if not any(fields):
        columns = _score_columns(body, by, who)
        own = names[names.index(field) if field in names else 0 :]
        fields = [""] * max(map(len, body), default=0)
        for column, name in zip(columns, own, strict=False):
            fields[column] = name
    below = shown[shown.index(start) if start in shown else 0 :]
    found = list[Pasted]()
    for n, row in enumerate(body):
        if who is None:
            line = lines[below[n]] if n < len(below) else None
        else:
            line = by.get(_plain(row[who]) if who < len(row) else "")
        found += _row(line, row, fields, n + first)
    return found


def draft(work: Work, entry: ScoreEntry) -> Draft | None:
    """Return what was typed as a draft to be kept for after a crash; None where nothing is."""
    if not entry.texts:
        return None
    texts = {f"{placement} {field}": text for (placement, field), text in entry.texts.items()}
    return replace(drafts.begun(work, SHEET, entry.sheet.batch.id), typed=texts)


def left(work: Work, batch: str) -> Draft | None:
    """Return the newest draft of a sheet that an earlier opening left behind."""
    if work.read_only:
        return None
    with work.store.read() as reader:
        some = kept.kept(reader.cursor, SHEET)
    mine = [one for one in some if one.record == batch and one.session != work.store.session]
    return max(mine, key=lambda one: one.at, default=None)


def places(draft: Draft) -> dict[Place, str]:
    """Return the texts of a draft by cell."""
    split = ((key.partition(" "), text) for key, text in draft.typed.items())
    return {(placement, field): text for (placement, _blank, field), text in split}


def _read(field: str, text: str) -> Any:
    """Return the value of a text, or what is wrong with it."""
    try:
        return assessing.read(field, text)
    except UserError as error:
        return error.message


def _row(line: Line | None, row: list[str], fields: list[str], number: int) -> list[Pasted]:
    found = list[Pasted]()
    for field, text in zip(fields, row, strict=False):
        if not field or not text.strip():
            continue
        if line is None:
            gone = Message("Nobody in this list belongs to this row.")
            return [Pasted(None, field, None, None, " ".join(filter(None, row)), number, gone)]
        before = getattr(line.score, field)
        after = _read(field, text)
        problem = after if isinstance(after, Message) else None
        if line.disputed:
            problem = Message("Copies disagree about this score: decide it under Conflicts.")
        if problem or after != before:
            value = None if problem else after
            found.append(Pasted(line, field, before, value, text.strip(), number, problem))
    return found


def _titled(row: list[str]) -> list[str]:
    """Return the fields a row of titles names, "" for others; nothing where it is no such row."""
    known = {
        _plain(language(code).say(Score.FIELDS[name].label)): name
        for code in CODES
        for name in assessing.fields_typed()
    }
    found = []
    for title in row:
        meant = known.get(_plain(title)) or synonym(Score.KIND, title)
        found.append(meant if meant in assessing.fields_typed() else "")
    named = [one for one in found if one]
    return found if named and len(named) == len(set(named)) else []


def _naming(body: list[list[str]], lines: list[Line]) -> tuple[dict[str, Line], int | None]:
    """Return the lines by what a column of the block calls them, and the place of that column."""
    for called in ("student_no", "name"):
        by = dict[str, Line]()
        twice = set[str]()
        for line in lines:
            said = _plain(getattr(line, called))
            if said in by:
                twice.add(said)
            by[said] = line
        by = {said: line for said, line in by.items() if said and said not in twice}
        for column in range(max(map(len, body), default=0)):
            some = [_plain(row[column]) for row in body if column < len(row) and row[column]]
            if some and sum(one in by for one in some) * 2 > len(some):
                return by, column
    return {}, None


def _score_columns(body: list[list[str]], by: Mapping[str, Line], who: int | None) -> list[int]:
    """Return the columns that hold scores: right of who is named, and not telling who it is."""
    width = max(map(len, body), default=0)
    if who is None:
        return list(range(width))
    found = []
    for column in range(who + 1, width):
        cells = [(by.get(_plain(row[who])), row[column]) for row in body if column < len(row)]
        about = sum(
            line is not None and _plain(text) in map(_plain, (line.name, line.class_name))
            for line, text in cells
        )
        if about * 2 <= len(cells):
            found.append(column)
    return found


def _plain(said: str) -> str:
    return "".join(said.split()).lower()
