"""Rows of the journal: icon, title, when and by whom; what was undone is struck out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from xqhz_desktop.i18n import Message
from xqhz_desktop.services.history import Step
from xqhz_desktop.ui.icons import icon as line_icon
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.changes import icon_of, when

STEP = Qt.ItemDataRole.UserRole + 1
_HEIGHT, _TILE, _EDGE = 56, 28, 3


class StepRows(QStyledItemDelegate):
    """Paints one step a row."""

    def __init__(self, languages: Languages, parent: QWidget) -> None:
        """Paint in the language now shown."""
        super().__init__(parent)
        self._languages = languages

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of two lines."""
        return QSize(100, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a step."""
        step: Step = index.data(STEP)
        now, rect = tokens(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(now.selected))
            painter.fillRect(rect.left(), rect.top(), _EDGE, rect.height(), QColor(now.accent))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        tile = QRect(rect.left() + 16, rect.center().y() - _TILE // 2, _TILE, _TILE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.sunken))
        painter.drawRoundedRect(tile, 7, 7)
        line_icon(icon_of(step)).paint(painter, tile.adjusted(7, 7, -7, -7))
        self._text(painter, option, step)
        painter.restore()

    def _text(self, painter: QPainter, option: QStyleOptionViewItem, step: Step) -> None:
        now, rect = tokens(), option.rect
        say = self._languages.say
        font = QFont(option.font)
        font.setStrikeOut(step.undone)
        small = QFont(option.font)
        small.setPixelSize(SMALL)
        room = QRect(rect.left() + 56, rect.top() + 8, rect.width() - 68, 20)
        beside = Message("{when} | {person}", when=when(step.at), person=step.actor)
        ink = now.ink3 if step.undone else now.ink
        for text, face, color, area in (
            (say(step.title), font, ink, room),
            (say(beside), small, now.ink3, room.translated(0, 21)),
        ):
            painter.setFont(face)
            painter.setPen(QColor(color))
            shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
