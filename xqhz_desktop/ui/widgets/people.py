"""A list of people to tick, by mouse or keyboard alone, and to drag elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.people import PeopleModel, Person
from xqhz_desktop.ui.widgets.drops import MIME
from xqhz_desktop.ui.widgets.ghost import ghost
from xqhz_desktop.ui.widgets.person_row import PersonDelegate
from xqhz_desktop.ui.widgets.ringed import RingedList

_STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}


class PeopleList(RingedList):
    """Shows a `PeopleModel`; a click ticks, Shift ticks a range, dragging carries who is ticked."""

    typed = Signal(str)
    """A character was typed: it belongs into the search box."""

    def __init__(self, model: PeopleModel, languages: Languages) -> None:
        """Show a model."""
        super().__init__()
        self.people = model
        self._languages = languages
        self.rows_painter = PersonDelegate(languages.language, self)
        self._pressed = QPoint()
        self._pressed_row = -1
        self._anchor = -1
        self.draggable = True
        model.lang = languages.language
        self.setModel(model)
        self.setItemDelegate(self.rows_painter)
        self.setUniformItemSizes(True)
        languages.changed.connect(self._on_language)

    def carried(self, place: int) -> list[Person]:
        """Return who a drag from a row carries: everybody ticked, or the one under the mouse."""
        one = self.people.person(place)
        if one is None:
            return []
        return self.people.chosen() if self.people.has(place) else [one]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click or a drag began."""
        self.by_keys = False
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._pressed_row = self.indexAt(self._pressed).row()
        self._ring()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once the mouse has gone far enough."""
        if self._pressed_row < 0 or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        if self.draggable and way >= QApplication.startDragDistance():
            place, self._pressed_row = self._pressed_row, -1
            self._drag(self.carried(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the row that was clicked, with Shift all up to it."""
        place, self._pressed_row = self._pressed_row, -1
        if place < 0 or self.indexAt(event.position().toPoint()).row() != place:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0:
            low, high = sorted((self._anchor, place))
            self.people.pick(range(low, high + 1), True)
        else:
            self.people.pick([place], not self.people.has(place))
            self._anchor = place
        self.setCurrentIndex(self.people.index(place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a double click for two clicks."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, Shift and an arrow ticks a range, Ctrl+A all that is shown."""
        self.by_keys = True
        key, mods, text = event.key(), event.modifiers(), event.text()
        shift = bool(mods & Qt.KeyboardModifier.ShiftModifier)
        control = bool(mods & Qt.KeyboardModifier.ControlModifier)
        place = self.currentIndex().row()
        if key == Qt.Key.Key_Space:
            self.people.pick([place], not self.people.has(place))
            self._anchor = place
        elif key == Qt.Key.Key_A and control:
            self.people.pick(range(self.people.rowCount()), True)
        elif key in _STEPS and shift:
            self._stretch(event, place)
        elif text.isprintable() and text.strip() and not control:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)
            if not shift:  # pressing Shift is a key of its own
                self._anchor = self.currentIndex().row()
        self._ring()

    def _stretch(self, event: QKeyEvent, place: int) -> None:
        """Move the end of the range that began at the anchor; what it leaves is let go."""
        anchor = self._anchor if self._anchor >= 0 else place
        plain = QKeyEvent(event.type(), event.key(), Qt.KeyboardModifier.NoModifier)
        super().keyPressEvent(plain)
        self._anchor = anchor
        now = self.currentIndex().row()
        low, high = sorted((anchor, place))
        near, far = sorted((anchor, now))
        self.people.pick([n for n in range(low, high + 1) if not near <= n <= far], False)
        self.people.pick(range(near, far + 1), True)

    def _drag(self, people: list[Person]) -> None:
        if not people:
            return
        drag = QDrag(self)
        data = QMimeData()
        data.setData(MIME, "\n".join(one.student for one in people).encode())
        drag.setMimeData(data)
        drag.setPixmap(ghost(people, self._languages, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(12, 12))
        drag.exec(Qt.DropAction.CopyAction)

    def _ring(self) -> None:
        self.rows_painter.ringed = self.ringed
        self.viewport().update()

    def _on_language(self) -> None:
        self.rows_painter.lang = self.people.lang = self._languages.language
        self.viewport().update()
