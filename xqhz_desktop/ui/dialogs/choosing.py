"""Choosing a sheet from the disk: the endings that are read, and the dialog that shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages

ENDINGS = (".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv", ".txt", ".tsv", ".html", ".htm")
"""What is read."""


def choose_sheet(
    parent: QWidget, languages: Languages, then: Callable[[Path], object]
) -> QFileDialog:
    """Ask for a file; `then` is called with it."""
    dialog = QFileDialog(parent, languages.say(N_("Choose a sheet")))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    endings = " ".join(f"*{ending}" for ending in ENDINGS)
    dialog.setNameFilter(f"{languages.say(N_('Sheets'))} ({endings})")
    dialog.fileSelected.connect(lambda file: then(Path(file)))
    dialog.open()
    return dialog
