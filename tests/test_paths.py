"""Files lie beside a checkout, inside a wheel or in one frozen folder; a user's are the user's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from xqhz_desktop import paths


def test_a_checkout_uses_its_own_resources() -> None:
    assert paths.resource("codes", "gbt2260_2024.csv").is_file()
    assert (paths.catalogues() / "xqhz.pot").is_file()


def test_a_wheel_carries_its_resources_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "site-packages" / "xqhz_desktop")
    assert paths.resource("fonts") == paths.PACKAGE / "_data" / "resources" / "fonts"


def test_a_frozen_program_carries_them_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.catalogues() == tmp_path / "i18n"


def test_the_first_workspace_is_made_in_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert paths.default_workspace() == tmp_path / "XQHZ"
    (tmp_path / "Documents").mkdir()
    assert paths.default_workspace() == tmp_path / "Documents" / "XQHZ"


@pytest.mark.parametrize(
    ("system", "variable", "inside"),
    [
        ("linux", "XDG_CONFIG_HOME", "xqhz/settings.json"),
        ("win32", "APPDATA", "XQHZ/settings.json"),
    ],
)
def test_settings_stay_where_the_system_keeps_them(
    system: str, variable: str, inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XQHZ_CONFIG")
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv(variable, str(tmp_path))
    assert paths.settings_file() == tmp_path / inside


def test_settings_can_be_sent_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XQHZ_CONFIG", str(tmp_path))
    assert paths.settings_file() == tmp_path / "settings.json"


def test_what_can_be_made_again_is_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCALAPPDATA")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert paths.cache_folder() == tmp_path / "xqhz"
