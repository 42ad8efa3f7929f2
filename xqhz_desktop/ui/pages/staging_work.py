"""A file under check: its state, how it was before each edit, and what is under way about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.staged import Choice, Staged, StagedRow
from xqhz_desktop.spreadsheets.understand import Wishes
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import staging_jobs as jobs
from xqhz_desktop.ui.tasks import Handle, Progress

Again = Callable[[Progress], Staged]
"""A job that works out another state of the file."""

_ROWS_KEPT = 400_000
"""Rows of all states kept for undoing: 20 edits of a list of 20,000, far more of a usual one."""


class StagingWork(QObject):
    """Works a file out anew after each edit, writes it, and takes either back."""

    changed = Signal()
    """Another state of the file, in `staged`."""
    busy_changed = Signal(bool)
    progress = Signal(int, int)
    refused = Signal(object)
    """The `Message` why something was not done."""
    written = Signal()
    taken_back = Signal()

    def __init__(self, parent: QObject, context: Context, staged: Staged) -> None:
        """Begin with a file as it was read."""
        super().__init__(parent)
        self.staged, self.step = staged, 0
        self._context = context
        self._past: list[Staged] = []
        self._handle: Handle | None = None
        self._commit: jobs.Commit | None = None

    @property
    def edits(self) -> int:
        """Return how many edits can be taken back before anything is written."""
        return len(self._past)

    @property
    def open(self) -> bool:
        """Tell whether something was typed or chosen that is not written."""
        return bool(self._past) and not self.step

    def choose(self, choice: Choice, *, again: bool = False) -> None:
        """Take another choice; `again` where it changes what rows would do."""
        if not again:
            self._keep(replace(self.staged, choice=choice))
            return
        staged = replace(self.staged, choice=choice)
        self._work_out(partial(jobs.stage, self._context.work, staged))

    def type(self, row: StagedRow, field: str, text: str) -> None:
        """Type one cell anew."""
        self._work_out(partial(jobs.correct, self._context.work, self.staged, (row, field), text))

    def answer(self, row: StagedRow, enterprise: str) -> None:
        """Say which enterprise a row means, by its id; "" for a new one."""
        company = str(row.values.get("enterprise_name") or "")
        self._work_out(partial(jobs.answer, self._context.work, self.staged, company, enterprise))

    def read_as(self, wishes: Wishes) -> None:
        """Read other sheets, other header rows or other columns."""
        self._work_out(partial(jobs.read_as, self._context.work, self.staged, wishes))

    def again(self) -> None:
        """Hold the file against the data as it is now."""
        self._work_out(partial(jobs.stage, self._context.work, self.staged), edit=False)

    def undo(self) -> bool:
        """Take the last edit back; tell whether there was one."""
        if self._handle is not None or self.step or not self._past:
            return False
        self.staged = self._past.pop()
        self.changed.emit()
        return True

    def write(self) -> None:
        """Write what is right; it can be cancelled until it is done."""
        if self._handle is not None or self.step:
            return
        self._commit = jobs.Commit(self._context.work, self.staged)
        title = Message("Importing {file}", file=self.staged.understood.file)
        self._run(self._commit, self._on_written, title)

    def go_on(self) -> None:
        """Mend what was left out: the same file again, its written rows are known by now."""
        self.step = 0
        self._past.clear()
        self.again()

    def take_back(self) -> None:
        """Undo what was written, in one step."""
        job = partial(jobs.undo, self._context.work, self.step)
        self._run(job, self._on_taken_back, Message("Undoing the import"))

    def cancel(self) -> bool:
        """Stop what is under way; tell whether there was anything."""
        if self._handle is None:
            return False
        self._handle.cancel()
        return True

    def _keep(self, staged: Staged, *, edit: bool = True) -> None:
        """Show another state; the one before can be had again."""
        if edit:
            self._past.append(self.staged)
            rows = max(len(self.staged.rows), 1)
            del self._past[: -max(_ROWS_KEPT // rows, 3)]
        self.staged = staged
        self.changed.emit()

    def _work_out(self, job: Again, *, edit: bool = True) -> None:
        if self._handle is None and not self.step:
            title = Message("Checking {file}", file=self.staged.understood.file)
            self._run(job, partial(self._on_worked_out, edit), title)

    def _run(
        self, job: Callable[[Progress], object], done: Callable[..., None], title: Message
    ) -> None:
        tasks = self._context.tasks
        self._handle = tasks.run(self, job, done, self._on_failed, title)
        self._handle.progress.connect(self.progress)
        self.busy_changed.emit(True)

    def _idle(self) -> None:
        self._handle = None
        self.busy_changed.emit(False)

    def _on_worked_out(self, edit: bool, staged: Staged) -> None:
        self._idle()
        self._keep(staged, edit=edit)

    def _on_written(self, step: int) -> None:
        self._idle()
        self.step = step
        self.written.emit()

    def _on_taken_back(self, _step: object) -> None:
        self._idle()
        self.taken_back.emit()

    def _on_failed(self, error: UserError) -> None:
        commit, self._commit = self._commit, None
        if commit is not None and commit.step:  # it was stopped too late: all is written
            self._on_written(commit.step)
            return
        self._idle()
        self.changed.emit()
        if not isinstance(error, Cancelled):
            self.refused.emit(error.message)
        elif commit is not None:
            self.refused.emit(Message("Stopped. Nothing was written."))
