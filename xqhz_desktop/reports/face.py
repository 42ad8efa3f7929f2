"""A TrueType file: its characters, widths and outlines, read straight from the file."""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from functools import cached_property
from pathlib import Path

ROUND, ARGS_ARE_WORDS, SCALE, MORE, XY_SCALE, TWO_BY_TWO = 0x04, 0x01, 0x08, 0x20, 0x40, 0x80


class Face:
    """One font file of quadratic outlines; never changed, so documents may share it."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """Read the directory and the small tables; outlines are read when they are embedded."""
        self._data = memoryview(data)
        count = struct.unpack_from(">H", self._data, 4)[0]
        self._where: dict[str, tuple[int, int]] = {}
        for at in range(12, 12 + 16 * count, 16):
            tag, _sum, start, length = struct.unpack_from(">4sLLL", self._data, at)
            self._where[tag.decode("latin-1")] = (start, length)
        head, hhea = self.table("head"), self.table("hhea")
        self.upem: int = struct.unpack_from(">H", head, 18)[0]
        self.box: tuple[int, ...] = struct.unpack_from(">4h", head, 36)
        self._long_offsets = struct.unpack_from(">h", head, 50)[0] == 1
        self.ascent, self.descent = struct.unpack_from(">2h", hhea, 4)
        self._metrics: int = struct.unpack_from(">H", hhea, 34)[0]

    @classmethod
    def open(cls, path: Path) -> Face:
        """Map a file into memory: only the pages that are read take space."""
        with path.open("rb") as stream:
            return cls(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))

    def table(self, tag: str) -> memoryview:
        """Return the bytes of a table, none where the file does not have it."""
        start, length = self._where.get(tag, (0, 0))
        return self._data[start : start + length]

    def per_mille(self, units: int) -> float:
        """Return a length of the file in thousandths of an em."""
        return units * 1000 / self.upem

    def advance(self, glyph: int) -> float:
        """Return the width of a glyph in thousandths of an em."""
        return self.per_mille(self._widths[min(glyph, self._metrics - 1) * 2])

    def metrics(self, glyph: int) -> bytes:
        """Return advance and left bearing of a glyph as the file writes them."""
        if glyph < self._metrics:
            return bytes(self.table("hmtx")[glyph * 4 : glyph * 4 + 4])
        bearing = self._metrics * 4 + (glyph - self._metrics) * 2
        advance = self.table("hmtx")[self._metrics * 4 - 4 : self._metrics * 4 - 2]
        return bytes(advance) + bytes(self.table("hmtx")[bearing : bearing + 2])

    def outline(self, glyph: int) -> bytes:
        """Return the outline of a glyph, nothing for a blank one."""
        start, end = self._offsets[glyph], self._offsets[glyph + 1]
        scale = 1 if self._long_offsets else 2
        return bytes(self.table("glyf")[start * scale : end * scale])

    @cached_property
    def name(self) -> str:
        """Return the PostScript name."""
        return _postscript_name(bytes(self.table("name")))

    @cached_property
    def glyphs(self) -> dict[str, int]:
        """Return the number of the glyph of every character the file can draw."""
        cmap = self.table("cmap")
        found: dict[int, int] = {}
        for place in range(struct.unpack_from(">H", cmap, 2)[0]):
            offset = struct.unpack_from(">L", cmap, 4 + 8 * place + 4)[0]
            found.setdefault(struct.unpack_from(">H", cmap, offset)[0], offset)
        if 12 in found:
            return _segments_of_32_bits(cmap[found[12] :])
        return _segments_of_16_bits(cmap[found[4] :])

    @cached_property
    def _widths(self) -> array[int]:
        return _numbers("H", self.table("hmtx")[: self._metrics * 4])

    @cached_property
    def _offsets(self) -> array[int]:
        return _numbers("I" if self._long_offsets else "H", self.table("loca"))


def components(outline: bytes) -> list[tuple[int, int]]:
    """Return where a composite outline names other glyphs, as (byte position, glyph)."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return []
    found, at, flags = [], 10, MORE
    while flags & MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        found.append((at + 2, glyph))
        at += 8 if flags & ARGS_ARE_WORDS else 6
        if flags & SCALE:
            at += 2
        elif flags & XY_SCALE:
            at += 4
        elif flags & TWO_BY_TWO:
            at += 8
    return found


