"""The command line as people call it, in one process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from xqhz_desktop.cli.run import run
from xqhz_desktop.cli.session import OpenWindow


@dataclass(frozen=True)
class Answer:
    """What one call said and how it ended."""

    code: int | OpenWindow
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


Call = Callable[..., Answer]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call ``xqhz`` on a workspace of its own."""

    def made(*words: str) -> Answer:
        code = run(["--workspace", str(tmp_path / "w"), *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return Answer(code, said.out, said.err)

    return made


@pytest.fixture
def xqhz(call: Call, tmp_path: Path) -> Call:
    """The same, with a workspace that holds a class and two students."""
    assert call("new", str(tmp_path / "w"), "--school", "星河职校").code == 0
    assert call("set", "school_class", "name=24机电1班").code == 0
    for name, number in (("张三", "20240101"), ("李四", "20240102")):
        words = [f"name={name}", f"student_no={number}", "school_class=24机电1班", "sex=男"]
        assert call("set", "student", *words).code == 0
    return call
