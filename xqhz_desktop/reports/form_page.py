"""A form on A4: labels and values in frames, from the top down, with room to write and sign."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4

from xqhz_desktop.reports.kit import Edition
from xqhz_desktop.reports.pen import Align, Pen, Style
from xqhz_desktop.reports.text import fit, wrap

TITLE = Style("SongBold", 20, 26)
SMALL = Style("Song", 8.5, 11)
TEXT = Style("Song", 10.5, 15)
STRONG = Style("SongBold", 10.5, 15)
SIDE, TOP, BOTTOM = 51.0, 45.0, 45.0
ROW = 25.0
LABEL = 84.0
_QR = 72.0

SIZE: tuple[float, float] = A4


class FormPage:
    """One page while it is drawn; `y` is where the next row begins."""

    def __init__(self, pen: Pen, edition: Edition) -> None:
        """Begin at the top of a page."""
        self.pen, self.edition = pen, edition
        self.width, self.y = SIZE[0] - 2 * SIDE, SIZE[1] - TOP

    @property
    def room(self) -> float:
        """Return the height left above the signatures."""
        return self.y - BOTTOM - 40

    def head(self, title: str, lines: Sequence[str], code: str = "") -> None:
        """Draw the title, up to two lines under it, and a QR code at the right."""
        pen, edition = self.pen, self.edition
        right = SIDE + self.width
        if code:
            _draw_code(pen, code, right - _QR, self.y - _QR)
        pen.write((SIDE, self.y - TITLE.drop), TITLE, edition.main.say(title), Align.LEFT)
        second = edition.second.say(title) if edition.second else ""
        shown = [line for line in (second, *lines) if line][:2]
        for place, line in enumerate(shown):
            style = SMALL if place else TEXT
            pen.write((SIDE, self.y - 40 - 20 * place), style, line, Align.LEFT)
        self.y -= (_QR if code else 26 + 20 * len(shown)) + 6

    def pairs(self, *pairs: tuple[str, str], height: float = ROW) -> None:
        """Draw a row of labels and values, each with the same room."""
        each = self.width / len(pairs)
        for place, (label, value) in enumerate(pairs):
            x = SIDE + place * each
            self.label(x, height, self.edition.line(label))
            self.frame(x + LABEL, each - LABEL, height)
            self._lines(x + LABEL, each - LABEL, height, (value, TEXT))
        self.y -= height

    def wide(self, label: str, value: str, height: float) -> None:
        """Draw one label and its value, or room to write."""
        self.pairs((label, value), height=height)

    def label(self, x: float, height: float, text: str) -> None:
        """Draw the frame of a label."""
        self.frame(x, LABEL, height)
        self._lines(x, LABEL, height, (text, STRONG))

    def frame(self, x: float, width: float, height: float) -> None:
        """Draw an empty frame from the row's top down."""
        self.pen.canvas.setLineWidth(0.5)
        self.pen.canvas.rect(x, self.y - height, width, height)

    def signatures(self, labels: Sequence[str]) -> None:
        """Draw what is signed for, side by side."""
        for place, label in enumerate(labels):
            x = SIDE + place * self.width / len(labels)
            said = self.edition.fact(label, "")
            self.pen.write((x, self.y - 30), TEXT, said, Align.LEFT)

    def _lines(self, x: float, width: float, height: float, written: tuple[str, Style]) -> None:
        """Write a text into a frame: values at the left, labels in the middle."""
        text, style = written
        if not text:
            return
        middle = style is STRONG
        measure = self.pen.measure(style)
        lines, factor = fit(text, (width - 8) / style.size, measure)
        style = style.scaled(factor)
        if len(lines) * style.size * 1.15 > height:
            style = style.scaled(0.7)
            lines = wrap(text, (width - 8) / style.size, measure)[: int(height // style.size)]
        step = min(style.leading, (height - 2) / len(lines))
        above = 6.0 if height > 3 * ROW and not middle else (height - len(lines) * step) / 2
        y = self.y - above - step / 2 - 0.36 * style.size
        for line in lines:
            place = (x + width / 2, y) if middle else (x + 5, y)
            self.pen.write(place, style, line, Align.CENTER if middle else Align.LEFT)
            y -= step


def _draw_code(pen: Pen, text: str, x: float, y: float) -> None:
    code = QrCodeWidget(text, barLevel="M", barBorder=2)
    left, bottom, right, top = code.getBounds()
    across, up = _QR / (right - left), _QR / (top - bottom)
    drawing = Drawing(_QR, _QR, transform=[across, 0, 0, up, 0, 0])
    drawing.add(code)
    renderPDF.draw(drawing, pen.canvas, x, y)
