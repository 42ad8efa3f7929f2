"""The preview of a block pasted into a sheet: what would change, what cannot be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.entries import Entries
from xqhz_desktop.ui.models.sheet_paste import Pasted, PastePlan
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.told import ToldTable

_MOST = 500
"""Rows shown; the sentence above counts all."""


class SheetPasting(QDialog):
    """Shows the plan; pasting is one thing to undo, and nothing is saved by it."""

    def __init__(
        self, parent: QWidget, languages: Languages, model: Entries, plan: PastePlan
    ) -> None:
        """Make the dialog; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._languages, self._model, self.plan = languages, model, plan
        columns = (
            Told(N_("Name"), self._name, 200),
            Told(N_("Column"), self._column, 90),
            Told(N_("Before"), _before, 110),
            Told(N_("Afterwards"), _after, 220),
        )
        self.table = ToldTable(columns, languages)
        self.go, self.cancel = Button("check", "primary"), Button()
        self._title, self._said, self._note = words("heading"), words("section"), words("advice")
        for label in (self._said, self._note):
            label.setWordWrap(True)
        self._stand()
        self._speak()
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        first = sorted(plan.cells, key=lambda one: not (one.wrong or one.closed))
        self.table.show_rows(first[:_MOST])
        self.resize(720, 560)
        self.go.setFocus()

    def _stand(self) -> None:
        card = Card(1, 0)
        card.body.addWidget(self.table)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (self._title, self._said, self._note):
            column.addWidget(part)
        column.addWidget(card, 1)
        column.addLayout(foot)

    def _speak(self) -> None:
        bind, plan = self._languages.bind, self.plan
        bind(self, self.setWindowTitle, N_("Paste into the sheet"))
        bind(self._title, self._title.setText, N_("Paste into the sheet"))
        bind(self.table, self.table.setAccessibleName, N_("What would change"))
        n = plan.changing
        text = Message(
            "{changing} to be changed, {same} stay as they are, {refused} cannot be pasted.",
            changing=Message(NN_("{n} cell", "{n} cells"), n=n),
            same=plan.same,
            refused=len(plan.cells) - n,
        )
        bind(self._said, self._said.setText, text)
        note: Message | str = N_("The rows were found by their names.") if plan.by_name else ""
        if plan.unknown:
            note = Message("Not on this sheet, or there twice: {names}", names=list(plan.unknown))
        bind(self._note, self._note.setText, note)
        self._note.setVisible(bool(note))
        bind(self.go, self.go.setText, Message(NN_("Paste {n} cell", "Paste {n} cells"), n=n))
        self.go.setEnabled(n > 0)
        bind(self.cancel, self.cancel.setText, N_("Cancel"))

    def _name(self, one: Pasted, _lang: Language) -> Said:
        assert self._model.book is not None, "something is pasted into a sheet"
        return Said(*self._model.book.called(one.row))

    def _column(self, one: Pasted, lang: Language) -> Said:
        book = self._model.book
        assert book is not None, "something is pasted into a sheet"
        return Said(lang.say(book.title(list(book.fields).index(one.field)).text))

    def _on_go(self) -> None:
        self._model.write(self.plan.typed())
        self.accept()


def _before(one: Pasted, _lang: Language) -> Said:
    return Said(one.before or "—")


def _after(one: Pasted, lang: Language) -> Said:
    if one.wrong:
        return Said(one.after, lang.say(N_("This cannot be read.")), ink="bad")
    if one.closed:
        return Said(one.after, lang.say(N_("The placement does not run on this day.")), ink="bad")
    return Said(one.after or "—")
