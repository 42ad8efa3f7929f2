"""A new device gets what another one knows at once, and goes on with packages from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.sync import snapshot
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.changes import Key
from xqhz_desktop.sync.derive import settled
from xqhz_desktop.sync.laptop import Laptop, Registers
from xqhz_desktop.sync.ledger import Chain
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.replica import Effect
from xqhz_desktop.sync.snapshot import Stream

_BATCH = 10 * snapshot.ROWS
"""Records shown at once: what waits for a later one is looked at again after each batch."""


def blocks(registers: Registers, book: Shelved) -> Iterator[bytes]:
    """Yield the snapshot of a workspace whose own changes are absorbed and in segments."""
    streams = {
        name: Stream(chain.q, chain.id, chain.key, registers.context(name))
        for name, chain in book.chains().items()
    }
    return snapshot.blocks(streams, registers.everything(), registers.many())


@dataclass(frozen=True, slots=True)
class Begun:
    """What a snapshot brought: how records are shown, and the changes it stands for."""

    effects: Mapping[Key, Effect]
    changes: int


def begin(shelf: Laptop, book: Shelved, blocks: Sequence[bytes]) -> Begun:
    """Take in a snapshot; one whose changes are known already does nothing.

    Raises BadPackage; UserError NOT_NEW where others' changes are here already, for registers
    cannot be put together without what lies between.
    """
    streams, _many = snapshot.streams(blocks)
    known = shelf.knowledge()
    if all(one.q <= known.get(name, 0) for name, one in streams.items()):
        return Begun({}, 0)
    if known.keys() & streams.keys() or book.chains().keys() & streams.keys():
        raise _not_new()
    effects: dict[Key, Effect] = {}
    for some in _batches(snapshot.rows(blocks)):
        if shelf.rows(some):
            raise _not_new()
        kept = settled(shelf, {}, some)
        was = shelf.shown(kept)
        shelf.keep(kept, ())
        effects |= {key: Effect(was.get(key), one.shown) for key, one in kept.items()}
    for name, one in streams.items():
        shelf.know(name, one.q, one.seen)
        book.start(name, Chain(one.q, one.id, one.key))
    return Begun(effects, sum(one.q for one in streams.values()))


def _batches(rows: Iterable[tuple[Key, Row]]) -> Iterator[dict[Key, Row]]:
    rest = iter(rows)
    while some := dict(islice(rest, _BATCH)):
        yield some


def _not_new() -> UserError:
    message = Message(
        "This package is for a new computer, and there is data of others here already. Ask for an "
        "ordinary package."
    )
    return UserError(message, code="NOT_NEW")
