"""References, and values of own fields, that a change would leave pointing to nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.own import KINDS
from xqhz_desktop.domain.records import references
from xqhz_desktop.storage.own import used
from xqhz_desktop.storage.store import Change

_CHUNK = 500


@dataclass(frozen=True)
class Lost:
    """A reference field of a kind whose record would point to nothing.

    `written`: the reference is what the change wrote; else it stayed and its target was removed.
    """

    kind: str
    field: str
    written: bool


def lost(change: Change) -> Lost | None:
    """Return one reference that leads nowhere after the change so far, or None."""
    return _to_nobody(change) or _to_removed(change) or _undefined(change)


def _to_nobody(change: Change) -> Lost | None:
    """Return a reference that was written and points to no record."""
    asked: dict[str, dict[str, Lost]] = defaultdict(dict)
    for entry in change.entries():
        if entry.after is None:
            continue
        for field, target in references(BY_KIND[entry.kind]).items():
            if id := str(entry.after.get(field) or ""):
                asked[target].setdefault(id, Lost(entry.kind, field, written=True))
    for target, by_id in asked.items():
        known = {str(id) for (id,) in change.cells(target, ("id",), by_id)}
        for id, found in by_id.items():
            if id not in known:
                return found
    return None


def _to_removed(change: Change) -> Lost | None:
    """Return a reference that stayed and points to a record that was removed."""
    removed: dict[str, list[str]] = defaultdict(list)
    for entry in change.entries():
        if entry.after is None:
            removed[entry.kind].append(entry.record)
    for entity in ENTITIES:
        for field, target in references(entity).items():
            ids = removed[target]
            for start in range(0, len(ids), _CHUNK):
                part = ids[start : start + _CHUNK]
                row = change.cursor.execute(
                    f'SELECT id FROM {entity.KIND} WHERE "{field}" IN ({",".join("?" * len(part))})'
                    " LIMIT 1",
                    part,
                ).fetchone()
                if row:
                    return Lost(entity.KIND, field, written=False)
    return None


def _undefined(change: Change) -> Lost | None:
    """Return an own field that has values though its definition or their choice was removed."""
    for entry in change.entries():
        if entry.after is None and entry.before is not None and entry.kind in KINDS:
            for name, kind in used(change.cursor, entry.kind, entry.record, entry.before).items():
                return Lost(kind, name, written=False)
    return None
