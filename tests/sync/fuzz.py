"""Bent packages at every layer: each is read or refused, in little memory.

``python -m tests.sync.fuzz 10000000`` is the long run; the tests do a short one.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable

from tests import memory
from tests.sync import samples, vintage
from tests.sync.samples import AT_TUTOR, GROUP, OFFICE, READERS
from xqhz_desktop.errors import BadPackage
from xqhz_desktop.sync import (
    cbor,
    certificates,
    compression,
    envelope,
    package,
    segment,
    snapshot,
    wire,
)  # fmt: skip
from xqhz_desktop.sync.envelope import Kind, Label

MOST_MEMORY = 300 << 20
"""Bytes the whole process may take, however bent a package is."""
_SHARP = (0x00, 0x5A, 0x5B, 0x7A, 0x80, 0x9A, 0x9B, 0xA0, 0xBA, 0xBF, 0xC2, 0xD8, 0xF7, 0xFB, 0xFF)
"""Heads that announce much, or what we do not take."""
FIRST, RECORDS = vintage.copy().blocks


def _inner(data: bytes) -> None:
    package.read(envelope.wrap(data, Label(Kind.DELTA, GROUP), READERS, OFFICE), AT_TUTOR)


def _segment(data: bytes) -> None:
    match cbor.load(data):
        case [head, sig, body, *_]:
            one = segment.parse(head, sig, body)
            list(segment.changesets(one))
            segment.check(one, OFFICE.public.key)


def _records(content: bytes) -> None:
    list(snapshot.rows([FIRST, _block(content)]))


def _streams(content: bytes) -> None:
    snapshot.streams([_block(content)])


def _block(content: bytes) -> bytes:
    return cbor.dump([len(content), compression.pressed(content)])


def _content(block: bytes) -> bytes:
    length, data = cbor.load(block)
    return compression.taken_out(data, length)


def _golden(name: str) -> bytes:
    return (vintage.FOLDER / name).read_bytes()


LAYERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "file": (_golden("week.xqhz"), lambda data: package.read(data, AT_TUTOR)),
    "content": (_golden("week.inner"), _inner),
    "segment": (_golden("segment-1.cbor"), _segment),
    "changes": (
        segment.unpacked(samples.segments()[0]),
        lambda data: list(wire.load_all(data, samples.STREAM, 1)),
    ),
    "statement": (_golden("statement-1.cbor"), certificates.parse),
    "snapshot": (RECORDS, lambda data: list(snapshot.rows([FIRST, data]))),
    "streams": (_content(FIRST), _streams),
    "records": (_content(RECORDS), _records),
}
"""What is bent, and who reads it."""


def bent(data: bytes, chance: random.Random) -> bytes:
    """Return some bytes with a few things wrong: flipped, cut, doubled, moved, made sharp."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(6):
            case 0 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                made[at : at + chance.randrange(9)] = b""
            case 2:
                made[at:at] = chance.randbytes(chance.randrange(1, 9))
            case 3:
                made[at : at + 1] = bytes([chance.choice(_SHARP)])
            case 4:
                made[at:at] = made[at : at + chance.randrange(60)] * chance.choice((1, 2, 50))
            case _:
                del made[at + chance.randrange(200) :]
    return bytes(made)


def run(many: int, seed: int) -> Counter[tuple[str, str]]:
    """Bend `many` packages; return what became of them by layer: "" for those that were read."""
    chance, fates = random.Random(seed), Counter[tuple[str, str]]()
    for n in range(many):
        layer = list(LAYERS)[n % len(LAYERS)]
        data, read = LAYERS[layer]
        try:
            read(bent(data, chance))
        except BadPackage as error:
            fates[layer, error.code] += 1
        else:
            fates[layer, ""] += 1
    return fates


if __name__ == "__main__":
    total = Counter[tuple[str, str]]()
    for seed in range(int(sys.argv[1]) // 10_000):
        total += run(10_000, seed)
    for (layer, code), many in sorted(total.items()):
        sys.stdout.write(f"{layer:10} {code or 'read':16} {many}\n")
    sys.stdout.write(f"{memory.most() >> 20} MB\n")
    sys.exit(memory.most() > MOST_MEMORY)
