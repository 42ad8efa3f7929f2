"""One face inside one PDF: which characters were drawn, and the objects that embed them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from xqhz_desktop.reports.face import Face, subset


class EmbeddedFace:
    """The part of a face a document uses.

    A character's code is its UTF-16 unit, so a text is spelled by one ``encode``. Characters
    beyond the basic plane take codes the face has no use for.
    """

    def __init__(self, face: Face, tag: str) -> None:
        """Start with no character; ``tag`` is the font's name in the page resources."""
        self.face, self.tag = face, tag
        self._used: set[str] = set()
        self._far: dict[str, int] = {}
        self._free: Iterator[int] = (
            code
            for code in chain(range(0xD800, 0xF900), range(0x3400, 0xD800))
            if chr(code) not in face.glyphs
        )

    def spell(self, text: str) -> bytes:
        """Return the codes of a text, all of whose characters are in the face."""
        self._used.update(text)
        codes = text.encode("utf-16-be")
        if len(codes) == 2 * len(text):
            return codes
        return b"".join(self._code(char).to_bytes(2, "big") for char in text)

    def add_to(self, doc: Any) -> None:
        """Write the font and its subset into a ReportLab document that is being saved."""
        codes = {self._code(char): char for char in sorted(self._used)}
        glyphs = sorted({self.face.glyphs[char] for char in self._used} - {0})
        order = [0, *glyphs]
        place = {glyph: new for new, glyph in enumerate(order)}
        name = f"{_prefix(self._used)}+{self.face.name}"
        numbers = {code: place[self.face.glyphs[char]] for code, char in codes.items()}
        font = _dictionary(
            Type=PDFName("Font"),
            Subtype=PDFName("Type0"),
            BaseFont=PDFName(name),
            Encoding=PDFName("Identity-H"),
            DescendantFonts=PDFArray([doc.Reference(self._descendant(doc, name, order, numbers))]),
            ToUnicode=_stream(doc, _to_unicode(codes)),
        )
        doc.idToObject["BasicFonts"].dict[self.tag] = doc.Reference(font)

    def _code(self, char: str) -> int:
        if char < "\U00010000":
            return ord(char)
        if char not in self._far:
            self._far[char] = next(self._free)
        return self._far[char]

    def _descendant(self, doc: Any, name: str, order: list[int], numbers: dict[int, int]) -> Any:
        face, file = self.face, subset(self.face, order)
        widths = {code: face.advance(order[number]) for code, number in numbers.items()}
        descriptor = _dictionary(
            Type=PDFName("FontDescriptor"),
            FontName=PDFName(name),
            Flags=4,
            FontBBox=PDFArray([round(face.per_mille(side)) for side in face.box]),
            ItalicAngle=0,
            Ascent=round(face.per_mille(face.ascent)),
            Descent=round(face.per_mille(face.descent)),
            CapHeight=700,
            StemV=80,
            FontFile2=_stream(doc, file, Length1=len(file)),
        )
        return _dictionary(
            Type=PDFName("Font"),
            Subtype=PDFName("CIDFontType2"),
            BaseFont=PDFName(name),
            CIDSystemInfo=_dictionary(
                Registry=PDFString("Adobe"), Ordering=PDFString("Identity"), Supplement=0
            ),
            FontDescriptor=doc.Reference(descriptor),
            DW=1000,
            W=_widths(widths),
            CIDToGIDMap=_stream(doc, _glyph_map(numbers)),
        )


def _prefix(chars: set[str]) -> str:
    """Return six capitals that name the subset, the same for the same characters."""
    digest = hashlib.sha256("".join(sorted(chars)).encode("utf-8")).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _glyph_map(numbers: dict[int, int]) -> bytes:
    table = bytearray(2 * max(numbers, default=0) + 2)
    for code, number in numbers.items():
        table[2 * code : 2 * code + 2] = number.to_bytes(2, "big")
    return bytes(table)


def _widths(widths: dict[int, float]) -> str:
    """Return the widths that are not a full em, neighboring codes in one list."""
    written: list[str] = []
    last = -2
    for code, width in sorted(widths.items()):
        if width == 1000:
            continue
        written.append(f"{width:.6g}" if code == last + 1 else f"] {code} [{width:.6g}")
        last = code
    return f"[{' '.join(written).removeprefix('] ')}]]" if written else "[]"


def _to_unicode(codes: dict[int, str]) -> bytes:
    """Return the map by which readers copy and search text, beyond the basic plane too."""
    lines = [f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for code, char in codes.items()]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return f"{_CMAP_HEAD}\n{body}\n{_CMAP_TAIL}".encode("ascii")


def _stream(doc: Any, content: bytes, **entries: Any) -> Any:
    return doc.Reference(PDFStream(_dictionary(**entries), content, [PDFZCompress]))


def _dictionary(**entries: Any) -> Any:
    return PDFDictionary(entries)


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""

_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
