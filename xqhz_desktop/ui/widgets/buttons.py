"""Buttons: one class, dressed by its kind."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from xqhz_desktop.ui.icons import icon as line_icon
from xqhz_desktop.ui.theme import tokens

KINDS = (
    "",
    "primary",
    "danger",
    "quiet",
    "link",
    "tool",
    "chip",
    "nav",
    "status",
    "segment",
    "toast",
    "row",
    "choice",
)
"""Plain; the one thing to do; what destroys; without a border; a word to click; an icon alone;
a filter; a row of the navigation; in the status bar; one of a few; in a toast; a line of a list;
a big card to choose."""

_TINTS = {
    "primary": "on_accent",
    "danger": "bad",
    "link": "accent_ink",
    "choice": "accent_ink",
    "toast": "card",
}
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
_GAP = 3


class Button(QPushButton):
    """A push button with an icon, a kind, and a focus ring for those who use the keyboard.

    Give it its words with ``languages.bind(button, button.setText, …)``; a ``tool`` button has
    no text and needs ``bind(button, button.name, …)``.
    """

    def __init__(self, icon: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        """Make a button of a kind, with the icon of that name if any."""
        super().__init__(parent)
        self._ring = False
        self._kind = kind
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            self.wear(icon)

    def wear(self, icon: str, tint: str = "") -> None:
        """Show another icon."""
        side = 18 if self._kind in ("nav", "tool") else 16
        self.setIcon(line_icon(icon, tint or _TINTS.get(self._kind, "ink2")))
        gap = {"tool": 0, "nav": 2 * _GAP}.get(self._kind, _GAP)
        self.setIconSize(QSize(side + gap, side))

    def name(self, text: str) -> None:
        """Name a button that shows no text: for screen readers, and as its tool tip."""
        self.setAccessibleName(text)
        self.setToolTip(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when focus came by the keyboard."""
        self._ring = event.reason() in _KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring off."""
        self._ring = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the ring on top so that nothing moves."""
        super().paintEvent(event)
        if self._ring and self.hasFocus():
            draw_ring(self, 15 if self._kind == "chip" else 7)


def draw_ring(widget: QWidget, radius: int) -> None:
    """Draw the focus ring inside the edge of a widget."""
    now = tokens(widget)
    primary = widget.property("kind") == "primary"
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(now.ink if primary else now.accent), 2))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), radius, radius)
    painter.end()
