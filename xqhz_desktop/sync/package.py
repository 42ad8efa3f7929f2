"""The inside of a package: what it holds, and the limits of what is taken in.

::

    u32 m | manifest, m bytes | items, one CBOR value after another

    manifest  CBOR map: 1 segments [[stream, q0, q1, id, length] …], 2 what the sender knows
              {stream: q}, 3 receipts, 4 blobs [[sha256, size, type] …], 5 [version, schema] of
              the program, 6 when it was made (ms), 7 what the sender set aside {stream: first q},
              8 attached files it lacks [sha256 …]
    items     [1, head, signature, body] a segment · [2, sha256, offset, bytes] a piece of a blob ·
              [3, certificate] · [4, block] of a snapshot · 16–127 skipped by who does not know
              them · 128 and above must be known
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xqhz_desktop.sync import cbor, envelope, receipts, segment
from xqhz_desktop.sync.envelope import Kind, Label, Volume
from xqhz_desktop.sync.receipts import Receipt
from xqhz_desktop.sync.refusals import refusal
from xqhz_desktop.sync.segment import Segment
from xqhz_desktop.sync.trust import Device, Keyring

MOST_BLOB = 20 << 20
"""Bytes of one attachment."""
MAIL, DISK = 24 << 20, 60 << 20
"""Bytes of a volume that mail servers let through, and of one for sticks and the server."""
_PIECE = 1 << 20
_LENGTH = struct.Struct(">I")
_SKIPPED = range(16, 128)
_ROOM = 64 << 10  # for the manifest and the sealing of a volume


@dataclass(frozen=True, slots=True)
class Blob:
    """An attachment by the SHA-256 of its content (hex); `data` is None where only that is here."""

    hash: str
    size: int
    mime: str
    data: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a package. `skipped` are numbers of items a newer version put in.

    `knowledge` says how far the sender has applied each stream; `app` is the version of the
    program and its schema; `created` is in milliseconds since 1970.
    """

    group: str
    kind: Kind = Kind.DELTA
    segments: tuple[Segment, ...] = ()
    knowledge: Mapping[str, int] = field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    blobs: tuple[Blob, ...] = ()
    certificates: tuple[bytes, ...] = ()
    returned: Mapping[str, int] = field(default_factory=dict)
    """From which change on the sender left out or set aside streams: {stream: first of them}."""
    wanted: tuple[str, ...] = ()
    """Files the sender asks for, by the SHA-256 of their content (hex)."""
    blocks: tuple[bytes, ...] = ()
    app: tuple[str, int] = ("", 0)
    created: int = 0
    volume: Volume | None = None
    sender: str = ""
    skipped: tuple[int, ...] = ()


def write(contents: Contents, recipients: Iterable[str], signer: Device) -> bytes:
    """Return the file for some age recipients; raise BadPackage TOO_LARGE (see `volumes`)."""
    label = Label(contents.kind, contents.group, contents.volume)
    return envelope.wrap(packed(contents), label, tuple(recipients), signer)


def packed(contents: Contents) -> bytes:
    """Return what stands inside of a package, not sealed yet."""
    manifest = cbor.dump(_manifest(contents))
    items = b"".join(cbor.dump(item) for item in _items(contents))
    return _LENGTH.pack(len(manifest)) + manifest + items


def volumes(contents: Contents, most: int = DISK) -> list[Contents]:
    """Return contents that fit files of `most` bytes; each can be taken in by itself, in order."""
    room = most - _ROOM
    parts: list[dict[str, list[Any]]] = [{}]
    used = 0
    for name, part, size in _parts(contents):
        if used and used + size > room:
            parts.append({})
            used = 0
        parts[-1].setdefault(name, []).append(part)
        used += size
    if len(parts) == 1:
        return [contents]
    bare = replace(contents, segments=(), blobs=(), certificates=(), blocks=())
    id = secrets.token_hex(16)
    made = []
    for number, part in enumerate(parts, 1):
        found: dict[str, Any] = {name: tuple(given) for name, given in part.items()}
        made.append(replace(bare, volume=Volume(number, len(parts), id), **found))
    return made


def read(source: Path | bytes, keyring: Keyring, *, review: bool = False) -> Contents:
    """Return what a package holds; raise BadPackage, and nothing else, when it is not good.

    `review` reads what a blocked device has sent too. The segments are whole, but whether their
    own signers are known is for the ledger to say.
    """
    data = whole(source) if isinstance(source, Path) else source
    label, inner = envelope.unwrap(data, keyring, review=review)
    if label.kind in (Kind.REQUEST, Kind.PERSON):
        raise refusal("NOT_A_PACKAGE")
    return unpacked(inner, label)


def unpacked(inner: bytes, label: Label) -> Contents:
    """Return what stands inside of a package; raise BadPackage."""
    cbor.require(len(inner) >= _LENGTH.size)
    start = _LENGTH.size + _LENGTH.unpack_from(inner)[0]
    manifest = cbor.load(inner[_LENGTH.size : start])
    contents = _filled(_listed(manifest, label), cbor.sequence(inner[start:]))
    cbor.require(_rows(contents.segments) == _list(manifest, 1))
    return contents


def whole(path: Path) -> bytes:
    """Return the bytes of a file that is not too large."""
    try:
        if path.stat().st_size > envelope.MOST:
            raise refusal("TOO_LARGE")
        return path.read_bytes()
    except OSError as error:
        raise refusal("UNREADABLE") from error


