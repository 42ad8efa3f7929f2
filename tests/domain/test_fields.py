"""A value is checked, read and shown the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.domain import ENTITIES, codes, fields
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import CODES, Message, language


def field(declare: Callable[..., Any], *given: Any, **traits: Any) -> Field:
    """The field that a declaration such as `day("From")` describes."""
    described: Field = declare("Label", *given, **traits).metadata["field"]
    return described


NUMBER = field(fields.number)
HOURS = field(fields.number, decimals=1)
MONEY = field(fields.money)
PERCENT = field(fields.percent)
DAY = field(fields.day)
MONTH = field(fields.month)
FLAG = field(fields.flag)
CODE = field(fields.code)
STATUS = field(fields.choice, StudentStatus)
ETHNIC = field(fields.table, "ethnic")
HAZARDS = field(fields.table, "hazard", many=True)


def amounts(places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=0, max_value=10**9, places=places)


@pytest.mark.parametrize("lang", CODES)
@given(data=st.data())
def test_what_is_shown_can_be_typed_again(lang: str, data: st.DataObject) -> None:
    kept: dict[Field, st.SearchStrategy[Any]] = {
        NUMBER: st.integers(0, 10**12),
        HOURS: amounts(1),
        MONEY: amounts(2),
        PERCENT: amounts(2),
        DAY: st.dates(),
        MONTH: st.dates().map(lambda day: day.isoformat()[:7]),
        FLAG: st.booleans(),
        STATUS: st.sampled_from(StudentStatus),
        ETHNIC: st.sampled_from(list(codes.codes("ethnic"))),
        HAZARDS: st.sets(st.sampled_from(list(codes.codes("hazard"))), min_size=1).map(
            lambda chosen: ",".join(sorted(chosen))
        ),
    }
    one = data.draw(st.sampled_from(list(kept)))
    value = data.draw(kept[one])
    assert one.parse(one.show(value, language(lang))) == value


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.KIND)
@pytest.mark.parametrize("lang", CODES)
def test_no_two_choices_of_a_list_look_the_same(entity: Any, lang: str) -> None:
    for one in entity.FIELDS.values():
        for choice in one.choices or ():
            assert one.parse(one.show(choice, language(lang))) is choice


@given(st.text())
def test_any_text_is_either_read_or_refused_in_words(typed: str) -> None:
    for one in (NUMBER, HOURS, MONEY, PERCENT, DAY, MONTH, FLAG, STATUS, ETHNIC, HAZARDS):
        try:
            value = one.parse(typed)
        except UserError:
            continue
        assert one.parse(one.show(value, language("en"))) == value


@pytest.mark.parametrize(
    ("one", "typed", "value"),
    [
        (NUMBER, " 1,200 ", 1200),
        (NUMBER, "１２００", 1200),
        (NUMBER, "40.0", 40),
        (HOURS, "37.5", Decimal("37.5")),
        (MONEY, "¥2,200.5", Decimal("2200.50")),
        (MONEY, "2200元", Decimal("2200.00")),
        (PERCENT, "12.5%", Decimal("12.50")),
        (DAY, "2026-3-5", date(2026, 3, 5)),
        (DAY, "2026/03/05", date(2026, 3, 5)),
        (DAY, "2026.3.5", date(2026, 3, 5)),
        (DAY, "20260305", date(2026, 3, 5)),
        (DAY, "2026年3月5日", date(2026, 3, 5)),
        (MONTH, "2026年3月", "2026-03"),
        (MONTH, "202603", "2026-03"),
        (FLAG, "是", True),
        (FLAG, "×", False),
        (CODE, "ＡＢ１２３", "AB123"),
        (STATUS, "enrolled", StudentStatus.ENROLLED),
        (STATUS, "SUSPENDED", StudentStatus.SUSPENDED),
        (ETHNIC, "汉族", "01"),
        (ETHNIC, "汉", "01"),
        (ETHNIC, "Han", "01"),
    ],
)
def test_people_may_write_a_value_their_own_way(one: Field, typed: str, value: Any) -> None:
    assert one.parse(typed) == value


@pytest.mark.parametrize(
    ("one", "typed", "wanted"),
    [
        (NUMBER, "many", "a number, such as 1200"),
        (NUMBER, "1e99", "a number, such as 1200"),
        (NUMBER, "NaN", "a number, such as 1200"),
        (NUMBER, "1.5", "a whole number"),
        (DAY, "2026-02-30", "a day, such as 2026-03-05"),
        (DAY, "2026-03", "a day, such as 2026-03-05"),
        (MONTH, "2026-13", "a month, such as 2026-03"),
        (FLAG, "perhaps", "yes or no"),
        (ETHNIC, "Martian", "a code or name of the official table"),
    ],
)
def test_a_refused_value_says_what_is_wanted(one: Field, typed: str, wanted: str) -> None:
    with pytest.raises(UserError) as refused:
        one.parse(typed)
    assert str(refused.value) == f"Label: “{typed}” is not {wanted}."


def test_a_refused_choice_lists_what_there_is() -> None:
    with pytest.raises(UserError) as refused:
        STATUS.parse("asleep")
    assert refused.value.code == "CHOICE_UNKNOWN"
    assert "Enrolled, On leave, Withdrawn" in str(refused.value)


@pytest.mark.parametrize(
    ("one", "empty"),
    [
        (field(fields.text), ""),
        (CODE, ""),
        (ETHNIC, ""),
        (FLAG, False),
        (NUMBER, None),
        (DAY, None),
    ],
)
def test_an_empty_cell_is_an_empty_value(one: Field, empty: Any) -> None:
    assert one.parse("  ") == one.empty == empty
    assert one.problem(empty) is None


@pytest.mark.parametrize(
    ("one", "value", "said"),
    [
        (field(fields.text, required=True), "", "Label must be filled in."),
        (field(fields.day, required=True), None, "Label must be filled in."),
        (field(fields.text, limit=3), "four", "Label is longer than 3 characters."),
        (MONEY, Decimal(-1), "Label cannot be negative."),
        (ETHNIC, "99", "Label: there is no code “99”."),
        (field(fields.code, check=lambda value: Message("no")), "1", "no"),
    ],
)
def test_a_problem_is_one_clear_sentence(one: Field, value: Any, said: str) -> None:
    assert str(one.problem(value)) == said


def test_a_problem_is_said_in_the_language_of_the_reader() -> None:
    problem = Field(Kind.TEXT, "Note", required=True).problem("")
    assert problem is not None
    chinese = language("zh_CN")
    assert chinese.say("Note") in chinese.say(problem)


def test_every_kind_can_be_read() -> None:
    class Colour(Enum):
        RED = "red"

    typed = {Kind.CHOICE: "red", Kind.TABLE: "01", Kind.DAY: "2026-03-05", Kind.MONTH: "2026-03"}
    for kind in Kind:
        one = Field(kind, "Label", choices=Colour, target="ethnic")
        assert one.parse(typed.get(kind, "1")) != one.empty
