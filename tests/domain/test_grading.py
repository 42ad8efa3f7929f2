"""Totals and grades: weights, rounding, the words of the scales."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xqhz_desktop.domain import grading
from xqhz_desktop.domain.assessment import Grade, Score, Sitting
from xqhz_desktop.errors import UserError

HALVES = (Decimal(0), Decimal(50), Decimal(50), Decimal(0))
FOUR = (Decimal(20), Decimal(30), Decimal(40), Decimal(10))


def score(**parts: object) -> Score:
    return Score(student="1", placement="2", **parts)


@pytest.mark.parametrize(
    ("parts", "weights", "total"),
    [
        ((None, "80", "90", None), HALVES, "85.0"),
        (("70", "80", "90", "100"), FOUR, "84.0"),
        ((None, "89.9", "90.0", None), HALVES, "90.0"),  # 89.95 goes up
        ((None, "89.8", "90.0", None), HALVES, "89.9"),
        ((None, "60.1", "60.2", None), HALVES, "60.2"),  # 60.15: half up, not to the even
        ((None, "80", None, None), HALVES, None),
        (("70", "80", "90", None), FOUR, None),
        (("99", "80", "90", "99"), HALVES, "85.0"),  # what has no weight does not count
    ],
)
def test_a_total_is_weighted_exactly_and_rounded_half_up(
    parts: tuple[str | None, ...], weights: tuple[Decimal, ...], total: str | None
) -> None:
    some = [None if part is None else Decimal(part) for part in parts]
    assert grading.total(some, weights) == (None if total is None else Decimal(total))


@pytest.mark.parametrize(
    ("total", "four", "five"),
    [
        ("100", "优秀", "优秀"),
        ("90.0", "优秀", "优秀"),
        ("89.9", "良好", "良好"),
        ("79.9", "合格", "中等"),
        ("69.9", "合格", "及格"),
        ("60.0", "合格", "及格"),
        ("59.9", "不合格", "不及格"),
        ("0", "不合格", "不及格"),
    ],
)
def test_a_total_has_a_word_on_each_scale(total: str, four: str, five: str) -> None:
    assert grading.on("four", Decimal(total)).name == four
    assert grading.on("five", Decimal(total)).name == five


def test_total_and_grade_follow_from_the_parts() -> None:
    made = grading.graded(score(school=Decimal(80), enterprise=Decimal(91)), HALVES)
    assert (made.total, made.grade) == (Decimal("85.5"), Grade.GOOD)


def test_a_missing_part_leaves_no_total_of_before() -> None:
    made = grading.graded(score(school=Decimal(80), total=Decimal(80), grade=Grade.GOOD), HALVES)
    assert (made.total, made.grade) == (None, Grade.OPEN)


def test_a_grade_without_any_part_stays_as_it_was_given() -> None:
    given = score(grade=Grade.EXCELLENT)
    assert grading.graded(given, HALVES) == given


def test_who_sits_later_has_no_total_and_no_grade() -> None:
    parts = {"school": Decimal(80), "enterprise": Decimal(90)}
    made = grading.graded(score(sitting=Sitting.DEFERRED, **parts), HALVES)
    assert (made.total, made.grade) == (None, Grade.OPEN)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("85", "85.0"),
        (" 85.25 ", "85.3"),
        ("85.35", "85.4"),
        ("８５分", "85.0"),
        ("0", "0.0"),
        ("100", "100.0"),
        ("良好", "85"),
        ("优", "95"),
        ("中等", "75"),
        ("不及格", "50"),
        ("Good", "85"),
    ],
)
def test_scores_are_read_as_people_write_them(text: str, value: str) -> None:
    assert grading.read(text) == Decimal(value)


@pytest.mark.parametrize("text", ["100.1", "-1", "1e9", "abc", "85,5", "NaN", "inf", "优良"])
def test_what_is_no_score_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        grading.read(text)


def test_an_empty_cell_is_no_score() -> None:
    assert grading.read("  ") is None


def test_words_that_two_scales_share_count_the_same() -> None:
    five = {step.name: step.worth for step in grading.scale("five")}
    four = {step.name: step.worth for step in grading.scale("four")}
    assert all(five[word] == four[word] for word in five.keys() & four.keys())


@pytest.mark.parametrize("name", ["four", "five"])
def test_a_typed_word_comes_out_as_the_same_word(name: str) -> None:
    for step in grading.scale(name):
        assert grading.on(name, step.worth) == step
