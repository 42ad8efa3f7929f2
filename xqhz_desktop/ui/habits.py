"""What this computer does by itself for a workspace: exchange with the place used last."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xqhz_desktop.services import settings

_SYNC = "sync"
"""The entry among the settings of the computer: {folder of the workspace: by itself}."""


def exchanges_by_itself(folder: Path) -> bool:
    """Tell whether the workspace in a folder exchanges by itself."""
    habits = settings.load().window.get(_SYNC, {})
    return isinstance(habits, dict) and habits.get(str(folder)) is True


def exchange_by_itself(folder: Path, on: bool) -> None:
    """Let the workspace in a folder exchange by itself from now on, or no longer."""
    computer = settings.load()
    habits = {**computer.window.get(_SYNC, {}), str(folder): on}
    settings.save(replace(computer, window={**computer.window, _SYNC: habits}))
