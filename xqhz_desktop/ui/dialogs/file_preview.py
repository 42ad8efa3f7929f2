"""An attached picture or PDF looked at without another program."""

from __future__ import annotations

from pathlib import Path

from pypdfium2 import PdfiumError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.picture import Picture
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided
from xqhz_desktop.ui.widgets.pages import Fit, Pages

_ROOM = (64, 48)
"""Left of the window around the file."""


class FilePreview(QDialog):
    """Pages of a PDF, or a picture, with its name below."""

    open_wanted = Signal()
    """It is to be opened with the system's program."""

    def __init__(self, parent: QWidget, languages: Languages, name: str, data: bytes) -> None:
        """Show a file; raise BadFile where it is not what its name says."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._paper = _paper(name, data)
        self.pages, self._name = Pages(self), Elided("body2")
        self.open_button, self.close_button = Button("log-in"), Button(kind="primary")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._name, 1)
        foot.addWidget(self.open_button)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self._name.setText(name)
        self.setWindowTitle(name)
        bind = languages.bind
        bind(self.pages, self.pages.setAccessibleName, N_("Pages"))
        bind(self.open_button, self.open_button.setText, N_("Open with another program"))
        bind(self.close_button, self.close_button.setText, N_("Close"))
        self.open_button.clicked.connect(self.open_wanted)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        room = parent.window().size()
        self.resize(min(1180, room.width() - _ROOM[0]), min(900, room.height() - _ROOM[1]))
        self.pages.show_fit(Fit.PAGE if self._paper.pages == 1 else Fit.WIDTH)
        self.pages.show_paper(self._paper)

    def _on_finished(self) -> None:
        self.pages.show_paper(None)
        self._paper.close()


def _paper(name: str, data: bytes) -> Paper:
    if Path(name).suffix.lower() != ".pdf":
        return Picture(data)
    try:
        return Paper(data)
    except PdfiumError as error:
        raise BadFile(
            Message("This PDF is damaged or has a password. Open it with another program.")
        ) from error
