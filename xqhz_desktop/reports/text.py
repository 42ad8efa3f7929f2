"""Where lines break: the rules of Chinese typesetting (kinsoku), in any width and any font."""

from __future__ import annotations

import re
from collections.abc import Callable

NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕〗｝］”’…—～·•‥％‰℃々〻ー,.;:?!)]}%°′″›»＞")
"""Marks that never begin a line: they stay with what stands before them."""

NOT_LAST = frozenset("（《〈「『【〔〖｛［“‘￥＄＃№([{‹«¥$£€＜")
"""Marks that never end a line: they stay with what follows."""

GAP = 0.09
"""Space between Chinese and Latin, in em, made by position. Readers of PDF (poppler, pypdf) take
0.1 em and more for a space between words: 23数控1班 would no longer be found in the paper."""

Measure = Callable[[str], float]

_HAN = "\u2e80-\u2fff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALNUM = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_JOINT = re.compile(f"(?<=[{_HAN}])(?=[{_ALNUM}])|(?<=[{_ALNUM}])(?=[{_HAN}])")
_WORD = f"[{_ALNUM}]+(?:[-.,:/@'’_+&#~=\\\\]+[{_ALNUM}]+)*-?"
_FIRST = re.escape("".join(sorted(NOT_FIRST)))
_LAST = re.escape("".join(sorted(NOT_LAST)))
_CLUSTER = re.compile(f"(?:[{_LAST}] *)*(?:{_WORD}|.)(?: *[{_FIRST}])* *", re.DOTALL)


def joints(text: str) -> list[str]:
    """Return a text cut where Chinese meets Latin letters or digits, to set a gap there."""
    return [text] if text.isascii() else _JOINT.split(text)


def width(text: str, measure: Measure) -> float:
    """Return the width of a line in the unit of ``measure`` (em), with its gaps."""
    return measure(text) + GAP * (len(joints(text)) - 1)


def clusters(text: str) -> list[str]:
    """Return the pieces of a text no line may break inside; joined they are the text."""
    return _CLUSTER.findall(text)


def wrap(text: str, room: float, measure: Measure) -> list[str]:
    """Return the lines of a text in a width; spaces at the ends of lines are dropped.

    ``room`` is in the unit of ``measure`` (em). Line feeds in the text are kept as breaks.
    A piece that is wider than a line by itself is cut between characters.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += (
            [paragraph] if width(paragraph, measure) <= room else _wrapped(paragraph, room, measure)
        )
    return lines


def fit(text: str, room: float, measure: Measure, least: float = 0.7) -> tuple[list[str], float]:
    """Return a name's lines and the factor (``least``–1) by which its type is reduced.

    A name breaks after · only; what is still too wide is set smaller, and only a name that
    would become too small to read is broken elsewhere.
    """
    if width(text, measure) <= room:
        return [text], 1.0
    parts = _wrapped(text, room, measure, cut=re.compile("[^·•]*[·•]?"))
    scale = min(1.0, room / max(width(part, measure) for part in parts))
    if scale >= least:
        return parts, scale
    return wrap(text, room / least, measure), least


def _wrapped(
    text: str, room: float, measure: Measure, cut: re.Pattern[str] | None = None
) -> list[str]:
    lines: list[str] = []
    line = ""
    pieces = cut.findall(text) if cut else clusters(text)
    for piece in pieces:
        if width((line + piece).rstrip(" "), measure) <= room or not piece:
            line += piece
            continue
        if line.rstrip(" "):
            lines.append(line.rstrip(" "))
        line = piece.lstrip(" ")
        while not cut and width(line.rstrip(" "), measure) > room and len(line.rstrip(" ")) > 1:
            head = _head(line, room, measure)
            lines.append(line[:head])
            line = line[head:]
    return [*lines, line.rstrip(" ")] if line.rstrip(" ") or not lines else lines


def _head(text: str, room: float, measure: Measure) -> int:
    """Return how many characters of a piece wider than the line go on it; at least one."""
    count = len(text) - 1
    while count > 1 and width(text[:count], measure) > room:
        count -= 1
    if "-" in text[1 : count - 1]:
        return text.rindex("-", 0, count) + 1
    full = count
    while count > 1 and (text[count] in NOT_FIRST or text[count - 1] in NOT_LAST):
        count -= 1
    return count if text[count] not in NOT_FIRST and text[count - 1] not in NOT_LAST else full
