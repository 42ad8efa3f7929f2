"""Compound files (OLE2), the container of old .xls: streams by name. Source: MS-CFB."""

from __future__ import annotations

import struct

from xqhz_desktop.spreadsheets.sheet import corrupt

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFA
"""Sector numbers from here on mean an end, a hole or the allocation table itself."""


class Compound:
    """A compound file read into memory; whatever does not fit together is a BadFile."""

    def __init__(self, data: bytes) -> None:
        """Read the allocation tables and the directory."""
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise corrupt() from error

    @property
    def names(self) -> list[str]:
        """Return the names of all streams."""
        return list(self._entries)

    def stream(self, *names: str) -> bytes:
        """Return the first of these streams, by name in any case."""
        by_name = {name.lower(): entry for name, entry in self._entries.items()}
        for name in names:
            if name.lower() in by_name:
                start, size = by_name[name.lower()]
                return self._content(start, size)
        raise corrupt()

    def _open(self) -> None:
        head = self._data[:512]
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        directory, cutoff, mini, _, difat, difat_count = struct.unpack_from("<I4xIIIII", head, 48)
        if shift not in (9, 12) or mini_shift != 6:
            raise corrupt()
        self._size, self._cutoff = 1 << shift, cutoff
        self._most = len(self._data) // self._size + 2
        tables = list(struct.unpack_from("<109I", head, 76))
        for _ in range(min(difat_count, self._most)):
            if difat >= _END:
                break
            *more, difat = self._numbers(self._sector(difat))
            tables.extend(more)
        used = [one for one in tables if one < _END]
        if len(used) > self._most:
            raise corrupt()
        self._fat = [number for one in used for number in self._numbers(self._sector(one))]
        self._read_directory(self._chain(directory))
        self._mini_fat = self._numbers(self._chain(mini)) if mini < _END else []

    def _read_directory(self, data: bytes) -> None:
        self._entries: dict[str, tuple[int, int]] = {}
        self._mini = b""
        for place in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, place + 64)
            start, size = struct.unpack_from("<II", data, place + 116)
            name = data[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == 5:
                self._mini = self._chain(start)[:size] if start < _END else b""
            elif kind == 2:
                self._entries.setdefault(name, (start, size))

    def _content(self, start: int, size: int) -> bytes:
        if size >= self._cutoff:
            found = self._chain(start)
        else:
            parts: list[bytes] = []
            seen = 0
            while start < _END and seen * 64 <= len(self._mini):
                parts.append(self._mini[start * 64 : start * 64 + 64])
                start = self._mini_fat[start] if start < len(self._mini_fat) else _END
                seen += 1
            found = b"".join(parts)
        if len(found) < size:
            raise corrupt()
        return found[:size]

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size
        return self._data[place : place + self._size]

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < _END:
            if len(parts) > self._most or number >= len(self._fat):
                raise corrupt()  # a loop, or a sector beyond the file
            parts.append(self._sector(number))
            number = self._fat[number]
        return b"".join(parts)

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack_from(f"<{len(data) // 4}I", data))
