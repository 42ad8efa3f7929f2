"""A scanned page without a readable code: to which record it goes, and what it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.attachment import DocumentType
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.seek import SeekEditor

_KINDS = ("placement", "student", "enterprise", "placement_batch", "visit", "agreement", "policy")
Then = Callable[[str, str, DocumentType], object]


class AssignDialog(QDialog):
    """Asks for a kind, a record found while one types, and the type of document."""

    def __init__(self, parent: QWidget, context: Context, pages: int, then: Then) -> None:
        """Ask about some pages; `then(kind, record, type)` is called with the answer."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._then = context, then
        self._tools = Tools(context.languages, Search(context.work.store, self))
        self.kinds, self.types = QComboBox(), QComboBox()
        self.ok, self.cancel = Button("check", "primary"), Button()
        self._title, self._trouble = words("heading"), words("error", wrap=True)
        self._place = QVBoxLayout()
        say = context.languages.say
        for kind in _KINDS:
            self.kinds.addItem(say(BY_KIND[kind].LABEL), kind)
        for type in DocumentType:
            self.types.addItem(say(type), type)
        self.seek = self._editor()
        self._stand()
        self._speak(pages)
        self.kinds.currentIndexChanged.connect(self._on_kind)
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)
        self.ok.setDefault(True)
        self.seek.setFocus()

    def choose(self, kind: str, record: str, called: str = "") -> None:
        """Choose a record, as typing and picking does."""
        self.kinds.setCurrentIndex(self.kinds.findData(kind))
        self.seek.put(record, called)

    def _stand(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self.kinds)
        column.addLayout(self._place)
        column.addWidget(self.types)
        column.addWidget(self._trouble)
        column.addLayout(foot)
        self.setMinimumWidth(460)
        self._trouble.hide()

    def _speak(self, pages: int) -> None:
        bind = self._context.languages.bind
        text = NN_("Where does this page belong?", "Where do these {n} pages belong?")
        title = Message(text, n=pages)
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        bind(self.kinds, self.kinds.setAccessibleName, N_("Kind of record"))
        bind(self.types, self.types.setAccessibleName, N_("Type of document"))
        bind(self.ok, self.ok.setText, N_("Assign"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))

    def _editor(self) -> SeekEditor:
        kind = str(self.kinds.currentData())
        made = SeekEditor(Field(Kind.REF, BY_KIND[kind].LABEL, "record", target=kind), self._tools)
        self._context.languages.bind(
            made.line, made.line.setPlaceholderText, N_("Name, number or pinyin")
        )
        self._place.addWidget(made)
        return made

    def _on_kind(self, _place: int) -> None:
        old, self.seek = self.seek, self._editor()
        old.hide()
        old.deleteLater()

    def _on_ok(self) -> None:
        try:
            record = str(self.seek.value())
        except UserError as error:
            self._say(error.message)
            return
        if not record:
            self._say(Message("Say which record the pages belong to."))
            return
        self._then(str(self.kinds.currentData()), record, self.types.currentData())
        self.accept()

    def _say(self, problem: Message) -> None:
        self._context.languages.bind(self._trouble, self._trouble.setText, problem)
        self._trouble.show()
