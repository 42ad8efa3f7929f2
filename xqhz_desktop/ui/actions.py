"""What can be done from anywhere in the window: names, keys and icons of the actions."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages


@dataclass(frozen=True)
class Command:
    """One action: its name in the code, what it says, its keys; ``offered`` by Ctrl+K or not."""

    name: str
    text: str
    icon: str
    keys: tuple[str, ...] = ()
    offered: bool = True


COMMANDS: tuple[Command, ...] = (
    Command("palette", N_("Find a command, page or record"), "command", ("Ctrl+K",), offered=False),
    Command("add", N_("New entry in this list"), "plus", ("Ctrl+N",)),
    Command("find", N_("Search this list"), "search", ("Ctrl+F",)),
    Command("bring_in", N_("Import into this list"), "upload", ("Ctrl+I",)),
    Command("take_out", N_("Export this list"), "download", ("Ctrl+E",)),
    Command("print_out", N_("Print this list"), "printer", ("Ctrl+P",)),
    Command("refresh", N_("Read the page again"), "refresh-cw", ("F5",)),
    Command("undo", N_("Undo the last change"), "undo-2", ("Ctrl+Z",)),
    Command("redo", N_("Redo what was undone"), "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("theme", N_("Switch between light and dark"), "moon", ("Ctrl+Shift+D",)),
    Command("language", N_("Switch the language"), "languages", ("Ctrl+Shift+L",)),
    Command("backup", N_("Back up the data now"), "hard-drive-download"),
    Command("other", N_("Open another school or folder"), "folder-open"),
    Command("emergency", N_("Emergency card"), "triangle-alert", ("Ctrl+Shift+E",)),
    Command("help", N_("Help on this page"), "circle-help", ("F1",)),
    Command("next_region", N_("Next region"), "arrow-right", ("F6",), offered=False),
    Command("previous_region", N_("Previous region"), "arrow-left", ("Shift+F6",), offered=False),
)

PAGE_COMMANDS = ("add", "find", "bring_in", "take_out", "print_out", "refresh")
"""Those a page answers by a method of the same name."""


def actions(window: QWidget, languages: Languages) -> dict[str, QAction]:
    """Return the actions by name, with their keys alive in the whole of ``window``."""
    made: dict[str, QAction] = {}
    for command in COMMANDS:
        action = QAction(window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        languages.bind(action, action.setText, command.text)
        window.addAction(action)
        made[command.name] = action
    return made
