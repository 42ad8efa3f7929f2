"""Scans read page by page: which of our marks a page carries, and the page alone as a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image, ImageOps, ImageSequence

from xqhz_desktop.domain import marker
from xqhz_desktop.domain.marker import Mark
from xqhz_desktop.errors import BadFile, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.reports.pdfium import PDFIUM

ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"})
MOST = 400 << 20
"""Bytes of one scan: a stack of several hundred pages."""
_MOST_PIXELS = 120_000_000
"""A3 at 600 dpi; a picture that claims more is not unpacked."""
_SCALES = (150 / 72, 300 / 72)
"""Pixels a point, the coarse and quick one first."""
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_PREVIEW = 1_000
"""Pixels of the longer side of what people see."""


@dataclass(frozen=True)
class Page:
    """One page of a scan: its number from 1, its mark, itself as a file, and a small picture."""

    number: int
    mark: Mark | None
    ending: str
    data: bytes
    preview: bytes
    """A PNG."""


def pages(file: Path) -> Iterator[Page]:
    """Yield the pages of a PDF or picture; raise UserError for what is neither, or too large."""
    try:
        size = file.stat().st_size
        if size > MOST:
            raise _too_large(file, size)
        data = file.read_bytes()
    except OSError as error:
        raise UserError(Message("The file {file} cannot be read.", file=str(file))) from error
    yield from _pdf_pages(file, data) if data[:1024].find(b"%PDF") >= 0 else _pictures(file, data)


def read(picture: Image.Image) -> Mark | None:
    """Return the first of our marks on a picture, None where there is none."""
    found = zxingcpp.read_barcodes(picture, formats=_FORMATS)
    return next((mark for one in found if (mark := marker.parse(one.text))), None)


def _pdf_pages(file: Path, data: bytes) -> Iterator[Page]:
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
            count = len(document)
        except pdfium.PdfiumError as error:
            raise _unreadable(file) from error
    try:
        for place in range(count):
            with PDFIUM:
                mark, picture = _looked_at(document, place)
                alone = _alone(document, place)
            yield Page(place + 1, mark, ".pdf", alone, _preview(picture))
    finally:
        with PDFIUM:
            document.close()


def _looked_at(document: pdfium.PdfDocument, place: int) -> tuple[Mark | None, Image.Image]:
    """Return the mark of a page and its picture, looked at more closely where there is none."""
    page = document[place]
    try:
        for scale in _SCALES:
            picture = page.render(scale=scale, grayscale=True).to_pil()
            if (mark := read(picture)) is not None:
                break
        return mark, picture
    finally:
        page.close()


def _alone(document: pdfium.PdfDocument, place: int) -> bytes:
    made = pdfium.PdfDocument.new()
    try:
        made.import_pages(document, [place])
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()
    finally:
        made.close()


def _pictures(file: Path, data: bytes) -> Iterator[Page]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            many = getattr(image, "n_frames", 1)
            for place, frame in enumerate(ImageSequence.Iterator(image), 1):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise _unreadable(file)
                picture = ImageOps.exif_transpose(frame).convert("L")
                ending, alone = file.suffix.lower(), data
                if many > 1 or ending in (".tif", ".tiff", ".bmp"):
                    ending, alone = ".png", _png(ImageOps.exif_transpose(frame))
                yield Page(place, read(picture), ending, alone, _preview(picture))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unreadable(file) from error


def _preview(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail((_PREVIEW, _PREVIEW))
    return _png(small)


def _png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    kept = picture if picture.mode in ("1", "L", "RGB", "RGBA", "P") else picture.convert("RGB")
    kept.save(stream, "PNG")
    return stream.getvalue()


def _unreadable(file: Path) -> BadFile:
    return BadFile(
        Message(
            "{file} is no PDF and no picture one can read. Scan it again, or attach it by hand.",
            file=file.name,
        ),
        code="NO_SCAN",
    )


def _too_large(file: Path, size: int) -> UserError:
    return UserError(
        Message(
            "{file} has {size} MB; a scan may have {most} MB. Split it, or scan with 200 dpi.",
            file=file.name, size=size >> 20, most=MOST >> 20,
        ),
        code="TOO_LARGE",
    )  # fmt: skip
