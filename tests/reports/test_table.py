"""Tables cut into pages."""

from __future__ import annotations

from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.reports.papers import opened
from xqhz_desktop.reports.fonts import shipped
from xqhz_desktop.reports.kit import quiet
from xqhz_desktop.reports.pen import Align, Pen
from xqhz_desktop.reports.table import Cell, Column, FastTable

COLUMNS = (Column(("序号", "No."), 1), Column(("内容", "Text"), 4, Align.LEFT))


def table(canvas: Canvas | None = None) -> FastTable:
    shipped()
    canvas = canvas or Canvas(BytesIO(), initialFontName="Song")
    return FastTable(Pen(canvas), COLUMNS, 30, 300)


def numbered(texts: list[str]) -> list[tuple[Cell, Cell]]:
    return [((str(number), ""), (text, "English")) for number, text in enumerate(texts, 1)]


@settings(max_examples=50)
@given(st.lists(st.text("字Ab 1，", max_size=400), max_size=30), st.integers(100, 400))
def test_no_page_is_fuller_than_its_room(texts: list[str], room: int) -> None:
    ours = table()
    starts = ours.lay_out(numbered(texts), (room, room + 40), quiet)
    assert len(starts) == len(ours.pages)
    head, _ = ours._head
    for number, page in enumerate(ours.pages):
        assert head + sum(height for height, _ in page) <= room + (40 if number else 0) + 0.5


def test_a_row_that_fits_on_a_page_is_kept_whole() -> None:
    ours = table()
    ours.lay_out(numbered(["一"] * 5 + ["字" * 150]), (180, 180), quiet)
    assert [len(page) for page in ours.pages] == [5, 1]


def test_a_row_higher_than_a_page_goes_on_over_several() -> None:
    ours = table()
    ours.lay_out(numbered(["字" * 1500]), (200, 200), quiet)
    assert len(ours.pages) > 3
    lines = sum(len(blocks[1].lines) for page in ours.pages for _, blocks in page)
    ours.lay_out(numbered(["字" * 1500]), (9000, 9000), quiet)
    assert lines == len(ours.pages[0][0][1][1].lines)


def test_the_totals_stand_last() -> None:
    stream = BytesIO()
    canvas = Canvas(stream, initialFontName="Song")
    ours = table(canvas)
    ours.lay_out(numbered(["甲", "乙"]), (500, 500), quiet, (("合计", ""), ("2", "")))
    ours.draw_head_form("head")
    ours.draw_page(0, 700, "head")
    canvas.save()
    text = opened(stream.getvalue()).pages[0].extract_text().split()
    assert text[-2:] == ["合计", "2"]
    assert text[:4] == ["序号", "No.", "内容", "Text"]
