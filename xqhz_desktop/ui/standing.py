"""Keeps an eye on the exchange: what is not sent, what is in conflict; exchanges by itself."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.logs import LOG
from xqhz_desktop.ui import live_jobs
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.habits import exchanges_by_itself
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.nav import Nav
from xqhz_desktop.ui.widgets.statusbar import StatusBar

if TYPE_CHECKING:  # the first paint needs no compression and no keys
    from xqhz_desktop.services.exchanging import Exchange
    from xqhz_desktop.services.syncing import Status

_PAUSE = 1_000
"""Milliseconds without a change before it is asked again what is not sent."""
_EVERY = 600_000
"""Milliseconds between two exchanges made by itself."""


class Standing(QObject):
    """Tells context, navigation and foot where the exchange stands, from `begin` on."""

    def __init__(self, context: Context, nav: Nav, foot: StatusBar) -> None:
        """Ask nothing yet: the first page comes first."""
        super().__init__(context)
        self._context, self._nav, self._foot = context, nav, foot
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._clock = QTimer(self, interval=_EVERY)
        self._pause.timeout.connect(self.ask)
        self._clock.timeout.connect(self._on_clock)

    def begin(self) -> None:
        """Ask now, and again after every change."""
        self._context.changed.connect(self._on_changed)
        self._context.stood.connect(self._show)
        self._clock.start()
        self.ask()

    def ask(self) -> None:
        """Find out where the exchange stands, elsewhere."""
        job = partial(live_jobs.standing, self._context.work)
        self._context.tasks.run(self, job, self._on_told, self._on_failed)

    def end(self) -> None:
        """Show nothing any more."""
        self._pause.stop()
        self._clock.stop()
        self._foot.show_sync(None)
        self._nav.count("conflicts", 0)

    def _on_changed(self, _kinds: set[str]) -> None:
        self._pause.start()

    def _on_told(self, told: tuple[Status, datetime | None]) -> None:
        self._context.stand(*told)

    def _show(self, status: Status) -> None:
        last = self._context.exchanged
        self._nav.offer("conflicts", on=bool(status.conflicts))
        self._nav.count("conflicts", status.conflicts)
        self._foot.show_sync(_words(status, last) if status.enrolled else None)

    def _on_failed(self, error: UserError) -> None:
        """Say it on the sync page, when somebody looks there."""
        LOG.info("where the exchange stands is not known: %s", error.message)

    def _on_clock(self) -> None:
        work = self._context.work
        if not work.read_only and exchanges_by_itself(work.folder):
            job = partial(live_jobs.exchange, work)
            self._context.tasks.run(self, job, self._on_exchanged, self._on_failed)

    def _on_exchanged(self, done: Exchange | None) -> None:
        changes = sum(one.changes for one in done.taken) if done else 0
        if changes:
            text = NN_("{n} change came by itself", "{n} changes came by themselves")
            self._context.say(Message(text, n=changes))


def _words(status: Status, last: datetime | None) -> Message:
    """Return what is not sent and when was exchanged last."""
    text = NN_("{n} change to send", "{n} changes to send")
    unsent = Message(text, n=status.unsent) if status.unsent else Message("Everything is sent")
    if last is None:
        return unsent
    return Message("{unsent}, last exchange {when}", unsent=unsent, when=when(last))
