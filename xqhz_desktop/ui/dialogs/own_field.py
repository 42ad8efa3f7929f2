"""One own field: its names, what it holds, and how it is treated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.own import OwnField, OwnType
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import own_fields, records
from xqhz_desktop.services.own_fields import CodeList
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.gate import field as labelled
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words


class OwnFieldDialog(QDialog):
    """Edits a definition, or makes one; what a field holds stays as it was made."""

    def __init__(
        self, parent: QWidget, context: Context, field: OwnField, lists: Sequence[CodeList]
    ) -> None:
        """Show a definition; one without a name is new."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._field, self._new = context, field, not field.name
        self.name, self.name_en = QLineEdit(field.name), QLineEdit(field.name_en)
        self.type, self.list = QComboBox(), QComboBox()
        self.choices = QPlainTextEdit()
        self.required, self.search, self.private = QCheckBox(), QCheckBox(), QCheckBox()
        self.problem, self._title = words("error", wrap=True), words("heading")
        self.ok, self.cancel, self.remove = Button(kind="primary"), Button(), Button("trash-2")
        self._fill(lists)
        self._stand()
        self._say()
        self.type.currentIndexChanged.connect(self._on_type)
        self.list.currentIndexChanged.connect(self._on_type)
        self.ok.clicked.connect(self.save)
        self.cancel.clicked.connect(self.reject)
        self.remove.clicked.connect(self._on_remove)
        self._on_type()
        self.name.setFocus()

    @property
    def now(self) -> OwnField:
        """Return the definition as the dialog says it."""
        chosen = self.type.currentData() == OwnType.CHOICE.name
        return self._field.but(
            name=self.name.text().strip(),
            name_en=self.name_en.text().strip(),
            type=OwnType[str(self.type.currentData())],
            own_list=str(self.list.currentData() or "") if chosen else "",
            required=self.required.isChecked(),
            search=self.search.isChecked(),
            private=self.private.isChecked(),
        )

    def save(self) -> None:
        """Save the definition and close; say what is wrong otherwise."""
        named = [one.strip() for one in self.choices.toPlainText().splitlines()]
        self.ok.setEnabled(False)
        job = partial(_save, self._context.work, self.now, [one for one in named if one])
        title = Message("Saving the field {name}", name=self.now.name)
        self._context.tasks.run(self, job, self._on_saved, self._on_failed, title)

    def _on_remove(self) -> None:
        job = partial(_remove, self._context.work, self._field)
        self._context.tasks.run(self, job, self._on_removed, self._on_failed)

    def _fill(self, lists: Sequence[CodeList]) -> None:
        say = self._context.languages.say
        for one in OwnType:
            self.type.addItem(say(one), one.name)
        for each in lists:
            self.list.addItem(each.record.name, each.record.id)
        self.list.addItem(say(N_("A new code list")), "")
        self.type.setCurrentIndex(list(OwnType).index(self._field.type))
        self.list.setCurrentIndex(max(self.list.findData(self._field.own_list), 0))
        for box, on in (
            (self.required, self._field.required),
            (self.search, self._field.search),
            (self.private, self._field.private),
        ):
            box.setChecked(on)
        self.type.setEnabled(self._new)
        self.list.setEnabled(self._new)
        self.remove.setVisible(not self._new)
        self.problem.hide()

    def _stand(self) -> None:
        languages = self._context.languages
        names = QHBoxLayout()
        names.setSpacing(12)
        names.addWidget(labelled(languages, N_("Field name"), self.name))
        names.addWidget(labelled(languages, N_("English name"), self.name_en))
        self.choices.setFixedHeight(120)
        self._list = labelled(languages, N_("Code list"), self.list)
        hint = N_("One choice a line. The code list takes the name of the field.")
        self._choices = labelled(languages, N_("Choices"), self.choices, hint)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(names)
        column.addWidget(labelled(languages, N_("Holds"), self.type))
        for part in (self._list, self._choices, self.required, self.search, self.private):
            column.addWidget(part)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.setMinimumWidth(520)

    def _say(self) -> None:
        bind = self._context.languages.bind
        kind = Message(BY_KIND[self._field.of_kind].PLURAL)
        text = "New field of: {kind}" if self._new else "Field of: {kind}"
        title = Message(text, kind=kind)
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        bind(self.required, self.required.setText, N_("Must be filled in"))
        bind(self.search, self.search.setText, N_("Can be searched"))
        private = N_("Personal data: masked in lists and on paper for the public")
        bind(self.private, self.private.setText, private)
        bind(self.ok, self.ok.setText, N_("Save"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
        bind(self.remove, self.remove.setText, N_("Remove"))

    def _on_type(self, _place: int = 0) -> None:
        """Ask for the code list, and for its choices where it is new."""
        listed = self.type.currentData() == OwnType.CHOICE.name
        self._list.setVisible(listed)
        self._choices.setVisible(listed and not self.list.currentData())
        self.adjustSize()

    def _on_saved(self, _step: int) -> None:
        self._context.say(Message("Saved: {name}", name=self.now.name), undo=True)
        self.accept()

    def _on_removed(self, _step: int) -> None:
        self._context.say(Message("Removed: {name}", name=self._field.name), undo=True)
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        if isinstance(error, Cancelled):
            return
        self.problem.show()
        self._context.languages.bind(self.problem, self.problem.setText, error.message)


TITLES = (
    Message("New field of: {kind}"),
    Message("Field of: {kind}"),
)
"""The titles of the dialog, for the catalogue."""


def _save(work: Work, field: OwnField, choices: list[str], progress: Progress) -> int:
    return own_fields.save(work, field, choices, progress)


def _remove(work: Work, field: OwnField, _progress: Progress) -> int:
    return records.remove(work, field.KIND, [field.id])
