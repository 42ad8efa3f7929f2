"""What goes to a partial copy and comes back from it, as blocks of a package.

A block is ``[length, zstd]`` of CBOR, as in snapshots::

    title    [1, what the part is called]
    records  [2, kind, [id …], [{column: value} …]]     as shown, not their registers
    changes  [3, stream, number of the first, [changeset …]]     what was done on a copy
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from typing import Any

from xqhz_desktop.sync import cbor, compression, wire
from xqhz_desktop.sync.cbor import require
from xqhz_desktop.sync.changes import Changeset, Key, Value
from xqhz_desktop.sync.derive import KINDS, Kinds
from xqhz_desktop.sync.refusals import refusal

ROWS = 1_000
"""Records or changesets of a block."""
_TITLE, _RECORDS, _CHANGES = 1, 2, 3

Cells = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a school as it was: what it is called, and its records."""

    title: str = ""
    records: Mapping[Key, Cells] = field(default_factory=dict)


def blocks(excerpt: Excerpt) -> Iterator[bytes]:
    """Yield the blocks of an excerpt; records of a kind stand together."""
    yield _block([_TITLE, excerpt.title])
    for kind, keys in groupby(sorted(excerpt.records), key=lambda key: key[0]):
        while some := list(islice(keys, ROWS)):
            ids = [wire.packed_id(id) for _, id in some]
            yield _block([_RECORDS, kind, ids, [dict(excerpt.records[key]) for key in some]])


def read(blocks: Sequence[bytes]) -> Excerpt:
    """Return the excerpt of blocks; raise BadPackage."""
    require(bool(blocks))
    records: dict[Key, Cells] = {}
    match _content(blocks[0]):
        case [1, str(title), *_]:
            pass
        case _:
            raise refusal("DAMAGED")
    for block in blocks[1:]:
        match _content(block):
            case [2, str(kind), list(ids), list(rows), *_] if len(ids) == len(rows) <= ROWS:
                for id, cells in zip(ids, rows, strict=True):
                    records[kind, wire.unpacked_id(id)] = _cells(cells)
            case _:
                raise refusal("DAMAGED")
    return Excerpt(title, records)


def change_blocks(changes: Iterable[Changeset]) -> Iterator[bytes]:
    """Yield the blocks of changes; those of a stream stand together, in a row."""
    for stream, run in groupby(changes, key=lambda one: one.stream):
        while some := list(islice(run, ROWS)):
            dumped = [wire.dump(one) for one in some]
            yield _block([_CHANGES, bytes.fromhex(stream), some[0].q, dumped])


def changes(blocks: Sequence[bytes]) -> list[Changeset]:
    """Return the changes of blocks, numbers of a stream in a row; raise BadPackage."""
    found: list[Changeset] = []
    for block in blocks:
        match _content(block):
            case [3, bytes(stream), int(first), list(some), *_] if len(stream) == 16:
                require(first > 0 and len(some) <= ROWS and all(isinstance(b, bytes) for b in some))
                found += [wire.load(one, stream.hex(), q) for q, one in enumerate(some, first)]
            case _:
                raise refusal("DAMAGED")
    for before, after in pairwise(found):
        require(after.stream != before.stream or after.q == before.q + 1)
    return found


Pending = Mapping[Key, frozenset[str] | None]
"""What a copy changed and nobody looked at yet: the columns of each record, None for a removal."""


def pending(changes: Iterable[Changeset]) -> Pending:
    """Return what changes come to."""
    found: dict[Key, frozenset[str] | None] = {}
    for op in (op for one in changes for op in one.ops):
        wrote = found.get(op.key) or frozenset()
        found[op.key] = None if op.values is None else wrote | op.values.keys()
    return found


def refreshed(
    now: Mapping[Key, Cells], arrived: Mapping[Key, Cells], own: Pending, kinds: Kinds = KINDS
) -> dict[Key, Cells]:
    """Return what a copy holds after a newer excerpt: what nobody looked at yet stays as it is."""
    made: dict[Key, Cells] = {}
    for key, cells in arrived.items():
        if key not in own:
            made[key] = cells
        elif (columns := own[key]) is not None:
            mine = now.get(key, {})
            made[key] = {**cells, **{name: mine[name] for name in columns if name in mine}}
    made |= {key: now[key] for key in own.keys() - arrived.keys() if key in now}
    wave = set(made)
    while wave:  # nothing leads to a record that is not there
        targets = {key for one in wave for key in _targets(one, made[one], kinds)} - made.keys()
        wave = {key for key in targets if key in now or key in arrived}
        made |= {key: now[key] if key in now else arrived[key] for key in wave}
    return made


def _targets(key: Key, cells: Cells, kinds: Kinds) -> Iterator[Key]:
    """Yield the records a record refers to."""
    if key[0] in kinds:
        for column, kind in kinds[key[0]].links.items():
            if isinstance(cell := cells.get(column), str) and cell:
                yield kind, cell


def _cells(cells: Any) -> Cells:
    require(isinstance(cells, dict))
    require(all(type(name) is str and 0 < len(name) <= wire.MOST_NAME for name in cells))
    require(wire.is_sound(cells.values()))
    return dict(cells)


def _block(content: list[Any]) -> bytes:
    data = cbor.dump(content)
    return cbor.dump([len(data), compression.pressed(data)])


def _content(block: bytes) -> Any:
    match cbor.load(block):
        case [int(length), bytes(data), *_]:
            return cbor.load(compression.taken_out(data, length))
    raise refusal("DAMAGED")
