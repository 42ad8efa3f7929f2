"""A file of any of the formats as sheets of raw values. Every refusal is a BadFile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xqhz_desktop.errors import UserError
from xqhz_desktop.spreadsheets import biff, markup, ods, textfile, xlsx
from xqhz_desktop.spreadsheets.sheet import MOST_ROWS, Sheet, corrupt, empty_file, too_large
from xqhz_desktop.spreadsheets.sniff import Format, content, sniff

_READERS: dict[Format, Callable[[bytes], list[Sheet]]] = {
    Format.XLSX: xlsx.read,
    Format.XLS: biff.read,
    Format.ODS: ods.read,
    Format.HTML: markup.read_html,
    Format.XML: markup.read_xml,
    Format.TEXT: textfile.read,
}


def read(path: Path) -> list[Sheet]:
    """Return the sheets of a file, hidden and empty ones included; raise BadFile."""
    data = content(path)
    try:
        sheets = _READERS[sniff(data)](data)
    except UserError:
        raise
    except Exception as error:  # a damaged file has more ways to fail than can be listed
        raise corrupt() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine's own, no Exception
            raise
        raise corrupt() from error
    if any(len(sheet.rows) > MOST_ROWS for sheet in sheets):
        raise too_large()
    if all(sheet.empty for sheet in sheets):
        raise empty_file()
    return sheets
