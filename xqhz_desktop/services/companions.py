"""Records an import makes beside its own, because its rows name them: classes, teachers, majors."""

from __future__ import annotations

from collections.abc import Sequence

from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.staged import Staged, StagedRow

_NAMED = 6
"""Records that are told by name, of each kind."""


def beside(staged: Staged) -> Message | None:
    """Say which records an import would make besides its own: classes, teachers, enterprises."""
    made: dict[str, list[str]] = {}
    for record in needed(staged.to_write(), list(staged.made.values())):
        made.setdefault(record.PLURAL, []).append(record.called)
    said = [
        Message(
            "{kind} {names}",
            kind=Message(plural),
            names=[*names[:_NAMED], *(["…"] if names[_NAMED:] else [])],
        )
        for plural, names in made.items()
    ]
    return Message("Made as well: {records}.", records=said) if said else None


def needed(rows: Sequence[StagedRow], beside: Sequence[Record]) -> list[Record]:
    """Return the records beside that a written row points to, directly or through another."""
    waiting = [row.record for row in rows if row.record]
    by_id = {record.id: record for record in beside}
    found: dict[str, Record] = {}
    while waiting:
        record = waiting.pop()
        for name in references(type(record)):
            other = by_id.get(getattr(record, name))
            if other and other.id not in found:
                found[other.id] = other
                waiting.append(other)
    return list(found.values())
