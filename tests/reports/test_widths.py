"""Columns of a list: no number is broken, and no empty column takes the paper."""

from __future__ import annotations

from xqhz_desktop.reports.table import Cell
from xqhz_desktop.reports.widths import DIGIT, Need, need, widths

ROOM = 782.0
"""A4 across without its margins."""


def cells(*texts: str) -> list[Cell]:
    return [(text, "") for text in texts]


def test_a_number_has_room_for_its_longest() -> None:
    one = need(("身份证件号", ""), cells("110101201001011234", ""), solid=True)
    assert one.least == one.wish >= 18 * DIGIT


def test_an_empty_note_is_no_wider_than_its_heading() -> None:
    empty = need(("备注", ""), cells("", "", ""), solid=False)
    full = need(("备注", ""), cells("因病推迟两周到岗，已与企业和家长说明", ""), solid=False)
    assert empty.wish < 30 < full.wish


def test_one_long_text_does_not_widen_a_column_of_short_ones() -> None:
    usual = cells(*["良好"] * 99)
    one = need(("备注", ""), [*usual, ("很长" * 40, "")], solid=False)
    assert one.wish < 100


def test_the_english_under_a_heading_counts_in_its_smaller_type() -> None:
    alone = need(("班级", ""), cells("1班"), solid=False)
    both = need(("班级", "Administrative class"), cells("1班"), solid=False)
    assert alone.least < both.least < alone.least + len("Administrative") * DIGIT


def test_the_room_is_filled_and_nobody_gets_less_than_needed() -> None:
    needs = [Need(100, 100), Need(50, 400), Need(50, 600)]
    some = widths(needs, ROOM)
    assert some is not None
    assert abs(sum(some) - ROOM) < 0.01
    assert all(width >= one.least for width, one in zip(some, needs, strict=True))


def test_too_many_columns_ask_for_larger_paper() -> None:
    assert widths([Need(90, 90)] * 9, ROOM) is None
