"""Small things people give each other as files: named filters, export layouts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message

_MOST = 1_000_000
"""Bytes of such a file; a longer one is something else."""


def write(path: Path, mark: str, kind: str, entry: tuple[str, Mapping[str, Any]]) -> None:
    """Write named things of a list into a file; `entry` is what they are called, and they."""
    called, things = entry
    text = json.dumps({mark: 1, "kind": kind, called: things}, ensure_ascii=False, indent=1)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            Message("“{file}” cannot be written. Choose another folder.", file=path.name)
        ) from error


def read(path: Path, mark: str, kind: str, called: str) -> dict[str, Any]:
    """Return the named things of a file; nothing where it holds none of this list."""
    try:
        if path.stat().st_size > _MOST:
            return {}
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        some = dict(data[called]) if data[mark] == 1 and data["kind"] == kind else {}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return {str(name)[:60]: one for name, one in some.items()}
