"""The frame of a page: a title, a line under it, buttons at the right, and the body below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.ui.tokens import GAP, MARGIN
from xqhz_desktop.ui.widgets.card import Elided, words


class Head(QWidget):
    """Title and sub-line at the left; parts added to ``tools`` stand at the right."""

    def __init__(self) -> None:
        """Make it without words."""
        super().__init__()
        self.title, self.line = words("title"), Elided("label")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.title)
        lines.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(lines, 1)
        row.addLayout(self.tools)


def stand(page: QWidget, head: QWidget) -> QVBoxLayout:
    """Lay a page out with its margins and its head; return the column for the rest."""
    page.setObjectName("page")
    column = QVBoxLayout(page)
    column.setContentsMargins(MARGIN, MARGIN - 4, MARGIN, GAP)
    column.setSpacing(GAP)
    column.addWidget(head)
    return column
