"""Work in the background: the only place of the window that touches threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.logs import LOG

Progress = Callable[[int, int], None]
"""Called by a job with (done, total); raises `Cancelled` once somebody asked it to stop."""

Job = Callable[[Progress], Any]

_TICK = 0.05
"""Seconds between two reports of progress: more often than people can see is waste."""


class Handle(QObject):
    """One job under way; its signals arrive in the thread of the window."""

    progress = Signal(int, int)
    finished = Signal()
    _ended = Signal(object, object)

    def __init__(self, parent: QObject, title: Message | None) -> None:
        """Keep what the job is called; a job without a title is not shown to the user."""
        super().__init__(parent)
        self.title = title
        self._stop = threading.Event()
        self._owner: QObject | None = None
        self._done: Callable[[Any], object] | None = None
        self._failed: Callable[[UserError], object] | None = None
        self._ended.connect(self._on_ended)

    def tell(
        self,
        owner: QObject,
        done: Callable[[Any], object] | None,
        failed: Callable[[UserError], object] | None,
    ) -> None:
        """Say who waits for the result; nobody is told once ``owner`` is gone."""
        self._owner, self._done, self._failed = owner, done, failed

    def cancel(self) -> None:
        """Ask the job to stop at its next report of progress; its result is dropped."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Tell whether somebody asked the job to stop."""
        return self._stop.is_set()

    def _on_ended(self, result: Any, error: UserError | None) -> None:
        """Deliver the result in the thread of the window."""
        waiting = self._owner is not None and shiboken6.isValid(self._owner)
        if waiting and self.cancelled and error is None:
            error = Cancelled()
        if waiting and error is None and self._done:
            self._done(result)
        if waiting and error is not None and self._failed:
            self._failed(error)
        self._owner = self._done = self._failed = None
        self.finished.emit()
        self.deleteLater()


class Runner(QObject):
    """Runs jobs: two threads for quick ones, and one more for long ones that have a title."""

    started = Signal(object)
    """A long job began: its `Handle`."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the threads; none of them runs yet."""
        super().__init__(parent)
        self._quick = QThreadPool(self)
        self._quick.setMaxThreadCount(2)
        self._long = QThreadPool(self)
        self._long.setMaxThreadCount(1)
        self._works: dict[Handle, _Work] = {}

    def run(
        self,
        owner: QObject,
        job: Job,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        title: Message | None = None,
    ) -> Handle:
        """Run ``job(progress)`` elsewhere, then ``done(result)`` or ``failed(error)`` here.

        A cancelled job ends in ``failed(Cancelled)``. Errors that are not the user's are logged
        and arrive as a UserError. Nobody is called once ``owner`` is gone.
        """
        handle = Handle(self, title)
        handle.tell(owner, done, failed)
        self._works[handle] = _Work(handle, job)
        handle.finished.connect(self._on_finished)
        # On the next turn of the loop, so that the caller can still connect to the handle.
        QTimer.singleShot(0, self, self._start_waiting)
        if title:
            self.started.emit(handle)
        return handle

    @property
    def busy(self) -> bool:
        """Tell whether any job is under way."""
        return bool(self._works)

    def shutdown(self) -> None:
        """Ask every job to stop and wait until none runs."""
        for handle in self._works:
            handle.cancel()
            handle.tell(self, None, None)
        self._quick.waitForDone(10_000)
        self._long.waitForDone(10_000)
        self._works.clear()

    def _start_waiting(self) -> None:
        for handle, work in self._works.items():
            if not work.started:
                work.started = True
                (self._long if handle.title else self._quick).start(work)

    def _on_finished(self) -> None:
        self._works.pop(self.sender(), None)  # type: ignore[call-overload]


class _Work(QRunnable):
    """The part of a job that runs in another thread."""

    def __init__(self, handle: Handle, job: Job) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python holds it until the handle has finished
        self.started = False
        self._handle, self._job = handle, job
        self._told = 0.0

    def run(self) -> None:
        """Do the job and send what came of it to the window."""
        result, error = None, None
        try:
            self._progress(0, 0)
            result = self._job(self._progress)
        except UserError as refused:
            error = refused
        except Exception:
            LOG.exception("A background job failed")
            error = UserError(Message("Something went wrong. The details are in the log."))
        if shiboken6.isValid(self._handle):
            self._handle._ended.emit(result, error)

    def _progress(self, done: int, total: int) -> None:
        if self._handle.cancelled:
            raise Cancelled
        now = time.monotonic()
        if total and (done >= total or now - self._told >= _TICK):
            self._told = now
            self._handle.progress.emit(done, total)
