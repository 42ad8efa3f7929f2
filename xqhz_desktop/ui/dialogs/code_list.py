"""One code list: its names, and its choices in their order."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain.own import OwnChoice, OwnList
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import own_fields
from xqhz_desktop.services.own_fields import CodeList
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.gate import field as labelled
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words


class ChoiceRow(QFrame):
    """One choice under edit: its names, and whether it is retired."""

    def __init__(self, languages: Languages, choice: OwnChoice) -> None:
        """Show a choice; one without a name is new."""
        super().__init__()
        self.choice, self._languages = choice, languages
        self.name, self.name_en = QLineEdit(choice.name), QLineEdit(choice.name_en)
        self.up, self.down = Button("chevron-up", "tool"), Button("chevron-down", "tool")
        self.turn = Button("x", "tool")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.name, 3)
        row.addWidget(self.name_en, 2)
        for button in (self.up, self.down, self.turn):
            row.addWidget(button)
        bind = languages.bind
        bind(self.name, self.name.setPlaceholderText, N_("Choice"))
        bind(self.name, self.name.setAccessibleName, N_("Choice"))
        bind(self.name_en, self.name_en.setPlaceholderText, N_("English name"))
        bind(self.name_en, self.name_en.setAccessibleName, N_("English name"))
        bind(self.up, self.up.name, N_("Move up"))
        bind(self.down, self.down.name, N_("Move down"))
        self.turn.clicked.connect(self._on_turned)
        self._show()

    @property
    def now(self) -> OwnChoice:
        """Return the choice as the row says it."""
        name, name_en = self.name.text().strip(), self.name_en.text().strip()
        return self.choice.but(name=name, name_en=name_en)

    def _on_turned(self) -> None:
        self.choice = self.choice.but(retired=not self.choice.retired)
        self._show()

    def _show(self) -> None:
        retired = self.choice.retired
        self.name.setEnabled(not retired)
        self.name_en.setEnabled(not retired)
        self.turn.wear("undo-2" if retired else "x")
        said = N_("Bring back") if retired else N_("Retire: old records keep it")
        self._languages.bind(self.turn, self.turn.name, said)


class CodeListDialog(QDialog):
    """Edits a code list, or makes one, as one step."""

    def __init__(self, parent: QWidget, context: Context, wanted: CodeList | None) -> None:
        """Show a code list; None begins a new one."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._new = context, wanted is None
        self._record = wanted.record if wanted else OwnList()
        self.name = QLineEdit(self._record.name)
        self.name_en = QLineEdit(self._record.name_en)
        self.rows: list[ChoiceRow] = []
        self.add, self.ok, self.cancel = Button("plus"), Button(kind="primary"), Button()
        self.problem, self._title = words("error", wrap=True), words("heading")
        self._stand()
        self._say()
        for choice in wanted.choices if wanted else (self._fresh(), self._fresh()):
            self._add(choice)
        self.add.clicked.connect(self._on_add)
        self.ok.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)

    @property
    def now(self) -> CodeList:
        """Return the list as the dialog says it; new choices without a name are left out."""
        record = self._record.but(
            name=self.name.text().strip(), name_en=self.name_en.text().strip()
        )
        some = [row.now for row in self.rows]
        return CodeList(record, tuple(one for one in some if one.name or one.place))

    def save(self) -> None:
        """Save the list and close; say what is wrong otherwise."""
        self.ok.setEnabled(False)
        job = partial(_save, self._context.work, self.now)
        self._context.tasks.run(self, job, self._on_saved, self._on_failed)

    def _fresh(self) -> OwnChoice:
        return OwnChoice(own_list=self._record.id)

    def _add(self, choice: OwnChoice) -> ChoiceRow:
        row = ChoiceRow(self._context.languages, choice)
        row.up.clicked.connect(partial(self._move, row, -1))
        row.down.clicked.connect(partial(self._move, row, 1))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        return row

    def _move(self, row: ChoiceRow, by: int, _clicked: bool = False) -> None:
        place = min(max(self.rows.index(row) + by, 0), len(self.rows) - 1)
        self.rows.remove(row)
        self.rows.insert(place, row)
        self._column.removeWidget(row)
        self._column.insertWidget(place, row)

    def _on_add(self) -> None:
        self._add(self._fresh()).name.setFocus()

    def _stand(self) -> None:
        languages = self._context.languages
        names, foot, inner = QHBoxLayout(), QHBoxLayout(), QWidget()
        names.setSpacing(12)
        names.addWidget(labelled(languages, N_("Code list"), self.name))
        names.addWidget(labelled(languages, N_("English name"), self.name_en))
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setMinimumHeight(240)
        area.setWidget(inner)
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(names)
        column.addWidget(area, 1)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.problem.hide()
        self.setMinimumWidth(560)

    def _say(self) -> None:
        bind = self._context.languages.bind
        title = N_("New code list") if self._new else N_("Code list")
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        bind(self.add, self.add.setText, N_("Add a choice"))
        bind(self.ok, self.ok.setText, N_("Save"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))

    def _on_saved(self, _step: int) -> None:
        self._context.say(Message("Saved: {name}", name=self.now.record.name), undo=True)
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self.problem.show()
        self._context.languages.bind(self.problem, self.problem.setText, error.message)


def _save(work: Work, wanted: CodeList, _progress: Progress) -> int:
    return own_fields.save_list(work, wanted)
