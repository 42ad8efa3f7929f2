"""Files are read by what they hold, and nothing they hold can hurt."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.merge import MergedCellRange

from tests.spreadsheets import files
from tests.spreadsheets.files import HEADER, STUDENT, Biff, codes, only, records, workbook
from xqhz_desktop.errors import BadFile
from xqhz_desktop.spreadsheets.read import read
from xqhz_desktop.spreadsheets.sheet import MOST_COLUMNS
from xqhz_desktop.spreadsheets.understand import understand

LINES = "学号,姓名,班级\n2024010101,李远䶮,24机电1班\n"
HTML = """<html><head><meta charset="gbk"></head><body><table border=1>
<tr><th colspan="3">学生名单</th></tr>
<tr><th>学号</th><th>姓名</th><th>班级</th></tr>
<tr><td>2024010101</td><td>李远明</td><td rowspan=2>24机电1班</td></tr>
<tr style="display:none"><td>2024010102</td><td>张&nbsp;三<br></td></tr></table></body></html>"""
XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一班"><Table>
<Row><Cell><Data ss:Type="String">学号</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell>
<Cell><Data ss:Type="String">出生日期</Data></Cell></Row>
<Row ss:Index="5"><Cell><Data ss:Type="String">2024010101</Data></Cell>
<Cell><Data ss:Type="String">李远明</Data></Cell>
<Cell><Data ss:Type="DateTime">2008-02-07T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""
ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:automatic-styles>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>
</style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="名单" table:style-name="ta1">
<table:table-row><table:table-cell office:value-type="string">
<text:p>学号</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>班级</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>入学日期</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row table:number-rows-repeated="1000"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="2024010101"/>
<table:table-cell office:value-type="string"><text:p>李<text:s/>远<text:span>明</text:span></text:p>
</table:table-cell><table:table-cell table:number-rows-spanned="2" office:value-type="string">
<text:p>24机电1班</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-09-01"/></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string">
<text:p>2024010102</text:p></table:table-cell><table:table-cell office:value-type="string">
<text:p>张三</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="1047573"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="旧" table:style-name="ta2"><table:table-row><table:table-cell
 office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path, content: str = ODS, manifest: str = "<manifest/>") -> Path:
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", content)
        target.writestr("META-INF/manifest.xml", manifest)
    return path


def compound(path: Path, stream: str) -> Path:
    """Write a compound file whose directory names one stream."""
    name = stream.encode("utf-16-le")
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHH", head, 28, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", head, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entry = bytearray(128)
    entry[: len(name)] = name
    struct.pack_into("<HB", entry, 64, len(name) + 2, 2)
    path.write_bytes(bytes(head) + fat + bytes(entry) + bytes(384))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_every_encoding_and_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = files.text(tmp_path / "名单.csv", LINES.replace(",", delimiter), encoding)
    assert only(path).values["name"] == "李远䶮"
    assert understand(path, "student").sheets[0].name == "(text)"


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.et", "a"])
def test_the_name_of_a_file_does_not_matter(tmp_path: Path, name: str) -> None:
    assert only(workbook(tmp_path / f"b{name}", HEADER, STUDENT)).values["name"] == "李远明"
    assert only(files.text(tmp_path / name, LINES)).values["class_name"] == "24机电1班"


def test_a_stray_quote_does_not_swallow_the_rest(tmp_path: Path) -> None:
    rows = "".join(f"20240101{n:02},李远明,24机电1班\n" for n in range(80))
    path = files.text(tmp_path / "a.csv", f'学号,姓名,班级\n2024010199,"李远明,24机电1班\n{rows}')
    assert len(records(path)) == 81


def test_old_mac_line_ends_are_lines(tmp_path: Path) -> None:
    assert only(files.text(tmp_path / "a.csv", LINES.replace("\n", "\r"))).row == 2


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_web_page_named_xls_is_a_table(tmp_path: Path, encoding: str) -> None:
    first, second = records(files.text(tmp_path / "名单.xls", HTML, encoding))
    assert (first.row, first.values["class_name"]) == (3, "24机电1班")
    assert second.values == {
        "student_no": "2024010102",
        "name": "张三",
        "class_name": "24机电1班",
    }
    assert ("", "HIDDEN_ROW") in codes(second)


def test_the_xml_of_excel_2003_is_a_workbook(tmp_path: Path) -> None:
    found = only(files.text(tmp_path / "名单.xls", XML))
    assert (found.row, str(found.values["birth_date"])) == (5, "2008-02-07")


def test_an_opendocument_sheet_keeps_its_facts(tmp_path: Path) -> None:
    path = ods(tmp_path / "名单.ods")
    first, second = records(path)
    assert (first.row, first.values["name"], first.values["student_no"]) == (
        1002,
        "李远明",
        "2024010101",
    )
    assert str(first.values["enrol_date"]) == "2024-09-01"
    assert second.values["class_name"] == "24机电1班"
    assert codes(second) == [("", "HIDDEN_ROW")]
    assert [one.action for one in understand(path, "student").sheets] == ["import", "skip"]


def test_an_old_workbook_keeps_its_facts(tmp_path: Path) -> None:
    book = Biff(["学号", "姓名", "出生日期", "李远明", "张三"], starts_1904=True)
    for column in range(3):
        book.label(0, column, column)
    book.number(1, 0, 101, style=2).label(1, 1, 3).number(1, 2, 38022, style=1)
    hidden = struct.pack("<HHHHHHHH", 2, 0, 3, 255, 0, 0, 0x20, 0)
    formula = struct.pack("<HHHBxxxxxHHI", 2, 1, 0, 0, 0xFFFF, 0, 0)
    book.record(0x208, hidden).number(2, 0, 2024010102)
    book.record(0x06, formula).record(0x207, struct.pack("<HB", 2, 1) + "张三".encode("utf-16-le"))
    book.number(2, 2, 38022.0)
    first, second = records(book.save(tmp_path / "a.et"))
    assert first.values["student_no"] == "0000000101"
    assert first.values["class_name"] == "24机电1班"
    assert str(first.values["birth_date"]) == str(second.values["birth_date"]) == "2008-02-06"
    assert second.values["name"] == "张三"
    assert codes(first) == [("student_no", "LEADING_ZERO_FORMAT")]
    assert codes(second) == [("", "HIDDEN_ROW")]


def test_a_workbook_keeps_its_facts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("学号", "姓名", "出生日期"), (24101, "李远明", 38022), (24102, "张三", 38022)):
        sheet.append(row)
    sheet["A2"].number_format = "000000"
    sheet["C2"].number_format = "yyyy-mm-dd"
    sheet.row_dimensions[3].hidden = True
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.create_sheet("旧").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    first, second = records(tmp_path / "a.xlsx")
    assert first.values["student_no"] == "024101"
    assert codes(first) == [("student_no", "LEADING_ZERO_FORMAT")]
    assert str(first.values["birth_date"]) == str(second.values["birth_date"]) == "2008-02-06"
    assert codes(second) == [("", "HIDDEN_ROW")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="B2"', '<c  r="B2"'),
        ('<c r="B2"', "<c r='B2'"),
        ('<c r="B2"', '<c\nr="B2"'),
        ("<sheetData>", "<sheetData><!-- c -->"),
    ],
)
def test_a_workbook_written_oddly_is_read_all_the_same(tmp_path: Path, old: str, new: str) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, STUDENT)
    odd = files.changed_part(path, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", old, new)
    assert only(odd).values == only(path).values


@pytest.mark.parametrize("place", ["XFD1048576", "ZZ99999", "A1048576", "XFD2", "C900000"])
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_far_away_cell_costs_nothing(tmp_path: Path, place: str, quote: str) -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, STUDENT):
        book.active.append(row)
    book.active[place] = " "
    book.save(tmp_path / "a.xlsx")
    path = files.changed_part(
        tmp_path / "a.xlsx",
        tmp_path / "b.xlsx",
        "xl/worksheets/sheet1.xml",
        f'<c r="{place}"',
        f"<c r={quote}{place}{quote}",
    )
    assert only(path).values["id_no"] == STUDENT[3]
    assert all(len(row) <= MOST_COLUMNS for sheet in read(path) for _, row in sheet.rows)


def test_rows_that_are_only_formatted_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 60_000))
    path = files.changed_part(
        workbook(tmp_path / "a.xlsx", HEADER, STUDENT),
        tmp_path / "b.xlsx",
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        f"{empty}</sheetData>",
    )
    assert len(read(path)[0].rows) == 2


def refused(path: Path) -> str:
    with pytest.raises(BadFile) as error:
        understand(path, "student")
    assert str(error.value).count(".") >= 1
    return error.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"\xef\xbb\xbf \r\n", "EMPTY_FILE"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x06\0\0\0", "NOT_A_SPREADSHEET"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\0\1\2\3\4\5\6", "NOT_A_SPREADSHEET"),
        (bytes(range(256)) * 40, "NOT_A_SPREADSHEET"),
        ("今天开会，讨论实习。\n明天也开会。\n".encode(), "NO_HEADER"),
        (b"PK\x03\x04 cut off", "CORRUPT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "CORRUPT"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xff" * 40, "CORRUPT"),
    ],
)
def test_what_is_no_list_is_refused_with_one_sentence(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, STUDENT)
    path.write_bytes(path.read_bytes()[:-400])
    assert refused(path) == "CORRUPT"


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "a.xlsx")) == "EMPTY_FILE"


def test_a_password_is_named(tmp_path: Path) -> None:
    assert refused(compound(tmp_path / "a.xlsx", "EncryptedPackage")) == "ENCRYPTED"
    assert refused(compound(tmp_path / "b.xls", "WordDocument")) == "NOT_A_SPREADSHEET"
    book = Biff().record(0x0A, b"").save(tmp_path / "c.xls")
    protected = book.read_bytes()
    book.write_bytes(protected[:20] + struct.pack("<HH", 0x2F, 4) + bytes(4) + protected[20:])
    assert refused(book) == "ENCRYPTED"
    assert refused(ods(tmp_path / "d.ods", manifest="<encryption-data/>")) == "ENCRYPTED"


def test_another_archive_is_no_spreadsheet(tmp_path: Path) -> None:
    inner = workbook(tmp_path / "a.xlsx", HEADER, STUDENT)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        target.write(inner, "a.xlsx")
    assert refused(tmp_path / "b.xlsx") == "NOT_A_SPREADSHEET"


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, STUDENT)
    filled = files.changed_part(
        path, tmp_path / "b.xlsx", "xl/worksheets/sheet1.xml", "</sheetData>", "</sheetData>"
    )
    with (
        zipfile.ZipFile(filled, "a", zipfile.ZIP_DEFLATED) as target,
        target.open("xl/sharedStrings.xml", "w") as stream,
    ):
        for _ in range(205):
            stream.write(b"<si><t>" + b" " * 999_986 + b"</t></si>")
    assert refused(filled) == "TOO_LARGE"


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = files.changed_part(
        workbook(tmp_path / "a.xlsx", HEADER, STUDENT),
        tmp_path / "b.xlsx",
        "xl/worksheets/sheet1.xml",
        "<worksheet",
        f"{laughs}<worksheet",
    )
    assert refused(path) == "CORRUPT"
    assert refused(files.text(tmp_path / "c.xls", laughs + XML)) == "CORRUPT"
    assert refused(ods(tmp_path / "d.ods", laughs + ODS)) == "CORRUPT"


def test_a_file_of_hundreds_of_thousands_of_rows_is_refused(tmp_path: Path) -> None:
    path = files.text(tmp_path / "a.csv", LINES + "2024010101,李远明,24机电1班,,,\n" * 300_000)
    assert refused(path) == "TOO_LARGE"


def test_a_repeated_row_is_not_made_a_million_times(tmp_path: Path) -> None:
    bomb = ODS.replace(
        '<table:table-row><table:table-cell office:value-type="float"',
        '<table:table-row table:number-rows-repeated="900000">'
        '<table:table-cell office:value-type="float"',
    )
    assert refused(ods(tmp_path / "a.ods", bomb)) == "TOO_LARGE"


def test_a_picture_in_a_zip_part_does_not_matter(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", HEADER, STUDENT)
    with zipfile.ZipFile(path, "a") as target:
        target.writestr("xl/media/image1.png", io.BytesIO(b"\x89PNG" * 9).getvalue())
    assert only(path).values["name"] == "李远明"


def test_merges_are_inclusive_and_count_from_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.merged_cells.add(MergedCellRange(book.active, "B2:C7"))
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[0].merges == [(2, 2, 7, 3)]
