"""What a file really is: told from its first bytes, never from its name."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from xqhz_desktop.errors import BadFile
from xqhz_desktop.i18n import Message
from xqhz_desktop.spreadsheets import ole, textfile
from xqhz_desktop.spreadsheets.package import Package
from xqhz_desktop.spreadsheets.sheet import (
    corrupt,
    empty_file,
    encrypted,
    not_a_spreadsheet,
    too_large,
)

MOST_BYTES = 100_000_000
"""Size of a file on disk."""

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_BIFF = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05")


class Format(Enum):
    """The formats that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    HTML = "html"
    XML = "xml"
    TEXT = "text"


def content(path: Path) -> bytes:
    """Return the bytes of a file of bearable size."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise too_large()
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(
            Message("There is no file {file}.", file=str(path)), code="CORRUPT"
        ) from error
    except OSError as error:
        raise BadFile(
            Message("“{file}” cannot be opened. Close it in other programs.", file=path.name),
            code="CORRUPT",
        ) from error
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise empty_file()
    return data


def sniff(data: bytes) -> Format:
    """Return the format of a file's bytes; raise BadFile for what is no spreadsheet."""
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(ole.MAGIC):
        return _compound(data)
    if data.startswith(b"%PDF"):
        raise not_a_spreadsheet()
    if data.startswith(_BIFF):
        return Format.XLS
    start = textfile.decoded(data)[:4000].lower()  # raises where it is no text
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<workbook" in start:
        return Format.XML
    if any(mark in start for mark in ("<html", "<table", "<!doctype html", "<body")):
        return Format.HTML
    return Format.TEXT


def _zipped(data: bytes) -> Format:
    package = Package(data)
    if "xl/workbook.xml" in package:
        return Format.XLSX
    if "mimetype" in package and package.read("mimetype").strip().decode("latin-1") == _ODS:
        if "META-INF/manifest.xml" in package:
            manifest = package.read("META-INF/manifest.xml")
            if b"encryption-data" in manifest:
                raise encrypted()
        return Format.ODS
    if "[Content_Types].xml" in package and b"sheet.main+xml" in package.read(
        "[Content_Types].xml"
    ):
        return Format.XLSX
    raise not_a_spreadsheet()


def _compound(data: bytes) -> Format:
    names = {name.lower() for name in ole.Compound(data).names}
    if names & {"encryptedpackage", "encryptioninfo"}:
        raise encrypted()
    if names & {"workbook", "book"}:
        return Format.XLS
    if not names:
        raise corrupt()
    raise not_a_spreadsheet()
