"""A list with chosen columns on paper: the school's own fields stand there like all others."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.make import make
from tests.services.own import OwnSchool, own_school
from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.reports.kit import Edition, Output, Purpose
from xqhz_desktop.reports.record_list import ListQuestions
from xqhz_desktop.services import own_fields, records, reporting
from xqhz_desktop.services.workspace import Work


@pytest.fixture
def school(work: Work) -> OwnSchool:
    made = own_school(work)
    some = [("张三", "大号", "3号楼402"), ("李四", "小号", "5号楼118")]
    for number, (name, size, room) in enumerate(some):
        student = make(Student, name=name, student_no=f"2024{number:04d}", id_no="")
        made.saved(student, 工服尺码=size, 宿舍号=room)
    return made


def layout(school: OwnSchool, *labels: str) -> ExportLayout:
    names = [school.fields()[label].name for label in labels]
    made = ExportLayout(of_kind="student", name="工服登记表", columns=",".join(("name", *names)))
    records.save_all(school.work, [made], Message("Test"))
    return made


def said(school: OwnSchool, asked: ListQuestions, edition: Edition) -> str:
    printed = reporting.draw(school.work, asked, edition)
    return "".join(page.extract_text() for page in PdfReader(BytesIO(printed.data)).pages)


def test_own_fields_are_columns_of_a_paper(school: OwnSchool) -> None:
    chosen = layout(school, "工服尺码", "宿舍号")
    text = said(school, ListQuestions(layout=chosen.id), Edition())
    for one in ("工服登记表", "工服尺码", "宿舍号", "张三", "大号", "5号楼118"):
        assert one in text


def test_on_bilingual_paper_a_label_stands_in_both_languages(school: OwnSchool) -> None:
    chosen = layout(school, "工服尺码")
    text = said(school, ListQuestions(layout=chosen.id), Edition(output=Output.BILINGUAL))
    assert "Workwear size" in text
    assert "工服尺码" in text


def test_private_own_fields_are_covered_for_the_public(school: OwnSchool) -> None:
    chosen = layout(school, "宿舍号")
    text = said(school, ListQuestions(layout=chosen.id), Edition(purpose=Purpose.PUBLIC))
    assert "402" not in text
    assert "张三" in text


def test_a_retired_field_leaves_its_column_out(school: OwnSchool) -> None:
    chosen = layout(school, "工服尺码", "宿舍号")
    own_fields.retire(school.work, school.definition("宿舍号"))
    text = said(school, ListQuestions(layout=chosen.id), Edition())
    assert "宿舍号" not in text
    assert "大号" in text


def test_the_usual_layout_is_printed_where_none_is_chosen(school: OwnSchool) -> None:
    with pytest.raises(UserError, match="no export layouts yet"):
        said(school, ListQuestions(), Edition())
    layout(school, "工服尺码")
    assert "工服登记表" in said(school, ListQuestions(), Edition())
