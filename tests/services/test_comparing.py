"""A comparison in one sentence and on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.services.lists import House, house
from tests.spreadsheets.files import workbook
from xqhz_desktop.i18n import language
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.services import comparing, workspace
from xqhz_desktop.services.reconcile import Comparison
from xqhz_desktop.storage.queries import Query

HEADER = ("学号", "姓名", "班级", "联系电话")


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    workspace.close(made.work)


def compared(school: House) -> Comparison:
    rows = (("20240100", "张晨怡", "", "13800138000"), ("20249999", "岑远", "", ""))
    file = workbook(school.work.folder.parent / "参保名单.xlsx", HEADER, *rows)
    return comparing.held(school.work, Query("student"), file)


def test_one_sentence_says_what_came_of_it(school: House) -> None:
    said = language("zh_CN").say(comparing.summary(compared(school)))
    assert (
        said == "本系统 3 人，文件中 2 人：一致 0，不一致 1，仅本系统有 2，仅文件中有 1，待确认 0。"
    )


def test_the_paper_names_everybody_who_is_not_in_both_alike(school: House) -> None:
    edition = Edition(Output.ZH_CN, printed_by="周敏")
    paper = comparing.drawn(school.work, compared(school), "student", edition)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    for said in ("参保名单.xlsx", "张晨怡", "岑远", "王国伟", "13800138000", "仅文件中有", "周敏"):
        assert said in text, said
    assert (paper.pages, paper.told) == (1, 4)
