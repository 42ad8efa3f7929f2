"""How wide the columns of a list should be: by what stands in them, so that no number breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from xqhz_desktop.reports.table import MAIN, PAD_X, SMALL, Cell
from xqhz_desktop.reports.text import clusters

DIGIT = MAIN.size / 2
"""The width of one digit or Latin letter in points; a Chinese character takes two."""

_LONGEST = 40  # digits of a text that has a line to itself before it is folded
_FOLDED = 16  # digits of a line that is still read with ease
_MOST = 95  # of a hundred texts that shall not be folded
_LOOKED_AT = 2_000  # texts of a column that are looked at
_SHRUNK = SMALL.size / MAIN.size


@dataclass(frozen=True)
class Need:
    """What a column needs and wishes, in points with its margins."""

    least: float
    wish: float


def need(head: Cell, cells: Sequence[Cell], *, solid: bool) -> Need:
    """Return the need of a column; what stands in a `solid` one is never folded."""
    some = cells if solid else cells[:: len(cells) // _LOOKED_AT + 1]
    long = sorted(max(_long(main), _long(small) * _SHRUNK) for main, small in some)
    title = max(_word(head[0]), _word(head[1]) * _SHRUNK, _long(head[0]) / 2)
    if solid or not long:
        least = wish = max(title, *long[-1:])
    else:
        words = max((_word(main) for main, _small in some), default=0.0)
        least = max(title, min(words, _FOLDED), min(long[-1], _FOLDED))
        wish = max(least, min(long[(len(long) - 1) * _MOST // 100], _LONGEST))
    margins = 2 * PAD_X + 1
    return Need(least * DIGIT + margins, wish * DIGIT + margins)


def widths(needs: Sequence[Need], room: float) -> list[float] | None:
    """Return the widths that fill the room, or None where it is too narrow for what is needed."""
    least, wish = sum(one.least for one in needs), sum(one.wish for one in needs)
    if least > room:
        return None
    if wish > room:
        part = (room - least) / (wish - least)
        return [one.least + (one.wish - one.least) * part for one in needs]
    return [one.wish * room / wish for one in needs]


def _long(text: str) -> float:
    """Return the length of the longest line of a text in digits."""
    return max((_wide(one) for one in text.split("\n")), default=0.0)


def _word(text: str) -> float:
    """Return the length of the longest piece that no line breaks inside."""
    return max((_wide(one.strip()) for one in clusters(text)), default=2.0)


def _wide(text: str) -> float:
    if text.isascii():
        return 1.1 * len(text)  # capitals and wide letters taken together with narrow ones
    return sum(2.0 if east_asian_width(one) in "WF" else 1.1 for one in text)
