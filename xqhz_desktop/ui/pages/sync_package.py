"""Looking into a package, choosing what to leave out, and taking it in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.syncing import Preview, Taken
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import sync_jobs
from xqhz_desktop.ui.widgets.package_card import PackageCard


class Desk(QObject):
    """Fills the card of the one package that is looked at."""

    opened = Signal()
    """A package was opened or put away."""
    taken = Signal(object)
    """What taking it in did: a `Taken`."""
    failed = Signal(object)
    """A UserError while it was taken in."""

    def __init__(self, context: Context, page: QWidget, card: PackageCard) -> None:
        """Work for a page and its card."""
        super().__init__(page)
        self._context, self._page, self._card = context, page, card
        card.choices_changed.connect(self._count)
        card.take_wanted.connect(self.take)
        card.left.connect(self.put_away)

    def choose(self) -> None:
        """Choose a file and look into it."""
        title = self._context.languages.say(N_("Open a package"))
        dialog = QFileDialog(self._page, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["*.xqhz", "*"])
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def look(self, file: Path) -> None:
        """Show what taking in a package would do."""
        self._card.show_file(file)
        self.opened.emit()
        self._count()

    def take(self) -> None:
        """Take in the package as it is shown."""
        if self._card.file is None:
            return
        self._card.wait()
        left_out = sorted(self._card.left_out)
        job = partial(sync_jobs.take_in, self._context.work, self._card.file, left_out)
        title = Message("Taking in the package")
        self._context.tasks.run(self, job, self._on_taken, self._on_failed, title)

    def put_away(self) -> None:
        """Forget the package; the file stays where it is."""
        self._card.hide()
        self._card.file = None
        self.opened.emit()

    def _count(self) -> None:
        """Look, with what is left out now."""
        file, left_out = self._card.file, frozenset(self._card.left_out)
        if file is None:
            return
        job = partial(sync_jobs.preview, self._context.work, file, sorted(left_out))
        done = partial(self._on_preview, file, left_out)
        self._context.tasks.run(self, job, done, partial(self._on_refused, file))

    def _on_preview(self, file: Path, left_out: frozenset[str], preview: Preview) -> None:
        if file == self._card.file and left_out == self._card.left_out:
            self._card.show_preview(preview)

    def _on_refused(self, file: Path, error: UserError) -> None:
        if file == self._card.file:
            self._card.show_refusal(error.message)

    def _on_taken(self, taken: Taken) -> None:
        self.put_away()
        self.taken.emit(taken)

    def _on_failed(self, error: UserError) -> None:
        self._count()
        self.failed.emit(error)

    def _on_file(self, name: str) -> None:
        self.look(Path(name))
