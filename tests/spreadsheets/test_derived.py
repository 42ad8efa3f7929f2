"""What forms ask for and no record holds, worked out as a coordinator would."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from xqhz_desktop.domain.placement import Term
from xqhz_desktop.domain.position import Shift
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.spreadsheets.derived import FUNCTIONS, Asked, written

NOW = datetime(2026, 3, 5, 14, 30)
START, END = date(2026, 1, 12), date(2026, 4, 5)
RISKS = frozenset({"HEIGHT", "TOXIC"})


@pytest.mark.parametrize(
    ("name", "args", "found"),
    [
        ("days", (START, END), 84),
        ("days", (START, START), 1),
        ("days", (START, None), None),
        ("weeks", (START, END), 12),
        ("begun", (START,), True),
        ("begun", (END,), False),
        ("over", (START,), True),
        ("over", (date(2026, 3, 5),), False),
        ("over", (None,), None),
        ("school_term", ("2025—2026", Term.SECOND, None), "2025-2026-2"),
        ("school_term", ("2025-2026", Term.FIRST, END), "2025-2026-1"),
        ("school_term", ("", None, date(2025, 9, 1)), "2025-2026-1"),
        ("school_term", (None, None, date(2026, 1, 12)), "2025-2026-1"),
        ("school_term", (None, None, date(2026, 3, 2)), "2025-2026-2"),
        ("school_term", (None, None, None), None),
        ("semester", (date(2024, 9, 2), 2024), 1),
        ("semester", (date(2026, 1, 12), 2024), 3),
        ("semester", (date(2026, 3, 2), 2024), 4),
        ("semester", (date(2026, 3, 2), date(2024, 9, 1)), 4),
        ("semester", (date(2023, 3, 2), 2024), None),
        ("semester", (date(2026, 3, 2), ""), None),
        ("province", ("320505",), "江苏省"),
        ("province_code", ("320505",), "320000"),
        ("city", ("320505",), "苏州市"),
        ("city_code", ("320505",), "320500"),
        ("city", ("500112",), "重庆市"),
        ("city_code", ("320000",), None),
        ("city", ("429004",), "仙桃市"),
        ("city", ("999999",), None),
        ("province", ("",), None),
        ("country", ("320505",), "中国"),
        ("country", ("810000",), "中国香港"),
        ("country", (None,), None),
        ("abroad", ("820000",), True),
        ("abroad", ("320505",), False),
        ("other_province", ("320505", "310101"), True),
        ("other_province", ("320505", "320102"), False),
        ("other_province", ("320505", ""), None),
        ("recorded", ("三方〔2026〕0001号",), True),
        ("recorded", ("",), None),
        ("any_of", ("HEIGHT,NOISE",), True),
        ("any_of", ("NOISE",), False),
        ("any_of", ("",), False),
        ("any_of", (None,), None),
        ("those_of", ("HEIGHT,NOISE,TOXIC",), "HEIGHT,TOXIC"),
        ("those_of", (None,), None),
        ("overtime_or_night", (Shift.NIGHT, None, None), True),
        ("overtime_or_night", (Shift.DAY, Decimal(8), Decimal(40)), False),
        ("overtime_or_night", (Shift.DAY, Decimal(9), None), True),
        ("overtime_or_night", (None, None, Decimal(48)), True),
        ("overtime_or_night", (None, None, None), None),
        ("now", (), NOW),
        ("count", ("a", "b", "a", None), 2),
    ],
)
def test_a_function_answers_as_people_count(name: str, args: tuple[Any, ...], found: Any) -> None:
    assert FUNCTIONS[name][1](args, Asked(NOW, RISKS)) == found


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in ("now", "count")])
def test_a_function_that_is_told_nothing_says_nothing(name: str) -> None:
    wanted, function = FUNCTIONS[name]
    assert function([None] * wanted, Asked(NOW, RISKS)) is None


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (date(2026, 3, 5), "", "2026-03-05"),
        (date(2026, 3, 5), "day8", "20260305"),
        (date(2026, 3, 5), "month6", "202603"),
        (date(2024, 9, 1), "year", "2024"),
        (2024, "year", "2024"),
        (NOW, "stamp", "20260305 143000"),
        ("0a1b", "upper", "0A1B"),
        (Decimal("2800.00"), "", "2800"),
        (Decimal("2800.50"), "", "2800.5"),
        (Decimal("100"), "", "100"),
        (True, "", "是"),
        (False, "", "否"),
        (Sex.MALE, "", "男"),
        (None, "", ""),
    ],
)
def test_values_are_written_as_the_form_asks(value: Any, form: str, text: str) -> None:
    assert written(value, form) == text
