"""Keeps what is typed into a sheet: saving as one step, drafts, and the question before leaving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import sheet_drafts
from xqhz_desktop.services.rosters import Scope
from xqhz_desktop.services.sheet_drafts import LeftSheet, Texts
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.drafts import Draft
from xqhz_desktop.ui import drafting
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.unsaved import Unsaved
from xqhz_desktop.ui.models.entries import Entries
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel

Save = Callable[[Texts], int]


class SheetKeeping(QObject):
    """Guards the unsaved changes of one sheet."""

    saved = Signal()
    """Everything is written; nothing is unsaved any more."""
    refused = Signal()
    """Something typed says nothing; it has to be mended first."""

    def __init__(self, page: QWidget, context: Context, model: Entries, kind: str) -> None:
        """Guard a model; drafts are of `kind`. `begin` says which sheet it shows."""
        super().__init__(page)
        self._page, self._context, self._model, self._kind = page, context, model, kind
        self._slot = drafting.Slot(context.work)
        self._draft: Draft | None = None
        self._save: Save | None = None
        self._then: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=drafting.PAUSE)
        self._timer.timeout.connect(self._keep)
        model.edited.connect(self._on_edited)

    def begin(self, scope: Scope, about: str, save: Save) -> None:
        """Say which sheet is shown from now on, and how its changes are written."""
        self._timer.stop()
        self._draft = sheet_drafts.begun(self._context.work, self._kind, scope, about)
        self._save = save

    def adopt(self, left: LeftSheet) -> None:
        """Write what an earlier opening left into the sheet, and go on keeping it."""
        self._slot.adopt(left.draft.id)
        self._draft = left.draft
        keys = {
            key: row for row, key in enumerate(self._model.book.keys if self._model.book else ())
        }
        self._model.write(
            (keys[key], field, text)
            for key, cells in left.texts.items()
            if key in keys
            for field, text in cells.items()
        )
        self._keep()

    def may(self, then: Callable[[], object]) -> bool:
        """Return True when nothing is unsaved; else ask, and do `then` once that is settled."""
        n = self._model.unsaved
        if not n:
            return True
        self._then = then
        text = NN_("{n} cell of this sheet is not saved yet.",
                   "{n} cells of this sheet are not saved yet.")  # fmt: skip
        dialog = Unsaved(self._page, self._context.languages, Message(text, n=n))
        dialog.saving.connect(self.save)
        dialog.dropping.connect(self._on_dropping)
        dialog.staying.connect(self._on_staying)
        dialog.open()
        return False

    def save(self) -> None:
        """Write every change as one step, elsewhere."""
        typed = self._model.typed
        if not self._model.unsaved or self._save is None or typed is None:
            return
        if typed.wrong:
            self._then = None
            self.refused.emit()
            return
        job = partial(_write, self._save, typed.changes())
        self._context.tasks.run(self, job, self._on_saved, self._on_failed)

    def _keep(self) -> None:
        typed = self._model.typed
        if self._draft is not None and typed is not None and typed.unsaved:
            self._slot.want(sheet_drafts.typed(self._draft, typed.changes()))
            self._context.tasks.run(self, self._slot.settle, None, self._context.complain)

    def _release(self) -> None:
        self._timer.stop()
        self._slot.want(None)
        self._context.tasks.run(self, self._slot.settle)

    def _on_edited(self) -> None:
        if self._context.work.read_only:
            return
        if not self._model.unsaved:
            self._release()
        elif not self._timer.isActive():
            self._timer.start()

    def _on_saved(self, _step: int) -> None:
        n = self._model.unsaved
        self._context.say(Message(NN_("{n} cell saved", "{n} cells saved"), n=n), undo=True)
        self._settle()

    def _on_dropping(self) -> None:
        self._settle()

    def _settle(self) -> None:
        """Forget the changes and go on."""
        self._release()
        if self._model.book is not None:
            self._model.show_book(self._model.book)
        then, self._then = self._then, None
        self.saved.emit()
        if then:
            then()

    def _on_staying(self) -> None:
        self._then = None

    def _on_failed(self, error: UserError) -> None:
        self._then = None
        self._context.complain(error)


class LeftBar(Card):
    """A strip about the sheet an earlier opening left; hidden while there is none."""

    wanted = Signal(object)
    """The `LeftSheet` the user goes on with."""

    def __init__(self, context: Context, kind: str) -> None:
        """Look for drafts of a kind."""
        super().__init__(10, 6, "hint")
        self._context, self._kind = context, kind
        self._left: LeftSheet | None = None
        self._words = Elided("body2")
        self.restore, self.discard = Button(kind="link"), Button(kind="link")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("pencil", "warn", 16))
        row.addWidget(self._words, 1)
        row.addWidget(self.restore)
        row.addWidget(self.discard)
        self.body.addLayout(row)
        bind = context.languages.bind
        bind(self.restore, self.restore.setText, N_("Restore"))
        bind(self.discard, self.discard.setText, N_("Discard"))
        self.restore.clicked.connect(self._on_restore)
        self.discard.clicked.connect(self._on_discard)
        self.hide()
        context.tasks.run(self, partial(_left, context.work, kind), self._show)

    def _show(self, left: LeftSheet | None) -> None:
        self._left = left
        self.setVisible(left is not None)
        if left is not None:
            text = NN_(
                "{n} cell of the sheet {about} was typed and not saved, {time}, {person}",
                "{n} cells of the sheet {about} were typed and not saved, {time}, {person}",
            )
            said = Message(text, n=left.cells, about=left.about, time=left.at, person=left.by)
            self._context.languages.bind(self._words, self._words.setText, said)

    def _on_restore(self) -> None:
        self.hide()
        self.wanted.emit(self._left)

    def _on_discard(self) -> None:
        assert self._left is not None, "the button is only there with a draft"
        job = drafting.discard(self._context.work, self._left.draft.id)
        self._context.tasks.run(self, job, self._on_discarded, self._context.complain)

    def _on_discarded(self, _nothing: object) -> None:
        self._show(None)
        self._context.say(Message("Draft discarded."))


def _write(save: Save, texts: Texts, _progress: Progress) -> int:
    return save(texts)


def _left(work: Work, kind: str, _progress: Progress) -> LeftSheet | None:
    return sheet_drafts.left(work, kind)
