"""Fonts for paper."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from tests.reports.papers import RARE_NAMES, opened
from xqhz_desktop import paths
from xqhz_desktop.reports.face import Face, components, subset
from xqhz_desktop.reports.fonts import GETA, STYLES, Fonts, shipped, undrawable

LEVEL_1 = [chr(code) for code in (*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FA6))]
"""The ideographs every program sold in China must support (GB18030-2022, level 1)."""


def drawn(texts: list[str], style: str = "Song") -> bytes:
    shipped()
    stream = BytesIO()
    canvas = Canvas(stream, initialFontName=style)
    canvas.setFont(style, 12)
    for line, text in enumerate(texts):
        canvas.drawString(50, 800 - 16 * line, text)
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize("style", STYLES)
def test_rare_names_read_back_from_the_pdf(style: str) -> None:
    text = opened(drawn(list(RARE_NAMES), style)).pages[0].extract_text()
    assert text.split() == list(RARE_NAMES)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_rare_names_read_back_with_the_tool_of_poppler(tmp_path: Path) -> None:
    (tmp_path / "names.pdf").write_bytes(drawn(list(RARE_NAMES)))
    found = subprocess.run(
        ["pdftotext", tmp_path / "names.pdf", "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert found.stdout.split() == list(RARE_NAMES)


def test_every_character_of_level_1_has_a_glyph_in_every_style() -> None:
    for style in STYLES:
        assert shipped().style(style).undrawable("".join(LEVEL_1)) == set()


def test_the_rare_ends_of_level_3_have_glyphs() -> None:
    assert undrawable("\U00020000\U0002a6d6\U0002a700\U0002b734\U0002b820\U0002ceb0\U0002ebe0") == (
        set()
    )


def test_glyphs_are_drawn_not_empty() -> None:
    for name in ("ReportSong-Regular", "ReportRareA", "ReportRareB", "ReportRareC"):
        face = shipped().face(name)
        seen = [char for char in face.glyphs if char.isalpha()][::97]
        assert seen
        assert [char for char in seen if not face.outline(face.glyphs[char])] == []


def test_what_no_font_has_is_named_and_printed_as_a_geta_mark() -> None:
    text = "张\U0003134a🙂"
    assert undrawable(text) == {"\U0003134a", "🙂"}
    assert GETA in opened(drawn([text])).pages[0].extract_text()


def test_digits_stand_in_columns() -> None:
    song = shipped().style("Song")
    assert len({song.stringWidth(digit, 10) for digit in "0123456789"}) == 1


def test_the_middle_dot_of_a_name_comes_from_the_chinese_face() -> None:
    song = shipped().style("Song")
    assert song.stringWidth("·", 10) == pytest.approx(5)


def test_one_face_is_embedded_once_for_all_styles() -> None:
    shipped()
    stream = BytesIO()
    canvas = Canvas(stream, initialFontName="Song")
    for style in STYLES:
        canvas.setFont(style, 12)
        canvas.drawString(50, 700, "2025 龘")
    canvas.save()
    names = [
        font.get_object()["/BaseFont"].partition("+")[2]
        for font in opened(stream.getvalue()).pages[0]["/Resources"]["/Font"].values()
    ]
    assert len(names) == len(set(names))
    assert "ReportLatin-Regular" in names


def test_paragraphs_of_reportlab_use_the_styles_too() -> None:
    shipped()
    stream = BytesIO()
    canvas = Canvas(stream, initialFontName="Song")
    paragraph = Paragraph("学生𬱖在 2025 年", ParagraphStyle("body", fontName="Song"))
    paragraph.wrapOn(canvas, 300, 100)
    paragraph.drawOn(canvas, 50, 700)
    canvas.save()
    assert "学生𬱖在" in opened(stream.getvalue()).pages[0].extract_text()


def test_rare_fonts_are_unpacked_once(tmp_path: Path) -> None:
    first = Fonts(paths.resource("fonts"), lambda: tmp_path)
    assert first.style("Song").undrawable("㐁") == set()
    (unpacked,) = tmp_path.iterdir()
    before = unpacked.stat().st_mtime_ns
    again = Fonts(paths.resource("fonts"), lambda: tmp_path)
    assert again.style("Song").undrawable("㐁") == set()
    assert unpacked.stat().st_mtime_ns == before


def test_rare_fonts_work_where_nothing_can_be_unpacked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    fonts = Fonts(paths.resource("fonts"), lambda: tmp_path / "file" / "fonts")
    assert fonts.style("Song").undrawable("㐁") == set()


def test_a_subset_is_a_sound_font_file() -> None:
    face = shipped().face("ReportLatin-Regular")
    composite = next(
        glyph for char, glyph in face.glyphs.items() if components(face.outline(glyph))
    )
    small = subset(face, [0, composite])
    parts = [part for _, part in components(face.outline(composite))]
    again = Face(small)
    assert [part for _, part in components(again.outline(1))] == list(range(2, 2 + len(set(parts))))
    assert again.advance(1) == face.advance(composite)
