"""What a partial copy did, written anew by the device that lets it in: only what it may do.

A copy's own stream never travels: a transcript takes its place, signed by whoever looked at it.
Its changes have seen what the copy had seen, so what the school wrote meanwhile stands beside
them as a conflict, and nothing is overwritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from xqhz_desktop.sync.changes import Changeset, Key

_TAG = b"XQTRN1"


def stream_of(writer: str, copy: str) -> str:
    """Return the stream in which the writer of one stream puts what a copy did in its own.

    A workspace that was set back writes another stream, so its transcripts are others, too.
    """
    name = hashlib.sha256(_TAG + bytes.fromhex(writer) + bytes.fromhex(copy))
    return name.hexdigest()[:32]


def settled(copy: str, knowledge: Mapping[str, int], own: str = "") -> int:
    """Return the last change of a copy that devices known there, or `own`, have dealt with."""
    writers = {*knowledge, own} - {""}
    return max((knowledge.get(stream_of(one, copy), 0) for one in writers), default=0)


def behind(changes: Iterable[Changeset], last: int) -> list[Changeset]:
    """Return the changes of a copy behind one of them; the first says all it had seen."""
    seen: dict[str, int] = {}
    found: list[Changeset] = []
    for one in changes:
        if one.q <= last:
            seen |= one.deps
        else:
            found.append(one if found else replace(one, deps={**seen, **one.deps}))
    return found


def written(
    changes: Iterable[Changeset], stream: str, last: int, without: Collection[Key]
) -> Iterator[Changeset]:
    """Yield the transcript behind its change `last`: by the same numbers, what is refused left out.

    Numbers in between are empty: another device dealt with these. `without` are the records whose
    changes are refused.
    """
    for one in changes:
        while last + 1 < one.q:
            last += 1
            yield Changeset(stream, last, one.at, "")
        if one.q > last:
            last = one.q
            ops = tuple(op for op in one.ops if op.key not in without)
            deps = {name: q for name, q in one.deps.items() if name != stream}
            yield replace(one, stream=stream, ops=ops, deps=deps)
