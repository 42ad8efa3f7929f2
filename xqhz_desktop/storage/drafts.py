"""Drafts: what was typed and not saved yet, kept beside the journal in the same (sealed) file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xqhz_desktop.domain.cells import Cell

_COLUMNS = "id, session, kind, record, person, at, step, body"


@dataclass(frozen=True)
class Draft:
    """What one person typed into one form and did not save."""

    id: str
    session: str
    """The opening of the workspace it was typed in."""
    kind: str
    record: str
    person: str
    at: int
    """Milliseconds since 1970."""
    step: int = 0
    """The newest step of the journal at that time; newer ones were not seen while typing."""
    new: bool = False
    """The record was never saved."""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    """Values by field."""
    before: Mapping[str, Cell] = field(default_factory=dict)
    """What these fields held when they were edited."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Texts by field that are no values yet, such as half a date."""


def keep(cursor: Any, draft: Draft) -> None:
    """Write a draft over what was kept of it, and the newest step with it."""
    body = {
        "new": draft.new,
        "cells": dict(draft.cells),
        "before": dict(draft.before),
        "typed": dict(draft.typed),
    }
    cursor.execute(
        f"INSERT OR REPLACE INTO draft ({_COLUMNS}) VALUES"
        " (?,?,?,?,?,?,(SELECT coalesce(max(number), 0) FROM journal_step),?)",
        (
            draft.id, draft.session, draft.kind, draft.record, draft.person, draft.at,
            json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        ),
    )  # fmt: skip


def drop(cursor: Any, id: str) -> None:
    """Let go of a draft; one that is not there is gone already."""
    cursor.execute("DELETE FROM draft WHERE id = ?", (id,))


def exchange(cursor: Any, some: list[Draft]) -> None:
    """Let these be all the drafts there are."""
    cursor.execute("DELETE FROM draft")
    for draft in some:
        keep(cursor, draft)


def kept(cursor: Any, kind: str = "") -> list[Draft]:
    """Return the drafts of a kind, or all, newest first."""
    found = cursor.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE kind = ? OR ? = '' ORDER BY at DESC, id", (kind, kind)
    )
    return [_draft(row) for row in found.fetchall()]


def _draft(row: tuple[Any, ...]) -> Draft:
    *told, body = row
    return Draft(*told, **json.loads(body))
