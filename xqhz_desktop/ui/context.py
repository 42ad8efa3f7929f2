"""What a page is given: the open workspace, languages, tasks, and three ways to speak up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.tasks import Runner

if TYPE_CHECKING:  # the first paint needs no database
    from datetime import datetime

    from xqhz_desktop.services.syncing import Status
    from xqhz_desktop.services.workspace import Work
    from xqhz_desktop.storage.queries import Query


class Context(QObject):
    """Everything a page may know of the world around it; it never sees the window itself."""

    changed = Signal(object)
    """The ``set[str]`` of kinds a change has touched, in the thread of the window."""
    said = Signal(object, bool)
    """A message for the user, and whether it offers to undo."""
    wanted = Signal(str, object, str, str)
    """A page by name, a query or None, the id of a record, and a command of the page."""
    given = Signal(str, object)
    """A page by name, and something it is to work on, such as a file under check."""
    offered = Signal(str, bool)
    """A passing page by name, and whether it has something open."""
    restore_wanted = Signal(object)
    """The backup file that is to take the place of the data."""
    stood = Signal(object)
    """Where the exchange with other computers stands now: its `Status`."""
    counted = Signal(object)
    """The message on what a list shows now (rows 1–12 of 2,486), for the status bar."""

    def __init__(self, work: Work, languages: Languages, tasks: Runner) -> None:
        """Listen to the workspace; changes may come from any thread."""
        super().__init__()
        self.work, self.languages, self.tasks = work, languages, tasks
        self.standing: Status | None = None
        self.exchanged: datetime | None = None
        work.store.listeners.append(self._on_stored)

    def say(self, message: Message, *, undo: bool = False) -> None:
        """Show a short message at the foot of the window, with a way back where there is one."""
        self.said.emit(message, undo)

    def complain(self, error: UserError) -> None:
        """Show why something was refused; a job the user stopped needs no words."""
        if not isinstance(error, Cancelled):
            self.said.emit(error.message, False)

    def navigate(
        self, page: str, query: Query | None = None, record: str = "", command: str = ""
    ) -> None:
        """Go to a page by name, its list filtered by ``query`` or one record opened by id.

        ``command`` is then done there, such as ``add`` or ``bring_in``.
        """
        self.wanted.emit(page, query, record, command)

    def give(self, page: str, thing: object) -> None:
        """Go to a page by name and hand it something to work on."""
        self.given.emit(page, thing)

    def offer(self, page: str, *, on: bool) -> None:
        """Show a passing page in the navigation while it has something open."""
        self.offered.emit(page, on)

    def count(self, message: Message | None) -> None:
        """Say in the status bar what part of a list is in view."""
        self.counted.emit(message)

    def stand(self, standing: Status, exchanged: datetime | None) -> None:
        """Tell everybody where the exchange stands, and when a package last came or went."""
        self.standing, self.exchanged = standing, exchanged
        self.stood.emit(standing)

    def leave(self) -> None:
        """Stop listening, when another workspace is opened."""
        if self._on_stored in self.work.store.listeners:
            self.work.store.listeners.remove(self._on_stored)

    def _on_stored(self, kinds: set[str]) -> None:
        self.changed.emit(kinds)
