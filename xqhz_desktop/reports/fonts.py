"""Fonts for paper: every character of GB18030 is drawn, copied and searched, none is a box."""

from __future__ import annotations

import lzma
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics

from xqhz_desktop import paths
from xqhz_desktop.reports.embed import EmbeddedFace
from xqhz_desktop.reports.face import Face

V = TypeVar("V")

STYLES: Mapping[str, tuple[str, ...]] = {
    "Song": ("ReportLatin-Regular", "ReportSong-Regular", "ReportKai-Regular"),
    "SongBold": ("ReportLatin-Bold", "ReportSong-Bold", "ReportSong-Regular", "ReportKai-Regular"),
    "Hei": ("ReportHei-Regular", "ReportSong-Regular", "ReportKai-Regular"),
    "HeiBold": ("ReportHei-Bold", "ReportSong-Bold", "ReportSong-Regular", "ReportKai-Regular"),
    "Kai": ("ReportLatin-Regular", "ReportKai-Regular", "ReportSong-Regular"),
}
"""Each style with its faces, first choice first; the rare faces come after all of them."""

RARE: Mapping[str, range] = {
    "ReportRareA": range(0x3400, 0x4DC0),
    "ReportRareB": range(0x20000, 0x2A6E0),
    "ReportRareC": range(0x2A700, 0x2EBF0),
}
"""Faces that stay packed until one of their characters is printed."""

NOT_LATIN = frozenset("\u00a7\u00a8\u00b0\u00b1\u00b4\u00b7\u00d7\u00f7")
"""Marks below U+2000 that Chinese print takes from the Chinese face."""

NOT_KAI = frozenset("‘’“”")
"""Quotes that are too narrow in the Kai face."""

GETA = "〓"
"""What printers have always set where a character is missing from the case."""

MISSING, UNSEEN = -1, -2
"""Places of characters no face has, and of characters that draw nothing."""

