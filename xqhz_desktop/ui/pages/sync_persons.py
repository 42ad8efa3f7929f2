"""Students to and from other schools, on the sync page: one sealed file each way."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.dossiers import ENDING, Arrived, Dossier
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.devices import WordsDialog
from xqhz_desktop.ui.dialogs.person import ArrivingDialog, HearingDialog, LeavingDialog
from xqhz_desktop.ui.dialogs.question import Asked
from xqhz_desktop.ui.pages import sync_jobs


class Persons(QObject):
    """The dialogs of a student who changes school."""

    def __init__(self, context: Context, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._context, self._page, self._languages = context, page, context.languages

    def send(self) -> None:
        """Ask who leaves, and where the file is written."""
        LeavingDialog(self._page, self._context, self._on_leaver).open()

    def receive(self) -> None:
        """Ask for the file of another school."""
        dialog = self._dialog(N_("Open the file of the other school"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._page, self._languages.say(title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix(ENDING.lstrip("."))
        dialog.setNameFilters([f"*{ENDING}", "*"])
        return dialog

    def _on_leaver(self, student: str, leaves: bool) -> None:
        dialog = self._dialog(N_("Where to write the file for the other school"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(partial(self._write, student, leaves))
        dialog.open()

    def _write(self, student: str, leaves: bool, name: str) -> None:
        job = partial(sync_jobs.send_student, self._context.work, student, leaves, Path(name))
        self._context.tasks.run(
            self, job, self._on_written, self._context.complain, Message("Making the package")
        )

    def _on_written(self, made: Dossier) -> None:
        text = Message(
            "{file} is written. Read these words to the other school on the phone, and write them "
            "nowhere near the file; they are shown this once.",
            file=made.file.name,
        )
        asked = Asked(N_("The words of the file"), text, N_("Close"))
        WordsDialog(self._page, self._languages, asked, made.words).open()

    def _on_file(self, name: str) -> None:
        HearingDialog(self._page, self._context, partial(self._look, Path(name))).open()

    def _look(self, file: Path, words: str) -> None:
        job = partial(sync_jobs.look_at_student, self._context.work, file, words)
        done = partial(self._on_looked, file, words)
        title = Message("Looking into the package …")
        self._context.tasks.run(self, job, done, self._context.complain, title)

    def _on_looked(self, file: Path, words: str, arrived: Arrived) -> None:
        then = partial(self._take, file, words, arrived)
        ArrivingDialog(self._page, self._context, arrived, then).open()

    def _take(self, file: Path, words: str, arrived: Arrived, home: str) -> None:
        job = partial(sync_jobs.take_student, self._context.work, file, words, home)
        done = partial(self._on_taken, arrived)
        title = Message("Taking in the package")
        self._context.tasks.run(self, job, done, self._context.complain, title)

    def _on_taken(self, arrived: Arrived, _number: int) -> None:
        text = Message(
            "{names} taken over from {school}.",
            names=list(arrived.students), school=arrived.school or "—",
        )  # fmt: skip
        self._context.say(text, undo=True)
