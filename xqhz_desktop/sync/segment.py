"""Segments: runs of one replica's changesets, signed once and passed on byte for byte.

::

    head   CBOR map: 1 version, 2 stream, 3 key of the device, 4 first and 5 last number, 6 id of
           the segment before, 7 SHA-256 and 8 length of the body, 9 schema, 10 oldest schema that
           can read it, 11 scope, 12 public key (in the first segment of a stream)
    id     SHA-256 of the head; the chain of ids shows a copied or changed history
    body   the changesets, one after another; it travels compressed by zstd
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from xqhz_desktop.sync import cbor, compression, trust, wire
from xqhz_desktop.sync.changes import Changeset
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.trust import Device

VERSION = 1
CUT = 4 << 20
"""Bytes after which a new segment begins: each is taken in by itself."""
_HEAD = 1024
_TAG = b"XQSEG1"
_FIRST = bytes(32)


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment says of itself. Ids and hashes are hex; `prev` is "" in the first segment.

    `signer` is the public key (32 bytes), in the first segment only.
    """

    stream: str
    q0: int
    q1: int
    prev: str
    body_hash: str
    length: int
    schema: int
    min_reader: int
    scope: str
    key: str
    signer: bytes = b""


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it is kept and passed on: head, signature and compressed body verbatim."""

    header: Header
    head: bytes
    sig: bytes
    body: bytes

    @property
    def id(self) -> str:
        """Return the SHA-256 of the head (64 hex characters)."""
        return hashlib.sha256(self.head).hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who makes segments, for which scope, of which schema."""

    signer: Device
    scope: str
    schema: int
    min_reader: int = 1


Packed = tuple[str, int, bytes]
"""A changeset as it travels: its stream, its number there and its bytes."""


def make(changesets: Iterable[Changeset], prev: str, origin: Origin) -> Segment:
    """Return one segment of some changesets in a row; `prev` is the id before, or ""."""
    return _made(list(map(_packed, changesets)), prev, origin)


def cut(changesets: Iterable[Changeset], prev: str, origin: Origin) -> Iterator[Segment]:
    """Yield the segments of a longer run of changesets, of about 4 MB each."""
    return cut_packed(map(_packed, changesets), prev, origin)


def cut_packed(changesets: Iterable[Packed], prev: str, origin: Origin) -> Iterator[Segment]:
    """Do so with changesets that are bytes already."""
    run: list[Packed] = []
    size = 0
    for changeset in changesets:
        run.append(changeset)
        size += len(changeset[2])
        if size >= CUT:
            made = _made(run, prev, origin)
            yield made
            run, size, prev = [], 0, made.id
    if run:
        yield _made(run, prev, origin)


def _packed(changeset: Changeset) -> Packed:
    return changeset.stream, changeset.q, wire.dump(changeset)


def _made(run: Sequence[Packed], prev: str, origin: Origin) -> Segment:
    (stream, q0, _first), (_stream, q1, _last) = run[0], run[-1]
    body = b"".join(data for _stream, _q, data in run)
    signer = origin.signer.public
    header = Header(
        stream=stream, q0=q0, q1=q1, prev=prev,
        body_hash=hashlib.sha256(body).hexdigest(), length=len(body),
        schema=origin.schema, min_reader=origin.min_reader, scope=origin.scope,
        key=signer.id, signer=b"" if prev else signer.key,
    )  # fmt: skip
    head = _head(header)
    return Segment(header, head, origin.signer.sign(_signed(head)), compression.pressed(body))


def parse(head: bytes, sig: bytes, body: bytes) -> Segment:
    """Return the segment of its three parts, unchecked but for its form; raise BadPackage."""
    cbor.require(all(isinstance(part, bytes) for part in (head, sig, body)) and len(head) <= _HEAD)
    return Segment(_header(cbor.load(head)), head, sig, body)


def check(segment: Segment, public_key: bytes) -> None:
    """Check signature and hash of the body; raise BadPackage SIGNATURE or DAMAGED."""
    header = segment.header
    if header.key != trust.key_id(public_key) or header.signer not in {b"", public_key}:
        raise refusal("SIGNATURE")
    if not trust.verified(public_key, _signed(segment.head), segment.sig):
        raise refusal("SIGNATURE")
    if hashlib.sha256(unpacked(segment)).hexdigest() != header.body_hash:
        raise refusal("SIGNATURE")


def changesets(segment: Segment) -> list[Changeset]:
    """Return the changesets of a checked segment; raise BadPackage."""
    header = segment.header
    found = list(wire.load_all(unpacked(segment), header.stream, header.q0))
    cbor.require(len(found) == header.q1 - header.q0 + 1)
    return found


def unpacked(segment: Segment) -> bytes:
    """Return the body, never longer than the head says; raise BadPackage."""
    return compression.taken_out(segment.body, segment.header.length)


def _signed(head: bytes) -> bytes:
    return _TAG + hashlib.sha256(head).digest()


def _head(header: Header) -> bytes:
    hexed = bytes.fromhex
    parts: dict[int, Any] = {
        1: VERSION, 2: hexed(header.stream), 3: hexed(header.key), 4: header.q0, 5: header.q1,
        6: hexed(header.prev) or _FIRST, 7: hexed(header.body_hash), 8: header.length,
        9: header.schema, 10: header.min_reader, 11: hexed(header.scope),
    }  # fmt: skip
    if header.signer:
        parts[12] = header.signer
    return cbor.dump(parts)


def _header(parts: Any) -> Header:
    """Return the header of a head; later versions may add keys."""
    number, octets = partial(cbor.number, parts), partial(cbor.octets, parts)
    if number(1) != VERSION:
        raise refusal("NEWER")
    prev = octets(6, 32)
    header = Header(
        stream=octets(2, 16).hex(), q0=number(4), q1=number(5),
        prev="" if prev == _FIRST else prev.hex(),
        body_hash=octets(7, 32).hex(), length=number(8),
        schema=number(9), min_reader=number(10),
        scope=octets(11, 16).hex(), key=octets(3, 32).hex(),
        signer=octets(12, 32) if 12 in parts else b"",
    )  # fmt: skip
    first = header.q0 == 1
    cbor.require(1 <= header.q0 <= header.q1)
    cbor.require(first != bool(header.prev) and first <= bool(header.signer))
    if header.length > compression.MOST:
        raise refusal("TOO_LARGE")
    return header
