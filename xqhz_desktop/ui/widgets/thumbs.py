"""Small pictures of the pages, to leap by."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.tiles import Tiles

WIDTH = 108
_PICTURE = 80
_NUMBER = 30
_ROOM = 8 << 20

_Index = QModelIndex | QPersistentModelIndex


class Thumbs(QListView):
    """A column of page pictures; ``chosen`` is emitted when a user picks one."""

    chosen = Signal(int)

    def __init__(self, languages: Languages) -> None:
        """Make an empty column."""
        super().__init__()
        self._pages = _Numbers(languages, self)
        self._tiles = Tiles(_ROOM, self, finer=4)
        self._tiles.ready.connect(self.viewport().update)
        self._telling = False
        self.setObjectName("thumbs")
        self.setFixedWidth(WIDTH)
        self.setModel(self._pages)
        self.setItemDelegate(_Picture(self._tiles, self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_paper(self, paper: Paper | None) -> None:
        """Show the pages of another paper."""
        self._telling = True
        self._tiles.show_paper(paper)
        self._pages.show_paper(paper)
        self._telling = False

    def show_front(self, page: int) -> None:
        """Mark the page (from 0) that is in front."""
        self._telling = True
        self.setCurrentIndex(self._pages.index(page, 0))
        self._telling = False

    def _on_current(self, index: QModelIndex) -> None:
        if not self._telling and index.isValid():
            self.chosen.emit(index.row())


class _Numbers(QAbstractListModel):
    """The numbers of the pages."""

    def __init__(self, languages: Languages, parent: QObject) -> None:
        super().__init__(parent)
        self._languages = languages
        self._paper: Paper | None = None

    def show_paper(self, paper: Paper | None) -> None:
        self.beginResetModel()
        self._paper = paper
        self.endResetModel()

    def size(self, row: int) -> QSizeF:
        """Return how large the picture of a page is."""
        full = self._paper.sizes[row] if self._paper else QSizeF(1, 1)
        return QSizeF(_PICTURE, round(_PICTURE * full.height() / full.width()))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of pages."""
        return 0 if parent.isValid() or self._paper is None else self._paper.pages

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the number people count by."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(index.row() + 1)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._languages.say(Message("Page {n}", n=index.row() + 1))
        return None


class _Picture(QStyledItemDelegate):
    """A page with its number under it, framed when it is in front."""

    def __init__(self, tiles: Tiles, parent: QObject) -> None:
        super().__init__(parent)
        self._tiles = tiles

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        assert isinstance(model, _Numbers)
        return QSize(WIDTH, round(model.size(index.row()).height()) + _NUMBER + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now = tokens()
        model = index.model()
        assert isinstance(model, _Numbers)
        opt: Any = option  # its members are not in the stubs
        rect = QRectF(opt.rect)
        front = bool(opt.state & QStyle.StateFlag.State_Selected)
        size = model.size(index.row())
        picture = QRectF(rect.center().x() - size.width() / 2, rect.top() + 12, 0, 0)
        picture.setSize(size)
        painter.save()
        self._tiles.paint(painter, index.row(), picture, picture)
        grown = 3.5 if front else 0.5
        painter.setPen(QPen(QColor(now.accent if front else now.control), 2 if front else 1))
        painter.drawRoundedRect(picture.adjusted(-grown, -grown, grown, grown), grown, grown)
        painter.setPen(QColor(now.accent_ink if front else now.ink2))
        font = painter.font()
        font.setPixelSize(SMALL)
        font.setBold(front)
        painter.setFont(font)
        under = rect.adjusted(0, picture.bottom() - rect.top() + 5, 0, 0)
        text = str(index.data())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(under, flags, text)
        painter.restore()
