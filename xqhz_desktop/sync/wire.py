"""A changeset as bytes: ``[at, user, deps, [op, …], about, …]`` in deterministic CBOR.

An op is ``[kind, id, {column: value, …}]`` or ``[kind, id, null]``. Ids are 16 bytes; one that is
not 32 hex characters (a code, a fixed name) is text of at most 32 bytes. What stands behind the
elements known here is kept, not understood. Stream and number are the segment's to say.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from xqhz_desktop.sync import cbor
from xqhz_desktop.sync.cbor import require
from xqhz_desktop.sync.changes import Changeset, Op

MOST_ID, MOST_NAME = 32, 200
"""Bytes of an id that is a text; characters of a kind and of a column's name."""
_INT = 1 << 63
_VALUES = frozenset({type(None), bool, int, float, str, bytes})
_HEX = frozenset("0123456789abcdef")


def dump(changeset: Changeset) -> bytes:
    """Return the bytes of a changeset: always the same for the same."""
    deps = {bytes.fromhex(stream): q for stream, q in changeset.deps.items()}
    parts: list[Any] = [
        changeset.at,
        packed_id(changeset.user),
        deps,
        [_packed(op) for op in changeset.ops],
    ]
    if changeset.about or changeset.extra:
        parts += [changeset.about, *changeset.extra]
    return cbor.dump(parts)


def load(data: bytes, stream: str, q: int) -> Changeset:
    """Return the changeset of these bytes; raise BadPackage."""
    return _changeset(cbor.load(data), stream, q)


def load_all(body: bytes, stream: str, q: int) -> Iterator[Changeset]:
    """Yield the changesets that stand one after another, numbered from `q`; raise BadPackage."""
    for number, parts in enumerate(cbor.sequence(body), q):
        yield _changeset(parts, stream, number)


def packed_id(id: str) -> bytes | str:
    """Return an id as it travels."""
    return bytes.fromhex(id) if _is_hex(id) else id


def unpacked_id(id: Any) -> str:
    """Return an id that has travelled; raise BadPackage."""
    if isinstance(id, bytes) and len(id) == 16:
        return id.hex()
    # A second way to write the same id would make two records of one.
    require(isinstance(id, str) and 0 < len(id.encode()) <= MOST_ID and not _is_hex(id))
    return str(id)


def _is_hex(id: str) -> bool:
    return len(id) == 32 and _HEX.issuperset(id)


def _packed(op: Op) -> list[Any]:
    return [op.kind, packed_id(op.id), op.values, *op.extra]


def _changeset(parts: Any, stream: str, q: int) -> Changeset:
    require(isinstance(parts, list) and len(parts) >= 4)
    at, user, deps, ops, *rest = parts
    require(type(at) is int and isinstance(deps, dict) and isinstance(ops, list))
    about, *extra = rest or [{}]
    require(isinstance(about, dict))
    found = tuple(map(_op, ops))
    require(len({op.key for op in found}) == len(found))
    who = unpacked_id(user) if user else ""  # the program itself is nobody
    return Changeset(stream, q, at, who, _deps(deps), found, about, tuple(extra))


def _deps(deps: Mapping[Any, Any]) -> dict[str, int]:
    for stream, q in deps.items():
        require(isinstance(stream, bytes) and len(stream) == 16 and type(q) is int and q > 0)
    return {stream.hex(): q for stream, q in deps.items()}


def _op(parts: Any) -> Op:
    require(isinstance(parts, list) and len(parts) >= 3)
    kind, id, values, *extra = parts
    require(isinstance(kind, str) and 0 < len(kind) <= MOST_NAME)
    if values is not None:
        require(isinstance(values, dict))
        require(set(map(type, values)) <= {str} and "" not in values)
        require(max(map(len, values), default=0) <= MOST_NAME)
        require(is_sound(values.values()))
    return Op(kind, unpacked_id(id), values, tuple(extra))


def is_sound(values: Collection[Any]) -> bool:
    """Tell whether every replica can keep these values, and tell each from another."""
    types = set(map(type, values))
    return (
        types <= _VALUES
        # A value that does not equal itself would never merge.
        and (float not in types or all(map(math.isfinite, _of(float, values))))
        and (int not in types or all(-_INT <= one < _INT for one in _of(int, values)))
    )


def _of(type_: type, values: Iterable[Any]) -> Iterator[Any]:
    return (one for one in values if type(one) is type_)
