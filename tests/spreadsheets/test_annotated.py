"""The user's own workbook comes back as it looked, with its errors marked."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.styles import PatternFill

from tests.spreadsheets import files
from tests.spreadsheets.files import HEADER, STUDENT, workbook
from xqhz_desktop.i18n import language
from xqhz_desktop.spreadsheets.annotated import annotate
from xqhz_desktop.spreadsheets.correcting import corrected
from xqhz_desktop.spreadsheets.mapping import How, matches
from xqhz_desktop.spreadsheets.understand import understand

WRONG = ("2024010102", "张小红", "女", "110224200803150067", "24机电1班")


def own(folder: Path) -> Path:
    path = workbook(folder / "a.xlsx", ("24级花名册",), HEADER, STUDENT, WRONG)
    book = openpyxl.load_workbook(path)
    book["名单"]["A1"].fill = PatternFill("solid", fgColor="FFEE00")
    book.create_sheet("说明")["A1"] = "不要动"
    book.save(path)
    return path


def test_styles_and_other_sheets_stay_and_bad_cells_are_red(tmp_path: Path) -> None:
    found = understand(own(tmp_path), "student")
    assert annotate(found, tmp_path / "b.xlsx", language("zh_CN")) == 1
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    sheet = book["名单"]
    assert book["说明"]["A1"].value == "不要动"
    assert sheet["A1"].fill.fgColor.rgb == "00FFEE00"
    assert sheet["D4"].fill.fgColor.rgb == "00FFC7CE"
    assert sheet["D4"].comment is not None
    assert sheet["F2"].value == "错误原因"
    assert sheet["F4"].value.startswith("第 4 行")
    assert sheet["F3"].value is None


def test_the_marked_file_imports_again_and_the_reasons_are_left_out(tmp_path: Path) -> None:
    annotate(understand(own(tmp_path), "student"), tmp_path / "b.xlsx", language("zh_CN"))
    again = understand(tmp_path / "b.xlsx", "student")
    assert [one.sound for one in again.records] == [True, False]
    assert {one.heading: one.how for one in matches(again)}["错误原因"] is How.SKIPPED
    assert annotate(again, tmp_path / "c.xlsx", language("zh_CN")) == 1
    assert openpyxl.load_workbook(tmp_path / "c.xlsx")["名单"].max_column == len(HEADER) + 1


def test_what_was_typed_in_the_check_is_in_the_file(tmp_path: Path) -> None:
    found = corrected(understand(own(tmp_path), "student"), "名单", 4, "name", "=1+1")
    annotate(found, tmp_path / "b.xlsx", language("zh_CN"))
    cell = openpyxl.load_workbook(tmp_path / "b.xlsx")["名单"]["B4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_other_formats_are_not_rewritten(tmp_path: Path) -> None:
    found = understand(files.text(tmp_path / "a.csv", "学号,姓名\n1,\n"), "student")
    assert annotate(found, tmp_path / "b.xlsx", language("zh_CN")) is None
    assert not (tmp_path / "b.xlsx").exists()


def picture() -> io.BytesIO:
    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    rest = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + head + rest)


def illustrated(path: Path, *, in_cells: bool) -> Path:
    """Write a list with a picture beside it, and one in a cell and a text box where asked."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, WRONG)
        sheet.insert_image("H2", "a.png", {"image_data": picture()})
        if in_cells:
            sheet.embed_image("G2", "b.png", {"image_data": picture()})
            sheet.insert_textbox("J2", "请勿改动")
    return path


def test_pictures_beside_the_list_stay(tmp_path: Path) -> None:
    own = illustrated(tmp_path / "a.xlsx", in_cells=False)
    assert annotate(understand(own, "student"), tmp_path / "b.xlsx", language("zh_CN")) == 1
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["名单"]
    assert len(sheet._images) == 1
    assert sheet["F1"].comment is None


def test_pictures_that_cannot_stay_are_told(tmp_path: Path) -> None:
    own = illustrated(tmp_path / "a.xlsx", in_cells=True)
    assert annotate(understand(own, "student"), tmp_path / "b.xlsx", language("en")) == 1
    (head,) = [
        cell
        for cell in openpyxl.load_workbook(tmp_path / "b.xlsx")["名单"][1]
        if cell.value == "What is wrong"
    ]
    assert head.comment is not None
    assert head.comment.text.startswith("2 pictures or text boxes could not be copied.")
