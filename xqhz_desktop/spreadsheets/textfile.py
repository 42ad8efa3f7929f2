"""Text files: CSV, TSV and their relatives, in whatever encoding they come."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from xqhz_desktop.spreadsheets.sheet import (
    MOST_CELLS,
    MOST_ROWS,
    Sheet,
    not_a_spreadsheet,
    too_large,
)

NAME = "(text)"
"""The name of the one sheet of a text file."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_QUOTED: Literal[0] = 0  # csv.QUOTE_MINIMAL
_LITERAL: Literal[3] = 3  # csv.QUOTE_NONE
_DELIMITERS = "\t,;|，；"


def decoded(data: bytes) -> str:
    """Return the text of a file: by its mark, else strict UTF-8, else GB18030."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _text(data[len(mark) :].decode(encoding, "replace"))
    for encoding in (*_wide(data), "utf-8", "gb18030"):
        try:
            return _text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    mended = data.decode("gb18030", "replace")  # a cut last character is no reason to refuse
    if mended.count("\ufffd") > 1 + len(mended) // 1000:
        raise not_a_spreadsheet()
    return _text(mended)


def read(data: bytes) -> list[Sheet]:
    """Return the one sheet of a text file; a row's number is the line it begins on."""
    text = decoded(data)
    rows = list(_records(text, _QUOTED))
    if any(value.count("\n") > 50 for _, row in rows for value in row):
        rows = list(_records(text, _LITERAL))  # a stray quote swallowed the rest
    return [Sheet(NAME, rows=rows).without_blank_rows()]


def _records(text: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(10_000_000)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=_delimiter(text), quoting=quoting)
    begins, cells, rows = 1, 0, 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise too_large() from error
        cells += len(row)
        rows += 1
        if cells > MOST_CELLS or rows > MOST_ROWS:
            raise too_large()
        yield begins, row
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Return the character that cuts the first lines into equally many columns."""
    lines = [line for line in text[:20_000].splitlines()[:40] if line.strip()]
    best, fitting = ",", 0
    for one in _DELIMITERS:
        counts = Counter(line.count(one) for line in lines)
        counts.pop(0, None)
        if counts and max(counts.values()) > fitting:
            best, fitting = one, max(counts.values())
    return best


def _wide(data: bytes) -> tuple[str, ...]:
    """Return UTF-16 without a mark where every other byte of the start is zero."""
    start = data[:400]
    if start[1::2].count(0) > len(start) // 5 and start[::2].count(0) == 0:
        return ("utf-16-le",)
    if start[::2].count(0) > len(start) // 5 and start[1::2].count(0) == 0:
        return ("utf-16-be",)
    return ()


def _text(text: str) -> str:
    if len(_CONTROLS.findall(text[:20_000])) > 2:
        raise not_a_spreadsheet()
    return text.replace("\0", "")
