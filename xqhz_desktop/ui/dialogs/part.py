"""What a computer that is admitted may have: the whole school, or one part of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.sync.scope import ROOTS
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.seek import SeekEditor

_KINDS = {
    "department": N_("One department"),
    "school_class": N_("One class"),
    "staff": N_("The students of one teacher"),
    "placement_batch": N_("The students of one batch"),
}


class PartDialog(QDialog):
    """Asks for the part; `then` is called with ids, none for the whole school."""

    def __init__(
        self, parent: QWidget, context: Context, name: str, then: Callable[[list[str]], object]
    ) -> None:
        """Ask about a computer by its name."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._then = context, then
        tools = Tools(context.languages, Search(context.work.store, self))
        self.whole, self.part = QRadioButton(), QRadioButton()
        self.kind, self._seeks = QComboBox(), QStackedWidget()
        self.seeks = {
            kind: SeekEditor(Field(Kind.REF, _KINDS[kind], target=kind), tools) for kind in ROOTS
        }
        self._title, self._told = words("heading"), words("small", wrap=True)
        self.next_button, self.cancel_button = Button("save", "primary"), Button()
        self._stand()
        self._speak(name)
        self.whole.setChecked(True)
        self._on_choice()
        for radio in (self.whole, self.part):
            radio.toggled.connect(self._on_choice)
        self.kind.currentIndexChanged.connect(self._on_choice)
        for seek in self.seeks.values():
            seek.changed.connect(self._on_choice)
        self.next_button.clicked.connect(self._on_next)
        self.cancel_button.clicked.connect(self.reject)

    @property
    def _seek(self) -> SeekEditor:
        return self.seeks[ROOTS[max(self.kind.currentIndex(), 0)]]

    def _chosen(self) -> str:
        """Return the record the part hangs on, "" while none is picked."""
        try:
            return str(self._seek.value() or "")
        except UserError:
            return ""

    def _on_choice(self, _value: object = None) -> None:
        self.kind.setEnabled(self.part.isChecked())
        self._seeks.setEnabled(self.part.isChecked())
        self._seeks.setCurrentWidget(self._seek)
        self.next_button.setEnabled(self.whole.isChecked() or bool(self._chosen()))

    def _on_next(self) -> None:
        part = [self._chosen()] if self.part.isChecked() else []
        self.accept()
        self._then(part)

    def _stand(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        for part in (self._title, self.whole, self.part):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(8)
        for seek in self.seeks.values():
            self._seeks.addWidget(seek)
        self._seeks.setFixedHeight(self._seek.sizeHint().height())
        row.addWidget(self.kind)
        row.addWidget(self._seeks, 1)
        column.addLayout(row)
        column.addWidget(self._told)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.next_button)
        column.addLayout(foot)
        self._told.setMinimumWidth(520)

    def _speak(self, name: str) -> None:
        languages = self._context.languages
        bind = languages.bind
        title = Message("What may “{name}” have?", name=name)
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        whole = N_("The whole school: an ordinary computer of the office or a department")
        bind(self.whole, self.whole.setText, whole)
        bind(self.part, self.part.setText, N_("Only a part: a partial copy"))
        bind(self._told, self._told.setText, _TOLD)
        for kind in ROOTS:
            self.kind.addItem("")
            place = self.kind.count() - 1
            bind(self.kind, partial(self.kind.setItemText, place), _KINDS[kind])
            seek = self.seeks[kind]
            bind(seek.line, seek.line.setAccessibleName, _KINDS[kind])
        bind(self.kind, self.kind.setAccessibleName, N_("Which part"))
        bind(self.next_button, self.next_button.setText, N_("Choose where …"))
        bind(self.cancel_button, self.cancel_button.setText, N_("Cancel"))


_TOLD = N_(
    "A partial copy holds these students, their placements and papers, and nobody else. What is "
    "changed on it comes back as a package, is looked at here, and only then goes in; other "
    "records it cannot change."
)
