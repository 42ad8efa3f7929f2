"""Scanned stacks: pages find their records by code, the rest waits, nothing is filed twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from tests.make import make
from tests.services.placements import SmallSchool
from tests.services.test_assessing import place
from xqhz_desktop.domain.attachment import DocumentType
from xqhz_desktop.domain.marker import Mark, parse
from xqhz_desktop.domain.records import new_id
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.reports import scans
from xqhz_desktop.services import attaching, history, merging, scan_filing, workspace


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    made = SmallSchool(tmp_path / "school")
    yield made
    workspace.close(made.work)


def stack(file: Path, *texts: str) -> Path:
    """Write a PDF with a page for each text, as a QR code; "" is a page without one."""
    canvas = Canvas(str(file), pagesize=(595, 842))
    for text in texts:
        canvas.drawString(60, 700, "a paper")
        if text:
            drawing = Drawing(72, 72, transform=[72 / 90, 0, 0, 72 / 90, 0, 0])
            drawing.add(QrCodeWidget(text, barLevel="M", barWidth=90, barHeight=90))
            renderPDF.draw(drawing, canvas, 480, 740)
        canvas.showPage()
    canvas.save()
    return file


def pictured(pdf: Path, dpi: int = 200) -> Image.Image:
    (page,) = scans.pages(pdf)
    with scans.PDFIUM:
        document = scans.pdfium.PdfDocument(page.data)
        picture = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
        document.close()
    return picture


def test_a_mark_is_read_back_and_other_codes_are_none_of_ours() -> None:
    mark = Mark("placement", new_id(), "agreement")
    assert parse(mark.text) == mark
    for text in ("https://example.com", f"XQHZ1/spell/{new_id()}/x", "XQHZ1/placement/12/x"):
        assert parse(text) is None


def test_a_mark_says_nothing_about_the_person() -> None:
    mark = Mark("student", new_id(), "consent")
    assert mark.text == f"XQHZ1/student/{mark.record}/consent"


def test_a_stack_sorts_itself(school: SmallSchool, tmp_path: Path) -> None:
    legs = [place(school, one) for one in school.students(2)]
    marks = [Mark("placement", one.id, "agreement").text for one in legs]
    file = stack(tmp_path / "stack.pdf", marks[0], "", marks[1], marks[0])
    read = scan_filing.read(school.work, [file])
    assert [one.record for one in read.sheets] == [legs[0].id, "", legs[1].id, legs[0].id]
    made = scan_filing.file(school.work, read.sheets)
    assert [one.type for one in made] == [DocumentType.AGREEMENT] * 3
    found = attaching.of_record(school.work, "placement", legs[0].id)
    assert [one.record.name for one in found] == ["stack-001.pdf", "stack-004.pdf"]
    assert file.exists()


def test_filing_is_one_step_that_can_be_undone(school: SmallSchool, tmp_path: Path) -> None:
    leg = place(school, *school.students(1))
    mark = Mark("placement", leg.id, "consent").text
    file = stack(tmp_path / "stack.pdf", mark, mark)
    scan_filing.file(school.work, scan_filing.read(school.work, [file]).sheets)
    history.undo(school.work)
    assert attaching.of_record(school.work, "placement", leg.id) == []


def test_the_same_stack_is_not_filed_twice(school: SmallSchool, tmp_path: Path) -> None:
    leg = place(school, *school.students(1))
    file = stack(tmp_path / "stack.pdf", Mark("placement", leg.id, "consent").text)
    scan_filing.file(school.work, scan_filing.read(school.work, [file]).sheets)
    again = scan_filing.read(school.work, [file.rename(tmp_path / "other name.pdf")])
    assert [one.filed for one in again.sheets] == [True]
    assert scan_filing.file(school.work, again.sheets) == []


def test_a_page_without_code_goes_where_somebody_says(school: SmallSchool, tmp_path: Path) -> None:
    (student,) = school.students(1, name="林冲")
    file = stack(tmp_path / "stack.pdf", "")
    (sheet,) = scan_filing.read(school.work, [file]).sheets
    assert not sheet.ready
    sheet = scan_filing.assign(school.work, sheet, "student", student)
    assert sheet.called == "林冲"
    scan_filing.file(school.work, [sheet])
    assert len(attaching.of_record(school.work, "student", student)) == 1


def test_a_code_of_a_removed_record_waits_for_somebody(school: SmallSchool, tmp_path: Path) -> None:
    file = stack(tmp_path / "stack.pdf", Mark("placement", new_id(), "consent").text)
    (sheet,) = scan_filing.read(school.work, [file]).sheets
    assert not sheet.ready


def test_a_code_of_a_merged_record_leads_to_the_one_that_was_kept(
    school: SmallSchool, tmp_path: Path
) -> None:
    kept, dropped = make(Student, name="林冲"), make(Student, name="林沖")
    school.add(kept, dropped)
    file = stack(tmp_path / "stack.pdf", Mark("student", dropped.id, "consent").text)
    merging.merge(school.work, "student", kept.id, dropped.id)
    (sheet,) = scan_filing.read(school.work, [file]).sheets
    assert sheet.record == kept.id


@pytest.mark.parametrize("turn", [0, 90, 177, 273])
def test_photos_are_read_however_they_are_turned(turn: int, tmp_path: Path) -> None:
    mark = Mark("visit", new_id(), "visit")
    picture = pictured(stack(tmp_path / "one.pdf", mark.text))
    picture = picture.rotate(turn, expand=True, fillcolor=(255, 255, 255))
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(tmp_path / "photo.jpg", quality=35)
    (page,) = scans.pages(tmp_path / "photo.jpg")
    assert page.mark == mark
    assert page.data == (tmp_path / "photo.jpg").read_bytes()


def test_every_page_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    marks = [Mark("visit", new_id(), "visit") for _turn in range(2)]
    pictures = [pictured(stack(tmp_path / f"{n}.pdf", one.text)) for n, one in enumerate(marks)]
    pictures[0].save(tmp_path / "fax.tif", save_all=True, append_images=pictures[1:])
    found = list(scans.pages(tmp_path / "fax.tif"))
    assert [one.mark for one in found] == marks
    assert {one.ending for one in found} == {".png"}
    assert all(Image.open(io.BytesIO(one.data)).format == "PNG" for one in found)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing else", b"GIF89a", b"PK\x03\x04 docx"])
def test_what_is_no_scan_is_named_and_holds_up_no_others(
    data: bytes, school: SmallSchool, tmp_path: Path
) -> None:
    (tmp_path / "broken.pdf").write_bytes(data)
    good = stack(tmp_path / "good.pdf", "")
    read = scan_filing.read(school.work, [tmp_path / "broken.pdf", good])
    assert len(read.sheets) == 1
    assert "broken.pdf" in str(read.refused[0])


def test_a_scan_of_half_a_gigabyte_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as stream:
        stream.truncate(500 << 20)
    with pytest.raises(UserError) as refused:
        list(scans.pages(tmp_path / "huge.pdf"))
    assert "500 MB" in str(refused.value.message)


def test_a_folder_that_is_gone_has_no_scans(tmp_path: Path) -> None:
    stack(tmp_path / "b.pdf", "")
    (tmp_path / "notes.txt").write_text("no scan")
    assert [one.name for one in scan_filing.found(tmp_path)] == ["b.pdf"]
    assert scan_filing.found(tmp_path / "gone") == []
