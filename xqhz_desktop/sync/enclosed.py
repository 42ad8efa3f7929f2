"""Attached files in the exchange: what segments say of them, and the limits of one package."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xqhz_desktop.domain.attachment import Attachment
from xqhz_desktop.sync import segment
from xqhz_desktop.sync.changes import Changeset
from xqhz_desktop.sync.segment import Segment

MOST = 100 << 20
"""About so many bytes of files go along with one package; the rest is asked for."""
MOST_WISHES = 5_000
"""So many files are asked for at once."""
_HASH = re.compile("[0-9a-f]{64}")


def named(found: Iterable[Segment]) -> list[str]:
    """Return the SHA-256 of the files that segments attach to records."""
    kind = Attachment.KIND.encode()
    some = (one for one in found if kind in segment.unpacked(one))  # most have none
    return attached(changeset for one in some for changeset in segment.changesets(one))


def attached(changes: Iterable[Changeset]) -> list[str]:
    """Return the SHA-256 of the files that changes attach to records."""
    hashes = dict[str, None]()
    for op in (op for one in changes for op in one.ops):
        hash = (op.values or {}).get("sha256") if op.kind == Attachment.KIND else None
        if isinstance(hash, str) and _HASH.fullmatch(hash):
            hashes[hash] = None
    return list(hashes)
