"""Partial copies on the sync page: giving one its part, and giving back what was changed on one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.services.enrolling import Member
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.packing import SUFFIX, Packing


class Parts(QObject):
    """Asks where the package of a part, or of a return, is written."""

    wanted = Signal(object)
    """A `Packing`."""

    def __init__(self, context: Context, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._page, self._languages = page, context.languages

    def give(self, member: Member) -> None:
        """Give a partial copy its part as it is now."""

        def write(file: Path) -> None:
            self.wanted.emit(Packing((member.id,), file, False, False))

        self._save(N_("Where to write the part"), member.name, write)

    def give_back(self, name: str) -> None:
        """Give back what was changed here."""

        def write(file: Path) -> None:
            self.wanted.emit(Packing((), file, False, False))

        self._save(N_("Where to write the return"), name, write)

    def _save(self, title: str, name: str, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._page, self._languages.say(title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setNameFilter(f"*{SUFFIX}")
        dialog.selectFile(f"{name}_{datetime.now():%Y%m%d_%H%M}{SUFFIX}")
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()
