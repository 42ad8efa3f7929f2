"""Workspaces and the journal on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from xqhz_desktop.cli.run import run
from xqhz_desktop.cli.session import OpenWindow
from xqhz_desktop.services import settings, workspace
from xqhz_desktop.services.settings import Computer


def test_history_is_told_step_by_step_and_field_by_field(xqhz: Call) -> None:
    xqhz("set", "student", "张三", "phone=13800000000")
    steps = xqhz("history", "--json").json["steps"]
    assert [one["step"] for one in steps] == [5, 4, 3, 2, 1]
    assert steps[0]["title"] == "Student changed: 张三"
    (change,) = steps[0]["changes"]
    assert (change["field"], change["before"], change["after"]) == ("phone", None, "13800000000")
    record = change["id"]
    assert [one["step"] for one in xqhz("history", "--record", record, "--json").json["steps"]] == [
        5, 3,
    ]  # fmt: skip
    assert len(xqhz("history", "--limit", "2", "--json").json["steps"]) == 2
    assert len(xqhz("history").out.splitlines()) == 5
    assert xqhz("undo", "3").code == 3
    assert xqhz("undo", "5").code == 0
    assert "(undone)" in xqhz("history").out


def test_a_backup_is_verified_and_restored(xqhz: Call, tmp_path: Path) -> None:
    file = str(tmp_path / "x.xqbak")
    assert xqhz("backup", file).code == 0
    assert xqhz("verify", file, "--json").json == {"file": file, "sound": True, "problems": []}
    assert xqhz("verify").out.endswith("is sound.\n")
    xqhz("remove", "student", "张三")
    assert "is kept in" in xqhz("restore", file).out
    assert xqhz("list", "student", "--json").json["total"] == 2
    assert str(tmp_path / "w" / "backups") in xqhz("backup").out


def test_a_damaged_backup_is_found(xqhz: Call, tmp_path: Path) -> None:
    (tmp_path / "x.xqbak").write_bytes(b"PK no backup")
    answer = xqhz("verify", str(tmp_path / "x.xqbak"), "--json")
    assert answer.code == 1
    assert not answer.json["sound"]
    assert xqhz("restore", str(tmp_path / "x.xqbak")).code == 3


def test_an_encrypted_workspace_opens_with_its_passphrase_file(call: Call, tmp_path: Path) -> None:
    secret, wrong = tmp_path / "secret.txt", tmp_path / "wrong.txt"
    secret.write_text("\ufeff口令 123\nsecond line", encoding="utf-8")
    wrong.write_text("", encoding="utf-8")
    key = ["--passphrase-file", str(secret)]
    assert call(*key, "new", str(tmp_path / "w"), "--school", "星河职校").code == 0
    assert workspace.needs_passphrase(tmp_path / "w")
    assert call(*key, "set", "student", "name=张三").code == 0
    assert call(*key, "list", "student", "--json").json["total"] == 1
    for words in (["list", "student"], ["--passphrase-file", str(wrong), "list", "student"]):
        answer = call(*words)
        assert (answer.code, answer.out) == (3, "")
        assert "passphrase is wrong" in answer.err
    assert call(*key, "backup", str(tmp_path / "x.xqbak")).code == 0
    assert call(*key, "verify", str(tmp_path / "x.xqbak")).code == 0
    assert call("verify", str(tmp_path / "x.xqbak")).code == 3


def test_a_second_writer_is_told_that_it_may_only_read(xqhz: Call, tmp_path: Path) -> None:
    first = workspace.opened(tmp_path / "w")
    assert xqhz("list", "student", "--json").json["total"] == 2
    answer = xqhz("set", "student", "name=王五")
    assert answer.code == 3
    assert "reading only" in answer.err
    assert "is open" in xqhz("restore", _backup(xqhz, tmp_path)).err
    workspace.close(first)
    assert xqhz("set", "student", "name=王五").code == 0


def _backup(xqhz: Call, tmp_path: Path) -> str:
    assert xqhz("backup", str(tmp_path / "x.xqbak")).code == 0
    return str(tmp_path / "x.xqbak")


def test_the_workspace_is_the_one_asked_for_else_the_last_one(
    xqhz: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert xqhz("kinds").code == 0
    assert run(["list", "student"]) == 3
    assert "no workspace" in capsys.readouterr().err
    monkeypatch.setenv("XQHZ_WORKSPACE", str(tmp_path / "w"))
    assert run(["list", "student", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 2
    monkeypatch.delenv("XQHZ_WORKSPACE")
    settings.save(Computer(workspace=str(tmp_path / "w"), language="zh_CN"))
    assert run(["list", "student"]) == 0
    assert "共" in capsys.readouterr().out


def test_a_workspace_speaks_its_own_language_on_every_computer(
    xqhz: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--workspace", str(tmp_path / "w")]
    settings.save(Computer(language="en"))
    settings.keep_language(tmp_path / "w", "zh_CN")
    assert run([*here, "list", "student"]) == 0
    assert "共" in capsys.readouterr().out
    assert run([*here, "--language", "en", "list", "student"]) == 0
    assert "共" not in capsys.readouterr().out
    (tmp_path / "w" / "settings.json").write_text("broken", encoding="utf-8")
    assert run([*here, "list", "student"]) == 0
    assert "共" not in capsys.readouterr().out


def test_a_sample_school_is_made_and_opened_again(call: Call, tmp_path: Path) -> None:
    folder = str(tmp_path / "sample")
    small = ["--students", "40", "--years", "1"]
    assert call("demo", folder, *small, "--no-window").code == 0
    answer = call("demo", folder)
    assert answer.code == OpenWindow(Path(folder), "en")
    assert call("demo", folder, "--no-window").code == 3
    assert call("new", folder, "--school", "x").code == 3
    assert call("new", str(tmp_path / "y"), "--school", "x", "--code", "12").code == 3
    assert not (tmp_path / "y").exists()
