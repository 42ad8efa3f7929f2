"""A workspace: made, opened, and what this computer remembers of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop import paths
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import settings, workspace
from xqhz_desktop.services.settings import Computer
from xqhz_desktop.services.workspace import Work


def test_a_new_workspace_holds_its_school_and_the_person_who_made_it(tmp_path: Path) -> None:
    work = workspace.create(tmp_path / "w", make(School, name="星河职校"))
    with work.store.read() as reader:
        assert [one.called for one in reader.all("school")] == ["星河职校"]
    assert isinstance(work.actor, Staff)
    assert work.actor.role is Role.ADMIN
    assert [one.called for one in workspace.people(work)] == [work.actor.name]
    assert not work.sample
    workspace.close(work)
    again = workspace.opened(tmp_path / "w")
    assert again.actor == work.actor
    workspace.close(again)


def test_people_stand_in_pinyin_order(work: Work) -> None:
    names = ["单老师", "程老师", "阿老师", "曾老师"]
    with work.store.change(workspace.Message("Test"), work.actor) as change:
        for name in names:
            change.put(make(Staff, name=name))
    people = [one.called for one in workspace.people(work) if one.called in names]
    assert people == ["阿老师", "程老师", "单老师", "曾老师"]  # Shan and Zeng, as surnames are read


def test_the_next_to_open_it_is_its_admin(tmp_path: Path) -> None:
    tutor = make(Staff, name="王老师", role=Role.TUTOR)
    work = workspace.create(tmp_path / "w", make(School), person=tutor)
    admin = make(Staff, name="陈老师", role=Role.ADMIN)
    with work.store.change(workspace.Message("Test"), work.actor) as change:
        change.put(admin)
    assert work.acting(admin).actor == admin
    workspace.close(work)
    again = workspace.opened(tmp_path / "w")
    assert again.actor == admin
    workspace.close(again)


def test_a_sample_school_stays_one(tmp_path: Path) -> None:
    workspace.close(workspace.create(tmp_path / "w", make(School), sample=True))
    again = workspace.opened(tmp_path / "w")
    assert again.sample
    workspace.close(again)


def test_a_place_that_cannot_be_written_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        workspace.create(tmp_path / "file" / "w", make(School))


@pytest.mark.parametrize("name", ["OneDrive", "坚果云", "Dropbox"])
def test_a_cloud_folder_is_warned_of(tmp_path: Path, name: str) -> None:
    assert workspace.warning(tmp_path / name / "school") is not None


def test_an_ordinary_folder_is_not_warned_of(tmp_path: Path) -> None:
    assert workspace.warning(tmp_path / "school") is None


def test_the_computer_remembers(tmp_path: Path) -> None:
    computer = Computer(workspace=str(tmp_path), recent=("a", "b"), window={"students": [1, 2]})
    settings.save(computer)
    assert settings.load() == computer


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '"x"', '{"workspace": 5, "recent": 7}', '{"window": [], "new": 1}'],
)
def test_broken_settings_are_those_of_the_first_day(content: str) -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    assert settings.load() == Computer()
    settings.save(Computer(theme="dark"))
    assert json.loads(file.read_text(encoding="utf-8"))["theme"] == "dark"


def test_settings_that_cannot_be_kept_are_no_error() -> None:
    paths.settings_file().parent.parent.mkdir(parents=True, exist_ok=True)
    paths.settings_file().parent.write_text("in the way")
    settings.save(Computer(theme="dark"))
    assert settings.load() == Computer()
