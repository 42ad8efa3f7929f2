"""From an empty laptop to a printed register and back, through the command line alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parents[2]

ROSTER = """学号,姓名,性别,班级
20240101,张三,男,24机电1班
20240102,买买提·艾力,男,24机电1班
20240103,㛃𠮷,女,24机电1班
"""

Program = Callable[..., Any]


@pytest.fixture
def xqhz(tmp_path: Path) -> Program:
    """Run the program as a process of its own; return its JSON, else what it said."""

    def run(*words: str, code: int = 0) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "xqhz_desktop", "--workspace", str(tmp_path / "w"), *words],
            cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return json.loads(done.stdout) if "--json" in words else done.stdout

    return run


def test_a_school_from_a_roster_to_a_register_and_back(xqhz: Program, tmp_path: Path) -> None:
    xqhz("new", str(tmp_path / "w"), "--school", "星河职业技术学校")
    xqhz("set", "major", "name=机电技术应用")
    xqhz("set", "school_class", "name=24机电1班", "major=机电技术应用")

    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    tried = xqhz("import", "student", str(tmp_path / "roster.csv"), "--dry-run", "--json")
    assert tried["counts"]["new"] == 3
    assert xqhz("list", "student", "--json")["total"] == 0
    taken = xqhz("import", "student", str(tmp_path / "roster.csv"), "--json")
    assert (taken["counts"]["new"], taken["counts"]["errors"]) == (3, 0)
    again = xqhz("import", "student", str(tmp_path / "roster.csv"), "--json")
    assert again["counts"]["same"] == 3

    host = "杭州星河精密机械有限公司"
    xqhz("set", "enterprise", f"name={host}", "staff_total=120", "status=ACTIVE")
    xqhz("set", "position", "name=数控操作工", f"enterprise={host}", "headcount=5")
    batch = "2026春季岗位实习"
    xqhz("set", "placement_batch", f"name={batch}", "start_date=2026-03-02", "end_date=2026-08-31")
    for number in ("20240101", "20240102", "20240103"):
        xqhz(
            "set", "placement", f"student={number}", f"enterprise={host}", "position=数控操作工",
            f"batch={batch}", "start_date=2026-03-02", "end_date=2026-08-31",
        )  # fmt: skip
    found = xqhz("list", "placement", "--search", "xh", "--sort", "student", "--json")
    assert found["total"] == 3

    register = tmp_path / "register.pdf"
    xqhz("report", "placement-register", str(register), "--in", "bilingual", "--batch", batch)
    text = "".join(page.extract_text() for page in PdfReader(register).pages)
    for word in ("张三", "买买提·艾力", "㛃𠮷", "Placement"):
        assert word in text

    backup = tmp_path / "school.xqbak"
    xqhz("backup", str(backup))
    assert xqhz("verify", str(backup), "--json")["sound"]
    before = xqhz("list", "student", "--json")
    xqhz("remove", "student", "张三", code=3)  # a placement needs him
    xqhz("set", "student", "张三", "phone=13800000000")
    xqhz("restore", str(backup))
    assert xqhz("list", "student", "--json") == before
    assert xqhz("verify", "--json")["sound"]

    steps = xqhz("history", "--json")["steps"]
    for step in steps[:-1]:  # the last of them made the school itself
        xqhz("undo", str(step["step"]))
    assert xqhz("list", "placement", "--json")["total"] == 0
    assert xqhz("list", "student", "--json")["total"] == 0
    xqhz("undo", code=3)
