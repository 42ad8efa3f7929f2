"""A block of cells as it travels over the clipboard between lists and Excel, WPS or LibreOffice."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence

from xqhz_desktop.spreadsheets.sheet import MOST_CELLS, MOST_ROWS, too_large

_LONGEST = 10_000_000


def read(text: str) -> list[list[str]]:
    """Return the rows of a pasted text, all of one width; quoted cells may hold line breaks.

    Raises BadFile for a block that would fill the memory.
    """
    rows = _parsed(text.replace("\0", ""))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or len(rows) * width > MOST_CELLS:
        raise too_large()
    return [row + [""] * (width - len(row)) for row in rows]


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as tab-separated text; cells with tabs, quotes or line breaks are quoted."""
    made = io.StringIO(newline="")
    csv.writer(made, "excel-tab").writerows(rows)
    return made.getvalue()


def as_html(rows: Sequence[Sequence[str]], texts: Sequence[bool]) -> str:
    """Return rows as an HTML table; in columns of `texts` Excel and WPS leave cells as they are.

    So numbers keep their zeros and their last digits, and nothing becomes a formula.
    """
    parts = ['<meta charset="utf-8"><table>']
    for row in rows:
        cells = (_cell(cell, text) for cell, text in zip(row, texts, strict=True))
        parts.append(f"<tr>{''.join(cells)}</tr>")
    return "".join([*parts, "</table>"])


def _cell(cell: str, text: bool) -> str:
    style = " style='mso-number-format:\"\\@\"'" if text else ""
    said = html.escape(cell).replace("\r\n", "\n").replace("\n", "<br>")
    return f"<td{style}>{said}</td>"


def _parsed(text: str) -> list[list[str]]:
    """Return rows as Excel quotes them; a quote that closes nowhere is a letter like others."""
    csv.field_size_limit(_LONGEST)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), "excel-tab", strict=True))
    except csv.Error:
        lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
        return [line.rstrip("\n").split("\t") for line in lines]
