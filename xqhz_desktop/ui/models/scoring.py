"""The assessment grid: a student a row, a score a cell, totals and grades as they come out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject

from xqhz_desktop.domain import grading
from xqhz_desktop.domain.assessment import Grade, Score, Sitting
from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.services import assessing
from xqhz_desktop.services.assessing import Line
from xqhz_desktop.services.score_entry import ScoreEntry
from xqhz_desktop.ui.models.grid import GridCell, GridModel
from xqhz_desktop.ui.widgets.chips import Chip

NAME, CLASS, HOST, TOTAL, GRADE, SITTING = "name", "class", "host", "total", "grade", "sitting"
_LABELS = {
    NAME: N_("Student"),
    CLASS: N_("Class"),
    HOST: N_("Enterprise"),
    TOTAL: N_("Total score"),
    GRADE: N_("Grade"),
    SITTING: N_("Sitting"),
}
TONES = {
    Grade.OPEN: "neutral",
    Grade.EXCELLENT: "good",
    Grade.GOOD: "info",
    Grade.PASS: "warn",
    Grade.FAIL: "bad",
}


class ScoringModel(GridModel):
    """Shows some lines of a sheet with what was typed into it; only scores can be typed."""

    WIDTHS = {NAME: 150, CLASS: 120, HOST: 190, TOTAL: 92, GRADE: 104, SITTING: 96}
    YIELDING = (HOST, CLASS)

    def __init__(self, lang: Language, parent: QObject, *, locked: bool = False) -> None:
        """Show nothing yet; `locked`: nothing can be typed."""
        super().__init__(lang, parent)
        self._locked = locked
        self.entry: ScoreEntry | None = None
        self._lines: dict[str, Line] = {}

    def show(self, entry: ScoreEntry, placements: Sequence[str]) -> None:
        """Show these placements of a sheet; the cursor stays where the same ones are shown."""
        columns = (NAME, CLASS, HOST, *entry.sheet.parts, TOTAL, GRADE, SITTING)
        same = self.entry is entry and (self.keys, self.columns) == (list(placements), columns)
        if not same:
            self.beginResetModel()
        self.entry, self.keys, self.columns = entry, list(placements), columns
        self._lines = {one: entry.line(one) for one in self.keys}
        self.wrong = entry.wrong
        if not same:
            self.endResetModel()
        elif self.keys:
            last = self.index(len(self.keys) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def takes(self, key: str, name: str) -> bool:
        """Tell whether a cell takes a score: copies do not disagree about it."""
        typed = name in assessing.fields_typed()
        return typed and not self._locked and not self._lines[key].disputed

    def title(self, name: str) -> str:
        """Return a column's title, a score's with its weight."""
        if name not in grading.PARTS or self.entry is None:
            return self.lang.say(_LABELS[name])
        weight = self.entry.sheet.batch.weights[grading.PARTS.index(name)]
        label = self.lang.say(Score.FIELDS[name].label)
        return f"{label} {self.lang.value(Decimal(weight))}%"

    def cell(self, key: str, name: str) -> GridCell:
        """Return what a cell says."""
        line, say = self._lines[key], self.lang.say
        match name:
            case "name":
                mark = say(N_("undecided")) if line.disputed else line.student_no
                return GridCell(line.name, mark, locked=line.disputed)
            case "class":
                return GridCell(line.class_name)
            case "host":
                return GridCell(line.enterprise, say(line.status))
            case "grade":
                grade = line.score.grade
                return GridCell("" if grade is Grade.OPEN else say(grade), tone=TONES[grade])
            case "total":
                return GridCell(_number_text(line.score.total), self._five(line), number=True)
        return self._typed((key, name), line)

    def _typed(self, place: tuple[str, str], line: Line) -> GridCell:
        """Return a cell people type into: the text, what it means, or what is wrong with it."""
        assert self.entry is not None, "cells are asked for once something is shown"
        text, name = self.entry.texts.get(place), place[1]
        number = name in grading.PARTS
        if (problem := self.wrong.get(place)) is not None:
            return GridCell(text or "", self.lang.say(problem), wrong=True, number=number)
        value = getattr(line.score, name)
        shown = _number_text(value) if number else self.lang.say(value)
        if name == SITTING and value is Sitting.REGULAR and text is None:
            shown = ""
        meant = text.strip() if text and number and text.strip() != shown else ""
        return GridCell(shown, meant, edited=text is not None, locked=line.disputed, number=number)

    def _five(self, line: Line) -> str:
        """Return the word of the five-grade scale, which some schools want beside the total."""
        if line.score.total is None:
            return ""
        return grading.on("five", line.score.total).said(self.lang.code)


def narrowings(lines: Sequence[Line]) -> list[Chip]:
    """Return what lines can be narrowed to: no grade yet, each grade, a later sitting."""
    found = assessing.counts(lines)
    later = (Sitting.DEFERRED, Sitting.RESIT)
    return [
        *(Chip(one, one.value, found[one]) for one in Grade),
        *(Chip(one, one.value, sum(falls_under(line, one) for line in lines)) for one in later),
    ]


def falls_under(line: Line, value: Any) -> bool:
    """Tell whether a line has the value of a chip."""
    return value in (line.score.grade, line.score.sitting)


def _number_text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
