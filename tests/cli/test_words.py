"""How the command line speaks: one language, one line, no traceback, no English in Chinese help."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from xqhz_desktop import app
from xqhz_desktop.cli.parser import COMMANDS
from xqhz_desktop.cli.run import run
from xqhz_desktop.services import workspace

WRONG = [
    ["frobnicate"],
    ["list"],
    ["list", "student", "extra"],
    ["list", "student", "--limit", "many"],
    ["list", "student", "--limit", "-5"],
    ["list", "student", "--limit"],
    ["list", "student", "--json=yes"],
    ["list", "student", "--lim", "5"],
    ["--language", "de", "kinds"],
    ["new", "x"],
    ["set", "student"],
    ["set", "student", "张三"],
    ["set", "student", "张三", "李四"],
    ["undo", "one"],
    ["demo", "--students", "1.5"],
    ["--workspace"],
    ["list", "student", "--search", "\udcff"],
]


@pytest.mark.parametrize("words", WRONG, ids=ascii)
def test_wrong_usage_is_one_line(call: Call, words: list[str]) -> None:
    answer = call(*words)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert "--help" in answer.err


@pytest.mark.parametrize("words", WRONG, ids=ascii)
def test_wrong_usage_is_said_in_chinese(call: Call, words: list[str]) -> None:
    err = call("--language", "zh_CN", *words).err
    plain = re.sub(r"“.*?”|--[a-z-]+|'.*?'|xqhz|zh_CN|en\b", "", err)
    assert re.search("[\u4e00-\u9fff]", plain)
    assert not re.search("[a-z]{3}", plain), err


@pytest.mark.parametrize("command", ["", *(one.name for one in COMMANDS)])
def test_help_is_all_chinese(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert run(["--language", "zh_CN", *filter(None, [command]), "--help"]) == 0
    said = capsys.readouterr().out
    names = "|".join(sorted((one.name for one in COMMANDS), key=len, reverse=True))
    files = r"PDF|JPG|PNG|TIFF|JSON|\.xlsx|\.pdf|\.zip|FILE\.xqperson"
    allowed = rf"--[a-z-]+|“[^”]*”|xqhz|[{{].*?[}}]|\b({names})\b|{files}|zh_CN|en\b"
    left = re.sub(allowed, "", said)
    assert not re.findall("[A-Za-z]{2,}", left), said


def test_english_help_is_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--language", "en", "list", "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Usage: xqhz list ")
    assert not re.search("[\u4e00-\u9fff]", said)


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"xqhz \d+\..*\n", capsys.readouterr().out)


@pytest.mark.expects_warning
def test_what_nobody_foresaw_is_one_line_and_goes_to_the_log(
    xqhz: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workspace, "close", broken)
    answer = xqhz("list", "student", "--json")
    monkeypatch.undo()
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1
    log = Path(answer.err.strip().rpartition(": ")[2])
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_program_without_a_console_still_runs(
    xqhz: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert app.main(["--workspace", str(tmp_path / "w"), "list", "student"]) == 0
    assert app.main(["--workspace", str(tmp_path / "w"), "frobnicate"]) == 2
    for stream in (sys.stdout, sys.stderr):
        stream.close()


def program(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "xqhz_desktop", *words],
        capture_output=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **more},
    )


def test_what_is_said_is_utf8_whatever_the_console(xqhz: Call, tmp_path: Path) -> None:
    folder = str(tmp_path / "w")
    said = program("--workspace", folder, "list", "student", PYTHONIOENCODING="ascii")
    assert "张三" in said.stdout.decode("utf-8")
    assert said.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Linux and macOS")
def test_a_reader_who_has_had_enough_is_no_error(xqhz: Call, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        f"{sys.executable} -m xqhz_desktop --workspace {tmp_path / 'w'} kinds | head -1",
        shell=True, cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stderr == ""
