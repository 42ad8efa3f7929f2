"""What every test stands on: no display, no traces of this computer, no unexpected warning."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.make import make
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Store

settings.register_profile("any computer", deadline=None)  # a slow one is not a wrong one
settings.load_profile("any computer")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt: a test opens no window
# Before keyring: a test leaves no keys among the passwords of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

LOG = logging.getLogger("xqhz")


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the whole run, as on a computer: fonts are unpacked once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_computer(
    _cache: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A computer that has never seen the program: its own home and settings, in English."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(_cache))
    monkeypatch.setenv("XQHZ_CONFIG", str(home / "config"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for name in ("XQHZ_WORKSPACE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_unexpected_warning(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail where the program warned and the test is not marked `expects_warning`."""
    yield
    _close_log()
    if request.node.get_closest_marker("expects_warning"):
        return
    said = [
        record.getMessage()
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.name.split(".")[0] == LOG.name and record.levelno >= logging.WARNING
    ]
    assert not said, f"unexpected warnings: {said}"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """An empty workspace with its school and one person."""
    person = make(Staff, name="陈老师", role=Role.ADMIN)
    made = workspace.create(tmp_path / "school", make(School, name="星河职校"), person=person)
    yield made
    workspace.close(made)


@pytest.fixture
def store(work: Work) -> Store:
    """The store of that workspace."""
    return work.store


def _close_log() -> None:
    """Let go of the log file of the test's workspace."""
    for handler in list(LOG.handlers):
        if isinstance(handler, logging.FileHandler):
            LOG.removeHandler(handler)
            handler.close()
