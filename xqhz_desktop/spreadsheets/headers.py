"""Where a sheet's header stands and which column is which."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xqhz_desktop.spreadsheets import preamble
from xqhz_desktop.spreadsheets.kinds import ImportKind
from xqhz_desktop.spreadsheets.lexicon import Lexicon, key, lexicon
from xqhz_desktop.spreadsheets.sheet import Sheet, Value

ROWS_SEARCHED = 80
_TIERS = 3
_LONGEST = 40

Row = tuple[int, Sequence[Value]]


@dataclass(frozen=True)
class Header:
    """A header: its rows, what each column is, and the texts above it. Columns count from 0."""

    rows: tuple[int, ...]
    columns: dict[int, str]
    texts: dict[int, str]
    unmapped: tuple[str, ...]
    keys: dict[int, str] = field(default_factory=dict)
    """What a column is remembered by: its texts as they are compared, and a number for twins."""
    wished: Mapping[str, str] = field(default_factory=dict)
    """Columns chosen by hand: names by key, "" for a column left out."""


def find_header(
    sheet: Sheet, kind: ImportKind, wished: Mapping[str, str] | None = None
) -> Header | None:
    """Return the header that names most columns, or None where none names enough.

    `wished` names columns by hand, by their keys.
    """
    rows = list(sheet.rows[:ROWS_SEARCHED])
    best: tuple[int, Header] | None = None
    for place in range(len(rows)):
        for tiers in range(1, _TIERS + 1):
            block = rows[place : place + tiers]
            if len(block) < tiers or block[-1][0] != block[0][0] + tiers - 1:
                break
            if tiers > 1 and not _goes_on(block, sheet, lexicon(kind)):
                break
            header = header_of(block, sheet, kind, wished or {})
            score = _score(header, kind, sheet)
            # An upper tier that qualifies its children wins over the lower tier alone.
            if score and (best is None or score > best[0]):
                best = score, header
    return best[1] if best else None


def header_in(
    rows: tuple[int, int], sheet: Sheet, kind: ImportKind, wished: Mapping[str, str]
) -> Header | None:
    """Return the header in rows chosen by hand, whatever it names; None where they are blank."""
    first, last = rows
    block = [row for row in sheet.rows if first <= row[0] <= last]
    return header_of(block, sheet, kind, wished) if block else None


def header_of(
    block: Sequence[Row], sheet: Sheet, kind: ImportKind, wished: Mapping[str, str]
) -> Header:
    """Return what a block of rows says as a header; what is wished goes first."""
    words = lexicon(kind)
    paths = dict(_paths(block, sheet))
    texts = {place: " ".join(path) for place, path in paths.items()}
    keys = _keys(texts)
    columns: dict[int, str] = {}
    for place, one in keys.items():
        name = wished.get(one, "")
        if name and name not in columns.values():
            columns[place] = name
    unmapped = []
    for place, path in paths.items():
        if keys.get(place, "") in wished:
            continue
        name = words.field(path) or ""
        if name and name not in columns.values():
            columns[place] = name
        elif texts[place] and not words.ignored(path[-1]):
            unmapped.append(texts[place])
    columns = dict(sorted(columns.items()))
    numbers = tuple(number for number, _ in block)
    return Header(numbers, columns, texts, tuple(unmapped), keys, wished)


def label(value: Value) -> str:
    """Return a header cell's text on one line, or nothing where it is no label."""
    if not isinstance(value, str):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else ""
    text = re.sub(r"[\s\u200b\ufeff]+", " ", value).strip()
    return text if len(text) <= _LONGEST * 3 else ""


def _keys(texts: dict[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for place, said in texts.items():
        one = key(said)
        if one:
            seen[one] += 1
            found[place] = one if seen[one] == 1 else f"{one}#{seen[one]}"
    return found


def _score(header: Header, kind: ImportKind, sheet: Sheet) -> int:
    found = set(header.columns.values())
    if len(found) < 2 or not found & set(kind.subject):
        return 0
    if kind.header and not found & set(kind.header):
        above = preamble.told(sheet, header.rows[0], kind)
        if not above.keys() & set(kind.header):
            return 0
    return len(found)


def _paths(block: Sequence[Row], sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Return each column's texts from the upper tier to the lower, merged groups spread."""
    tiers = [_spread(place, block, sheet) for place in range(len(block))]
    for column in range(max(len(tier) for tier in tiers)):
        path = [tier[column] for tier in tiers if column < len(tier) and tier[column]]
        yield column, tuple(dict.fromkeys(path))


def _spread(place: int, block: Sequence[Row], sheet: Sheet) -> list[str]:
    """Return one tier's texts; a group stands above every column it covers."""
    number, row = block[place]
    texts = [label(value) for value in row]
    if place == len(block) - 1:
        return texts
    width = max(len(cells) for _, cells in block)
    texts += [""] * (width - len(texts))
    merges = [one for one in sheet.merges if one.top <= number <= one.bottom]
    for one in merges:
        left = one.left - 1
        if left < width and texts[left]:
            texts[left : min(one.right, width)] = [texts[left]] * (min(one.right, width) - left)
    if not sheet.merges:
        below = [label(value) for value in block[place + 1][1]]
        for column in range(1, width):
            under = column < len(below) and below[column] and below[column - 1]
            if not texts[column] and under and texts[column - 1]:
                texts[column] = texts[column - 1]
    return texts


def _goes_on(block: Sequence[Row], sheet: Sheet, words: Lexicon) -> bool:
    """Tell whether the last row of a block can be a tier of the header above it."""
    lower = _is_lower_tier(block[-1][1], words) or _is_under_groups(block, sheet)
    return lower and _is_upper_tier(block[0], sheet, words)


def _is_under_groups(block: Sequence[Row], sheet: Sheet) -> bool:
    """Tell by its shape that a row is a lower tier: words under merged groups, and only there."""
    (above, _cells), (number, row) = block[-2:]
    filled = {place + 1 for place, value in enumerate(row) if value not in (None, "")}
    if any(not label(row[place - 1]) or not isinstance(row[place - 1], str) for place in filled):
        return False
    groups = [one for one in sheet.merges if one.bottom == above and one.right > one.left]
    tall = [one for one in sheet.merges if one.top <= above and one.bottom >= number]
    under = {place for place in filled for one in groups if one.left <= place <= one.right}
    beside = {place for place in filled for one in tall if one.left <= place <= one.right}
    return len(under) > 1 and bool(tall) and not beside


def _is_lower_tier(row: Sequence[Value], words: Lexicon) -> bool:
    """Tell whether a row can be the second line of a header: words of headers, no data."""
    texts = [value for value in row if value not in (None, "")]
    if any(
        isinstance(value, date | float | int) and not words.known(label(value)) for value in texts
    ):
        return False
    said = [label(value) for value in texts]
    if not said or any(re.fullmatch(r"[\d\s.\-/]{4,}[xX]?", one) for one in said):
        return False
    known = sum(words.known(one) for one in said)
    return known * 2 >= len(said)


def _is_upper_tier(row: Row, sheet: Sheet, words: Lexicon) -> bool:
    """Tell whether a row can stand above a header's last line: several short words of headers."""
    number, values = row
    said = [text for value in values if (text := label(value))]
    if len(set(said)) < 2 or any(
        len(one) > _LONGEST or re.search(r"[:：]\s*\S", unicodedata.normalize("NFKC", one))
        for one in said
    ):
        return False
    known = sum(words.known(one) for one in said)
    spans = any(one.top == number and one.right > one.left for one in sheet.merges)
    return known * 2 > len(said) or (spans and known * 3 >= len(said))
