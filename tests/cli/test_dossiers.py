"""The command ``dossier``: a student from one school to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Call
from xqhz_desktop.cli.run import run


@pytest.fixture
def other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Another school's workspace."""

    def call(*words: str) -> Answer:
        code = run(["--workspace", str(tmp_path / "other"), *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return Answer(code, said.out, said.err)

    assert call("new", str(tmp_path / "other"), "--school", "霁川职校").code == 0
    assert call("set", "school_class", "name=24数控3班").code == 0
    return call


def test_a_student_changes_school(xqhz: Call, other: Call, tmp_path: Path) -> None:
    file = str(tmp_path / "张三.xqperson")
    sent = xqhz("dossier", "send", file, "--student", "张三", "--leaves", "--json").json
    assert sent["kinds"] == {"student": 1}
    assert xqhz("show", "student", "张三", "--json").json["status"] == "TRANSFERRED"
    words = ("--words", sent["words"], "--json")
    seen = other("dossier", "look", file, *words).json
    assert (seen["school"], seen["students"]) == ("星河职校", ["张三"])
    assert other("list", "student", "--json").json["records"] == []
    assert other("dossier", "take", file, *words, "--class", "24数控3班").json["step"] > 0
    (record,) = other("list", "student", "--json").json["records"]
    assert record["name"] == "张三"


@pytest.mark.parametrize("words", [(), ("--words", "苹果")])
def test_without_the_words_it_stays_closed(
    xqhz: Call, other: Call, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = str(tmp_path / "张三.xqperson")
    assert xqhz("dossier", "send", file, "--student", "张三").code == 0
    said = other("dossier", "take", file, *words)
    assert said.code != 0
    assert "words" in said.err


def test_a_student_must_be_named(xqhz: Call, tmp_path: Path) -> None:
    assert xqhz("dossier", "send", str(tmp_path / "x")).code == 2
