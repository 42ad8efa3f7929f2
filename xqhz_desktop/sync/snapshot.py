"""Snapshots: everything a replica knows, for a device that begins.

The first block says how far each stream is; the others hold the registers of up to 1,000 records
of one kind each, removed ones too. A block is ``[length, zstd]`` of CBOR::

    first   [1, {stream: [q, id of its last segment, key, {stream: q seen}]}, number of records]
    others  [2, kind, [id …], [state …], [stream …], [[column …] …]]    states: see `states.py`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from xqhz_desktop.sync import cbor, compression, states, wire
from xqhz_desktop.sync.cbor import require
from xqhz_desktop.sync.changes import Key
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.states import Interner, Shape

ROWS = 1_000
"""Records of a block."""
_STREAMS, _RECORDS = 1, 2
_STATE = 2 << 20  # bytes of one record


@dataclass(frozen=True, slots=True)
class Stream:
    """How far a stream is: its last change, the segment that ends with it, and the key of both.

    `seen` is what its writer had seen of the others then.
    """

    q: int
    id: str
    key: str
    seen: Mapping[str, int] = field(default_factory=dict)


def blocks(
    streams: Mapping[str, Stream], rows: Iterable[tuple[Key, Row]], many: int
) -> Iterator[bytes]:
    """Yield the blocks of a replica; `many` records, those of a kind one after another."""
    hexed = bytes.fromhex
    known = {
        hexed(stream): [one.q, hexed(one.id), hexed(one.key), _dumped(one.seen)]
        for stream, one in streams.items()
    }
    yield _block([_STREAMS, known, many])
    for kind, found in groupby(rows, key=lambda pair: pair[0][0]):
        while some := list(islice(found, ROWS)):
            yield _block(_records(kind, some))


def streams(blocks: Sequence[bytes]) -> tuple[dict[str, Stream], int]:
    """Return how far each stream is, and how many records follow; raise BadPackage."""
    require(bool(blocks))
    match _content(blocks[0]):
        case [1, dict() as known, int(many), *_]:
            return {_hexed(stream, 16): _stream(one) for stream, one in known.items()}, many
    raise refusal("DAMAGED")


def rows(blocks: Sequence[bytes]) -> Iterator[tuple[Key, Row]]:
    """Yield the records and their registers; raise BadPackage."""
    for block in blocks[1:]:
        match _content(block):
            case [2, str(kind), list(ids), list(found), list(streams), list(shapes), *_]:
                yield from _rows((kind, ids, found), streams, shapes)
            case _:
                raise refusal("DAMAGED")


def _records(kind: str, some: Sequence[tuple[Key, Row]]) -> list[Any]:
    streams, shapes = Interner[str](), Interner[Shape]()
    found = [states.encode(row, streams, shapes) for _, row in some]
    ids = [wire.packed_id(id) for (_, id), _ in some]
    names = [bytes.fromhex(stream) for stream in streams.names]
    return [_RECORDS, kind, ids, found, names, [list(shape) for shape in shapes.names]]


def _rows(
    records: tuple[str, list[Any], list[Any]], streams: list[Any], shapes: list[Any]
) -> Iterator[tuple[Key, Row]]:
    kind, ids, found = records
    require(0 < len(kind) <= wire.MOST_NAME and len(ids) == len(found) <= ROWS)
    require(all(isinstance(shape, list) and all(map(_is_name, shape)) for shape in shapes))
    require(all(isinstance(state, bytes) and len(state) <= _STATE for state in found))
    known = Interner(_hexed(stream, 16) for stream in streams), Interner(map(tuple, shapes))
    for id, state in zip(ids, found, strict=True):
        try:
            yield (kind, wire.unpacked_id(id)), states.decode(state, *known)
        except ValueError as error:
            raise refusal("DAMAGED") from error


def _block(content: list[Any]) -> bytes:
    data = cbor.dump(content)
    return cbor.dump([len(data), compression.pressed(data)])


def _content(block: bytes) -> Any:
    match cbor.load(block):
        case [int(length), bytes(data), *_]:
            return cbor.load(compression.taken_out(data, length))
    raise refusal("DAMAGED")


def _stream(parts: Any) -> Stream:
    match parts:
        case [int(q), bytes(id), bytes(key), dict(seen), *_] if q > 0:
            known = {_hexed(stream, 16): _number(one) for stream, one in seen.items()}
            return Stream(q, _hexed(id, 32), _hexed(key, 32), known)
    raise refusal("DAMAGED")


def _dumped(seen: Mapping[str, int]) -> dict[bytes, int]:
    return {bytes.fromhex(stream): q for stream, q in seen.items()}


def _hexed(value: Any, size: int) -> str:
    require(isinstance(value, bytes) and len(value) == size)
    return str(value.hex())


def _number(value: Any) -> int:
    require(type(value) is int and value > 0)
    return int(value)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= wire.MOST_NAME
