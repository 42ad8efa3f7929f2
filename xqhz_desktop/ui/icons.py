"""Line icons (Lucide), drawn from SVG in the colours of the theme at any resolution."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from xqhz_desktop import paths
from xqhz_desktop.ui.theme import tokens


def icon(name: str, tint: str = "ink2") -> QIcon:
    """Return the icon ``resources/icons/name.svg``; ``tint`` is the name of a colour token.

    The colour is looked up when it is drawn, so a theme switch needs nothing more than a repaint.
    In a rectangle wider than high it stands at the left: extra width is the gap to a text.
    """
    return QIcon(_Tinted(name, tint))


def picture(name: str, tint: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a pixmap of ``size`` logical pixels, for labels."""
    engine = _Tinted(name, tint)
    return engine.scaledPixmap(QSize(size, size), QIcon.Mode.Normal, QIcon.State.Off, ratio)


class _Tinted(QIconEngine):
    def __init__(self, name: str, tint: str) -> None:
        super().__init__()
        self._name, self._tint = name, tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the square icon at the left of ``rect``."""
        side = min(rect.width(), rect.height())
        top = rect.top() + (rect.height() - side) / 2
        renderer = QSvgRenderer(QByteArray(_drawing(self._name, self._color(mode, state))))
        renderer.render(painter, QRectF(rect.left(), top, side, side))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a pixmap of ``size`` device pixels."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return the icon as a pixmap of ``size`` logical pixels for a screen of a scale."""
        size = (size.toSizeF() * scale).toSize()
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        finally:
            painter.end()  # a painter left open on a dying pixmap takes the process with it
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def clone(self) -> QIconEngine:
        """Return a copy, as Qt asks for when an icon is detached."""
        return _Tinted(self._name, self._tint)

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        now = tokens()
        if mode is QIcon.Mode.Disabled:
            return now.faint
        if state is QIcon.State.On:
            return now.accent_ink
        return str(getattr(now, self._tint))


@cache
def _drawing(name: str, color: str) -> bytes:
    source = paths.resource("icons", f"{name}.svg").read_bytes()
    return source.replace(b"currentColor", color.encode())
