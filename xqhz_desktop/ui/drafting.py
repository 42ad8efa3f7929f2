"""What is typed into a form is kept as a draft until it is saved or dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from xqhz_desktop.domain.cells import cell_of, value_of
from xqhz_desktop.errors import UserError
from xqhz_desktop.services import drafts
from xqhz_desktop.services.drafts import Left
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.drafts import Draft
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.form import RecordForm

if TYPE_CHECKING:  # every rule, and only the allocation has such notices
    from xqhz_desktop.ui.widgets.cap_notice import CapNotice

PAUSE = 1_500
"""Milliseconds between two writes while somebody types on; the first key starts the clock."""


class Slot:
    """The one draft of a form: jobs may overtake each other, the newest wish wins."""

    def __init__(self, work: Work) -> None:
        """Want nothing."""
        self._work = work
        self._lock = threading.Lock()
        self._wanted: Draft | None = None
        self._kept: set[str] = set()

    def want(self, draft: Draft | None) -> None:
        """Say what is to be kept from now on; nothing lets go of what was."""
        self._wanted = draft

    def adopt(self, id: str) -> None:
        """Take over a draft that is kept already."""
        self._kept.add(id)

    def settle(self, _progress: Progress) -> None:
        """Bring the workspace to what is wanted; a job."""
        with self._lock:
            wanted = self._wanted
            if wanted is not None:
                self._kept.add(wanted.id)
                drafts.keep(self._work, wanted)
            if stale := self._kept - {wanted.id if wanted else ""}:
                drafts.drop(self._work, *stale)
                self._kept -= stale


class Drafting(QObject):
    """Watches one form; typing is never held up, writing happens elsewhere."""

    written = Signal()
    """The workspace holds what is wanted of the draft."""

    def __init__(self, context: Context, form: RecordForm, new: Callable[[], bool]) -> None:
        """Watch a form; `new` tells whether its record was never saved."""
        super().__init__(form)
        self._context, self._form, self._new = context, form, new
        self._slot = Slot(context.work)
        self._draft: Draft | None = None
        self._told = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        if not context.work.read_only:
            form.changed.connect(self._on_changed)

    def keep(self) -> None:
        """Keep what stands in the form now."""
        self._timer.stop()
        record, edits, unread = self._form.record, self._form.edits(), self._form.unread()
        if record is None or not (unread or edits != self._form.given):
            return
        if self._draft is None:
            kind, new = self._form.entity.KIND, self._new()
            self._draft = drafts.begun(self._context.work, kind, record.id, new=new)
        fields = {name: self._form.fields[name].field for name in edits}
        draft = replace(
            self._draft,
            cells={n: None if v is None else cell_of(fields[n], v) for n, v in edits.items()},
            before={} if self._draft.new else {n: drafts.cell_of(record, n) for n in edits},
            typed=unread,
        )
        self._want(draft)

    def restore(self, left: Left) -> None:
        """Write a draft into the form as unsaved changes, and go on keeping it."""
        self._slot.adopt(left.draft.id)
        self._draft = left.draft
        for name, cell in left.draft.cells.items():
            if name in self._form.fields:
                value = value_of(self._form.fields[name].field, cell)
                self._form.write(name, value, left.names.get(name, ""))
        for name, text in left.draft.typed.items():
            if name in self._form.fields:
                self._form.type(name, text)
        self.keep()

    def release(self) -> None:
        """Let the draft go: what was typed is saved, or nobody wants it."""
        self._timer.stop()
        if self._draft is not None:
            self._draft = None
            self._want(None)

    def _want(self, draft: Draft | None) -> None:
        self._slot.want(draft)
        self._context.tasks.run(self, self._slot.settle, self._on_written, self._on_failed)

    def _on_changed(self) -> None:
        record = self._form.record
        other = self._draft is not None and record and record.id != self._draft.record
        if other or not self._form.unsaved:
            self.release()
        elif not self._timer.isActive():
            self._timer.start()

    def _on_written(self, _nothing: object) -> None:
        self.written.emit()

    def _on_failed(self, error: UserError) -> None:
        """Say once that nothing can be kept, such as on a full disk."""
        if not self._told:
            self._told = True
            self._context.complain(error)


class ReasonDraft(QObject):
    """Keeps the reason typed into a notice; the next notice of the position begins with it."""

    def __init__(self, context: Context, notice: CapNotice, position: str) -> None:
        """Watch the line of a notice, and look for what an earlier session left."""
        super().__init__(notice)
        self._context, self._notice = context, notice
        self._slot = Slot(context.work)
        self._draft = drafts.begun(context.work, drafts.REASON, position, new=True)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._keep)
        if not context.work.read_only:
            notice.reason.textChanged.connect(self._on_text)
            job = partial(_reason, context.work, position)
            context.tasks.run(self, job, self._on_found)

    def release(self) -> None:
        """Let it go: the reason was given, or nobody wants it."""
        self._timer.stop()
        self._slot.want(None)
        self._context.tasks.run(self._context, self._slot.settle)

    def _on_text(self, _text: str) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        text = self._notice.reason.text()
        self._slot.want(replace(self._draft, typed={drafts.REASON: text}) if text else None)
        self._context.tasks.run(self, self._slot.settle)

    def _on_found(self, left: Left | None) -> None:
        if left is not None:
            self._draft = left.draft
            self._slot.adopt(left.draft.id)
            self._notice.give(left.draft.typed.get(drafts.REASON, ""))


def left(work: Work, kind: str, _progress: Progress) -> list[Left]:
    """Return the drafts earlier openings left; a job."""
    return drafts.left(work, kind)


def discard(work: Work, id: str) -> Callable[[Progress], None]:
    """Return the job that lets go of a draft."""
    return partial(_discard, work, id)


def _reason(work: Work, position: str, _progress: Progress) -> Left | None:
    return drafts.reason(work, position)


def _discard(work: Work, id: str, _progress: Progress) -> None:
    drafts.drop(work, id)
