"""Texts inside old workbooks: shared strings cut by CONTINUE records, and code pages."""

from __future__ import annotations

import struct

_PAGES = {936: "gb18030", 950: "big5", 1252: "cp1252", 54936: "gb18030"}


def characters(body: bytes, length: int, encoding: str) -> str:
    """Return a text of `length` characters; no encoding means the flagged one of BIFF8."""
    if encoding:
        return body[:length].decode(encoding, "replace")
    if body[:1] and body[0] & 1:
        return body[1 : 1 + length * 2].decode("utf-16-le", "replace")
    return body[1 : 1 + length].decode("latin-1")


def encoding(page: int) -> str:
    """Return the encoding of a code page; what is not known is most likely Chinese."""
    return _PAGES.get(page, "gb18030")


class Strings:
    """The shared strings, which may be cut anywhere by a CONTINUE record."""

    def __init__(self, parts: list[bytes]) -> None:
        """Stand at the first string."""
        self._parts, self._part, self._place = parts, 0, 8

    def all(self) -> list[str]:
        """Return every string of the table."""
        count = struct.unpack_from("<I", self._parts[0], 4)[0]
        found: list[str] = []
        while len(found) < count and self._more():
            found.append(self._string())
        return found

    def _more(self) -> bool:
        while self._part < len(self._parts) and self._place >= len(self._parts[self._part]):
            self._part, self._place = self._part + 1, 0
        return self._part < len(self._parts)

    def _string(self) -> str:
        length, flags = struct.unpack("<HB", self._bytes(3))
        runs = struct.unpack("<H", self._bytes(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._bytes(4))[0] if flags & 4 else 0
        text, wide = "", flags & 1
        while length and self._more():
            left = len(self._parts[self._part]) - self._place
            take = min(length, left // (2 if wide else 1))
            raw = self._bytes(take * (2 if wide else 1))
            text += raw.decode("utf-16-le" if wide else "latin-1", "replace")
            length -= take
            if length:
                self._part, self._place = self._part + 1, 0
                wide = self._bytes(1)[0] & 1  # each part says anew how wide its characters are
        self._bytes(runs * 4 + extra)
        return text

    def _bytes(self, count: int) -> bytes:
        found = b""
        while count > 0 and self._more():
            piece = self._parts[self._part][self._place : self._place + count]
            self._place += len(piece)
            count -= len(piece)
            found += piece
        return found
