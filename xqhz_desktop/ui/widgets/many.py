"""Several codes in one value: small tags, and a line that finds the next one."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import clear, dress
from xqhz_desktop.ui.widgets.editors import Editor, Tools
from xqhz_desktop.ui.widgets.seek import SeekEditor


class ManyEditor(Editor):
    """The codes chosen so far, each with a cross, above the line that adds one."""

    def __init__(self, described: Field, tools: Tools, kind: str = "") -> None:
        """Edit several codes of one table."""
        place = QWidget()
        super().__init__(described, place)
        self.one = SeekEditor(dataclasses.replace(described, many=False), tools, kind)
        self._tools = tools
        self._codes: list[str] = []
        self._tags = QVBoxLayout()
        self._tags.setSpacing(4)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._tags)
        column.addWidget(self.one)
        self.setFocusProxy(self.one)
        tools.languages.bind(self.one.line, self.one.line.setPlaceholderText, N_("Add one more"))
        tools.languages.changed.connect(self._say)
        self.one.changed.connect(self._on_one)

    def put(self, value: Any, _shown: str = "") -> None:
        """Show the codes of a value."""
        self._codes = [code for code in (value or "").split(",") if code]
        self._say()

    def value(self) -> str:
        """Return the codes, sorted and joined by commas."""
        return ",".join(sorted(self._codes))

    def unread(self) -> str:
        """Return what stands in the line and is no code yet."""
        return self.one.line.text().strip()

    def type(self, text: str) -> None:
        """Put a text into the line."""
        self.one.type(text)

    def mark(self, *, dirty: bool, wrong: bool) -> None:
        """Tint the line; the tags are as they are."""
        dress(self.one.core, "dirty", "true" if dirty else "false")
        dress(self.one.core, "wrong", "true" if wrong else "false")

    def name(self, text: str) -> None:
        """Name the line for screen readers."""
        self.one.name(text)

    def without(self, code: str) -> None:
        """Take one code out."""
        self._codes.remove(code)
        self._say()
        self.changed.emit()

    def _on_one(self) -> None:
        try:
            code = self.one.value()
        except UserError:
            return  # still being typed
        if code and code not in self._codes:
            self._codes.append(code)
            self.one.put("")
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        clear(self._tags)
        for code in self._codes:
            tag = Button("x", "link")
            tag.setText(self.one.field.show(code, self._tools.languages.language))
            tag.setProperty("code", code)
            tag.clicked.connect(self._on_tag)
            self._tags.addWidget(tag, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_tag(self) -> None:
        self.without(str(self.sender().property("code")))
