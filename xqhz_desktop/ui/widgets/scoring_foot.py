"""Below the assessment grid: how the numbers balance, the grades, and what is not right yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xqhz_desktop.domain.assessment import Grade
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import assessing
from xqhz_desktop.services.assessing import Line, Sheet
from xqhz_desktop.services.score_entry import ScoreEntry
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words


class ScoringFoot(QWidget):
    """Says the sums of the lines in view."""

    compute_wanted = Signal()

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Say nothing yet; `locked`: nothing can be computed again."""
        super().__init__()
        self._languages = languages
        self.sums, self.note = words("label"), words("advice")
        self.again = Button("refresh-cw", "link")
        self.again.setEnabled(not locked)
        self.again.clicked.connect(self.compute_wanted)
        languages.bind(self.again, self.again.setText, N_("Compute again"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.sums, 1)
        row.addWidget(self.note)
        row.addWidget(self.again)
        self.note.hide()
        self.again.hide()

    def show_lines(self, entry: ScoreEntry, lines: Sequence[Line]) -> None:
        """Show the sums of a sheet and the grades of some of its lines."""
        text = _sums(entry.sheet, lines)
        self._languages.bind(self.sums, self.sums.setText, text)
        wrong, old = len(entry.wrong), len(entry.sheet.outdated)
        note: Message | str = ""
        if wrong:
            marks = NN_("{n} cell holds no score (F8).", "{n} cells hold no score (F8).")
            note = Message(marks, n=wrong)
        elif old:
            totals = NN_(
                "{n} total was made with other weights.", "{n} totals were made with other weights."
            )
            note = Message(totals, n=old)
        self.again.setVisible(bool(old) and not wrong)
        self.note.setVisible(bool(note))
        self._languages.bind(self.note, self.note.setText, note)


def _sums(sheet: Sheet, lines: Sequence[Line]) -> Message:
    found = assessing.counts(lines)
    grades = [
        Message("{grade} {n}", grade=one, n=found[one])
        for one in Grade
        if found[one] and one is not Grade.OPEN
    ]
    balance = Message(
        "{due} in the classes: {placed} placed, {absent} take no part, {open} open",
        due=sheet.due,
        placed=sheet.due - sheet.absent - sheet.open,
        absent=sheet.absent,
        open=sheet.open,
    )
    return Message("{balance} | {grades}", balance=balance, grades=grades) if grades else balance
