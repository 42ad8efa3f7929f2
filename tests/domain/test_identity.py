"""A slip of the finger in a number is noticed; a number that is right never is.

The resident IDs here begin with 99, which no county ever had.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xqhz_desktop.domain import identity
from xqhz_desktop.i18n import Message

BORN = st.dates(date(1900, 1, 1), date(2025, 12, 31))
USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    first = f"99{draw(st.integers(0, 9999)):04}{draw(BORN):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + identity.id_check_character(first)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    first = draw(st.text(USCC_LETTERS, min_size=17, max_size=17))
    return first + identity.uscc_check_character(first)


def code(number: str, check: Callable[[str], identity.Problem | None]) -> str:
    problem = check(number)
    return problem.code if problem else ""


@given(resident_ids())
def test_the_check_character_of_an_id_is_the_one_of_iso_7064(number: str) -> None:
    total = 0
    for character in number:
        total = (total * 2 + (10 if character == "X" else int(character))) % 11
    assert total == 1
    assert identity.check_id(number) is None


@given(resident_ids(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_of_an_id_is_noticed(number: str, place: int, more: int) -> None:
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert identity.check_id(wrong)


@given(resident_ids(), st.integers(0, 15))
def test_two_swapped_digits_of_an_id_are_noticed(number: str, place: int) -> None:
    one, two = number[place : place + 2]
    assume(one != two)
    assert identity.check_id(number[:place] + two + one + number[place + 2 :])


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("99000020080302001", "ID_LENGTH"),
        ("9900002008030200100", "ID_LENGTH"),
        ("990000200803020X01", "ID_FORMAT"),
        ("990000200813020013", "ID_FORMAT"),  # month 13
        ("990000299903020013", "ID_FORMAT"),  # not born yet
        ("990000080302001", ""),  # 15 digits, before 1999
        ("990000081302001", "ID_FORMAT"),
        ("99000008030200X", "ID_FORMAT"),
        ("ABC110080010101", ""),  # foreign permanent resident, before 2023
        ("ABC110080019901", "ID_FORMAT"),
    ],
)
def test_an_id_that_cannot_be_is_refused_by_its_shape(number: str, problem: str) -> None:
    assert code(number, identity.check_id) == problem


@given(resident_ids())
def test_an_id_tells_birth_date_and_sex(number: str) -> None:
    assert f"{identity.born(number):%Y%m%d}" == number[6:14]
    assert identity.male(number) is (int(number[16]) % 2 == 1)


def test_an_old_id_tells_birth_date_and_sex() -> None:
    assert identity.born("990000880302001") == date(1988, 3, 2)
    assert identity.male("990000880302001") is True
    assert (identity.born("no number"), identity.male("no number")) == (None, None)


def test_the_credit_code_printed_in_the_standard_is_right() -> None:
    assert identity.check_uscc("91350100M000100Y43") is None


@given(credit_codes(), st.integers(0, 17), st.sampled_from(USCC_LETTERS))
def test_one_wrong_character_of_a_credit_code_is_noticed(
    number: str, place: int, wrong: str
) -> None:
    assume(wrong != number[place])
    assert code(number[:place] + wrong + number[place + 1 :], identity.check_uscc) == (
        "USCC_CHECKSUM"
    )


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("91350100M000100Y4", "USCC_LENGTH"),
        ("91350100I000100Y43", "USCC_FORMAT"),
        ("91350100m000100y43", "USCC_FORMAT"),
    ],
)
def test_a_credit_code_that_cannot_be_is_refused_by_its_shape(number: str, problem: str) -> None:
    assert code(number, identity.check_uscc) == problem


@pytest.mark.parametrize(
    "number",
    ["13800001234", "023-12345678", "0755-26770000转801", "4001234567", "13800001234、13900001234"],
)
def test_phones_are_known_as_people_write_them(number: str) -> None:
    assert identity.phone_problem(number) is None


@pytest.mark.parametrize("number", ["1380000123", "12345", "李明", "13800001234、12"])
def test_what_is_no_phone_is_named(number: str) -> None:
    problem = identity.phone_problem(number)
    assert problem is not None
    assert "does not look like a phone number" in str(problem)


@given(st.integers(0, 999_999_999), st.sampled_from(["978", "979"]))
def test_an_isbn_has_exactly_one_right_last_digit(book: int, prefix: str) -> None:
    first = f"{prefix}{book:09}"
    right = [last for last in range(10) if identity.isbn_problem(f"{first}{last}") is None]
    assert len(right) == 1


@pytest.mark.parametrize("number", ["978-7-111-21382-6", "ISBN 9787111213826", "7-111-21382-3"])
def test_an_isbn_may_be_written_in_every_usual_way(number: str) -> None:
    assert identity.isbn_problem(number) is None


def test_an_isbn_of_another_length_is_refused() -> None:
    assert identity.isbn_problem("978711121382") == Message(
        "An ISBN has 13 digits and begins with 978 or 979."
    )


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (" 99000020080302001x ", "99000020080302001X"),
        ("'990000200803020010", "990000200803020010"),
        ('="990000200803020010"', "990000200803020010"),
        ("９９００００ 20080302\u200b 0010", "990000200803020010"),
    ],
)
def test_traces_of_excel_and_input_methods_are_taken_off_a_number(typed: str, plain: str) -> None:
    assert identity.plain(typed) == plain


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("99000020080302001X", "990***********001X"),
        ("990000080302001", "990********2001"),
        ("13800001234", "138****1234"),
        ("1234567", "123****"),
        ("李明", "李*"),
        ("欧阳小明", "欧***"),
        ("", ""),
    ],
)
def test_a_private_value_is_shown_with_its_middle_covered(value: str, seen: str) -> None:
    assert identity.masked(value) == seen
