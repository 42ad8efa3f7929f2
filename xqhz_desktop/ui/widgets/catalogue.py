"""The catalogue of reports: favourites first, then by group; found by words or pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from xqhz_desktop.domain.school import Department
from xqhz_desktop.i18n import CODES, N_, language
from xqhz_desktop.reports.kit import Report
from xqhz_desktop.storage import search
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import LABEL
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_NAME = Qt.ItemDataRole.UserRole + 1
_STARRED = Qt.ItemDataRole.UserRole + 2
_ROW, _HEADING, _ICON = 36, 32, 16
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_STAR = 36
"""Width of the place at the right that takes the star."""

_Index = QModelIndex | QPersistentModelIndex


class Catalogue(Card):
    """Search box and list; ``chosen`` and ``starred`` carry the name of a report."""

    chosen = Signal(str)
    starred = Signal(str)

    def __init__(self, languages: Languages, reports: Sequence[Report]) -> None:
        """List the reports; none is a favourite yet."""
        super().__init__(padding=1, gap=6)
        self._languages, self._reports = languages, reports
        self._keys = {one.name: _keys(one.title) for one in reports}
        self._favourites: frozenset[str] = frozenset()
        self._current = ""
        self.search = SearchBox()
        self.list = _List()
        self._items = QStandardItemModel(self)
        self._nothing = words("small", wrap=True)
        self._stand()
        languages.bind(self.search, self.search.name, N_("Search reports"))
        languages.bind(self.list, self.list.setAccessibleName, N_("Reports"))
        languages.bind(self._nothing, self._nothing.setText, N_("No report is called so."))
        languages.changed.connect(self._fill)
        self.search.asked.connect(self._fill)
        self.search.left_down.connect(self._on_left_down)
        self.list.starred.connect(self.starred)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self._fill()

    def show_favourites(self, names: Iterable[str]) -> None:
        """Put these reports first."""
        self._favourites = frozenset(names)
        self._fill()

    def show_current(self, name: str) -> None:
        """Mark the report in hand."""
        self._current = name
        self._mark()

    @property
    def names(self) -> list[str]:
        """Return the names of the reports now listed, from the top."""
        items = map(self._items.item, range(self._items.rowCount()))
        return [name for item in items if (name := item.data(_NAME))]

    @property
    def headings(self) -> list[str]:
        """Return the headings the reports stand under, from the top."""
        items = map(self._items.item, range(self._items.rowCount()))
        return [item.text() for item in items if not item.data(_NAME)]

    def _stand(self) -> None:
        self.body.setContentsMargins(1, 12, 1, 8)
        for part, inset in ((self.search, 12), (self._nothing, 16)):
            row = QHBoxLayout()
            row.setContentsMargins(inset, 0, inset, 0)
            row.addWidget(part)
            self.body.addLayout(row)
        self.list.setModel(self._items)
        self.list.setItemDelegate(_Line(self.list))
        self.body.addWidget(self.list, 1)

    def _fill(self, _words: str = "") -> None:
        found = [one for one in self._reports if self._fits(one)]
        favourites = [one for one in found if one.name in self._favourites]
        rest = [one for one in found if one.name not in self._favourites]
        self.list.selectionModel().blockSignals(True)
        self._items.clear()
        self._group(N_("Favourites"), favourites)
        for group in dict.fromkeys(one.group for one in rest):
            self._group(group, [one for one in rest if one.group == group])
        self._mark()
        self.list.selectionModel().blockSignals(False)
        self._nothing.setVisible(not found)

    def _group(self, title: str, reports: Sequence[Report]) -> None:
        if not reports:
            return
        heading = QStandardItem(self._languages.say(title))
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        self._items.appendRow(heading)
        for one in reports:
            item = QStandardItem(self._languages.say(one.title))
            item.setData(one.name, _NAME)
            item.setData(one.name in self._favourites, _STARRED)
            item.setToolTip(item.text())
            item.setEditable(False)
            self._items.appendRow(item)

    def _fits(self, report: Report) -> bool:
        term = self.search.text().strip().lower()
        return not term or (search.SEPARATOR * term.isascii() + term) in self._keys[report.name]

    def _mark(self) -> None:
        selection = self.list.selectionModel()
        before = selection.blockSignals(True)
        for row in range(self._items.rowCount()):
            if self._items.item(row).data(_NAME) == self._current:
                self.list.setCurrentIndex(self._items.index(row, 0))
        selection.blockSignals(before)
        self.list.viewport().update()

    def _on_left_down(self) -> None:
        """Go on from the search box: take the first that was found."""
        if self.names:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            if self._current not in self.names:
                self.list.setCurrentIndex(self._items.index(1, 0))

    def _on_current(self, index: QModelIndex) -> None:
        name = index.data(_NAME)
        if name and name != self._current:
            self._current = name
            self.chosen.emit(name)


class _List(QListView):
    """Rows with a star to click at the right end."""

    starred = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        right = self.visualRect(index).right() - _STAR
        if index.data(_NAME) and event.position().x() > right:
            self.starred.emit(index.data(_NAME))
            return
        super().mousePressEvent(event)


class _Line(QStyledItemDelegate):
    """A report with its icon and its star, or the heading of a group."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, _ROW if index.data(_NAME) else _HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        opt: Any = option  # its members are not in the stubs
        chosen = bool(opt.state & QStyle.StateFlag.State_Selected)
        hovered = bool(opt.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        font = QFont(opt.font)
        if index.data(_NAME):
            font.setBold(chosen)
            painter.setFont(font)
            self._ground(painter, opt.rect, chosen=chosen, hovered=hovered)
            self._report(painter, opt.rect, index, chosen=chosen)
            if index.data(_STARRED) or hovered or chosen:
                _star(painter, opt.rect, starred=bool(index.data(_STARRED)))
        else:
            font.setPixelSize(LABEL)
            painter.setFont(font)
            painter.setPen(QColor(tokens().ink2))
            painter.drawText(opt.rect.adjusted(16, 0, -8, 0), _LEFT, str(index.data()))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, *, chosen: bool, hovered: bool) -> None:
        now = tokens()
        if chosen or hovered:
            painter.fillRect(rect, QColor(now.selected if chosen else now.hover))
        if chosen:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(now.accent))

    def _report(self, painter: QPainter, rect: QRect, index: _Index, *, chosen: bool) -> None:
        now = tokens()
        tint = "accent_ink" if chosen else "ink2"
        icon("table-2", tint).paint(painter, rect.left() + 16, _top(rect), _ICON, _ICON)
        painter.setPen(QColor(now.accent_ink if chosen else now.ink))
        body = rect.adjusted(42, 0, -_STAR, 0)
        elided = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(str(index.data()), elided, body.width())
        painter.drawText(body, _LEFT, text)


def _star(painter: QPainter, rect: QRect, *, starred: bool) -> None:
    name, tint = ("star-filled", "warn") if starred else ("star", "ink3")
    icon(name, tint).paint(painter, rect.right() - 26, _top(rect), _ICON, _ICON)


def _top(rect: QRect) -> int:
    return rect.center().y() - _ICON // 2 + 1


def _keys(title: str) -> str:
    """Return what a report is found by: its names, each of their words, and their pinyin."""
    said = [language(code).say(title) for code in CODES]
    # spelled like a department's name: as any name that is not a person's
    parts = [search.keys(Department(name=one)) for one in said]
    parts += [word for one in said for word in one.lower().split()]
    return search.SEPARATOR.join(parts)
