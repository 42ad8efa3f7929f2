"""Zstandard with limits: what is taken out is never more than was announced."""

from __future__ import annotations

import zstandard

from xqhz_desktop.sync.cbor import require
from xqhz_desktop.sync.refusals import refusal

LEVEL = 9
MOST = 64 << 20
"""Bytes of one piece, taken out."""
MOST_RATIO, NO_RATIO = 200, 1 << 20
"""How far a piece may be pressed; up to a megabyte nobody asks."""
_WINDOW = 8 << 20


def pressed(data: bytes) -> bytes:
    """Return the compressed form of some bytes."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def taken_out(data: bytes, length: int) -> bytes:
    """Return the `length` bytes that were compressed; raise BadPackage."""
    require(length >= 0)
    if length > min(MOST, max(NO_RATIO, MOST_RATIO * len(data))):
        raise refusal("TOO_LARGE")
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(data)
    try:
        found: bytes = reader.read(length + 1)
    except zstandard.ZstdError as error:
        raise refusal("DAMAGED") from error
    require(len(found) == length)
    return found
