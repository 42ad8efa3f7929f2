"""Handing over to a successor, from the sync page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.handover import HandoverDialog
from xqhz_desktop.ui.pages import sync_jobs


class Handover(QObject):
    """Opens the dialog, fills in what is open, and hands over."""

    def __init__(self, context: Context, page: QWidget) -> None:
        """Work over a page."""
        super().__init__(page)
        self._context, self._page = context, page
        self._dialog: HandoverDialog | None = None

    def open(self) -> None:
        """Ask who leaves and who takes over."""
        self._dialog = HandoverDialog(self._page, self._context, self._look, self._hand_over)
        self._dialog.open()

    def _look(self, person: str) -> None:
        if self._dialog is not None:
            job = partial(sync_jobs.matters, self._context.work, person)
            done = self._dialog.show_matters
            self._context.tasks.run(self._dialog, job, done, self._context.complain)

    def _hand_over(self, leaver: str, heir: str, roles: bool) -> None:
        self._dialog = None
        job = partial(sync_jobs.hand_over, self._context.work, leaver, heir, roles)
        self._context.tasks.run(self, job, self._on_done, self._context.complain)

    def _on_done(self, _number: int) -> None:
        self._context.say(Message("Handed over. The history says so."), undo=True)
