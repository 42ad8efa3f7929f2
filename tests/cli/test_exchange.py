"""Packages, exchange, conflicts and devices on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Call
from xqhz_desktop.cli.run import run

Two = tuple[Call, Call]


@pytest.fixture
def two(xqhz: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Two:
    """The office's workspace and that of a department, enrolled, with the same data."""

    def department(*words: str) -> Answer:
        code = run(["--workspace", str(tmp_path / "b"), *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return Answer(code, said.out, said.err)

    (tmp_path / "stick").mkdir()
    request, answer = str(tmp_path / "r.xqer"), str(tmp_path / "answer.xqhz")
    for done in (
        xqhz("device", "name", "教务处"),
        department("device", "request", request, "机电系"),
        xqhz("device", "admit", request, answer),
        department("device", "accept", answer),
        xqhz("sync", str(tmp_path / "stick")),
        department("sync", str(tmp_path / "stick")),
        xqhz("sync"),
    ):
        assert done.code == 0, done.err
    return xqhz, department


def same(two: Two) -> bool:
    office, department = two
    lists = [one("list", "student", "--json").json["records"] for one in (office, department)]
    return bool(lists[0] == lists[1])


def meet(two: Two) -> None:
    """Exchange by the stick used before, until both have everything."""
    office, department = two
    for one in (office, department, office):
        assert one("sync").code == 0


def test_a_stick_brings_two_workspaces_together(two: Two) -> None:
    office, department = two
    assert same(two)
    office("set", "student", "张三", "note=甲")
    department("set", "student", "李四", "note=乙")
    meet(two)
    assert same(two)


def test_the_words_of_a_request_are_the_same_on_both_sides(xqhz: Call, tmp_path: Path) -> None:
    xqhz("device", "name", "教务处")
    request, answer = str(tmp_path / "r.xqer"), str(tmp_path / "a.xqhz")
    asked = xqhz(
        "--workspace", str(tmp_path / "b"), "device", "request", request, "机电系", "--json"
    ).json
    admitted = xqhz("device", "admit", request, answer, "--json").json
    assert admitted["name"] == "机电系"
    assert admitted["words"] == asked["words"]
    assert len(admitted["words"].split()) == 8
    assert [one["name"] for one in xqhz("device", "list", "--json").json["devices"]] == [
        "教务处",
        "机电系",
    ]


def test_a_package_is_looked_at_before_it_is_taken_in(two: Two, tmp_path: Path) -> None:
    office, department = two
    office("set", "student", "张三", "note=甲")
    file = str(tmp_path / "p.xqhz")
    packed = office("pack", file, "--to", "机电系", "--json").json
    assert (packed["changes"], packed["kinds"], packed["receivers"]) == (
        1, {"student": 1}, ["机电系"],
    )  # fmt: skip
    seen = department("unpack", file, "--dry-run", "--json").json
    assert seen["sender"] == "教务处"
    assert seen["kinds"]["student"]["changed"] == 1
    assert seen["taken_in"] is None
    taken = department("unpack", file, "--json").json
    assert (taken["changes"], taken["conflicts"]) == (1, 0)
    again = department("unpack", file, "--dry-run")
    assert "taken in already" in again.out


def test_a_kind_is_left_out_until_it_is_wanted(two: Two, tmp_path: Path) -> None:
    office, department = two
    office("set", "student", "张三", "note=甲")
    file = str(tmp_path / "p.xqhz")
    office("pack", file)
    left = department("unpack", file, "--leave-out", "student", "--json").json
    assert (left["changes"], left["waits"]) == (0, 1)
    taken = department("unpack", file, "--json").json
    assert taken["changes"] == 1


def test_everything_can_be_packed_again(two: Two, tmp_path: Path) -> None:
    office, _department = two
    file = str(tmp_path / "p.xqhz")
    assert office("pack", file, "--since", "0", "--json").json["changes"] >= 4


def test_a_new_computer_gets_everything_at_once(
    two: Two, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office, _department = two
    new, whole = str(tmp_path / "c"), str(tmp_path / "all.xqhz")
    request, answer = str(tmp_path / "r.xqer"), str(tmp_path / "answer.xqhz")
    assert run(["--workspace", new, "device", "request", request, "商贸系"]) == 0
    office("device", "admit", request, answer)
    assert run(["--workspace", new, "device", "accept", answer]) == 0
    capsys.readouterr()
    made = office("pack", whole, "--new", "--to", "商贸系", "--json").json
    assert made["receivers"] == ["商贸系"]
    assert run(["--workspace", new, "unpack", whole]) == 0
    capsys.readouterr()
    assert run(["--workspace", new, "list", "student", "--json"]) == 0
    found = Answer(0, capsys.readouterr().out, "").json
    assert found["records"] == office("list", "student", "--json").json["records"]


def test_a_conflict_is_listed_and_settled(two: Two) -> None:
    office, department = two
    office("set", "student", "张三", "phone=13811111111")
    department("set", "student", "张三", "phone=13822222222")
    meet(two)
    listed = office("conflicts", "--json")
    assert listed.code == 1
    (conflict,) = listed.json["conflicts"]
    assert (conflict["kind"], conflict["name"], conflict["must"]) == ("student", "张三", False)
    (field,) = conflict["fields"]
    assert {side["value"] for side in field["sides"]} == {"13811111111", "13822222222"}
    assert "13811111111" in office("conflicts").out
    settled = office("resolve", conflict["id"], "phone=13833333333")
    assert settled.code == 0
    meet(two)
    assert department("conflicts").code == 0
    assert department("show", "student", "张三", "--json").json["phone"] == "13833333333"


@pytest.mark.parametrize(("take", "phone"), [("mine", "13811111111"), ("theirs", "13822222222")])
def test_one_side_of_a_conflict_is_taken(two: Two, take: str, phone: str) -> None:
    office, department = two
    office("set", "student", "张三", "phone=13811111111")
    department("set", "student", "张三", "phone=13822222222")
    meet(two)
    (conflict,) = office("conflicts", "--json").json["conflicts"]
    assert office("resolve", conflict["id"], "--take", take).code == 0
    assert office("show", "student", "张三", "--json").json["phone"] == phone


def test_a_removed_record_somebody_edited_stays_or_goes(two: Two) -> None:
    office, department = two
    office("remove", "student", "张三")
    department("set", "student", "张三", "note=乙")
    meet(two)
    (conflict,) = office("conflicts", "--json").json["conflicts"]
    assert [field["field"] for field in conflict["fields"]] == [None]
    assert office("resolve", conflict["id"], "record=removed").code == 0
    meet(two)
    assert department("list", "student", "--json").json["total"] == 1


def refusals(tmp_path: Path) -> list[tuple[tuple[str, ...], str]]:
    return [
        (("resolve", "nobody", "phone=1"), "There is no conflict"),
        (("sync", str(tmp_path / "nowhere")), "is not there"),
        (("pack", str(tmp_path / "p.xqhz"), "--to", "土木系"), "土木系"),
        (("unpack", str(tmp_path / "r.xqer")), "not a package"),
        (("device", "name", "again"), "enrolled already"),
    ]


def test_what_cannot_be_done_is_said_in_a_sentence(two: Two, tmp_path: Path) -> None:
    office, _department = two
    for words, said in refusals(tmp_path):
        refused = office(*words)
        assert refused.code == 3, words
        assert said in refused.err
        assert len(refused.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "words", [("device", "admit", "x"), ("resolve", "x", "phone"), ("sync",)], ids=" ".join
)
def test_what_is_missing_is_said(xqhz: Call, words: tuple[str, ...]) -> None:
    answer = xqhz(*words)
    assert answer.code in (2, 3)
    assert answer.err


def test_a_workspace_on_its_own_exchanges_with_nobody(xqhz: Call, tmp_path: Path) -> None:
    assert "exchanges with no other" in xqhz("device", "list").out
    assert "not enrolled" in xqhz("pack", str(tmp_path / "p.xqhz")).err


def test_a_blocked_device_is_marked(two: Two) -> None:
    office, _department = two
    assert office("device", "revoke", "机电系", "--reason", "丢失").code == 0
    assert "机电系 (blocked)" in office("device", "list").out
