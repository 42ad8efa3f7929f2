"""A printed paper held in the window: the bytes of its PDF and pictures of its pages."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QImage

from xqhz_desktop.reports.pdfium import PDFIUM

POINTS = 72
"""PDF units an inch."""


class Paper:
    """The one PDF that is looked at, saved and printed.

    PDFium knows one thread at a time: it is asked while nobody reads scans.
    """

    def __init__(self, data: bytes) -> None:
        """Open the bytes of a PDF."""
        self.data = data
        self._open: tuple[int, Any] | None = None
        with PDFIUM:
            self._document = pdfium.PdfDocument(data)
            pages = range(len(self._document))
            sizes = tuple(QSizeF(*self._document.get_page_size(one)) for one in pages)
        self.sizes = sizes
        """Width and height of each page in points."""

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return len(self.sizes)

    def strip(self, page: int, size: QSize, top: int, height: int) -> QImage:
        """Return some rows of a page (from 0) that is ``size`` pixels as a whole, on white.

        Rows are drawn alone, so that memory does not grow with the size of the page.
        """
        with PDFIUM:
            return self._strip(page, size, top, min(height, size.height() - top))

    def close(self) -> None:
        """Let go of everything but the bytes."""
        with PDFIUM:
            self._leave_page()
            self._document.close()

    def _strip(self, page: int, size: QSize, top: int, height: int) -> QImage:
        raw = pdfium.raw
        bitmap = pdfium.PdfBitmap.new_native(size.width(), height, raw.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, size.width(), height)
        whole = (0, -top, size.width(), size.height())
        raw.FPDF_RenderPageBitmap(bitmap, self._page(page), *whole, 0, raw.FPDF_ANNOT)
        shared = QImage(
            bitmap.buffer, size.width(), height, bitmap.stride, QImage.Format.Format_RGB32
        )
        image = shared.copy()
        bitmap.close()
        return image

    def _page(self, number: int) -> Any:
        """Return a page of PDFium's, which stays open until another is wanted."""
        if self._open is None or self._open[0] != number:
            self._leave_page()
            self._open = number, self._document[number]
        return self._open[1]

    def _leave_page(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None
