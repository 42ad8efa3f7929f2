"""Columns for the fields a school added itself: read by what those fields hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind
from xqhz_desktop.spreadsheets.sorts import sort_of


def with_own(kind: ImportKind, own: Sequence[Field]) -> ImportKind:
    """Return a kind with columns for the school's own fields as well."""
    if not own:
        return kind
    columns = tuple(Column(one.name, one.label, sort_of(one), one.choices) for one in own)
    needs = tuple((one.name,) for one in own if one.required)
    return replace(
        kind,
        columns=(*kind.columns, *columns),
        needs=(*kind.needs, *needs),
        own=tuple(one.name for one in columns),
    )
