"""Two versions of a longer text put together: what each of them added to what was there before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|.", re.DOTALL)
"""Chinese characters one by one, other words whole."""

_ENDS = "。！？；，、.!?;, \n"


@dataclass(frozen=True)
class _Edit:
    """Pieces `start` to `end` of the text before became `now`."""

    start: int
    end: int
    now: str


def joined(before: str, one: str, other: str) -> str:
    """Return a text with the changes of both; where both changed the same, one follows the other.

    It is a proposal for people to read, never written by itself.
    """
    pieces = _pieces(before)
    made, at = [], 0
    edits = sorted(
        [*_edits(pieces, one), *_edits(pieces, other)], key=lambda edit: (edit.start, edit.end)
    )
    while edits:
        first = edits.pop(0)
        group = [first]
        end = first.end
        while edits and (edits[0].start < end or edits[0].start == first.start):
            group.append(edits.pop(0))
            end = max(end, group[-1].end)
        made.append("".join(pieces[at : first.start]))
        made.append(_together(dict.fromkeys(edit.now for edit in group if edit.now)))
        at = end
    return "".join([*made, *pieces[at:]])


def added(before: str, now: str) -> Iterator[tuple[str, bool]]:
    """Yield a text in parts, each with whether it is new against the text before."""
    old, new = _pieces(before), _pieces(now)
    for tag, _start, _end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if first < last:
            yield "".join(new[first:last]), tag != "equal"


def _together(texts: Iterable[str]) -> str:
    """Return texts one after another, with a mark between two that end in the open."""
    made = ""
    for text in texts:
        if made and made[-1] not in _ENDS and text[0] not in _ENDS:
            made += "；" if made[-1] >= "\u3400" else "; "
        made += text
    return made


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)


def _edits(pieces: Sequence[str], now: str) -> list[_Edit]:
    new = _pieces(now)
    found = SequenceMatcher(None, pieces, new, False).get_opcodes()
    return [
        _Edit(start, end, "".join(new[first:last]))
        for tag, start, end, first, last in found
        if tag != "equal"
    ]
