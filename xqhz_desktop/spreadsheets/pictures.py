"""Pictures of a workbook that its marked copy cannot have."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path

_TARGET = re.compile(rb'Target="([^"]+)"')
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[ >]")
_MEDIA = "xl/media/"


def lost(path: Path) -> int:
    """Return how many pictures and text boxes a copy by openpyxl leaves out.

    It keeps pictures and charts that lie on a sheet, not those in cells, headers or backgrounds.
    """
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        kept, shapes = set(), 0
        for name in names:
            folder, file = posixpath.split(name)
            if folder == "xl/drawings/_rels" and file.startswith("drawing"):
                targets = (one.decode() for one in _TARGET.findall(book.read(name)))
                kept |= {posixpath.normpath(posixpath.join("xl/drawings", one)) for one in targets}
            elif folder == "xl/drawings" and file.endswith(".xml"):
                shapes += len(_SHAPE.findall(book.read(name)))
        media = {name for name in names if name.startswith(_MEDIA) and name != _MEDIA}
    return len(media - {one.lstrip("/") for one in kept}) + shapes
