"""One paper looked at before it is printed or saved as a PDF."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.pages.report_outlet import Outlet
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.pages import Pages

_ROOM = (64, 48)
"""Left of the window around the paper."""


class PaperDialog(QDialog):
    """The very pages that print, with 打印 and 另存 PDF below."""

    def __init__(self, parent: QWidget, context: Context, drawn: Drawn) -> None:
        """Show a paper."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._drawn, self._paper = drawn, Paper(drawn.data)
        self.pages, self.outlet = Pages(self), Outlet(context, self)
        self.print, self.save = Button("printer", "primary"), Button("file-text")
        self.close_button, self._sum = Button(), words("label")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._sum, 1)
        for button in (self.close_button, self.save, self.print):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self._speak(context)
        self.pages.show_paper(self._paper)
        self.print.clicked.connect(self._on_print)
        self.save.clicked.connect(self._on_save)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        room = parent.window().size()
        self.resize(min(1180, room.width() - _ROOM[0]), min(900, room.height() - _ROOM[1]))

    def _speak(self, context: Context) -> None:
        bind = context.languages.bind
        bind(self, self.setWindowTitle, self._drawn.report.title)
        bind(self._sum, self._sum.setText, self._drawn.sum)
        bind(self.pages, self.pages.setAccessibleName, N_("Pages"))
        bind(self.print, self.print.setText, N_("Print"))
        bind(self.save, self.save.setText, N_("Save as PDF"))
        bind(self.close_button, self.close_button.setText, N_("Close"))

    def _on_print(self) -> None:
        self.outlet.print(self._drawn, self._paper, self.pages.front)

    def _on_save(self) -> None:
        self.outlet.save(self._drawn, "")

    def _on_finished(self) -> None:
        self.pages.show_paper(None)
        self._paper.close()
