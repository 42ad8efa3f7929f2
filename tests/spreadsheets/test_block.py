"""Blocks of cells on their way over the clipboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.errors import BadFile
from xqhz_desktop.spreadsheets import block, markup


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("\r\n\r\n", []),
        ("甲", [["甲"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"第一行\n第二行"\tb\r\n', [["第一行\n第二行", "b"]]),
        ('"他说""好"""\tb\n', [['他说"好"', "b"]]),
        ("a\r\nb\tc\r\n", [["a", ""], ["b", "c"]]),
        ('5" 管\tb\n"没有收尾\tc\n', [['5" 管', "b"], ['"没有收尾', "c"]]),
        ("a\rb\r", [["a"], ["b"]]),
    ],
)
def test_a_block_is_read_as_excel_writes_it(text: str, rows: list[list[str]]) -> None:
    assert block.read(text) == rows


def test_a_block_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(BadFile, match="too large"):
        block.read("x\n" * 300_000)


cells = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n\t"'), max_size=12
)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_copied_comes_back_the_same(rows: list[list[str]]) -> None:
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    assert block.read(block.as_text(rows)) == rows


def test_the_table_for_excel_keeps_text_as_text_and_markup_as_letters() -> None:
    made = block.as_html([["0012", "<b>=1+1</b>\n二", "3"]], [True, True, False])
    assert made.count("mso-number-format") == 2
    assert "<b>" not in made
    (sheet,) = markup.read_html(made.encode())
    assert list(sheet.rows[0][1]) == ["0012", "<b>=1+1</b>\n二", "3"]
