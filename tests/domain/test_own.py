"""Fields a school adds itself: described once, checked and read like all others."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from decimal import Decimal

import pytest

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.own import Definitions, OwnChoice, OwnField, OwnType, described, offered
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Bilingual, Message, language

BIG = OwnChoice(id="a" * 32, own_list="1", name="大号", name_en="Large")
OLD = OwnChoice(id="b" * 32, own_list="1", name="均码", name_en="One size", retired=True)
SIZE = OwnField(of_kind="student", name="尺码", name_en="Size", type=OwnType.CHOICE, own_list="1")


def field(sort: OwnType) -> Field:
    return described(OwnField(of_kind="student", name="字段", type=sort))


def test_a_label_is_said_in_the_language_of_the_window_chinese_where_there_is_no_english() -> None:
    said = described(SIZE).said
    assert [language(code).say(said) for code in ("zh_CN", "en")] == ["尺码", "Size"]
    bare = described(SIZE.but(name_en="")).label
    assert language("en").say(bare) == "尺码"


def test_a_label_may_hold_braces_and_stands_inside_sentences() -> None:
    said = Message("{field} must be filled in.", field=Message(Bilingual("{学}")))
    assert language("en").say(said) == "{学} must be filled in."


def test_a_label_is_copied_with_both_its_texts() -> None:
    label = Bilingual("尺码", "Size")
    for twin in (copy.deepcopy(label), pickle.loads(pickle.dumps(label))):
        assert (twin, twin.english) == ("尺码", "Size")


@pytest.mark.parametrize(
    ("sort", "text", "value"),
    [
        (OwnType.TEXT, " 三楼 ", "三楼"),
        (OwnType.NOTE, "一\n二", "一\n二"),
        (OwnType.NUMBER, "12", 12),
        (OwnType.MONEY, "12.5", Decimal("12.50")),
        (OwnType.DAY, "2026-03-05", date(2026, 3, 5)),
        (OwnType.MONTH, "2026年3月", "2026-03"),
        (OwnType.FLAG, "是", True),
    ],
)
def test_a_record_keeps_values_of_every_sort(sort: OwnType, text: str, value: object) -> None:
    one = field(sort)
    student = Student(name="张三").but(**{one.name: one.parse(text)})
    assert student.value(one) == value
    assert student.but(**{one.name: one.empty}).own == {}
    assert one.problem(value) is None


def test_a_value_that_does_not_fit_its_field_is_as_good_as_none() -> None:
    day = field(OwnType.DAY)
    id = day.name.removeprefix("own:")
    for cell in ("gestern", 7, None):
        assert Student(own={id: cell}).value(day) is None


def test_a_retired_choice_is_known_but_offered_only_to_records_that_have_it() -> None:
    one = described(SIZE, [BIG, OLD])
    big, old = one.parse("Large"), one.parse("均码")
    assert [choice.name for choice in one.offered] == [BIG.id]
    assert offered(one, big) == [big]
    assert offered(one, old) == [big, old]
    with pytest.raises(UserError, match="is not one of: Large"):
        one.parse("巨号")


def test_two_choices_of_the_same_name_stay_apart() -> None:
    twin = BIG.but(id="c" * 32)
    one = described(SIZE, [OLD.but(name="大号"), BIG, twin])
    assert [language("zh_CN").say(each) for each in one.choices or ()] == [
        "大号 (3)",
        "大号",
        "大号 (2)",
    ]


def test_a_choice_read_twice_is_the_same_choice() -> None:
    first, again = (described(SIZE, [BIG]).parse("大号") for _reading in range(2))
    assert first == again
    assert len({first, again}) == 1
    assert first != described(SIZE, [BIG.but(id="d" * 32)]).parse("大号")


def test_fields_of_a_kind_come_in_use_only_unless_asked() -> None:
    gone = SIZE.but(id="e" * 32, retired=True)
    known = Definitions((SIZE, gone, SIZE.but(id="f" * 32, of_kind="staff")), (BIG,))
    assert list(known.of("student")) == [SIZE.field_name]
    assert list(known.of("student", retired=True)) == [SIZE.field_name, gone.field_name]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (OwnField(of_kind="student", name=""), "name"),
        (OwnField(of_kind="student", name="x", type=OwnType.CHOICE), "own_list"),
    ],
)
def test_a_definition_says_what_is_wrong_with_it(wrong: OwnField, where: str) -> None:
    assert where in wrong.problems()


def test_what_must_be_filled_in_is_said_with_the_label() -> None:
    one = described(SIZE.but(required=True, type=OwnType.TEXT))
    assert one.kind is Kind.TEXT
    problems = Student(name="张三").problems({one.name: one})
    assert language("en").say(problems[one.name]) == "Size must be filled in."
