"""What this computer does by itself for a workspace: exchange, and look for new scans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xqhz_desktop.services import settings

_SYNC = "sync"
"""The entry among the settings of the computer: {folder of the workspace: by itself}."""

_SCANS = "scans"
"""The same for scans: {folder of the workspace: folder that is watched}."""


def exchanges_by_itself(folder: Path) -> bool:
    """Tell whether the workspace in a folder exchanges by itself."""
    habits = settings.load().window.get(_SYNC, {})
    return isinstance(habits, dict) and habits.get(str(folder)) is True


def exchange_by_itself(folder: Path, on: bool) -> None:
    """Let the workspace in a folder exchange by itself from now on, or no longer."""
    computer = settings.load()
    habits = {**computer.window.get(_SYNC, {}), str(folder): on}
    settings.save(replace(computer, window={**computer.window, _SYNC: habits}))


def scan_folder(folder: Path) -> str:
    """Return the folder that is watched for scans of a workspace, "" where none is."""
    habits = settings.load().window.get(_SCANS, {})
    return str(habits.get(str(folder), "")) if isinstance(habits, dict) else ""


def watch_scans(folder: Path, watched: str) -> None:
    """Watch a folder for scans of a workspace from now on."""
    computer = settings.load()
    habits = {**computer.window.get(_SCANS, {}), str(folder): watched}
    settings.save(replace(computer, window={**computer.window, _SCANS: habits}))