def subset(face: Face, glyphs: list[int]) -> bytes:
    """Return a small font file with these glyphs only; a glyph's place is its new number."""
    order, place = list(glyphs), {glyph: new for new, glyph in enumerate(glyphs)}
    outlines: list[bytes] = []
    for glyph in order:  # grows while it runs: parts of composites are added at the end
        outline = bytearray(face.outline(glyph))
        for at, part in components(bytes(outline)):
            if part not in place:
                place[part] = len(order)
                order.append(part)
            struct.pack_into(">H", outline, at, place[part])
        outlines.append(bytes(outline) + bytes(-len(outline) % 4))
    offsets = array("I", [0])
    for drawn in outlines:
        offsets.append(offsets[-1] + len(drawn))
    head, hhea, maxp = (bytearray(face.table(tag)) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(order))
    struct.pack_into(">H", maxp, 4, len(order))
    return _font_file(
        {
            "cvt ": bytes(face.table("cvt ")),
            "fpgm": bytes(face.table("fpgm")),
            "glyf": b"".join(outlines),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(map(face.metrics, order)),
            "loca": _big_endian(offsets),
            "maxp": bytes(maxp),
            "prep": bytes(face.table("prep")),
        }
    )


def _font_file(tables: dict[str, bytes]) -> bytes:
    tables = {tag: data for tag, data in tables.items() if data}
    count = len(tables)
    power = count.bit_length() - 1
    start = 12 + 16 * count
    directory = struct.pack(
        ">LHHHH", 0x10000, count, 16 << power, power, 16 * (count - (1 << power))
    )
    body, head_at = b"", 0
    for tag, data in tables.items():
        if tag == "head":
            head_at = start + len(body)
        at = start + len(body)
        directory += struct.pack(">4sLLL", tag.encode(), _sum(data), at, len(data))
        body += data + bytes(-len(data) % 4)
    whole = bytearray(directory + body)
    struct.pack_into(">L", whole, head_at + 8, (0xB1B0AFBA - _sum(whole)) & 0xFFFFFFFF)
    return bytes(whole)


def _sum(data: bytes | bytearray) -> int:
    return sum(_numbers("I", data + bytes(-len(data) % 4))) & 0xFFFFFFFF


def _numbers(kind: str, data: bytes | bytearray | memoryview) -> array[int]:
    numbers: array[int] = array(kind)
    numbers.frombytes(data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _big_endian(numbers: array[int]) -> bytes:
    swapped = array(numbers.typecode, numbers)
    if sys.byteorder == "little":
        swapped.byteswap()
    return swapped.tobytes()


def _segments_of_32_bits(cmap: memoryview) -> dict[str, int]:
    glyphs: dict[str, int] = {}
    numbers = _numbers("I", cmap[16 : 16 + 12 * struct.unpack_from(">L", cmap, 12)[0]])
    for first, last, glyph in zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True):
        codes = range(first, last + 1)
        glyphs.update(zip(map(chr, codes), range(glyph, glyph + len(codes)), strict=True))
    return glyphs


def _segments_of_16_bits(cmap: memoryview) -> dict[str, int]:
    half = struct.unpack_from(">H", cmap, 6)[0] // 2
    length = struct.unpack_from(">H", cmap, 2)[0]
    words = _numbers("H", cmap[14 : length - length % 2])
    ends, starts = words[:half], words[half + 1 : 2 * half + 1]
    deltas, jumps = words[2 * half + 1 : 3 * half + 1], words[3 * half + 1 : 4 * half + 1]
    glyphs: dict[str, int] = {}
    for segment in range(half):
        for code in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code
            if jumps[segment]:
                step = jumps[segment] // 2 + code - starts[segment]
                glyph = words[3 * half + 1 + segment + step]
                if not glyph:
                    continue
            if glyph := (glyph + deltas[segment]) & 0xFFFF:
                glyphs[chr(code)] = glyph
    return glyphs


def _postscript_name(table: bytes) -> str:
    count, texts = struct.unpack_from(">HH", table, 2)
    for place in range(count):
        platform, _, _, name, length, at = struct.unpack_from(">6H", table, 6 + 12 * place)
        if name == 6:
            text = table[texts + at : texts + at + length]
            return text.decode("latin-1" if platform == 1 else "utf-16-be")
    return "Report"
