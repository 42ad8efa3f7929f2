"""Twins, the recycle bin and comparing lists on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.spreadsheets.files import workbook

TWINS = ("重庆恒砺机械有限公司", "恒砺机械（重庆）有限责任公司")


@pytest.fixture
def hosts(xqhz: Call) -> Call:
    """The same workspace with an enterprise entered twice; the second has a student."""
    for name in TWINS:
        assert xqhz("set", "enterprise", f"name={name}", "no_code_reason=代码待发").code == 0
    words = ["student=20240101", f"enterprise={TWINS[1]}", "start_date=2026-03-02"]
    assert xqhz("set", "placement", *words).code == 0
    return xqhz


def host_of_placement(call: Call) -> str:
    (placement,) = call("list", "placement", "--json").json["records"]
    return str(placement["names"]["enterprise"])


def test_twins_are_listed_with_reasons(hosts: Call) -> None:
    document = hosts("duplicates", "enterprise", "--json").json
    (pair,) = document["pairs"]
    assert {one["name"] for one in pair["records"]} == set(TWINS)
    assert pair["reasons"] == ["Same name apart from place, brackets or legal form"]
    said = hosts("duplicates", "enterprise")
    assert "1 pair may be one." in said.out
    assert said.code == 0
    assert hosts("duplicates", "student", "--json").json["pairs"] == []


def test_two_records_are_merged_by_name_and_separated_again(hosts: Call) -> None:
    done = hosts("merge", "enterprise", *TWINS, "--json").json
    assert done["moved"] == {"placement": 1}
    assert host_of_placement(hosts) == TWINS[0]
    assert hosts("duplicates", "enterprise", "--json").json["pairs"] == []
    assert hosts("unmerge", done["merge"]).code == 0
    assert host_of_placement(hosts) == TWINS[1]
    assert hosts("unmerge", done["merge"]).code == 3


def test_a_removed_record_is_listed_and_brought_back(xqhz: Call) -> None:
    xqhz("remove", "student", "20240101")
    (gone,) = xqhz("bin", "--json").json["records"]
    assert (gone["kind"], gone["name"], gone["belonging"]) == ("student", "张三", {})
    assert "张三" in xqhz("bin").out
    assert xqhz("restore-record", gone["id"]).code == 0
    assert xqhz("show", "student", "20240101").code == 0
    assert xqhz("restore-record", gone["id"]).code == 3
    assert xqhz("bin", "--json").json == {"records": []}


def test_a_child_without_its_parent_is_refused_until_both_come_back(hosts: Call) -> None:
    placement = hosts("list", "placement", "--json").json["records"][0]["id"]
    hosts("remove", "placement", placement)
    hosts("remove", "enterprise", TWINS[1])
    refused = hosts("restore-record", placement)
    assert refused.code == 3
    assert TWINS[1] in refused.err
    assert hosts("restore-record", placement, "--whole").code == 0
    assert host_of_placement(hosts) == TWINS[1]


def test_an_enterprise_goes_and_comes_back_with_everything_that_belongs_to_it(
    hosts: Call,
) -> None:
    assert hosts("remove", "enterprise", TWINS[1]).code == 3
    assert hosts("remove", "enterprise", TWINS[1], "--whole").code == 0
    assert hosts("list", "placement", "--json").json["total"] == 0
    gone = {one["kind"]: one for one in hosts("bin", "--json").json["records"]}
    assert gone["enterprise"]["belonging"] == {"placement": 1}
    assert hosts("restore-record", gone["enterprise"]["id"], "--whole").code == 0
    assert host_of_placement(hosts) == TWINS[1]


def test_a_list_is_held_against_a_file(xqhz: Call, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "theirs.xlsx",
        ("学号", "姓名", "性别"),
        ("20240101", "张三", "女"),
        ("20240109", "王五", "男"),
    )
    result = tmp_path / "differences.xlsx"
    answer = xqhz("compare", "student", str(file), "--result", str(result), "--json")
    assert answer.code == 1
    document = answer.json
    assert document["counts"] == {
        "here": 1, "there": 1, "different": 1, "again": 0, "unclear": 0, "same": 0,
    }  # fmt: skip
    by_name = {one["name"]: one for one in document["persons"]}
    assert by_name["张三"]["differences"] == [
        {"field": "sex", "label": "Sex", "here": "男", "there": "女"}
    ]
    assert (by_name["王五"]["state"], by_name["李四"]["state"]) == ("there", "here")
    assert result.is_file()
    said = xqhz("compare", "student", str(file)).out
    assert "2 here, 2 in the file: 0 the same, 1 differ, 1 only here" in said


def test_lists_that_agree_end_well_and_can_be_narrowed(xqhz: Call, tmp_path: Path) -> None:
    file = workbook(tmp_path / "theirs.xlsx", ("学号", "姓名"), ("20240101", "张三"))
    assert xqhz("compare", "student", str(file), "--where", "name=张三").code == 0
    assert xqhz("compare", "student", str(file), "--where", "张三").code == 2
    assert xqhz("compare", "enterprise", str(file)).code == 3


@pytest.mark.parametrize(
    "words",
    [
        ("duplicates", "position"),
        ("duplicates", "nonsense"),
        ("merge", "student", "20240101", "20240101"),
        ("merge", "student", "20240101", "nobody"),
        ("unmerge", "nobody"),
        ("restore-record", "nobody"),
        ("compare", "student", "nothing.xlsx"),
    ],
)
def test_what_cannot_be_done_is_one_line(xqhz: Call, words: tuple[str, ...]) -> None:
    answer = xqhz(*words)
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1
