"""A picture of the page as it was left, shown until the data is there; never of a locked school."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from xqhz_desktop.services.settings import Computer

if TYPE_CHECKING:
    from xqhz_desktop.services.workspace import Work
    from xqhz_desktop.ui.shell import Shell

_NAME = "window.png"


def keep(shell: Shell, work: Work) -> dict[str, Any]:
    """Save the picture beside the data it shows; return what it is good for."""
    file = work.folder / "cache" / _NAME
    page = shell.front()
    if work.read_only or page is None:
        return {}
    if work.store.key is not None:
        file.unlink(missing_ok=True)
        return {}
    try:
        file.parent.mkdir(exist_ok=True)
        page.grab().save(str(file), "PNG", 80)
    except OSError:
        return {}
    return {"picture": _good_for(shell)}


def last(computer: Computer, shell: Shell) -> QWidget | None:
    """Return the picture of last time as a widget, if it fits the window of today."""
    folder = computer.workspace
    if not folder or computer.window.get("shell", {}).get("picture") != _good_for(shell):
        return None
    file = Path(folder) / "cache" / _NAME
    pixmap = QPixmap(str(file)) if file.is_file() else QPixmap()
    if pixmap.isNull():
        return None
    pixmap.setDevicePixelRatio(shell.devicePixelRatioF())
    label = QLabel()
    label.setObjectName("snapshot")
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    label.setPixmap(pixmap)
    label.setMinimumSize(1, 1)
    return label


def _good_for(shell: Shell) -> list[Any]:
    code = shell.languages.language.code
    return [shell.width(), shell.height(), shell.devicePixelRatioF(), code, shell.theme.dark]
