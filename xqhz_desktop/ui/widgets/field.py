"""One field of a form: label above, editor, and what is to be said about it below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.card import Elided, dress, words
from xqhz_desktop.ui.widgets.day import DayEditor
from xqhz_desktop.ui.widgets.editors import (
    ChoiceEditor,
    Editor,
    FlagEditor,
    LineEditor,
    NoteEditor,
    Tools,
)
from xqhz_desktop.ui.widgets.many import ManyEditor
from xqhz_desktop.ui.widgets.seek import SeekEditor

EDITORS: dict[Kind, Callable[[Field, Tools, str], Editor]] = {
    Kind.NOTE: NoteEditor,
    Kind.DAY: DayEditor,
    Kind.FLAG: FlagEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.TABLE: SeekEditor,
    Kind.REF: SeekEditor,
}
"""The editor of each kind of value; everything else is typed in one line."""


def editor(field: Field, tools: Tools, kind: str) -> Editor:
    """Return an editor for a field of a kind of record."""
    if field.many:
        return ManyEditor(field, tools, kind)
    return EDITORS.get(field.kind, LineEditor)(field, tools, kind)


class FormField(QWidget):
    """Label, editor and finding; an error is red, advice amber, and only one of them speaks."""

    changed = Signal(str)
    """The name of the field."""

    def __init__(self, field: Field, tools: Tools, kind: str) -> None:
        """Make an empty field of a form for a kind of record."""
        super().__init__()
        self.field = field
        self.editor = editor(field, tools, kind)
        self._languages: Languages = tools.languages
        self._label = Elided("label")
        self._finding = words("error", wrap=True)
        self._finding.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._label, self.editor, self._finding):
            column.addWidget(part)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._name()
        self.editor.changed.connect(self._on_changed)

    def read(self) -> tuple[Any, Message | None]:
        """Return the value under edit, or None and why the text is no value."""
        try:
            return self.editor.value(), None
        except UserError as error:
            return None, error.message

    def tell(self, problem: Message | None, advice: Message | None, *, dirty: bool) -> None:
        """Show what is wrong or worth a look, and whether the value is unsaved."""
        said = problem or advice
        self._finding.setVisible(said is not None)
        if said is not None:
            dress(self._finding, "role", "error" if problem else "advice")
            self._languages.bind(self._finding, self._finding.setText, said)
        self.editor.mark(dirty=dirty, wrong=problem is not None)

    @property
    def said(self) -> str:
        """Return the finding shown under the field."""
        return "" if self._finding.isHidden() else self._finding.text()

    def _name(self) -> None:
        label = self.field.said
        if self.field.required:
            label = Message("{field} *", field=label)
        bind = self._languages.bind
        if self.field.kind is Kind.FLAG:
            self._label.hide()
        else:
            bind(self._label, self._label.setText, label)
            self._label.setBuddy(self.editor)
        bind(self.editor, self.editor.name, self.field.label)

    def _on_changed(self) -> None:
        self.changed.emit(self.field.name)


def heading(languages: Languages, text: str) -> QLabel:
    """Return the heading of a section."""
    label = words("section")
    languages.bind(label, label.setText, text)
    return label
