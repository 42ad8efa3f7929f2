"""The sheets of a survey as a grid of marks, and what they say of each enterprise as a list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject

from xqhz_desktop.domain.assessment import Survey
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services.surveying import MARKS, Result, SurveyEntry
from xqhz_desktop.ui.models.grid import GridCell, GridModel
from xqhz_desktop.ui.models.told import Said, Told

NAME, HOST = "name", "host"


class SurveyModel(GridModel):
    """Shows some sheets with what was typed into them; only marks can be typed."""

    WIDTHS = {NAME: 180, HOST: 240, **dict.fromkeys(MARKS, 112)}
    YIELDING = (HOST,)

    def __init__(self, lang: Language, parent: QObject, *, locked: bool = False) -> None:
        """Show nothing yet; `locked`: nothing can be typed."""
        super().__init__(lang, parent)
        self._locked = locked
        self.columns = (NAME, HOST, *MARKS)
        self.entry = SurveyEntry(())

    def show(self, entry: SurveyEntry, keys: Sequence[str]) -> None:
        """Show these sheets; the cursor stays where the same ones are shown."""
        same = self.entry is entry and self.keys == list(keys)
        if not same:
            self.beginResetModel()
        self.entry, self.keys, self.wrong = entry, list(keys), entry.wrong
        if not same:
            self.endResetModel()
        elif self.keys:
            last = self.index(len(self.keys) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def takes(self, _key: str, name: str) -> bool:
        """Tell whether a cell takes a mark."""
        return name in MARKS and not self._locked

    def title(self, name: str) -> str:
        """Return a column's title."""
        titles = {NAME: N_("Answered by"), HOST: N_("Enterprise")}
        return self.lang.say(titles.get(name) or Survey.FIELDS[name].label)

    def cell(self, key: str, name: str) -> GridCell:
        """Return what a cell says."""
        line = self.entry.lines[key]
        if name == NAME:
            return GridCell(line.name, line.beside)
        if name == HOST:
            return GridCell(line.enterprise)
        text = self.entry.texts.get((key, name))
        if (problem := self.wrong.get((key, name))) is not None:
            return GridCell(text or "", self.lang.say(problem), wrong=True, number=True)
        value = self.entry.stored(key, name) if text is None else self.entry.meant(name, text)
        shown = "" if value is None else str(value)
        return GridCell(shown, edited=text is not None, number=True)


def _host(one: Result, lang: Language) -> Said:
    sheets = Message(NN_("{n} student", "{n} students"), n=one.students)
    own = Message(NN_("{n} sheet of its own", "{n} sheets of its own"), n=one.own)
    below = Message("{sheets}, {own}", sheets=sheets, own=own) if one.own else sheets
    return Said(one.name, lang.say(below))


def _mean(one: Result, _lang: Language) -> Said:
    return _marked(one.mean)


def _of(name: str, one: Result, _lang: Language) -> Said:
    value = one.means[name]
    return Said("—" if value is None else f"{value}")


def _marked(value: Decimal | None) -> Said:
    if value is None:
        return Said("—")
    tone = "good" if value >= 4 else "warn" if value >= 3 else "bad"
    return Said(f"{value}", tone=tone)


RESULTS = (
    Told(N_("Enterprise"), _host, 280),
    Told(N_("Mean"), _mean, 110),
    *(Told(Survey.FIELDS[name].label, partial(_of, name), 116) for name in MARKS),
)
"""The columns of the results."""
