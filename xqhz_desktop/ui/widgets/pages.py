"""The pages of a paper one under another, as they will be printed."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.paper import POINTS, Paper
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.tiles import Tiles

MARGIN, BETWEEN = 14, 14
_INCH = 96
"""Logical pixels an inch on the screen: what 100 % means."""
_ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
_ROOM = 64 << 20
_FADED = 110
_LINE = 48
"""Pixels an arrow scrolls."""


class Fit(Enum):
    """How large pages stand in the view."""

    WIDTH = N_("Fit width")
    PAGE = N_("Whole page")
    FREE = N_("Actual size")


class Pages(QAbstractScrollArea):
    """Scrolls and zooms through a paper; only what is in view is drawn."""

    page_changed = Signal(int)
    """The page in front, from 0."""
    zoomed = Signal()
    """Pages have another size, or another reason for it, now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty view that fits the width."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fit, self.zoom = Fit.WIDTH, 1.0
        self._paper: Paper | None = None
        self._faded = False
        self._front = 0
        self._rects: list[QRectF] = []
        self._tiles = Tiles(_ROOM, self, finer=2)
        self._tiles.ready.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def front(self) -> int:
        """Return the page that is in front, from 0."""
        return self._front

    @property
    def complete(self) -> bool:
        """Tell whether all that is in view is drawn."""
        return self._tiles.idle

    def show_paper(self, paper: Paper | None) -> None:
        """Show another paper at the place where the last one stood."""
        place = self._place()
        self._paper = paper
        self._tiles.show_paper(paper)
        self.fade(on=False)
        self._lay_out()
        self._go_to(place)

    def fade(self, *, on: bool) -> None:
        """Show that what is in view is no longer true."""
        self._faded = on
        self.viewport().update()

    def go(self, page: int) -> None:
        """Bring a page (from 0) to the top."""
        if self._rects:
            page = min(max(page, 0), len(self._rects) - 1)
            self.verticalScrollBar().setValue(round(self._rects[page].top()) - MARGIN)
            self._front = page  # the last pages cannot come to the top
            self.page_changed.emit(page)

    def turn(self, step: int) -> None:
        """Go some pages on, or back."""
        self.go(self._front + step)

    def show_fit(self, fit: Fit) -> None:
        """Make pages as wide as the view, as large as the view, or as large as they are."""
        self.fit = fit
        self.zoom = 1.0 if fit is Fit.FREE else self.zoom
        self._again()

    def step_zoom(self, step: int) -> None:
        """Make pages larger (1) or smaller (-1)."""
        near = 0.01 * step
        larger = [one for one in _ZOOMS if one > self.zoom + near]
        smaller = [one for one in _ZOOMS if one < self.zoom + near]
        found = larger[:1] if step > 0 else smaller[-1:]
        if found:
            self.fit, self.zoom = Fit.FREE, found[0]
            self._again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leap to the ends; arrows scroll."""
        match event.key():
            case Qt.Key.Key_Home:
                self.go(0)
            case Qt.Key.Key_End:
                self.go(len(self._rects) - 1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew, at the same place."""
        super().resizeEvent(event)
        self._again()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in view."""
        now = tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(now.sunken))
        moved = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        view = QRectF(self.viewport().rect())
        for page, rect in enumerate(self._rects):
            target = rect.translated(moved)
            if target.top() > view.bottom():
                break
            if target.bottom() >= view.top():
                self._tiles.paint(painter, page, target, view)
                painter.setPen(QColor(now.control))
                painter.drawRect(target.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self._faded:
            veil = QColor(now.sunken)
            veil.setAlpha(_FADED)
            painter.fillRect(event.rect(), veil)
        painter.end()

    def _again(self) -> None:
        place = self._place()
        self._lay_out()
        self._go_to(place)
        self.zoomed.emit()

    def _lay_out(self) -> None:
        """Work out where each page stands."""
        sizes = self._paper.sizes if self._paper else ()
        width = max((one.width() for one in sizes), default=1.0)
        room = self._available()
        scale = self._scale(width, max((one.height() for one in sizes), default=1.0))
        self._rects, top = [], float(MARGIN)
        middle = max(room.width(), width * scale + 2 * MARGIN) / 2
        for one in sizes:
            across = max(1, round(one.width() * scale))
            down = max(1, round(one.height() * scale))
            self._rects.append(QRectF(round(middle - across / 2), top, across, down))
            top = self._rects[-1].bottom() + BETWEEN
        view = self.viewport().size()
        tall, wide = round(top - BETWEEN + MARGIN), round(2 * middle)
        for bar, length, seen in (
            (self.verticalScrollBar(), tall, view.height()),
            (self.horizontalScrollBar(), wide, view.width()),
        ):
            bar.setPageStep(seen)
            bar.setSingleStep(_LINE)
            bar.setRange(0, max(0, length - seen))
        side = self.horizontalScrollBar()
        side.setValue(side.maximum() // 2)
        self.viewport().update()

    def _scale(self, width: float, height: float) -> float:
        """Return pixels a point, and keep the zoom it amounts to."""
        room = self._available()
        whole = _INCH / POINTS
        across = (room.width() - 2 * MARGIN) / width
        match self.fit:
            case Fit.WIDTH:
                self.zoom = max(across, 0.05) / whole
            case Fit.PAGE:
                high = (room.height() - 2 * MARGIN) / height
                self.zoom = max(min(across, high), 0.05) / whole
            case Fit.FREE:
                pass
        return self.zoom * whole

    def _available(self) -> QSizeF:
        """Return the room there is beside a scroll bar, whether it shows or not."""
        bar = self.verticalScrollBar()
        beside = 0 if bar.isVisible() else bar.sizeHint().width()
        return QSizeF(self.viewport().width() - beside, self.viewport().height())

    def _place(self) -> tuple[int, float]:
        """Return the page at the top and which part of it lies above."""
        if not self._rects:
            return 0, 0.0
        top = self.verticalScrollBar().value() + MARGIN
        page = max(0, bisect_right([rect.top() for rect in self._rects], top) - 1)
        return page, (top - self._rects[page].top()) / self._rects[page].height()

    def _go_to(self, place: tuple[int, float]) -> None:
        page, part = place
        front = min(self._front, max(len(self._rects) - 1, 0))
        if page < len(self._rects):
            rect = self._rects[page]
            self.verticalScrollBar().setValue(round(rect.top() + part * rect.height()) - MARGIN)
        else:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        if front != self._front:
            self._front = front
            self.page_changed.emit(front)

    def _on_scrolled(self) -> None:
        """Find the page in front: the one a third down the view."""
        self.viewport().update()
        line = self.verticalScrollBar().value() + self.viewport().height() / 3
        tops = [rect.top() for rect in self._rects]
        front = max(0, bisect_right(tops, line) - 1)
        if front != self._front:
            self._front = front
            self.page_changed.emit(front)