_UNSEEN = frozenset(
    map(chr, (*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF,
              *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)  # fmt: skip


class Fonts:
    """The font files of a folder, opened when first needed, and the styles made of them."""

    def __init__(self, folder: Path, unpacked: Callable[[], Path]) -> None:
        """Read fonts from ``folder``; packed ones are unpacked once into ``unpacked()``."""
        self._folder, self._unpacked = folder, unpacked
        self._faces: dict[str, Face] = {}
        self._styles: dict[str, CJKFont] = {}
        self._documents: WeakKeyDictionary[Any, DocumentFonts] = WeakKeyDictionary()

    def style(self, name: str) -> CJKFont:
        """Return a style by its name in ``STYLES``."""
        if name not in self._styles:
            self._styles[name] = CJKFont(name, self)
        return self._styles[name]

    def face(self, name: str) -> Face:
        """Return a face by the name of its file."""
        if name not in self._faces:
            self._faces[name] = self._opened(name)
        return self._faces[name]

    def inside(self, doc: Any) -> DocumentFonts:
        """Return what a ReportLab document embeds; made with its first text."""
        found = self._documents.get(doc)
        if found is None:
            self._documents[doc] = found = DocumentFonts()
            doc.delayedFonts.append(found)
        return found

    def _opened(self, name: str) -> Face:
        plain = self._folder / f"{name}.ttf"
        if plain.exists():
            return Face.open(plain)
        packed = self._folder / f"{name}.ttf.xz"
        # the size is in the name, so fonts of another version are never taken for these
        target = self._unpacked() / f"{name}-{packed.stat().st_size}.ttf"
        if target.exists():
            return Face.open(target)
        data = lzma.decompress(packed.read_bytes())
        try:
            _keep(target, data)
        except OSError:
            pass  # no room for a copy: this time it is used from memory
        return Face(data)


class DocumentFonts:
    """What one document embeds: a subset of each face it used, and what could not be drawn."""

    def __init__(self) -> None:
        """Start with nothing used."""
        self.missing: dict[str, int] = {}
        self._embedded: dict[Face, EmbeddedFace] = {}

    def of(self, face: Face) -> EmbeddedFace:
        """Return the one subset of a face in this document."""
        if face not in self._embedded:
            # X: ReportLab's own names begin with F
            self._embedded[face] = EmbeddedFace(face, f"X{len(self._embedded) + 1}")
        return self._embedded[face]

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - called by ReportLab on saving
        """Write every subset into the document."""
        for embedded in self._embedded.values():
            embedded.add_to(doc)


class CJKFont:
    """A style as ReportLab wants a font: each character from the first face that has it.

    It follows the dynamic-font protocol of ReportLab 5.1 (``splitString``,
    ``getSubsetInternalName``), so ``drawString``, paragraphs, tables and charts work with it.
    """

    _dynamicFont = 1  # noqa: N815 - the protocol's name
    _multiByte = 1  # noqa: N815 - the protocol's name
    shapable = False

    def __init__(self, name: str, fonts: Fonts) -> None:
        """Make the style ``name`` of ``STYLES`` from the faces of ``fonts``."""
        self.fontName = name
        self._fonts = fonts
        self._chain = (*STYLES[name], *RARE)
        self._known: tuple[set[str], ...] = tuple(set() for _ in self._chain)
        self._places = _Lazily(self._place)
        self._advances = _Lazily(self._advance)
        first = fonts.face(next(one for one in STYLES[name] if "Latin" not in one))
        self.face = SimpleNamespace(
            name=f"XQHZ-{name}", builtIn=False,
            ascent=first.per_mille(first.ascent), descent=first.per_mille(first.descent),
        )  # fmt: skip

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:  # noqa: N802
        """Return the width of a text in points."""
        return sum(map(self._advances.__getitem__, _text(text, encoding))) * size / 1000

    def splitString(  # noqa: N802 - the protocol's name
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Return a text as runs: the place of a face, and the codes of the characters in it."""
        inside = self._fonts.inside(doc)
        return [
            (place, inside.of(self._fonts.face(self._chain[place])).spell(run))
            for place, run in self.runs(_text(text, encoding), inside)
        ]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        """Return the name of a run's font in the page resources."""
        return f"/{self._fonts.inside(doc).of(self._fonts.face(self._chain[subset])).tag}"

    def shown(self, text: str, doc: Any) -> list[tuple[str, str]]:
        """Return a text as runs for raw operators: font name, and codes in hexadecimal."""
        inside = self._fonts.inside(doc)
        found = []
        for place, run in self.runs(text, inside):
            face = inside.of(self._fonts.face(self._chain[place]))
            found.append((face.tag, face.spell(run).hex()))
        return found

    def runs(self, text: str, inside: DocumentFonts) -> list[tuple[int, str]]:
        """Return a text as runs of one face each, its place first."""
        if not text:
            return []
        first = self._places[text[0]]
        if first >= 0 and self._known[first].issuperset(text):
            return [(first, text)]
        found: list[tuple[int, str]] = []
        for place, chars in groupby(text, self._places.__getitem__):
            run = "".join(chars)
            if place >= 0:
                found.append((place, run))
            elif place == MISSING:
                for char in run:
                    inside.missing[char] = inside.missing.get(char, 0) + 1
                found.append((self._places[GETA], GETA * len(run)))
        return found

    def undrawable(self, text: str) -> set[str]:
        """Return the characters of a text that no face can draw; ask before printing."""
        return {char for char in set(text) if self._places[char] == MISSING}

    def _place(self, char: str) -> int:
        if char in _UNSEEN:
            return UNSEEN
        for place, name in enumerate(self._chain):
            if self._accepts(name, char) and char in self._fonts.face(name).glyphs:
                self._known[place].add(char)
                return place
        return MISSING

    @staticmethod
    def _accepts(name: str, char: str) -> bool:
        if name in RARE:
            return ord(char) in RARE[name]
        if "Latin" in name:
            return char < "\u2000" and char not in NOT_LATIN
        return not ("Kai" in name and char in NOT_KAI)

    def _advance(self, char: str) -> float:
        match self._places[char]:
            case -2:
                return 0
            case -1:
                return self._advances[GETA]
            case place:
                face = self._fonts.face(self._chain[place])
                return face.advance(face.glyphs[char])


class _Lazily(dict[str, V]):
    """Answers by character, worked out when first asked for; a hit costs one C call."""

    def __init__(self, answer: Callable[[str], V]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, char: str) -> V:
        self[char] = value = self._answer(char)
        return value


@cache
def shipped() -> Fonts:
    """Return the fonts of the program, their styles known to ReportLab by name."""
    fonts = Fonts(paths.resource("fonts"), lambda: paths.cache_folder() / "fonts")
    for name in STYLES:
        pdfmetrics.registerFont(fonts.style(name))
    return fonts


def undrawable(text: str) -> set[str]:
    """Return the characters of a text that cannot be printed in any style."""
    return shipped().style("Song").undrawable(text)


def _text(text: str | bytes, encoding: str) -> str:
    return text.decode(encoding) if isinstance(text, bytes) else text


def _keep(target: Path, data: bytes) -> None:
    """Write a file whole or not at all: another process may unpack it at the same time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
