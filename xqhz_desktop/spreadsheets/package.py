"""A zipped document (.xlsx, .ods) opened with care: only checked parts, and never too much."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections.abc import Iterator

from xqhz_desktop.spreadsheets.sheet import corrupt, encrypted, too_large

MOST_BYTES = 1_000_000_000
"""Unpacked bytes read from one file; what is kept of them is limited by each reader."""

MOST_XML = 32_000_000
"""Unpacked bytes of one small part (styles, workbook)."""

MOST_PARTS = 5_000
_PIECE = 4_000_000


class Package:
    """The parts of a zip by name; every problem is a BadFile."""

    def __init__(self, data: bytes) -> None:
        """Read the directory of the zip."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise corrupt() from error
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS:
            raise too_large()
        self._parts = {one.filename.replace("\\", "/").lstrip("/").lower(): one for one in parts}
        self._left = MOST_BYTES

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a part of this name, in any case."""
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """Return a small part whole."""
        found = bytearray()
        for piece in self.pieces(name):
            found += piece
            if len(found) > MOST_XML:
                raise too_large()
        return bytes(found)

    def xml(self, name: str) -> ElementTree.Element:
        """Return a small part as a tree."""
        try:
            return ElementTree.fromstring(without_entities(self.read(name)))
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise corrupt() from error

    def pieces(self, name: str) -> Iterator[bytes]:
        """Return a part in pieces, so that a bomb is met before it fills the memory."""
        part = self._parts.get(name.lower())
        if part is None:
            raise corrupt()
        if part.flag_bits & 1:
            raise encrypted()
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise too_large()
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise corrupt() from error
        except (NotImplementedError, RuntimeError) as error:  # a method no spreadsheet uses
            raise corrupt() from error


def without_entities(xml: bytes) -> bytes:
    """Return the same XML; refuse one that declares entities, which no spreadsheet does."""
    head = xml[:4000].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or re.search(rb"<!ENTITY", xml.replace(b"\0", b"")[:1_000_000]):
        raise corrupt()
    return xml


def local(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]
