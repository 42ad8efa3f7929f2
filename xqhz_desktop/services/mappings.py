"""Columns chosen by hand, remembered by source: lists of one source have the same headings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import settings
from xqhz_desktop.spreadsheets.mapping import headings
from xqhz_desktop.spreadsheets.understand import Understood

_ENTRY = "columns of imports"

Known = dict[str, dict[str, str]]
"""Columns by the key of their heading ("" for one left out), by source."""


def recalled(understood: Understood) -> Mapping[str, str]:
    """Return the columns remembered for the source of a file; nothing for a new one."""
    known = {one.name for one in understood.meant.columns} | {""}
    found = _known().get(_source(understood), {})
    return {heading: name for heading, name in found.items() if name in known}


def remember(understood: Understood, columns: Mapping[str, str]) -> None:
    """Keep the columns chosen for the source of a file; none of them forgets it."""
    known = _known()
    known.pop(_source(understood), None)
    if columns:
        known[_source(understood)] = dict(columns)
    _keep(known)


def write(path: Path) -> int:
    """Write everything remembered into a file for somebody else; return the number of sources."""
    known = _known()
    try:
        path.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
    except OSError as error:
        raise UserError(
            Message("“{file}” cannot be written. Choose another folder.", file=path.name)
        ) from error
    return len(known)


def read(path: Path) -> int:
    """Add what somebody else remembered; return the number of sources, raise UserError."""
    try:
        found = _checked(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        found = {}
    if not found:
        raise UserError(
            Message("“{file}” holds no columns of imports. Choose another file.", file=path.name)
        )
    _keep({**_known(), **found})
    return len(found)


def _known() -> Known:
    return _checked(settings.load().window.get(_ENTRY, {}))


def _keep(known: Known) -> None:
    computer = settings.load()
    settings.save(replace(computer, window={**computer.window, _ENTRY: known}))


def _checked(found: Any) -> Known:
    """Return what has the shape it should have."""
    if not isinstance(found, dict):
        return {}
    return {
        str(source): {str(heading): str(name) for heading, name in columns.items()}
        for source, columns in found.items()
        if isinstance(columns, dict)
    }


def _source(understood: Understood) -> str:
    return "|".join((understood.kind, *sorted(headings(understood))))
