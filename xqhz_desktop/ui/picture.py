"""A picture held in the window as a paper of one page."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.paper import POINTS, Paper

_INCH = 96
_MOST = 4000
"""Pixels of the longer side: a larger picture is read smaller, so that memory stays small."""


class Picture(Paper):
    """A picture as the camera meant it, turned the right way."""

    def __init__(self, data: bytes) -> None:
        """Read the bytes of a picture; raise BadFile."""
        self.data = data
        raw = QByteArray(data)
        buffer = QBuffer(raw)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        size = reader.size()
        if max(size.width(), size.height()) > _MOST:
            room = QSize(_MOST, _MOST)
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        self._image = reader.read()
        del reader  # before what it reads from
        if self._image.isNull():
            raise BadFile(Message("This picture cannot be shown. Open it with another program."))
        inch = POINTS / _INCH
        self.sizes = (QSizeF(self._image.width() * inch, self._image.height() * inch),)

    def strip(self, page: int, size: QSize, top: int, height: int) -> QImage:
        """Return some rows of the picture drawn ``size`` pixels large, on white."""
        del page
        rows = max(1, min(height, size.height() - top))
        made = QImage(max(1, size.width()), rows, QImage.Format.Format_RGB32)
        made.fill(Qt.GlobalColor.white)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(0, -top, size.width(), size.height()), self._image)
        painter.end()
        return made

    def close(self) -> None:
        """Let go of the picture."""
        self._image = QImage()
