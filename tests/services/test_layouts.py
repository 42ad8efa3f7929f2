"""Export layouts: named, shared by everybody in the school, given away as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.services import history, layouts, workspace
from xqhz_desktop.services.layouts import Chosen
from xqhz_desktop.services.workspace import Work

ROSTER = Chosen(("student_no", "name", "school_class.major"), totals=True)


def names(work: Work) -> list[str]:
    return [one.name for one in layouts.named(work, "student")]


def test_a_layout_is_there_for_everybody_after_a_restart(work: Work) -> None:
    layouts.keep(work, "student", "花名册", ROSTER)
    workspace.close(work)
    again = workspace.opened(work.folder)
    kept = layouts.find(again, "student", "花名册")
    assert (kept.names, kept.totals) == (ROSTER.columns, True)
    assert layouts.named(again, "enterprise") == []
    workspace.close(again)


def test_keeping_under_the_same_name_changes_the_layout(work: Work) -> None:
    layouts.keep(work, "student", "花名册", ROSTER)
    layouts.keep(work, "student", "花名册", Chosen(("name",)))
    assert [one.names for one in layouts.named(work, "student")] == [("name",)]


def test_one_layout_at_most_is_the_usual_one_and_stands_first(work: Work) -> None:
    first = layouts.keep(work, "student", "a", ROSTER)
    other = layouts.keep(work, "student", "b", ROSTER)
    layouts.use_first(work, first, on=True)
    layouts.use_first(work, other, on=True)
    assert [(one.name, one.usual) for one in layouts.named(work, "student")] == [
        ("b", True),
        ("a", False),
    ]
    layouts.use_first(work, other, on=False)
    assert not any(one.usual for one in layouts.named(work, "student"))


def test_renaming_takes_no_name_that_is_taken_and_removing_can_be_undone(work: Work) -> None:
    first = layouts.keep(work, "student", "a", ROSTER)
    layouts.keep(work, "student", "b", ROSTER)
    with pytest.raises(UserError, match="already"):
        layouts.rename(work, first, "b")
    layouts.rename(work, first, "c")
    assert names(work) == ["b", "c"]
    layouts.drop(work, first)
    assert names(work) == ["b"]
    history.undo(work)
    assert names(work) == ["b", "c"]


def test_an_unknown_name_says_which_there_are(work: Work) -> None:
    with pytest.raises(NotFound, match="Save one"):
        layouts.find(work, "student", "花名册")
    layouts.keep(work, "student", "总表", ROSTER)
    with pytest.raises(NotFound, match="总表"):
        layouts.find(work, "student", "花名册")


def test_layouts_are_given_away_as_a_file(work: Work, tmp_path: Path) -> None:
    layouts.keep(work, "student", "花名册", ROSTER)
    file = tmp_path / "layouts.json"
    layouts.write(file, "student", layouts.named(work, "student"))
    layouts.drop(work, layouts.find(work, "student", "花名册"))
    assert layouts.read(work, file, "student") == 1
    assert layouts.find(work, "student", "花名册").names == ROSTER.columns
    with pytest.raises(UserError, match="no layouts of this list"):
        layouts.read(work, file, "enterprise")


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"xqhz-layouts": 1, "kind": "student", "layouts": {"a": {"columns": ["shoe"]}}}'],
)
def test_a_file_without_layouts_is_refused(work: Work, tmp_path: Path, text: str) -> None:
    file = tmp_path / "layouts.json"
    file.write_text(text)
    with pytest.raises(UserError, match="no layouts of this list"):
        layouts.read(work, file, "student")
