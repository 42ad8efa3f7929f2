"""A few made-up papers and a picture attached to records of the sample school."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import attaching, records
from xqhz_desktop.services.attaching import Given
from xqhz_desktop.services.workspace import Work


@dataclass(frozen=True)
class _Paper:
    """What some records get: of which kind, how many of them, the file name, and what it is."""

    kind: str
    records: int
    name: str
    type: DocumentType


_PAPERS = (
    _Paper("placement", 3, "三方协议（扫描）.pdf", DocumentType.AGREEMENT),
    _Paper("placement", 2, "家长知情同意书.pdf", DocumentType.CONSENT),
    _Paper("placement_batch", 9, "实习方案.pdf", DocumentType.OTHER),
    _Paper("score", 12, "实习考核鉴定表（扫描）.pdf", DocumentType.ASSESSMENT),
    _Paper("enterprise", 2, "营业执照.pdf", DocumentType.CERTIFICATE),
    _Paper("enterprise", 1, "车间照片.png", DocumentType.PHOTO),
)


def attach(work: Work) -> None:
    """Attach the papers as one step."""
    made = list[Attachment]()
    for paper in _PAPERS:
        for place, owner in enumerate(_owners(work, paper)):
            content = picture() if paper.name.endswith(".png") else page(paper.type, place + 1)
            given = Given(paper.name, content, paper.type)
            made.append(attaching.kept(work, paper.kind, owner, given))
    if made:
        records.save_all(work, made, Message("Sample school made"))


def page(type: DocumentType, number: int) -> bytes:
    """Return a PDF of one page that says it is made up."""
    lines = (f"SAMPLE  -  {type.value} No. {number:03d}", "Made up: no such paper was ever signed.")
    said = "".join(f"({line}) Tj 0 -28 Td " for line in lines)
    drawn = f"BT /F1 18 Tf 72 740 Td {said}ET".encode("ascii")
    things = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return _pdf(things)


def picture() -> bytes:
    """Return a small PNG: a floor, a wall, a machine."""
    wide, high = 320, 240
    rows = b"".join(b"\x00" + _row(wide, y) for y in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def _row(wide: int, y: int) -> bytes:
    ground = bytes((126, 131, 138)) if y > 170 else bytes((214, 222, 228))
    row = bytearray(ground * wide)
    if 90 < y < 200:
        row[3 * 90 : 3 * 230] = bytes((58, 110, 165)) * 140
    return bytes(row)


def _pdf(things: tuple[bytes, ...]) -> bytes:
    """Return numbered objects as a PDF, the first of them the catalogue."""
    made, places = b"%PDF-1.4\n", list[int]()
    for number, thing in enumerate(things, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(things) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(made))
    )


def _owners(work: Work, paper: _Paper) -> Iterator[str]:
    with work.store.read() as reader:
        rows = reader.cursor.execute(
            f"SELECT id FROM {paper.kind} ORDER BY id LIMIT ?", (paper.records,)
        ).fetchall()
    return (str(id) for (id,) in rows)
