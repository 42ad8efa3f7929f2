"""Before scores are written in bulk: a pasted block cell by cell, or one value for a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain.assessment import Score
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import assessing
from xqhz_desktop.services.score_entry import Pasted
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.told import ToldTable

_TITLE, _FILL = N_("Paste scores"), N_("Fill a column")


class ScoresPasted(QDialog):
    """What a block would do, what cannot be pasted first; nothing is saved yet."""

    def __init__(
        self,
        parent: QWidget,
        languages: Languages,
        cells: Sequence[Pasted],
        then: Callable[[list[Pasted]], object],
    ) -> None:
        """Show the cells; `then` is given those that can be pasted."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._good, self._then = [one for one in cells if not one.problem], then
        self.table = ToldTable(_PASTED, languages)
        self.table.show_rows(sorted(cells, key=lambda one: one.problem is None))
        self.go, self.cancel = Button("check", "primary"), Button()
        self._title, self._said = words("heading"), words("section", wrap=True)
        self._note = words("label", wrap=True)
        self._stand()
        self._speak(languages, len(cells))
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        room = parent.window().size()
        self.resize(min(860, room.width() - 80), min(620, room.height() - 80))

    def _stand(self) -> None:
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.addWidget(self.table)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (self._title, self._said):
            column.addWidget(part)
        column.addWidget(card, 1)
        column.addLayout(foot)

    def _speak(self, languages: Languages, cells: int) -> None:
        bind, n = languages.bind, len(self._good)
        bind(self, self.setWindowTitle, _TITLE)
        bind(self._title, self._title.setText, _TITLE)
        text = Message(
            "{changing} to be changed, {refused} cannot be pasted.",
            changing=Message(NN_("{n} cell", "{n} cells"), n=n),
            refused=cells - n,
        )
        bind(self._said, self._said.setText, text)
        note = N_("The cells are filled in; Save writes them as one step.")
        bind(self._note, self._note.setText, note)
        bind(self.go, self.go.setText, Message(NN_("Paste {n} cell", "Paste {n} cells"), n=n))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
        self.go.setEnabled(bool(n))

    def _on_go(self) -> None:
        self._then(self._good)
        self.accept()


class FillScores(QDialog):
    """One value for many cells of one column; filled cells stay unless asked otherwise."""

    def __init__(
        self,
        parent: QWidget,
        languages: Languages,
        offer: tuple[Sequence[str], str, int],
        then: Callable[[str, str, bool], object],
    ) -> None:
        """Offer (columns, the one to begin with, students); `then(column, text, all cells)`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._languages, self._then = languages, then
        names, first, students = offer
        self.columns, self.value, self.over = QComboBox(), QLineEdit(), QCheckBox()
        self.ok, self.cancel = Button("check", "primary"), Button()
        self._title, self._about = words("heading"), words("body2", wrap=True)
        self._trouble = words("error", wrap=True)
        for name in names:
            self.columns.addItem(languages.say(Score.FIELDS[name].label), name)
        self.columns.setCurrentIndex(max(self.columns.findData(first), 0))
        self._stand()
        self._speak(students)
        self.ok.setDefault(True)
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)
        self.value.setFocus()

    def _stand(self) -> None:
        row, foot = QHBoxLayout(), QHBoxLayout()
        row.addWidget(self.columns)
        row.addWidget(self.value, 1)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (self._title, self._about):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.over)
        column.addWidget(self._trouble)
        column.addLayout(foot)
        self.setMinimumWidth(440)
        self._trouble.hide()

    def _speak(self, students: int) -> None:
        bind = self._languages.bind
        bind(self, self.setWindowTitle, _FILL)
        bind(self._title, self._title.setText, _FILL)
        text = NN_("For the {n} student in view.", "For the {n} students in view.")
        bind(self._about, self._about.setText, Message(text, n=students))
        bind(self.value, self.value.setPlaceholderText, N_("85, or a word such as good"))
        bind(self.value, self.value.setAccessibleName, N_("Value"))
        bind(self.columns, self.columns.setAccessibleName, N_("Column"))
        bind(self.over, self.over.setText, N_("Also where there is a value already"))
        bind(self.ok, self.ok.setText, N_("Fill"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))

    def _on_ok(self) -> None:
        name, text = str(self.columns.currentData()), self.value.text()
        try:
            assessing.read(name, text)
        except UserError as error:
            bind = self._languages.bind
            bind(self._trouble, self._trouble.setText, error.message)
            self._trouble.show()
            return
        self._then(name, text, self.over.isChecked())
        self.accept()


def _who(one: Pasted, lang: Language) -> Said:
    row = lang.say(Message("row {n} of the block", n=one.row))
    if one.line is None:
        return Said(one.text, row)
    return Said(one.line.name, " | ".join((one.line.student_no, one.line.class_name, row)))


def _column(one: Pasted, lang: Language) -> Said:
    return Said(lang.say(Score.FIELDS[one.field].label) if one.field else "")


def _before(one: Pasted, lang: Language) -> Said:
    return Said(_shown(one.before, lang))


def _after(one: Pasted, lang: Language) -> Said:
    if one.problem:
        return Said(one.text, lang.say(one.problem), ink="bad")
    meant = _shown(one.after, lang)
    return Said(meant, one.text if one.text != meant else "")


def _shown(value: object, lang: Language) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return lang.value(value) if value is not None else "—"


_PASTED = (
    Told(N_("Student"), _who, 240),
    Told(N_("Column"), _column, 150),
    Told(N_("Before"), _before, 100),
    Told(N_("Afterwards"), _after, 300),
)
