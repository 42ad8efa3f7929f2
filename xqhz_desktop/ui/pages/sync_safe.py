"""The safe on the sync page: filling it, and opening it when the school's computer is gone."""

from __future__ import annotations

import platform
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.escrow import ENDING, Deposit, Recovered
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.devices import SafeDialog, WordsDialog
from xqhz_desktop.ui.dialogs.question import Asked
from xqhz_desktop.ui.pages import sync_jobs


class Safe(QObject):
    """The dialogs of the safe; `changed` when this computer has become the school's first."""

    changed = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._context, self._page, self._languages = context, page, context.languages

    def fill(self) -> None:
        """Ask where the files for the safe are written."""
        dialog = self._dialog(N_("Where to write the files for the safe"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{self._languages.say(N_('school key'))}{ENDING}")
        dialog.fileSelected.connect(self._on_place)
        dialog.open()

    def open(self) -> None:
        """Ask for the key file, then for the words."""
        dialog = self._dialog(N_("Open the key file of the safe"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._page, self._languages.say(title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix(ENDING.lstrip("."))
        dialog.setNameFilters([f"*{ENDING}", "*"])
        return dialog

    def _on_place(self, name: str) -> None:
        job = partial(sync_jobs.deposit, self._context.work, Path(name))
        title = Message("Filling the safe")
        self._context.tasks.run(self, job, self._on_filled, self._context.complain, title)

    def _on_filled(self, made: Deposit) -> None:
        text = Message(
            "{files} are written: put them on a stick into the safe. Write these words on paper "
            "and put it beside the stick; they are shown this once. Fill the safe anew each term.",
            files=[one.name for one in made.files],
        )
        asked = Asked(N_("The words of the safe"), text, N_("They are on paper"))
        WordsDialog(self._page, self._languages, asked, made.words).open()

    def _on_file(self, name: str) -> None:
        then = partial(self._recover, Path(name))
        SafeDialog(self._page, self._languages, platform.node(), then).open()

    def _recover(self, file: Path, words: str, name: str) -> None:
        job = partial(sync_jobs.recover, self._context.work, file, words, name)
        title = Message("Opening the safe")
        self._context.tasks.run(self, job, self._on_recovered, self._context.complain, title)

    def _on_recovered(self, made: Recovered) -> None:
        text = Message(
            "“{name}” is now the school's first computer. Block the lost one.", name=made.me.name
        )
        self._context.say(text)
        self._context.changed.emit(set(BY_KIND))
        self.changed.emit()
