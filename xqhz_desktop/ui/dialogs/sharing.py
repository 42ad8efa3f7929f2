"""Files by which people share what they set up: filters, layouts. The system's own dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Then = Callable[[str], object]


def write(parent: QWidget, title: str, name: str, then: Then) -> None:
    """Ask where a JSON file goes; `then` gets its path."""
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("json")
    dialog.selectFile(f"{name}.json")
    dialog.fileSelected.connect(then)
    dialog.open()


def read(parent: QWidget, title: str, then: Then) -> None:
    """Ask which JSON file to read; `then` gets its path."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter("JSON (*.json)")
    dialog.fileSelected.connect(then)
    dialog.open()


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
