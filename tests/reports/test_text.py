"""Line breaking."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.reports.fonts import shipped
from xqhz_desktop.reports.text import NOT_FIRST, NOT_LAST, clusters, fit, joints, width, wrap

SENTENCES = st.lists(
    st.one_of(
        st.text("实习单位应当依法为学生提供岗", min_size=1, max_size=12),
        st.sampled_from(["2025", "1,260.50", "QC", "Mfg.", "a@b.cn", "3/5", "24小时", "CNC 数控"]),
        st.sampled_from(["，", "。", "；", "：", "！", "？", "）", "》", "”", "——", "……", "％"]),
        st.sampled_from(["（", "《", "“", "￥", "〔", " "]),
    ),
    min_size=1,
    max_size=60,
).map("".join)


def measure(text: str) -> float:
    return shipped().style("Song").stringWidth(text, 1)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(SENTENCES, st.integers(min_value=8, max_value=40))
def test_no_line_begins_or_ends_with_a_mark_that_must_not(text: str, room: int) -> None:
    if max(measure(piece) for piece in clusters(text)) > room:
        return  # a heap of marks wider than the line; nothing right can be done
    lines = wrap(text, room, measure)
    assert [line for line in lines[1:] if line[0] in NOT_FIRST] == []
    assert [line for line in lines[:-1] if line[-1] in NOT_LAST] == []


@given(st.text(max_size=120), st.integers(min_value=1, max_value=30))
def test_no_character_is_lost_or_changed(text: str, room: int) -> None:
    assert without_spaces("".join(wrap(text, room, measure))) == without_spaces(text)


@given(SENTENCES, st.integers(min_value=4, max_value=30))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    assert all(width(line, measure) <= room + 1e-9 for line in wrap(text, room, measure))


@given(SENTENCES)
def test_pieces_make_up_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


def test_numbers_and_words_stay_whole() -> None:
    assert clusters("共1,260.50元、2025-09-01起，QC Inspector") == [
        "共", "1,260.50", "元、", "2025-09-01", "起，", "QC ", "Inspector",
    ]  # fmt: skip


def test_a_word_wider_than_the_line_is_cut_at_its_hyphen() -> None:
    assert wrap("Self-assessment", 5, measure)[0] == "Self-"


def test_a_long_name_breaks_after_the_dot() -> None:
    assert fit("阿卜杜拉·买买提", 5, measure) == (["阿卜杜拉·", "买买提"], 1.0)


def test_a_name_a_little_too_long_is_set_smaller() -> None:
    lines, factor = fit("欧阳诸葛明", 4, measure)
    assert (lines, factor) == (["欧阳诸葛明"], 0.8)


def test_chinese_and_latin_are_set_apart_without_a_space() -> None:
    assert joints("24数控1班") == ["24", "数控", "1", "班"]
    assert width("24班", measure) > measure("24班")


def test_line_feeds_are_kept() -> None:
    assert wrap("一\n二", 20, measure) == ["一", "二"]
