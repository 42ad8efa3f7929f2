"""Which records look like one, and the reasons people are given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.make import make
from xqhz_desktop.domain import identity
from xqhz_desktop.domain.enterprise import Enterprise, EnterpriseLevel
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import twins
from xqhz_desktop.services.twins import Pair

CODE, OTHER_CODE = "91500112MA60000019", "91500112MA6000002X"


def company(name: str, **values: Any) -> Enterprise:
    return make(Enterprise, name=name, **{"uscc": "", **values})


def student(name: str, **values: Any) -> Student:
    return make(Student, name=name, **{"student_no": "", **values})


def resident(born: str, order: str) -> str:
    first = "110222" + born + order
    return first + identity.id_check_character(first)


def said(pair: Pair) -> list[str]:
    return [str(reason) for reason in (*pair.reasons, *pair.against)]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (company("甲一机械", uscc=CODE), company("另一个名字", uscc=CODE), "Same credit code"),
        (company("重庆恒砺机械"), company("重庆恒砺机械"), "Exactly the same name"),
        (
            company("重庆恒砺机械有限公司"),
            company("恒砺机械（重庆）有限责任公司"),
            "Same name apart from place, brackets or legal form",
        ),
        (
            company("重庆恒砺装备", former_names="重庆恒砺机械厂；老厂"),
            company("恒砺机械厂"),
            "One had the name of the other",
        ),
        (
            company("重庆青川餐饮", phone="13800138000、023-55550102"),
            company("栖澜酒店", phone="02355550102"),
            "Same phone",
        ),
        (company("恒砺精密机械制造厂"), company("恒砺精密机械制告厂"), "Alike names"),
        (
            company("桓石精密机械制造厂", contact="岑远"),
            company("恒砺精密机械制造厂", contact="岑远"),
            "Alike names",
        ),
    ],
)
def test_two_enterprises_may_be_one(one: Enterprise, other: Enterprise, reason: str) -> None:
    (pair,) = twins.enterprises([one, other])
    assert said(pair) == [reason]
    assert 0 < pair.score <= 100


def test_an_enterprise_and_its_site_share_code_and_phone_and_are_two() -> None:
    parent = company("恒砺装备有限公司", uscc=CODE, phone="023-55550102")
    site = company(
        "望江工厂", uscc=CODE, phone="023-55550102", parent=parent.id, level=EnterpriseLevel.SITE
    )
    assert twins.enterprises([parent, site]) == []


def test_two_codes_are_told_with_the_same_name_and_hide_a_merely_alike_one() -> None:
    one, same = company("恒砺机械厂", uscc=CODE), company("恒砺机械厂", uscc=OTHER_CODE)
    (pair,) = twins.enterprises([one, same])
    assert said(pair) == ["Exactly the same name", "Different credit codes"]
    assert twins.enterprises([one, company("恒砺机械二厂", uscc=OTHER_CODE)]) == []


def test_a_number_too_many_share_tells_nothing() -> None:
    some = [company(f"企业{n}号{'甲乙丙丁'[n % 4]}", phone="023-55550100") for n in range(80)]
    assert twins.enterprises(some) == []


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (
            student("张晨怡", student_no="20240101"),
            student("张晨怡", student_no="20240101"),
            {"Same student number", "Same name"},
        ),
        (
            student("张晨怡", id_no=resident("20080207", "003")),
            student("张晨宜", id_no=resident("20080207", "003")),
            {"Same ID number", "Different names"},
        ),
        (
            student("张晨怡", id_no="110222990207003"),
            student("张晨怡", id_no=resident("19990207", "003")),
            {"Same ID number", "Same name"},
        ),
        (
            student("张 晨怡", birth_date=date(2008, 2, 7), student_no="1"),
            student("张晨怡", birth_date=date(2008, 2, 7), student_no="2"),
            {"Same name", "Same date of birth", "Different student numbers"},
        ),
        (student("张晨怡", student_no="1"), student("张晨怡"), {"Same name"}),
        (
            student("王小明", phone="13800138000"),
            student("王晓明", phone="138-0013-8000"),
            {"Same phone, and names that sound alike", "Different names"},
        ),
    ],
)
def test_two_students_may_be_one(one: Student, other: Student, reasons: set[str]) -> None:
    (pair,) = twins.students([one, other])
    assert set(said(pair)) == reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (student("张伟", student_no="1"), student("张伟", student_no="2")),
        (
            student("张伟", id_no=resident("20080207", "003"), phone="13800138000"),
            student("张伟", id_no=resident("20080208", "005"), phone="13800138000"),
        ),
        (student("王小明", phone="13800138000"), student("李雅雪", phone="13800138000")),
    ],
)
def test_namesakes_and_siblings_are_two(one: Student, other: Student) -> None:
    assert twins.students([one, other]) == []


def test_the_surest_pair_comes_first() -> None:
    some = [
        company("恒砺机械厂", uscc=CODE),
        company("恒砺机械厂有限公司", uscc=CODE),
        company("青川餐饮", phone="023-55550102"),
        company("栖澜酒店", phone="023-55550102"),
    ]
    scores = [pair.score for pair in twins.enterprises(some)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 2
