"""The papers of a batch from the command line: checklist, numbers, scans, archive, binder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.services.placements import SmallSchool
from tests.services.test_archiving import attach, unpacked
from tests.services.test_assessing import place
from tests.services.test_scan_filing import stack
from xqhz_desktop.cli.run import run
from xqhz_desktop.domain.marker import Mark
from xqhz_desktop.services import workspace

Said = pytest.CaptureFixture[str]


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    made = SmallSchool(tmp_path / "school")
    leg = place(made, *made.students(1, name="林冲", student_no="20230101"))
    attach(made, leg, "三方协议.pdf", b"scan")
    workspace.close(made.work)
    return made


def xqhz(school: SmallSchool, *words: str) -> int:
    answer = run(["--workspace", str(school.work.folder), "--language", "en", *words])
    assert isinstance(answer, int)
    return answer


def test_the_checklist_names_what_is_missing(school: SmallSchool, capsys: Said) -> None:
    assert xqhz(school, "checklist", "2026春季") == 1
    said = capsys.readouterr().out
    assert "林冲" in said
    assert "Informed consent (Missing)" in said
    assert "Three-party agreement" not in said
    assert xqhz(school, "checklist", "2026春季", "--json") == 1
    (one,) = json.loads(capsys.readouterr().out)["placements"]
    assert (one["papers"]["agreement"], one["papers"]["consent"]) == ("ready", "missing")


def test_the_numbers_say_who_is_where(school: SmallSchool, capsys: Said) -> None:
    assert xqhz(school, "numbers", "2026春季", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["register"], found["agreements"], found["insured"]) == (1, 0, 0)
    assert [one["name"] for one in found["persons"]] == ["林冲"]


@pytest.mark.parametrize("command", ["archive", "binder"])
def test_files_are_written_and_never_over_others(
    school: SmallSchool, tmp_path: Path, capsys: Said, command: str
) -> None:
    target = tmp_path / "out.zip"
    assert xqhz(school, command, "2026春季", str(target)) == 0
    assert f"written to {target}" in capsys.readouterr().out
    assert any(one.endswith("三方协议.pdf") for one in unpacked(target)) is (command == "archive")
    assert xqhz(school, command, "2026春季", str(target)) == 3
    assert "Choose another name" in capsys.readouterr().err


def test_scans_are_filed_and_the_open_ones_named(
    school: SmallSchool, tmp_path: Path, capsys: Said
) -> None:
    opened = workspace.opened(school.work.folder)
    with opened.store.read() as reader:
        (leg,) = reader.all("placement")
    workspace.close(opened)
    file = stack(tmp_path / "stack.pdf", Mark("placement", leg.id, "consent").text, "")
    assert xqhz(school, "scans", str(file)) == 1
    said = capsys.readouterr().out
    assert "1 scanned page filed" in said
    assert "stack.pdf, page 2: no readable code" in said
    assert xqhz(school, "scans", str(file), "--json") == 1
    assert json.loads(capsys.readouterr().out)["filed_before"] == 1
