"""A school adds forms of its own without a new version of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spreadsheets.adapter_files import adapter_file
from xqhz_desktop.errors import BadFile, NotFound
from xqhz_desktop.services import adapters
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.adapter_reading import shipped


def test_without_a_workspace_there_are_those_of_the_program() -> None:
    assert adapters.known(None).adapters == shipped()


def test_a_file_put_into_the_folder_is_listed(work: Work) -> None:
    adapter_file(work.folder / adapters.FOLDER)
    found = adapters.known(work.folder)
    assert found.find("own-form").own
    assert not found.troubles


def test_a_corrected_form_takes_the_place_of_the_one_of_the_program(work: Work) -> None:
    adapter_file(work.folder / adapters.FOLDER, id="rp01", version="2027")
    found = adapters.known(work.folder)
    assert [one.id for one in found.adapters] == [one.id for one in shipped()]
    assert found.find("rp01").version == "2027"


def test_a_broken_file_is_named_and_the_others_stay(work: Work) -> None:
    adapter_file(work.folder / adapters.FOLDER, "bad.json", columns=[])
    found = adapters.known(work.folder)
    assert len(found.adapters) == len(shipped())
    assert "“bad.json” is no template" in str(found.troubles[0])


def test_a_form_is_added_and_kept_in_the_workspace(work: Work, tmp_path: Path) -> None:
    file = adapter_file(tmp_path)
    assert adapters.add(work, file).name == "本校上报表"
    file.unlink()
    again = work.folder / adapters.FOLDER / "own-form.json"
    assert adapters.add(work, again).id == "own-form"
    assert adapters.known(work.folder).find("own-form")


def test_a_broken_form_is_not_added(work: Work, tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        adapters.add(work, adapter_file(tmp_path, columns=[]))
    assert not (work.folder / adapters.FOLDER).exists()


def test_an_unknown_name_is_answered_with_those_there_are(work: Work) -> None:
    with pytest.raises(NotFound) as refused:
        adapters.known(work.folder).find("rp99")
    assert "rp01" in str(refused.value)
