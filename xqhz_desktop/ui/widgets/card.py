"""Surfaces and words: cards, hairlines, labels by their role."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from xqhz_desktop.ui.icons import icon as line_icon
from xqhz_desktop.ui.tokens import PADDING


class Card(QFrame):
    """A white surface with a hairline round it; put parts into ``body``."""

    def __init__(self, padding: int = PADDING, gap: int = 8, surface: str = "card") -> None:
        """Make an empty surface: ``card``, ``hint``, ``tile`` or ``popup``."""
        super().__init__()
        self.setProperty("surface", surface)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(gap)


class Elided(QLabel):
    """One line of text that ends in … where there is no room, whole in its tool tip."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        """Make an empty line in the dress of ``role``."""
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tool tip once it does not fit."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self._shown() != self.text() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self._shown())
        painter.end()

    def _shown(self) -> str:
        width = self.contentsRect().width()
        return QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, width)


def words(role: str = "", *, wrap: bool = False) -> QLabel:
    """Return an empty label: title heading section body2 label small error advice figure …."""
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setIndent(0)
    return label


class IconLabel(QLabel):
    """An icon that stands alone, redrawn in the colours of the theme."""

    def __init__(self, name: str, tint: str = "ink2", size: int = 18, role: str = "") -> None:
        """Show the icon of that name; ``role`` ``tile`` and ``logo`` put it on a ground."""
        super().__init__()
        self._icon, self._size = line_icon(name, tint), size
        self.setProperty("role", role)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def wear(self, name: str, tint: str = "ink2") -> None:
        """Show another icon."""
        self._icon = line_icon(name, tint)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the icon's own size."""
        return QSize(self._size, self._size)

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than the icon."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the icon in its middle."""
        super().paintEvent(event)
        painter = QPainter(self)
        left, top = (self.width() - self._size) // 2, (self.height() - self._size) // 2
        self._icon.paint(painter, left, top, self._size, self._size)
        painter.end()


def tile(icon: str, size: int = 32, tint: str = "ink2") -> IconLabel:
    """Return an icon on a grey square, as cards and lists begin with."""
    label = IconLabel(icon, tint, size // 2, role="tile")
    label.setFixedSize(size, size)
    return label


def line(direction: str = "h") -> QFrame:
    """Return a hairline, horizontal or vertical (``v``)."""
    frame = QFrame()
    frame.setProperty("line", direction)
    return frame


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            clear(inner)
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def dress(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
