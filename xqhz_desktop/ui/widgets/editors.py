"""Editors: one a kind of value, all used the same way by a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.own import offered
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.widgets.card import dress

_HINTS = {Kind.DAY: N_("yyyy-mm-dd"), Kind.MONTH: N_("yyyy-mm")}


@dataclass(frozen=True)
class Tools:
    """What editors share: the language, the search thread, and what was uncovered so far."""

    languages: Languages
    search: Search
    uncovered: set[str] = field(default_factory=set)
    """Fields (``kind.name``) whose private values this session shows; never remembered longer."""


class Editor(QWidget):
    """One value under edit. `core` is the widget that has the focus and wears the colours."""

    changed = Signal()

    def __init__(self, described: Field, core: QWidget) -> None:
        """Wrap the widget that does the editing."""
        super().__init__()
        self.field = described
        self.core = core
        self._loaded: Any = described.empty
        self.setFocusProxy(core)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(core, 1)

    def load(self, value: Any, shown: str = "") -> None:
        """Show a stored value; `shown` is the name of what a reference points to."""
        self._loaded = value
        self.blockSignals(True)
        self.put(value, shown)
        self.blockSignals(False)
        self.mark(dirty=False, wrong=False)

    def put(self, value: Any, shown: str = "") -> None:
        """Write a value into the widget, as if the user had."""
        raise NotImplementedError

    def value(self) -> Any:
        """Return the value under edit; raise UserError when the text is none."""
        raise NotImplementedError

    def unread(self) -> str:
        """Return the text that is no value yet; nothing where there is a value."""
        try:
            self.value()
        except UserError:
            return self.core.text() if isinstance(self.core, QLineEdit) else ""
        return ""

    def type(self, text: str) -> None:
        """Put a text into the widget that may be no value yet."""
        if isinstance(self.core, QLineEdit):
            self.core.setText(text)
            self.changed.emit()

    def mark(self, *, dirty: bool, wrong: bool) -> None:
        """Tint an unsaved change, rim what is wrong."""
        dress(self.core, "dirty", "true" if dirty else "false")
        dress(self.core, "wrong", "true" if wrong else "false")

    def name(self, text: str) -> None:
        """Name the editor for screen readers."""
        self.core.setAccessibleName(text)

    def lock(self, on: bool) -> None:
        """Let nothing be changed."""
        self.core.setEnabled(not on)


class LineEditor(Editor):
    """A value that is typed: text, number, amount, month. A private one is covered until asked."""

    def __init__(self, described: Field, tools: Tools, kind: str = "") -> None:
        """Edit a field of a kind of record in one line."""
        self.line = _Line()
        super().__init__(described, self.line)
        self._tools = tools
        self._key = f"{kind}.{described.name}"
        self._shown, self._put = "", described.empty
        self._covered = self._locked = False
        if hint := _HINTS.get(described.kind):
            tools.languages.bind(self.line, self.line.setPlaceholderText, hint)
        if described.private:
            self._eye = self.line.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
            tools.languages.bind(self._eye, self._eye.setToolTip, N_("Show"))
            self._eye.triggered.connect(self.uncover)
            self.line.pressed.connect(self.uncover)
        self.line.textChanged.connect(self._on_text)
        self.line.editingFinished.connect(self._tidy)

    def put(self, value: Any, shown: str = "") -> None:
        """Show the value as people read it, covered where it is private."""
        text = shown or self.field.show(value, self._tools.languages.language)
        self._shown, self._put = text, value
        private = self.field.private and bool(text)
        self._covered = private and self._key not in self._tools.uncovered
        self.line.setReadOnly(self._covered or self._locked)
        seen = identity.masked(text) if self._covered else text
        if seen != self.line.text():  # saving leaves the cursor where it is
            self.line.setText(seen)
            self.line.setCursorPosition(0)
        if self.field.private:
            self._eye.setVisible(self._covered)

    def value(self) -> Any:
        """Return what the text means; untouched it means what was put there."""
        if self._covered or self.line.text() == self._shown:
            return self._put
        return self.field.parse(self.line.text())

    def uncover(self) -> None:
        """Show a private value, and go on showing this field until the program ends."""
        if self._covered:
            self._tools.uncovered.add(self._key)
            self._covered = False
            self._eye.setVisible(False)
            self.line.setReadOnly(self._locked)
            self.line.setText(self._shown)

    def type(self, text: str) -> None:
        """Put a text there, in sight: it was typed."""
        self.uncover()
        super().type(text)

    def lock(self, on: bool) -> None:
        """Let nothing be changed; it can still be read, uncovered and copied."""
        self._locked = on
        self.line.setReadOnly(on or self._covered)

    def _on_text(self) -> None:
        if not self._covered:
            self.changed.emit()

    def _tidy(self) -> None:
        """Write a value the way it will be stored: 2026年3月5日 becomes 2026-03-05."""
        if self._covered or self.line.text() == self._shown:
            return
        try:
            value = self.field.parse(self.line.text())
        except UserError:
            return  # the form says what is wrong
        self.line.setText(self.field.show(value, self._tools.languages.language))


class NoteEditor(Editor):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, described: Field, _tools: Tools, _kind: str = "") -> None:
        """Edit a note."""
        self.text = QPlainTextEdit()
        super().__init__(described, self.text)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(84)
        self.text.textChanged.connect(self.changed)

    def put(self, value: Any, _shown: str = "") -> None:
        """Show the text."""
        self.text.setPlainText(value or "")

    def value(self) -> str:
        """Return the text without blank ends."""
        text = self.text.toPlainText()
        return text if text == self._loaded else text.strip()


class FlagEditor(Editor):
    """Yes or no: a tick beside its own label."""

    def __init__(self, described: Field, tools: Tools, _kind: str = "") -> None:
        """Edit a flag."""
        self.box = QCheckBox()
        super().__init__(described, self.box)
        tools.languages.bind(self.box, self.box.setText, described.label)
        self.box.toggled.connect(self.changed)

    def put(self, value: Any, _shown: str = "") -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.box.isChecked()


class ChoiceEditor(Editor):
    """One of a closed list."""

    def __init__(self, described: Field, tools: Tools, _kind: str = "") -> None:
        """Offer every choice of the field, in the language shown now."""
        self.combo = _Combo()
        super().__init__(described, self.combo)
        self._languages = tools.languages
        self._choices: list[Enum | None] = []
        self._offer(described.empty)
        tools.languages.changed.connect(self._say)
        self.combo.currentIndexChanged.connect(self.changed)

    def put(self, value: Any, _shown: str = "") -> None:
        """Show a choice."""
        if self._choices != self._offered(value):
            self._offer(value)
        self.combo.setCurrentIndex(self._choices.index(value) if value in self._choices else -1)

    def value(self) -> Any:
        """Return the choice, or None where there is none."""
        place = self.combo.currentIndex()
        return self._choices[place] if place >= 0 else None

    def _offer(self, value: Any) -> None:
        """Offer what there is to choose for a record that has this value."""
        self._choices = self._offered(value)
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems([""] * len(self._choices))
        self.combo.blockSignals(False)
        self._say()

    def _offered(self, value: Any) -> list[Enum | None]:
        """Return the choices, with a retired one the record has; an own field may stay empty."""
        nothing = [None] if self.field.own and not self.field.required else []
        return [*nothing, *offered(self.field, value)]

    def _say(self) -> None:
        for place, one in enumerate(self._choices):
            self.combo.setItemText(place, self._languages.say(one) if one else "—")


class _Line(QLineEdit):
    """A line that says when it is clicked; a wheel over it scrolls the form."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)


class _Combo(QComboBox):
    """A combo box the wheel does not change while somebody scrolls the form past it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
