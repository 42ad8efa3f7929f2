"""From a paper to a printer: page by page, strip by strip, while the window stays alive."""

from __future__ import annotations

from contextlib import ExitStack

from PySide6.QtCore import QMarginsF, QObject, QPoint, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.tasks import Handle

_SHARPEST = 600
"""Dots an inch that are drawn; a finer printer enlarges them."""
_ROWS = 256
"""Rows of dots a turn of the event loop: some hundredths of a second, 8 MB on A4 across."""


def printer_for(paper: Paper, title: str, copies: int = 1) -> QPrinter:
    """Return the usual printer, set to the size of the paper, before a dialog changes it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    size = paper.sizes[0]
    across = size.width() > size.height()
    printer.setPageLayout(
        QPageLayout(
            QPageSize(size.transposed() if across else size, QPageSize.Unit.Point),
            QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait,
            QMarginsF(),
        )
    )
    printer.setCopyCount(copies)
    return printer


def chosen(printer: QPrinter, pages: int, front: int) -> list[int]:
    """Return the pages (from 0) to print, in order, as often as the printer needs telling."""
    wanted = list(range(pages))
    ranges = printer.pageRanges()
    match printer.printRange():
        case QPrinter.PrintRange.PageRange if not ranges.isEmpty():
            wanted = [page for page in wanted if ranges.contains(page + 1)]
        case QPrinter.PrintRange.CurrentPage:
            wanted = [front]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        wanted.reverse()
    if printer.supportsMultipleCopies():
        return wanted
    copies = printer.copyCount()
    if printer.collateCopies():
        return wanted * copies
    return [page for page in wanted for _ in range(copies)]


class PrintJob(QObject):
    """Prints pages of a paper a strip at a time; ``handle`` shows progress and stops it."""

    ended = Signal(object)
    """How it ended: None when all is printed, else the `UserError` (`Cancelled` when stopped)."""

    def __init__(self, paper: Paper, printer: QPrinter, title: Message, parent: QObject) -> None:
        """Open the paper a second time, so that the window may show another meanwhile."""
        super().__init__(parent)
        self.handle = Handle(self, title)
        self._painter, self._printer = QPainter(), printer
        self._paper = Paper(paper.data)
        self._held = ExitStack()
        self._held.callback(self._paper.close)
        self._held.callback(self._painter.end)
        self._wanted: list[int] = []
        self._done, self._top = 0, 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        self.destroyed.connect(self._held.close)  # the window was closed while it printed

    def start(self, pages: list[int]) -> None:
        """Begin with the first of these pages (from 0)."""
        self._wanted = pages
        if not self._painter.begin(self._printer):
            self._end(UserError(Message("The printer does not answer. Choose another one.")))
            return
        finer = self._printer.resolution() / self._dots
        self._painter.scale(finer, finer)
        self._timer.start()

    @property
    def pages(self) -> int:
        """Return how many pages are printed."""
        return self._done

    @property
    def _dots(self) -> int:
        return min(self._printer.resolution(), _SHARPEST)

    def _step(self) -> None:
        """Print the next strip."""
        if self.handle.cancelled:
            self._printer.abort()
            self._end(Cancelled())
        elif self._done == len(self._wanted):
            self._end(None)
        elif not self._print_strip():
            self._end(UserError(Message("The printer stopped. Look at it and print again.")))

    def _print_strip(self) -> bool:
        """Print one strip and tell whether the printer goes on."""
        if self._top == 0 and self._done and not self._printer.newPage():
            return False
        page = self._wanted[self._done]
        corner, size = self._place(self._paper.sizes[page])
        image = self._paper.strip(page, size, self._top, _ROWS)
        self._painter.drawImage(corner + QPoint(0, self._top), image)
        self._top += _ROWS
        if self._top >= size.height():
            self._top = 0
            self._done += 1
            self.handle.progress.emit(self._done, len(self._wanted))
        return True

    def _place(self, size: QSizeF) -> tuple[QPoint, QSize]:
        """Return where a page stands on the sheet and how large it is, in drawn dots."""
        sheet = self._printer.pageLayout().fullRectPixels(self._dots).size()
        room = QSizeF(sheet)
        fitted = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).toSize()
        return QPoint(*((sheet - fitted) / 2).toTuple()), fitted

    def _end(self, error: UserError | None) -> None:
        self._timer.stop()
        self._held.close()
        self.handle.finished.emit()
        self.ended.emit(error)
        self.deleteLater()
