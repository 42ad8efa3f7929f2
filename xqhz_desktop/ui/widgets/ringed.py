"""A list of rows that a delegate paints whole, with a ring where the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

_Index = QModelIndex | QPersistentModelIndex
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class RingedList(QListView):
    """Shows the ring only to those who use the keyboard; nothing is ever selected by Qt."""

    first = 0
    """The row the keyboard comes to when it enters."""

    def __init__(self) -> None:
        """Dress the view."""
        super().__init__()
        self.by_keys = False
        """Whether the keyboard was used last."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    @property
    def ringed(self) -> int:
        """Return the row with the ring, or -1."""
        return self.currentIndex().row() if self.by_keys and self.hasFocus() else -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self.by_keys = self.by_keys or event.reason() in _BY_KEYS
        super().focusInEvent(event)
        rows = self.model().rowCount()
        if not self.currentIndex().isValid() and rows:
            self.setCurrentIndex(self.model().index(min(self.first, rows - 1), 0))
        self._ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring any more."""
        super().focusOutEvent(event)
        self._ring()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Move the ring along."""
        super().currentChanged(current, previous)
        self._ring()

    def _ring(self) -> None:
        """Tell the painter where the ring is, and paint."""
        raise NotImplementedError
