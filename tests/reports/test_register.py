"""The placement register on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.reports.papers import BILINGUAL, RARE_NAMES, Office, opened, register, row, rows, said
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.errors import Cancelled
from xqhz_desktop.i18n import Message, language
from xqhz_desktop.reports import REPORTS
from xqhz_desktop.reports.kit import Edition, Output, Purpose, printed
from xqhz_desktop.reports.register import RegisterOrder, RegisterQuestions, tell

ZH = language("zh_CN").say


def test_every_student_is_on_the_paper_with_every_rare_name() -> None:
    placements = rows(100)
    text = "".join(said(register(placements)))
    assert [one.student_no for one in placements if one.student_no not in text] == []
    assert [name for name in RARE_NAMES if name not in text] == []


def test_every_page_says_which_of_how_many_it_is() -> None:
    pages = said(register(rows(100)))
    count = len(pages)
    assert count > 3
    for number, text in enumerate(pages, 1):
        assert f"Page{number}of{count}" in text


def test_the_heading_of_the_table_is_on_every_page() -> None:
    for text in said(register(rows(60))):
        assert "Placemententerprise" in text


@pytest.mark.parametrize("output", Output)
def test_the_same_list_has_the_same_number_of_pages(output: Output) -> None:
    edition = replace(BILINGUAL, output=output)
    assert len(register(rows(80), edition).pages) == len(register(rows(80), edition).pages)


def test_a_bilingual_paper_says_everything_twice() -> None:
    text = said(register([row(sex=Sex.FEMALE)]))[0]
    for chinese, english in (
        ("机电技术应用", "MechatronicsTechnologyApplication"),
        ("苏州某某精密制造有限公司", "SuzhouMoumouPrecisionMfg.Co.,Ltd."),
        (ZH(PlacementStatus.RUNNING), "Onpost"),
        (ZH(Sex.FEMALE), "Female"),
    ):
        assert "".join(chinese.split()) in text
        assert english in text


def test_an_english_paper_keeps_chinese_only_where_there_is_no_english() -> None:
    paper = register([row(name="张晓明", enterprise_en="")], Edition(Output.EN))
    text = said(paper)[0]
    assert "张晓明" in text
    assert "苏州某某精密制造有限公司" in text
    assert "机电技术应用" not in text


@pytest.mark.parametrize(
    ("purpose", "shown"),
    [
        (Purpose.INTERNAL, "13812345678"),
        (Purpose.REPORT, "13812345678"),
        (Purpose.PUBLIC, "138****5678"),
    ],
)
def test_a_public_notice_covers_phone_numbers(purpose: Purpose, shown: str) -> None:
    text = said(register([row(phone="13812345678")], replace(BILINGUAL, purpose=purpose)))[0]
    assert shown in text
    assert ("13812345678" in text) == (shown == "13812345678")


def test_placements_that_are_over_are_left_out_unless_asked_for() -> None:
    over = row(name="周已结", status=PlacementStatus.ENDED)
    asked = RegisterQuestions()
    assert "周已结" not in said(register([row(), over], asked=asked))[0]
    assert "周已结" in said(register([row(), over], asked=asked.but(ended=True)))[0]
    only = asked.but(status=PlacementStatus.ENDED)
    assert "张晓明" not in said(register([row(), over], asked=only))[0]


def test_the_day_and_the_term_stand_under_the_title() -> None:
    asked = RegisterQuestions(batch="b", on=date(2025, 10, 8))
    text = said(register([row()], asked=asked))[0]
    assert "2025年10月8日" in text
    assert "AY2025–2026" in text
    assert "江苏某某中等专业学校" in text


def test_an_enterprise_with_an_endless_name_goes_on_over_several_pages() -> None:
    endless = "".join(chr(0x4E00 + place) for place in range(3000))
    paper = register([row(), row(enterprise=endless), row(name="末行人")])
    pages = said(paper)
    assert len(pages) >= 4
    body = "".join(re.findall("[\u4e00-\u9fff]", "".join(pages)))
    positions = [body.find(endless[place : place + 12]) for place in range(0, 2988, 600)]
    assert "末行人" in pages[-1]
    assert len(positions) == 5


def test_classes_are_in_the_outline_and_lead_to_their_pages() -> None:
    paper = register(rows(100), asked=RegisterQuestions(order=RegisterOrder.CLASS))
    title, classes = paper.outline
    assert "".join(str(title["/Title"]).split()) == "".join(ZH(REPORTS[0].title).split())
    assert [one["/Title"] for one in classes] == ["24机电1班", "24机电2班", "24机电3班"]
    assert "24机电3班" in said(paper)[paper.get_destination_page_number(classes[2])]
    assert {one["/Type"] for one in classes} == {"/XYZ"}


def test_the_file_says_what_it_is() -> None:
    paper = register([row()])
    assert paper.metadata is not None
    assert paper.metadata.title == ZH(REPORTS[0].title)
    assert paper.metadata.author == "江苏某某中等专业学校"
    assert paper.trailer["/Root"]["/Lang"] == "zh-CN"


def test_an_empty_list_is_a_page_with_a_heading() -> None:
    (text,) = said(register([]))
    assert "Page1of1" in text


def test_fonts_are_all_inside_the_file() -> None:
    fonts = register([row()]).pages[0]["/Resources"]["/Font"].values()
    for font in fonts:
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in inner["/FontDescriptor"]


def test_printing_can_be_stopped() -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    document = tell(Office(rows(600)), RegisterQuestions(), BILINGUAL)
    with pytest.raises(Cancelled):
        printed(document, BILINGUAL, stop)


def test_progress_goes_from_nothing_to_all() -> None:
    seen: list[tuple[int, int]] = []
    document = tell(Office(rows(600)), RegisterQuestions(), BILINGUAL)
    printed(document, BILINGUAL, lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 1200)
    assert seen[-1] == (1200, 1200)
    assert seen == sorted(seen)


def test_characters_no_font_has_are_counted() -> None:
    document = tell(Office([row(name="张\U0003134a")]), RegisterQuestions(), BILINGUAL)
    paper = printed(document, BILINGUAL)
    assert paper.missing == {"\U0003134a": 1}
    assert "〓" in said(opened(paper.data))[0]


def test_texts_that_look_like_markup_stay_texts() -> None:
    text = said(register([row(enterprise="=1+1<b>&amp;(\\)")]))[0]
    assert "=1+1<b>&amp;(\\)" in text


def test_every_report_has_a_chinese_title() -> None:
    for report in REPORTS:
        assert ZH(Message(report.title))
