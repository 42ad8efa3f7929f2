"""Students that are carried over a list and let go there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView

MIME = "application/x-xqhz-students"
"""Ids of students, one a line."""

_EDGE, _STEP = 28, 14
"""So near to an edge, the list scrolls by so much."""


class Drops(QObject):
    """Watches a list: where students hang, and where they fall."""

    over = Signal(object, int)
    """The index below the mouse and how many are carried; an invalid index when they left."""
    fallen = Signal(object, object)
    """The index and the ids."""

    def __init__(self, view: QAbstractItemView, takes: Callable[[int], bool]) -> None:
        """Watch a view; ``takes`` tells whether students may fall on a row."""
        super().__init__(view)
        self._view, self._takes = view, takes
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle what is dragged; everything else goes on."""
        match event:
            case QDragEnterEvent():
                event.setAccepted(event.mimeData().hasFormat(MIME))
            case QDragMoveEvent():
                self._move(event)
            case QDropEvent():
                self._fall(event)
            case _ if event.type() == QEvent.Type.DragLeave:
                self.over.emit(self._view.model().index(-1, 0), 0)
            case _:
                return super().eventFilter(watched, event)
        return True

    def _move(self, event: QDragMoveEvent) -> None:
        place = event.position().toPoint()
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        step = -_STEP if place.y() < _EDGE else _STEP if place.y() > height - _EDGE else 0
        bar.setValue(bar.value() + step)
        index = self._view.indexAt(place)
        self.over.emit(index, len(carried(event)))
        event.setAccepted(self._takes(index.row()))

    def _fall(self, event: QDropEvent) -> None:
        index = self._view.indexAt(event.position().toPoint())
        self.over.emit(self._view.model().index(-1, 0), 0)
        event.setAccepted(self._takes(index.row()))
        if event.isAccepted():
            self.fallen.emit(index, carried(event))


def carried(event: QDropEvent) -> list[str]:
    """Return the ids of the students on the mouse."""
    text = bytes(event.mimeData().data(MIME).data()).decode()
    return text.split("\n") if text else []
