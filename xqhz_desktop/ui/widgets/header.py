"""The header of a list: sort arrow beside the word, and a menu to choose columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import LABEL
from xqhz_desktop.ui.widgets.delegate import PAD

HEIGHT = 42


class ListHeader(QHeaderView):
    """Column titles; a click sorts, dragging reorders, the right button asks for the menu."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a header that the user can sort by and rearrange."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setFixedHeight(HEIGHT)

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of columns."""
        self.menu_wanted.emit(event.globalPos())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the word and, where the list is sorted by it, the arrow."""
        now = tokens()
        painter.save()
        painter.fillRect(rect, QColor(now.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.border))
        model = self.model()
        role = Qt.ItemDataRole
        way = Qt.Orientation.Horizontal
        text = str(model.headerData(section, way, role.DisplayRole) or "")
        align = model.headerData(section, way, role.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        font = QFont(self.font())
        font.setPixelSize(LABEL)
        painter.setFont(font)
        painter.setPen(QColor(now.ink2))
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            text += "  ↑" if up else "  ↓"
        first = PAD + 4 if self.visualIndex(section) == 0 else PAD
        body = rect.adjusted(first, 0, -PAD, -1)
        fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, body.width())
        painter.drawText(body, align, fitting)
        painter.restore()
