"""What this computer remembers between starts: last workspace, language, theme, the window."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.logs import LOG

_CHOICES = "settings.json"
"""In the workspace, outside its database: the first paint must know the language."""


@dataclass(frozen=True)
class Computer:
    """Settings of the computer, not of the school. `window` is free JSON, one entry a page."""

    workspace: str = ""
    language: str = ""
    theme: str = "system"
    recent: tuple[str, ...] = ()
    window: dict[str, Any] = field(default_factory=dict)


def load() -> Computer:
    """Return what was saved; anything missing or broken is as on the first day."""
    try:
        saved = json.loads(paths.settings_file().read_text(encoding="utf-8"))
        known = {one.name: saved[one.name] for one in fields(Computer) if one.name in saved}
        known["recent"] = tuple(map(str, known.get("recent", ())))
        first = Computer()
        fit = {name for name, value in known.items() if type(value) is type(getattr(first, name))}
        return Computer(**{name: known[name] for name in fit})
    except FileNotFoundError:
        return Computer()
    except (OSError, ValueError, TypeError, AttributeError):
        LOG.info("the settings file could not be read; starting with the first day's settings")
        return Computer()


def save(computer: Computer) -> None:
    """Write the settings in one step; a computer that cannot keep them goes on without."""
    target = paths.settings_file()
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(asdict(computer), ensure_ascii=False, indent=1), "utf-8")
        part.replace(target)
    except OSError:
        LOG.info("the settings file could not be written")


def language_of(folder: Path | None) -> str:
    """Return the language last chosen in a workspace, or ""."""
    if folder is None:
        return ""
    try:
        return str(json.loads((folder / _CHOICES).read_text(encoding="utf-8"))["language"])
    except (OSError, ValueError, TypeError, LookupError):
        return ""


def keep_language(folder: Path, code: str) -> None:
    """Let a workspace speak this language from now on, on whatever computer it is opened."""
    try:
        (folder / _CHOICES).write_text(json.dumps({"language": code}), encoding="utf-8")
    except OSError:
        LOG.info("the workspace's settings could not be written")


def log_folder() -> Path:
    """Return where the log is written while no workspace is open."""
    return paths.settings_file().parent / "logs"
