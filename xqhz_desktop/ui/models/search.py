"""Questions to the database, answered one after another in a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
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
    never run, and one that is overtaken while it runs is broken off.
    """

    failed = Signal(str)
    """A question raised; the text is for the log, the list keeps what it shows."""

    def __init__(self, store: Readable, parent: QObject | None = None) -> None:
        """Start the thread; `close` ends it."""
        super().__init__(parent)
        self._newest: dict[str, int] = {}
        self._count = 0
        self._tickets: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._running = _Running()
        self._post = _Post()
        self._post.answered.connect(self._on_answered)
        self._post.failed.connect(self.failed)
        work = partial(_run, store, self._tickets, self._newest, (self._running, self._post))
        # A daemon: a window that is gone waits for nobody, and nobody for it.
        self._thread = threading.Thread(target=work, name="search", daemon=True)
        self._thread.start()
        self.destroyed.connect(partial(self._tickets.put, None))

    def ask(self, channel: str, question: Question, answer: Answer) -> None:
        """Put a question; an unanswered one of the same channel is forgotten."""
        self._count += 1
        self._newest[channel] = self._count
        self._running.overtake(channel)
        self._tickets.put(_Ticket(channel, self._count, question, answer))

    def forget(self, channels: str) -> None:
        """Drop what is still unanswered in every channel whose name begins with `channels`."""
        for name in [name for name in self._newest if name.startswith(channels)]:
            del self._newest[name]

    def waits(self, channel: str) -> bool:
        """Tell whether a question of a channel is still unanswered."""
        return channel in self._newest

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


class _Running:
    """The question being answered: a newer one of its channel breaks it off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channel = ""
        self._cursor: Any = None

    @contextmanager
    def asking(self, channel: str, reader: Reader) -> Iterator[None]:
        """Let the question be broken off while the block lasts, and nothing that comes after it."""
        with self._lock:
            self._channel, self._cursor = channel, reader.cursor
        try:
            yield
        finally:
            with self._lock:
                self._channel, self._cursor = "", None

    def overtake(self, channel: str) -> None:
        """Break off what runs in a channel; its thread meets an error of the database."""
        with self._lock:
            if self._cursor is not None and self._channel == channel:
                self._cursor.connection.interrupt()


class _Post(QObject):
    """Carries answers from the thread into the window; it outlives both ends."""

    answered = Signal(object, object)
    failed = Signal(str)


def _run(
    store: Readable,
    tickets: SimpleQueue[_Ticket | None],
    newest: dict[str, int],
    ends: tuple[_Running, _Post],
) -> None:
    running, post = ends
    while (ticket := tickets.get()) is not None:
        if newest.get(ticket.channel) != ticket.number:
            continue
        try:
            with store.read() as reader, running.asking(ticket.channel, reader):
                result = ticket.question(reader)
        except Exception as problem:  # whatever it is, the thread must live on
            if newest.get(ticket.channel) == ticket.number:
                LOG.exception("A question to the database failed")
                post.failed.emit(str(problem))
        else:
            post.answered.emit(ticket, result)
