"""Ways of findings out of the window: a sheet to send on, a frozen one to keep."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.checking_views import Overview
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import findings_jobs as jobs


class Outlet(QObject):
    """Writes or freezes what stands, and says so."""

    def __init__(self, context: Context, page: QWidget) -> None:
        """Belong to the page, whose window dialogs open over."""
        super().__init__(page)
        self._context, self._page = context, page

    def export(self, found: Overview) -> None:
        """Ask for a file and write every finding into it."""
        lang = self._context.languages.language
        name = lang.say(Message("Compliance check {day}.xlsx", day=date.today()))
        dialog = QFileDialog(self._page, lang.say(N_("Export findings")), str(Path.home() / name))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(partial(self.write, found))
        dialog.open()

    def write(self, found: Overview, file: str) -> None:
        """Write every finding into a file."""
        job = partial(jobs.export, found, Path(file), self._context.languages.language)
        self._context.tasks.run(self, job, self._on_exported, self._context.complain)

    def freeze(self, found: Overview, batch: str) -> None:
        """Keep what stands as a sheet, and say what changed since the one before."""
        lang = self._context.languages.language
        job = partial(jobs.freeze, self._context.work, found, batch, lang)
        self._context.tasks.run(self, job, self._on_frozen, self._context.complain)

    def _on_exported(self, count: int) -> None:
        text = NN_("{n} finding written", "{n} findings written")
        self._context.say(Message(text, n=count))

    def _on_frozen(self, said: Message) -> None:
        self._context.say(said, undo=True)
