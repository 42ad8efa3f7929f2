"""Choosing columns and their order: ticks, dragging, and a line that finds one among many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_
from xqhz_desktop.services.columns import ExportColumn
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_NAME = Qt.ItemDataRole.UserRole
_ROW = 30


class ColumnPick(QWidget):
    """A list of columns; the ticked ones are written from top to bottom."""

    changed = Signal()

    def __init__(self, languages: Languages) -> None:
        """Make it empty; `fill` offers columns."""
        super().__init__()
        self._languages = languages
        self.list, self.search_box = QListWidget(), SearchBox()
        self.up, self.down = Button("chevron-up", "tool"), Button("chevron-down", "tool")
        self.list.setProperty("plain", "true")
        self.list.setMinimumHeight(240)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.search_box, 1)
        head.addWidget(self.up)
        head.addWidget(self.down)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        bind = languages.bind
        bind(self.list, self.list.setAccessibleName, N_("Columns"))
        bind(self.search_box, self.search_box.name, N_("Find a column"))
        bind(self.up, self.up.name, N_("Up (Alt+Up)"))
        bind(self.down, self.down.name, N_("Down (Alt+Down)"))
        self.list.itemChanged.connect(self._on_changed)
        self.list.model().rowsMoved.connect(self._on_changed)
        self.search_box.asked.connect(self._on_words)
        for button, keys, step in ((self.up, "Alt+Up", -1), (self.down, "Alt+Down", 1)):
            move = partial(self._move, step)
            button.clicked.connect(move)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(move)

    def fill(self, columns: Mapping[str, ExportColumn]) -> None:
        """Offer columns, none of them ticked."""
        self.list.blockSignals(True)
        self.list.clear()
        for name, one in columns.items():
            item = QListWidgetItem(self._languages.say(one.label))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
        self.list.blockSignals(False)

    def choose(self, names: Sequence[str]) -> None:
        """Tick these columns alone and bring them to the top, in this order."""
        self.list.blockSignals(True)
        items = {str(item.data(_NAME)): item for item in self._items()}
        for item in items.values():
            item.setCheckState(Qt.CheckState.Unchecked)
        for place, name in enumerate(name for name in names if name in items):
            item = self.list.takeItem(self.list.row(items[name]))
            item.setCheckState(Qt.CheckState.Checked)
            self.list.insertItem(place, item)
        self.list.blockSignals(False)
        self.list.scrollToTop()
        self.changed.emit()

    def chosen(self) -> tuple[str, ...]:
        """Return the ticked columns from top to bottom."""
        ticked = Qt.CheckState.Checked
        return tuple(str(one.data(_NAME)) for one in self._items() if one.checkState() is ticked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _move(self, step: int, *_pressed: object) -> None:
        """Move the column the keyboard is on; hidden ones in between are passed over."""
        place = self.list.currentRow()
        target = place + step
        while 0 <= target < self.list.count() and self.list.item(target).isHidden():
            target += step
        if place < 0 or not 0 <= target < self.list.count():
            return
        item = self.list.takeItem(place)
        self.list.insertItem(target, item)
        self.list.setCurrentItem(item)
        self.changed.emit()

    def _on_words(self, words: str) -> None:
        for item in self._items():
            item.setHidden(words.strip().lower() not in item.text().lower())

    def _on_changed(self, *_what: object) -> None:
        self.changed.emit()
