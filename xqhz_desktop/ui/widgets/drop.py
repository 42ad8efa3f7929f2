"""The area a file is dropped on; a click chooses one instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.card import Elided, IconLabel, words


class DropArea(QFrame):
    """Takes one file of a known ending; Enter and Space choose one as a click does."""

    dropped = Signal(Path)
    browse_wanted = Signal()

    def __init__(self, languages: Languages, endings: tuple[str, ...]) -> None:
        """Wait for a file whose name ends with one of `endings` (``.xlsx``)."""
        super().__init__()
        self._endings = endings
        self._over = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(168)
        self._words = words("body2")
        self._file = Elided("section")
        self._file.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch(1)
        icon = IconLabel("upload", "accent_ink", 36)
        column.addWidget(icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._file)
        column.addStretch(1)
        self._file.hide()
        text = N_("Drag a file here, or click to choose one")
        languages.bind(self._words, self._words.setText, text)
        languages.bind(self, self.setAccessibleName, text)

    def show_file(self, path: Path) -> None:
        """Show which file was taken."""
        self._file.setText(path.name)
        self._file.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome one file of a known ending."""
        if self._path(event):
            event.acceptProposedAction()
            self._tint(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._tint(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._tint(False)
        if path := self._path(event):
            event.acceptProposedAction()
            self.dropped.emit(path)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a file."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.browse_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a file."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.browse_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed rim."""
        now = tokens(self)
        lively = self._over or self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(now.accent if lively else now.control), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(now.selected if self._over else now.page))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        painter.end()

    def _path(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        if len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() in self._endings else None

    def _tint(self, on: bool) -> None:
        self._over = on
        self.update()
