"""What a platform would refuse in a row is said before anybody uploads it."""

from __future__ import annotations

import pytest

from xqhz_desktop.i18n import Bilingual
from xqhz_desktop.spreadsheets.adapters import Adapter, Column, Rule
from xqhz_desktop.spreadsheets.submission_checks import blank_columns, row_doubts

PATH = (("student.name",),)
FORM = Adapter(
    id="form",
    name=Bilingual("表"),
    about=Bilingual(""),
    version="",
    sheet="表",
    kind="placement",
    columns=(
        Column("学号", PATH, required=True, length=4),
        Column("代码", PATH, valid="uscc"),
        Column("年份", PATH, pattern=r"\d{4}"),
        Column("保险", required=True),
        Column("高风险", PATH, allowed=("是", "否")),
        Column("类型", PATH),
        Column("开始", PATH),
        Column("结束", PATH),
        Column("说明"),
    ),
    rules=(
        Rule("needs", "类型", {"高风险": ("是",)}),
        Rule("needs", "说明", {"高风险": ("是",)}),
        Rule("order", "结束", after="开始"),
    ),
)
GOOD = {"学号": "1", "年份": "2024", "高风险": "否", "开始": "2026-01-01", "结束": "2026-01-01"}


def doubts(unknown: frozenset[str] = frozenset(), **texts: str) -> list[tuple[str, str, bool]]:
    row = dict.fromkeys((column.header for column in FORM.columns), "") | GOOD | texts
    return [(one.column, str(one.message), one.refuse) for one in row_doubts(FORM, row, unknown)]


def test_a_good_row_is_taken() -> None:
    assert not doubts()


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("学号", "", "This must be filled in."),
        ("学号", "20240", "At most 4 characters are taken."),
        ("年份", "24级", "“24级” is not written as the form asks."),
        ("高风险", "不知道", "“不知道” is not taken, only: 是, 否."),
        ("代码", "91350100M000100Y44", "The last character of the credit code does not fit."),
        ("结束", "2025-12-31", "This is before “开始”."),
    ],
)
def test_a_cell_that_would_come_back_is_named(column: str, text: str, said: str) -> None:
    ((found, message, refuse),) = doubts(**{column: text})
    assert (found, refuse) == (column, True)
    assert said in message


def test_what_one_column_makes_necessary_must_be_filled_in_another() -> None:
    assert doubts(高风险="是") == [("类型", "This must be filled in where “高风险” is “是”.", True)]
    assert not doubts(高风险="是", 类型="高处作业")


def test_a_value_nobody_knows_is_worth_a_look_and_no_reason_to_refuse() -> None:
    assert doubts(frozenset({"年份"}), 年份="未知") == [
        ("年份", "This is not known yet: “未知” is written.", False)
    ]


def test_a_column_this_version_cannot_fill_is_named_once() -> None:
    found = blank_columns(FORM)
    assert [(one.column, one.refuse) for one in found] == [("保险", True), ("说明", False)]
