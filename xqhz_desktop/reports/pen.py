"""A pen: sets lines of text in one document as raw operators, the quickest way to draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from xqhz_desktop.reports.fonts import Fonts, shipped
from xqhz_desktop.reports.text import GAP, Measure, joints, width


class Align(Enum):
    """Where a line stands in its room; the value is the share of free space before it."""

    LEFT = 0.0
    CENTER = 0.5
    RIGHT = 1.0


@dataclass(frozen=True)
class Style:
    """A font by its name in ``fonts.STYLES``, its size and the height of its lines in points."""

    font: str
    size: float
    leading: float

    def scaled(self, factor: float) -> Style:
        """Return the same style smaller; lines keep their height."""
        return self if factor == 1 else Style(self.font, round(self.size * factor, 2), self.leading)

    @property
    def drop(self) -> float:
        """Return how far the baseline stands under the top of a line, centred by the eye."""
        return self.leading / 2 + 0.36 * self.size


class Pen:
    """Writes on the pages of one canvas with the fonts of the program."""

    def __init__(self, canvas: Canvas, fonts: Fonts | None = None) -> None:
        """Write on ``canvas``, with the shipped fonts if no others are given."""
        self.canvas = canvas
        self._fonts = fonts or shipped()
        self._measures: dict[str, Measure] = {}

    def measure(self, style: Style) -> Measure:
        """Return the function that tells the width of a text in em."""
        if style.font not in self._measures:
            self._measures[style.font] = _in_em(self._fonts.style(style.font).stringWidth)
        return self._measures[style.font]

    def width(self, style: Style, text: str) -> float:
        """Return the width of a line in points."""
        return width(text, self.measure(style)) * style.size

    def spell(self, style: Style, text: str) -> str:
        """Return the operators that show a line at the current point."""
        font, doc = self._fonts.style(style.font), self.canvas._doc
        pieces = (
            "".join(
                f"/{tag} {style.size:g} Tf<{codes}>Tj " for tag, codes in font.shown(piece, doc)
            )
            for piece in joints(text)
        )
        return f"[{-1000 * GAP:g}]TJ ".join(pieces)

    def write(self, point: tuple[float, float], style: Style, text: str, align: Align) -> None:
        """Write a line at once, ``point`` being its left end, middle or right end."""
        x = point[0] - self.width(style, text) * align.value
        self.draw(f"BT 1 0 0 1 {x:.2f} {point[1]:.2f} Tm {self.spell(style, text)}ET")

    def draw(self, operators: str) -> None:
        """Add raw operators to the page."""
        self.canvas._code.append(operators)

    @property
    def missing(self) -> dict[str, int]:
        """Return the characters that could not be drawn so far, with how often."""
        return self._fonts.inside(self.canvas._doc).missing


def _in_em(string_width: Callable[[Any, float], float]) -> Measure:
    return lambda text: string_width(text, 1.0)
