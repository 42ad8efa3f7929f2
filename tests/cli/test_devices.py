"""Devices on the command line: partial copies, renewed admissions, and copied computers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Call
from xqhz_desktop.cli.run import run

CLASS = "23数控1班"
"""The class of 张三; 李四 is in another one."""


@pytest.fixture
def teacher(xqhz: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """The laptop of a class teacher, admitted for the class and holding it."""

    def call(*words: str) -> Answer:
        code = run(["--workspace", str(tmp_path / "teacher"), *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return Answer(code, said.out, said.err)

    request, answer, part = (str(tmp_path / name) for name in ("r.xqer", "a.xqhz", "part.xqhz"))
    for done in (
        xqhz("device", "name", "教务处"),
        xqhz("set", "school_class", f"name={CLASS}"),
        xqhz("set", "student", "张三", f"school_class={CLASS}"),
        call("device", "request", request, "班主任"),
        xqhz("device", "admit", request, answer, "--part", CLASS),
        call("device", "accept", answer),
        xqhz("pack", part, "--to", "班主任"),
        call("unpack", part),
    ):
        assert done.code == 0, done.err
    return call


def test_a_class_is_given_out_and_what_comes_back_is_looked_at(
    xqhz: Call, teacher: Call, tmp_path: Path
) -> None:
    assert [one["name"] for one in teacher("list", "student", "--json").json["records"]] == ["张三"]
    assert teacher("set", "student", "张三", "note=家访过").code == 0
    assert teacher("set", "school_class", CLASS, "note=改了").code == 0
    back = str(tmp_path / "back.xqhz")
    assert teacher("pack", back, "--json").json["changes"] == 2
    seen = xqhz("unpack", back, "--dry-run", "--json").json
    assert [(one["name"], one["kind"]) for one in seen["refused"]] == [(CLASS, "school_class")]
    taken = xqhz("unpack", back, "--json").json
    assert (taken["changes"], taken["refused"]) == (1, 1)
    assert xqhz("show", "student", "张三", "--json").json["note"] == "家访过"


def test_a_part_that_is_not_there_is_named(xqhz: Call, teacher: Call, tmp_path: Path) -> None:
    request = str(tmp_path / "r.xqer")
    said = xqhz("device", "admit", request, str(tmp_path / "x"), "--part", "没有这个班")
    assert said.code != 0
    assert "没有这个班" in said.err


def test_an_admission_is_renewed_for_a_year(xqhz: Call, teacher: Call) -> None:
    made = xqhz("device", "renew", "班主任", "--json").json
    assert date.fromisoformat(made["until"]) >= date.today() + timedelta(days=364)


def test_the_safe_brings_a_lost_school_back(
    xqhz: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert xqhz("device", "name", "教务处").code == 0
    key = str(tmp_path / "safe" / "key.xqkey")
    words = xqhz("device", "safe", key, "--json").json["words"]
    monkeypatch.setenv("XQHZ_CONFIG", str(tmp_path / "another computer"))
    new = ["--workspace", str(tmp_path / "new")]
    assert run([*new, "device", "recover", key, "教务处二", "--words", "apple"]) != 0
    assert run([*new, "device", "recover", key, "教务处二", "--words", words]) == 0
    assert run([*new, "device", "revoke", "教务处", "--reason", "丢失"]) == 0
    capsys.readouterr()
    assert run([*new, "list", "student", "--json"]) == 0
    assert len(Answer(0, capsys.readouterr().out, "").json["records"]) == 2
