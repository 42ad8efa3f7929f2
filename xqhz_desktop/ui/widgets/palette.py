"""Ctrl+K: one line that finds commands, pages and records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.icons import icon as line_icon
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.card import line

_WIDTH, _ROW, _MOST = 600, 40, 9
_BESIDE = Qt.ItemDataRole.UserRole + 1
_ENTRY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class Entry:
    """One thing the palette can do. ``beside`` stands small at the right: a key, a kind."""

    icon: str
    text: Text
    run: Callable[[], object]
    beside: str = ""


class Palette(QFrame):
    """Floats over the window; ``typed`` asks for records, which arrive by `show_found`."""

    typed = Signal(str)

    def __init__(self, languages: Languages, window: QWidget) -> None:
        """Make it hidden, with nothing to offer."""
        super().__init__(window)
        self.setProperty("surface", "popup")
        self._languages = languages
        self._entries: Sequence[Entry] = ()
        self._found: Sequence[Entry] = ()
        self._window = window
        self._before: QWidget | None = None
        self._edit = QLineEdit()
        self._list = QListWidget()
        self._stand()
        languages.bind(self._edit, self._edit.setPlaceholderText, _PROMPT)
        languages.bind(self._edit, self._edit.setAccessibleName, _PROMPT)
        languages.bind(self._list, self._list.setAccessibleName, N_("What was found"))
        self._edit.textEdited.connect(self._on_typed)
        self._edit.installEventFilter(self)
        self._list.itemClicked.connect(self._on_clicked)
        self.hide()

    def open(self, entries: Sequence[Entry]) -> None:
        """Show the palette with commands and pages to choose from."""
        window = self._window
        self._before = window.focusWidget()
        self._entries, self._found = entries, ()
        self._edit.clear()
        self._fill()
        width = min(_WIDTH, window.width() - 48)
        height = 78 + _MOST * _ROW
        top = max(24, window.height() * 13 // 100)
        self.setGeometry((window.width() - width) // 2, top, width, height)
        self.show()
        self.raise_()
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def shut(self) -> None:
        """Hide, and give the keyboard back."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def show_found(self, entries: Sequence[Entry]) -> None:
        """Offer records that match what is typed, above the commands."""
        self._found = entries
        self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drive the list from the line; Enter inside a composition stays with the input method."""
        if event.type() == QEvent.Type.FocusOut and not self._list.hasFocus():
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        rows = self._list.count()
        match key:
            case Qt.Key.Key_Escape:
                self.shut()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if rows:
                step = 1 if key is Qt.Key.Key_Down else -1
                self._list.setCurrentRow((self._list.currentRow() + step) % rows)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run(self._list.currentItem())
            case _:
                return False
        return True

    def _stand(self) -> None:
        self._edit.setProperty("plain", "true")
        self._list.setProperty("plain", "true")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_Rows(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 10)
        column.setSpacing(8)
        column.addWidget(self._edit)
        column.addWidget(line())
        column.addWidget(self._list, 1)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 12)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)

    def _fill(self) -> None:
        typed = self._edit.text().strip().lower()
        self._list.clear()
        say = self._languages.say
        named = [(entry, say(entry.text)) for entry in self._entries]
        fitting = [(entry, text) for entry, text in named if typed in text.lower()]
        found = [(entry, say(entry.text)) for entry in self._found]
        for entry, text in [*found, *fitting]:
            item = QListWidgetItem(line_icon(entry.icon), text)
            item.setData(_BESIDE, entry.beside)
            item.setData(_ENTRY, entry)
            self._list.addItem(item)
        if not self._list.count():
            item = QListWidgetItem(
                line_icon("search"), say(N_("Nothing found for “{words}”"), words=typed)
            )
            self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _on_typed(self, text: str) -> None:
        self._found = ()
        self._fill()
        self.typed.emit(text.strip())

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._run(item)

    def _run(self, item: QListWidgetItem | None) -> None:
        entry = item.data(_ENTRY) if item else None
        if entry is not None:
            self.shut()
            entry.run()


class _Rows(QStyledItemDelegate):
    """Draws icon, text, and a small word at the right."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row."""
        return QSize(100, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        now = tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.selected))
            painter.drawRoundedRect(rect, 6, 6)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        icon.paint(painter, rect.left() + 14, rect.top() + (_ROW - 18) // 2, 18, 18)
        small = QFont(option.font)
        small.setPixelSize(SMALL)
        beside = index.data(_BESIDE) or ""
        room = rect.width() // 2
        beside = QFontMetrics(small).elidedText(beside, Qt.TextElideMode.ElideRight, room)
        taken = QFontMetrics(small).horizontalAdvance(beside) + 14
        painter.setFont(small)
        painter.setPen(QColor(now.ink3))
        right = rect.adjusted(0, 0, -14, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, beside)
        painter.setFont(option.font)
        painter.setPen(QColor(now.accent_ink if chosen else now.ink))
        left = rect.adjusted(46, 0, -14 - taken, 0)
        text = QFontMetrics(option.font).elidedText(
            index.data(), Qt.TextElideMode.ElideRight, left.width()
        )
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


_PROMPT = N_("Type a command, a page or a name")
