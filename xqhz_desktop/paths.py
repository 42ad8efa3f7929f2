"""Where files live: beside a checkout, inside a wheel, or frozen in one folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """Return the folder that holds ``resources`` and ``i18n``."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    beside = PACKAGE.parent
    return beside if (beside / "resources").is_dir() else PACKAGE / "_data"


def resource(*parts: str) -> Path:
    """Return one file or folder of ``resources``."""
    return root().joinpath("resources", *parts)


def catalogues() -> Path:
    """Return the folder of the language catalogues."""
    return root() / "i18n"


def default_workspace() -> Path:
    """Return where a first workspace is made: the user's documents folder."""
    documents = Path.home() / "Documents"
    return (documents if documents.is_dir() else Path.home()) / "XQHZ"


def sample_workspace() -> Path:
    """Return where the sample school is made: beside the first workspace."""
    return default_workspace().with_name("XQHZ sample school")


def settings_file() -> Path:
    """Return the file with what this computer remembers (last workspace, language, theme)."""
    return _config_folder() / "settings.json"


def cache_folder() -> Path:
    """Return a folder for files that can be made again, such as unpacked fonts."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    if sys.platform == "darwin" and not base:
        return Path.home() / "Library" / "Caches" / "XQHZ"
    return (Path(base) if base else Path.home() / ".cache") / "xqhz"


def _config_folder() -> Path:
    override = os.environ.get("XQHZ_CONFIG")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "XQHZ"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "XQHZ"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "xqhz"
