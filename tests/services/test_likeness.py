"""What makes two company names one name, and what keeps them apart."""

from __future__ import annotations

import pytest

from xqhz_desktop.services import likeness


@pytest.mark.parametrize(
    "name",
    [
        "重庆恒砺机械有限公司",
        "重庆市恒砺机械有限责任公司",
        "恒砺机械（重庆）有限公司",
        "恒砺机械(重庆)股份有限公司",
        "重庆市渝北区恒砺机械有限公司",
        " 重庆 恒砺·机械 公司",
        "中国恒砺机械",
    ],
)
def test_legal_form_brackets_and_places_do_not_make_another_name(name: str) -> None:
    assert likeness.core(name).words == "恒砺机械"


def test_full_width_letters_are_the_same_letters() -> None:
    assert likeness.core("ＡＢＣ科技有限公司") == likeness.core("abc科技公司")


def test_a_name_that_is_only_a_place_keeps_it() -> None:
    assert likeness.core("重庆有限公司").words == "重庆"


def test_a_place_no_table_knows_is_learnt_from_other_names() -> None:
    own = likeness.places(["霁川市山河职业技术学校"])
    assert likeness.core("霁川恒砺机械有限公司", own) == likeness.core("霁川市恒砺机械", own)
    assert likeness.core("霁川恒砺机械").words == "霁川恒砺机械"


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("重庆恒砺机械", "成都恒砺机械", False),
        ("重庆恒砺机械", "恒砺机械", True),
        ("重庆恒砺机械", "重庆市渝北区恒砺机械", True),
        ("重庆市渝北区恒砺机械", "重庆市巴南区恒砺机械", False),
    ],
)
def test_the_same_words_in_two_cities_are_two_companies(
    one: str, other: str, together: bool
) -> None:
    assert likeness.same_place(likeness.core(one), likeness.core(other)) is together


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("恒砺第一机械厂", "恒砺第二机械厂"),
        ("恒砺机械制造有限公司", "恒砺机械制造有限公司渝北分公司"),
        ("恒砺集团有限公司", "恒砺有限公司"),
    ],
)
def test_numbers_branches_and_groups_tell_apart(one: str, other: str) -> None:
    assert likeness.alike(likeness.core(one), likeness.core(other)) < likeness.ALIKE


def test_a_slip_of_the_pen_is_alike() -> None:
    one, other = likeness.core("恒砺精密机械制造"), likeness.core("恒砺精密机械制告")
    assert likeness.ALIKE <= likeness.alike(one, other) < 100


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("王小明", "王晓明", True),
        ("王小明", "王大明", True),
        ("王小明", "李小明", False),
        ("王明", "王刚", False),
    ],
)
def test_people_are_alike_by_sound_or_by_one_letter(one: str, other: str, alike: bool) -> None:
    assert likeness.alike_people(one, other) is alike