def _manifest(contents: Contents) -> dict[int, Any]:
    returned = {bytes.fromhex(stream): q for stream, q in contents.returned.items()}
    return {
        1: _rows(contents.segments),
        2: {bytes.fromhex(stream): q for stream, q in contents.knowledge.items()},
        3: [receipts.packed(one) for one in contents.receipts],
        4: [[bytes.fromhex(one.hash), one.size, one.mime] for one in contents.blobs],
        5: list(contents.app),
        6: contents.created,
        **({7: returned} if returned else {}),
        **({8: [*map(bytes.fromhex, contents.wanted)]} if contents.wanted else {}),
    }


def _rows(segments: Iterable[Segment]) -> list[list[Any]]:
    """Return how the manifest lists the segments."""
    hexed = bytes.fromhex
    return [
        [hexed(one.header.stream), one.header.q0, one.header.q1, hexed(one.id), len(one.body)]
        for one in segments
    ]


def _items(contents: Contents) -> Iterator[list[Any]]:
    for certificate in contents.certificates:  # first: segments may need them
        yield [3, certificate]
    for one in contents.segments:
        yield [1, one.head, one.sig, one.body]
    for block in contents.blocks:
        yield [4, block]
    for blob in contents.blobs:
        for offset in range(0, len(blob.data or b""), _PIECE):
            data = (blob.data or b"")[offset : offset + _PIECE]
            yield [2, bytes.fromhex(blob.hash), offset, data]


def _parts(contents: Contents) -> Iterator[tuple[str, Any, int]]:
    """Yield what can go into one volume or the next: name, part, and about how many bytes."""
    for certificate in contents.certificates:
        yield "certificates", certificate, len(certificate) + 8
    for one in contents.segments:
        yield "segments", one, len(one.body) + len(one.head) + 200
    for block in contents.blocks:
        yield "blocks", block, len(block) + 8
    for blob in contents.blobs:
        yield "blobs", blob, len(blob.data or b"") + 200


def _listed(manifest: Any, label: Label) -> Contents:
    """Return the contents as the manifest lists them: segments and blobs are still to come."""
    cbor.require(isinstance(manifest, dict))
    match manifest.get(5):
        case [str(version), int(schema), *_]:
            app = version, schema
        case _:
            raise refusal("DAMAGED")
    return Contents(
        label.group,
        label.kind,
        knowledge=_knowledge(manifest.get(2)),
        receipts=tuple(map(receipts.unpacked, _list(manifest, 3))),
        blobs=tuple(map(_blob, _list(manifest, 4))),
        app=app,
        created=cbor.number(manifest, 6),
        returned=_knowledge(manifest.get(7, {})),
        wanted=tuple(map(_wish, _list({8: [], **manifest}, 8))),
        volume=label.volume,
        sender=label.sender,
    )


def _filled(contents: Contents, items: Iterable[Any]) -> Contents:
    """Return the contents with the items in place."""
    segments: list[Segment] = []
    certificates: list[bytes] = []
    blocks: list[bytes] = []
    pieces: dict[str, list[tuple[int, bytes]]] = {}
    skipped: list[int] = []
    for item in items:
        match item:
            case [1, head, sig, body, *_]:
                segments.append(segment.parse(head, sig, body))
            case [2, bytes(sha), int(offset), bytes(data), *_]:
                pieces.setdefault(sha.hex(), []).append((offset, data))
            case [3, bytes(certificate), *_]:
                certificates.append(certificate)
            case [4, bytes(block), *_]:
                blocks.append(block)
            case [int(number), *_] if number in _SKIPPED:
                skipped.append(number)
            case [int(number), *_] if number > 4:
                raise refusal("NEWER")
            case _:
                raise refusal("DAMAGED")
    return replace(
        contents,
        segments=tuple(segments),
        certificates=tuple(certificates),
        blocks=tuple(blocks),
        blobs=tuple(_joined(blob, pieces.pop(blob.hash, [])) for blob in contents.blobs),
        skipped=tuple(skipped),
    )


def _knowledge(parts: Any) -> dict[str, int]:
    cbor.require(isinstance(parts, dict))
    for stream, q in parts.items():
        cbor.require(isinstance(stream, bytes) and len(stream) == 16 and type(q) is int and q >= 0)
    return {stream.hex(): q for stream, q in parts.items()}


def _list(manifest: dict[Any, Any], key: int) -> list[Any]:
    match manifest.get(key):
        case list() as found:
            return found
    raise refusal("DAMAGED")


def _blob(parts: Any) -> Blob:
    match parts:
        case [bytes(sha), int(size), str(mime), *_] if len(sha) == 32 and 0 <= size <= MOST_BLOB:
            return Blob(sha.hex(), size, mime)
    raise refusal("DAMAGED")


def _wish(hash: Any) -> str:
    cbor.require(isinstance(hash, bytes) and len(hash) == 32)
    return str(hash.hex())


def _joined(blob: Blob, pieces: Iterable[tuple[int, bytes]]) -> Blob:
    """Return the blob with its content, if all of it is here and right."""
    data = b""
    for offset, piece in pieces:
        cbor.require(offset == len(data) and offset + len(piece) <= blob.size)
        data += piece
    if len(data) < blob.size:
        return blob
    cbor.require(hashlib.sha256(data).hexdigest() == blob.hash)
    return replace(blob, data=data)
