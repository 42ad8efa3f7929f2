"""Two computers of a school edit the same week and meet on a stick, by the command line alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xqhz_desktop.cli.run import run

ROOT = Path(__file__).resolve().parents[2]
CODE = "91330106MA2CABCD9Q"
KINDS = ("school", "staff", "school_class", "student", "enterprise", "placement")

TAKER = """
import sys
from pathlib import Path
from xqhz_desktop.services import syncing, workspace
work = workspace.opened(Path(sys.argv[1]))
syncing.take_in(work, Path(sys.argv[2]), progress=lambda done, total: print(done, flush=True))
"""


class Computer:
    """A computer with one workspace, its own settings and keys."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, said: pytest.CaptureFixture[str]
    ) -> None:
        """Use a folder for all of it."""
        self.data = folder / "data"
        self._settings, self._patch, self._said = str(folder / "settings"), patch, said

    def __call__(self, *words: str, code: int = 0) -> Any:
        """Call the program on this computer; return its JSON, else what it said."""
        self._patch.setenv("XQHZ_CONFIG", self._settings)
        ended = run(["--workspace", str(self.data), *words])
        out, err = self._said.readouterr()
        assert ended == code, err
        assert "Traceback" not in err
        return json.loads(out) if "--json" in words else out

    def has(self) -> list[Any]:
        """Return every record of the kinds in this story."""
        return [self("list", kind, "--limit", "0", "--json")["records"] for kind in KINDS]

    def taker(self, file: Path) -> subprocess.Popen[str]:
        """Take in a package in a process that says how far it is."""
        return subprocess.Popen(
            [sys.executable, "-c", TAKER, self.data, file],
            cwd=ROOT, env=os.environ | {"XQHZ_CONFIG": self._settings},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip


Pair = tuple[Computer, Computer]


@pytest.fixture
def pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Pair:
    """The office with a class, and a department that has joined and has the same."""
    office, department = (
        Computer(tmp_path / name, monkeypatch, capsys) for name in ("office", "department")
    )
    request, answer = str(tmp_path / "request.xqer"), str(tmp_path / "answer.xqhz")
    office("new", str(office.data), "--school", "星河职业技术学校")
    office("set", "school_class", "name=24机电1班")
    office("set", "student", "name=张三", "student_no=20240101", "school_class=24机电1班")
    office("device", "name", "教务处")
    asked = department("device", "request", request, "机电系", "--json")
    admitted = office("device", "admit", request, answer, "--json")
    assert admitted["words"] == asked["words"]
    department("device", "accept", answer)
    (tmp_path / "stick").mkdir()
    office("sync", str(tmp_path / "stick"))
    department("sync", str(tmp_path / "stick"))
    office("sync")
    assert office.has() == department.has()
    return office, department


def meet(pair: Pair) -> None:
    """Carry the stick until both have everything."""
    office, department = pair
    for computer in (office, department, office):
        computer("sync")
    assert office.has() == department.has()


def test_the_same_week_on_two_computers(pair: Pair) -> None:
    office, department = pair
    office("set", "student", "张三", "phone=13811111111")
    department("set", "student", "张三", "phone=13822222222")
    keep = _made(office, "enterprise", "name=栖澜精密", f"uscc={CODE}")
    drop = _made(department, "enterprise", "name=杭州栖澜精密有限公司", f"uscc={CODE}")
    meet(pair)

    (conflict,) = department("conflicts", "--json", code=1)["conflicts"]
    assert {side["value"] for side in conflict["fields"][0]["sides"]} == {
        "13811111111",
        "13822222222",
    }
    department("resolve", conflict["id"], "phone=13822222222")
    office("merge", "enterprise", keep, drop)
    department("set", "placement", "student=张三", f"enterprise={drop}", "start_date=2026-03-02")
    meet(pair)

    assert office("conflicts", "--json")["conflicts"] == []
    assert office("show", "student", "张三", "--json")["phone"] == "13822222222"
    (placement,) = office("list", "placement", "--json")["records"]
    assert placement["enterprise"] == keep
    assert office("list", "enterprise", "--json")["total"] == 1


def test_a_computer_that_dies_while_it_takes_in_has_everything_or_nothing(
    pair: Pair, tmp_path: Path
) -> None:
    office, department = pair
    roster = tmp_path / "roster.csv"
    rows = [f"2024{n:04d},学生{n}" for n in range(1, 1201)]
    roster.write_text("学号,姓名\n" + "\n".join(rows), encoding="utf-8")
    office("import", "student", str(roster))
    file = tmp_path / "p.xqhz"
    office("pack", str(file))
    before = department("list", "student", "--json")["total"]
    for lines in (1, 2):
        process = department.taker(file)
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        process.kill()
        process.communicate()
        assert department("list", "student", "--json")["total"] in {before, before + 1200}
        assert department("verify", "--json")["sound"]
    department("unpack", str(file))
    meet(pair)


def _made(computer: Callable[..., Any], *words: str) -> str:
    """Make a record and return its id."""
    kind, name = words[0], words[1].partition("=")[2]
    computer("set", *words)
    found = computer("list", kind, "--search", name, "--json")["records"]
    return str(next(one["id"] for one in found if one["name"] == name))
