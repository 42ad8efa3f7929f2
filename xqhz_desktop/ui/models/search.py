"""Questions to the database, answered one after another in a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from xqhz_desktop.logs import LOG

if TYPE_CHECKING:
    from xqhz_desktop.storage.store import Reader

Question = Callable[["Reader"], Any]
"""What to ask, run in the thread with a snapshot of the database."""

Answer = Callable[[Any], None]
"""What to do with the result, in the window's thread."""


class Readable(Protocol):
    """What the thread needs of a store."""

    def read(self) -> AbstractContextManager[Reader]:
        """Open a snapshot."""
        ...


@dataclass(frozen=True)
class _Ticket:
    channel: str
    number: int
    question: Question
    answer: Answer


class Search(QObject):
    """As-you-type search: the newest question of a channel wins, older ones are dropped.

    There is no waiting for the typing to pause: a question that is overtaken before its turn is
    never run, and one that is overtaken while it runs is not answered.
    """

    failed = Signal(str)
    """A question raised; the text is for the log, the list keeps what it shows."""

    def __init__(self, store: Readable, parent: QObject | None = None) -> None:
        """Start the thread; `close` ends it."""
        super().__init__(parent)
        self._newest: dict[str, int] = {}
        self._count = 0
        self._tickets: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._post = _Post()
        self._post.answered.connect(self._on_answered)
        self._post.failed.connect(self.failed)
        work = partial(_run, store, self._tickets, self._newest, self._post)
        # A daemon: a window that is gone waits for nobody, and nobody for it.
        self._thread = threading.Thread(target=work, name="search", daemon=True)
        self._thread.start()
        self.destroyed.connect(partial(self._tickets.put, None))

    def ask(self, channel: str, question: Question, answer: Answer) -> None:
        """Put a question; an unanswered one of the same channel is forgotten."""
        self._count += 1
        self._newest[channel] = self._count
        self._tickets.put(_Ticket(channel, self._count, question, answer))

    def forget(self, channels: str) -> None:
        """Drop what is still unanswered in every channel whose name begins with `channels`."""
        for name in [name for name in self._newest if name.startswith(channels)]:
            del self._newest[name]

    @property
    def idle(self) -> bool:
        """Tell whether every question has been answered."""
        return not self._newest

    def close(self) -> None:
        """Let the running question finish, answer nothing more and end the thread."""
        self._newest.clear()
        self._tickets.put(None)
        self._thread.join()

    def _on_answered(self, ticket: _Ticket, result: object) -> None:
        if self._newest.get(ticket.channel) != ticket.number:
            return
        del self._newest[ticket.channel]
        ticket.answer(result)


class _Post(QObject):
    """Carries answers from the thread into the window; it outlives both ends."""

    answered = Signal(object, object)
    failed = Signal(str)


def _run(
    store: Readable, tickets: SimpleQueue[_Ticket | None], newest: dict[str, int], post: _Post
) -> None:
    while (ticket := tickets.get()) is not None:
        if newest.get(ticket.channel) != ticket.number:
            continue
        try:
            with store.read() as reader:
                result = ticket.question(reader)
        except Exception as problem:  # whatever it is, the thread must live on
            if newest.get(ticket.channel) == ticket.number:
                LOG.exception("A question to the database failed")
                post.failed.emit(str(problem))
        else:
            post.answered.emit(ticket, result)
