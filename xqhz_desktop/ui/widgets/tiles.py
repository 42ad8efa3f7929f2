"""Pictures of pages, made when they come into view and forgotten when others need the room."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from xqhz_desktop.ui.paper import Paper

ROWS = 512
"""Height of one picture in pixels of the screen."""

_WAITING = 64
_SMALL = 1600
"""Pages up to this many pixels wide are drawn finer."""


@dataclass(frozen=True)
class _Strip:
    page: int
    width: int
    height: int
    number: int


class Tiles(QObject):
    """Draws pages in strips, one a turn of the event loop, and keeps the latest ones."""

    ready = Signal()
    """There is something more to paint."""

    def __init__(self, room: int, parent: QObject, *, finer: int = 1) -> None:
        """Keep pictures of up to ``room`` bytes, drawn ``finer`` times as fine and then shrunk.

        PDFium draws no line thinner than a pixel: small pages drawn at once are all lines.
        """
        super().__init__(parent)
        self._room, self._finer = room, finer
        self._paper: Paper | None = None
        self._kept: OrderedDict[_Strip, QImage] = OrderedDict()
        self._wanted: dict[_Strip, None] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_next)

    def show_paper(self, paper: Paper | None) -> None:
        """Draw pages of another paper from now on."""
        self._paper = paper
        self._kept.clear()
        self._wanted.clear()
        self._timer.stop()

    @property
    def used(self) -> int:
        """Return how many bytes the pictures take."""
        return sum(image.sizeInBytes() for image in self._kept.values())

    @property
    def idle(self) -> bool:
        """Tell whether everything that was asked for is drawn."""
        return not self._wanted

    def paint(self, painter: QPainter, page: int, target: QRectF, view: QRectF) -> None:
        """Paint a page at ``target``, as far as it is in ``view`` and already drawn."""
        painter.fillRect(target, Qt.GlobalColor.white)
        ratio = painter.device().devicePixelRatioF()
        size = QSize(round(target.width() * ratio), round(target.height() * ratio))
        seen = target.intersected(view).translated(0, -target.top())
        if size.isEmpty() or seen.isEmpty():
            return
        first, last = int(seen.top() * ratio) // ROWS, int(seen.bottom() * ratio - 1) // ROWS
        for number in range(first, last + 1):
            image = self._strip(_Strip(page, size.width(), size.height(), number))
            if image is not None:
                image.setDevicePixelRatio(ratio)
                top = target.top() + number * ROWS / ratio
                painter.drawImage(QPointF(target.left(), top), image)

    def _strip(self, strip: _Strip) -> QImage | None:
        if strip in self._kept:
            self._kept.move_to_end(strip)
            return self._kept[strip]
        self._wanted.pop(strip, None)
        self._wanted[strip] = None  # the newest wish is the next to come true
        while len(self._wanted) > _WAITING:
            del self._wanted[next(iter(self._wanted))]
        if not self._timer.isActive():
            self._timer.start()
        return None

    def _draw_next(self) -> None:
        if not self._wanted or self._paper is None:
            self._timer.stop()
            return
        strip, _ = self._wanted.popitem()
        if strip.number * ROWS < strip.height:
            self._kept[strip] = self._drawn(self._paper, strip)
        while self.used > self._room and len(self._kept) > 1:
            self._kept.popitem(last=False)
        self.ready.emit()

    def _drawn(self, paper: Paper, strip: _Strip) -> QImage:
        finer = self._finer if strip.width <= _SMALL else 1
        size, top = QSize(strip.width, strip.height) * finer, strip.number * ROWS
        image = paper.strip(strip.page, size, top * finer, ROWS * finer)
        if finer == 1:
            return image
        return image.scaled(
            strip.width,
            min(ROWS, strip.height - top),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
