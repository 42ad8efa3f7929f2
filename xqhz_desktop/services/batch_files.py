"""The attached files of a batch: which student each belongs to, and which belong to all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xqhz_desktop.domain.alias import Alias
from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import attaching
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

_BY_PLACEMENT = (
    "tripartite", "extra_agreement", "student_report", "incident", "placement_event", "score",
    "attendance", "pay",
)  # fmt: skip
_BY_BATCH = ("consent", "application")
_OWNERS = {
    "placement": "SELECT id, id FROM placement WHERE batch = ?",
    **{
        kind: f"SELECT x.id, p.id FROM {kind} x JOIN placement p ON p.id = x.placement"
        " WHERE p.batch = ?"
        for kind in _BY_PLACEMENT
    },
    **{
        kind: f"SELECT x.id, p.id FROM {kind} x JOIN placement p ON p.student = x.student"
        " AND p.batch = x.batch WHERE p.batch = ?"
        for kind in _BY_BATCH
    },
    **{
        kind: f"SELECT x.id, p.id FROM {kind} x JOIN placement p ON p.student = x.student"
        " WHERE p.batch = ?"
        for kind in ("training_result", "cover")
    },
}
"""Records whose files belong to one placement: their ids with its id."""

_SHARED = {
    "placement_batch": "SELECT id FROM placement_batch WHERE id = ?",
    "training": "SELECT id FROM training WHERE batch = ?",
    "visit": "SELECT id FROM visit WHERE batch = ?",
    "filing": "SELECT id FROM filing WHERE batch = ?",
    "policy": "SELECT DISTINCT c.policy FROM cover c JOIN placement p ON p.student = c.student"
    " WHERE p.batch = ?",
}
"""Records whose files belong to everybody in a batch."""


@dataclass(frozen=True)
class BatchFiles:
    """Files by placement, and those of all; the oldest first."""

    by_placement: Mapping[str, tuple[Attachment, ...]]
    shared: tuple[Attachment, ...]


def of(reader: Reader, batch: str) -> BatchFiles:
    """Return the files of a batch, those of records merged into others too."""
    files = _attachments(reader)
    own = defaultdict[str, list[Attachment]](list)
    for sql in _OWNERS.values():
        for owner, placement in reader.cursor.execute(sql, (batch,)).fetchall():
            own[placement] += files.get(owner, ())
    shared = [
        one
        for sql in _SHARED.values()
        for (owner,) in reader.cursor.execute(sql, (batch,)).fetchall()
        for one in files.get(owner, ())
    ]
    return BatchFiles({leg: _ordered(some) for leg, some in own.items() if some}, _ordered(shared))


def of_owners(reader: Reader, owners: Iterable[str]) -> tuple[Attachment, ...]:
    """Return the files of some records."""
    files = _attachments(reader)
    return _ordered(one for owner in owners for one in files.get(owner, ()))


def content(work: Work, one: Attachment) -> bytes | None:
    """Return what is in a file, None where it is not here or was changed behind our back."""
    try:
        return attaching.read(work, one)
    except UserError:
        return None


def _attachments(reader: Reader) -> Mapping[str, list[Attachment]]:
    """Return every attachment by the record it belongs to now."""
    moved = {one.dropped: one.kept for one in reader.all(Alias.KIND) if isinstance(one, Alias)}
    found = defaultdict[str, list[Attachment]](list)
    for one in reader.all(Attachment.KIND):
        if isinstance(one, Attachment):
            owner, seen = one.owner, set[str]()
            while owner in moved and owner not in seen:
                seen.add(owner)
                owner = moved[owner]
            found[owner].append(one)
    return found


def _ordered(some: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Return files once each, the oldest first."""
    once = {one.id: one for one in some}
    return tuple(sorted(once.values(), key=lambda one: (str(one.day or ""), one.name, one.id)))
