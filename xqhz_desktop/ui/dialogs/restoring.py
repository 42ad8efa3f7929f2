"""Bringing records back: what they need, what belonged to them, then one button."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import bin
from xqhz_desktop.services.bin import Needed, Removed
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.told import counts
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words

_NAMED = 5
"""Records named one by one; the rest is counted."""

Around = tuple[list[Removed], list[Removed]]
"""What has to come back too, and what belonged to the records and went with or after them."""


class RestoreDialog(QDialog):
    """Says what comes back, offers what goes with it, and does it as one step."""

    def __init__(self, parent: QWidget, context: Context, chosen: Sequence[Removed]) -> None:
        """Look up what else is touched; nothing is written before the button is pressed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._chosen = context, list(chosen)
        self._needed: list[Removed] = []
        self._belonging: list[Removed] = []
        self.go, self.cancel = Button("undo-2", "primary"), Button()
        self.whole = QCheckBox()
        self.together, self.bare = QRadioButton(), QRadioButton()
        self.together.setChecked(True)
        self._title, self._text = words("heading"), words("body2", wrap=True)
        self._why, self._trouble = words("label", wrap=True), words("error", wrap=True)
        self._note, self._parts = Card(14, 6, "hint"), words("label", wrap=True)
        self._stand()
        self._speak()
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        self.go.setEnabled(False)
        job = partial(_around, context.work, self._chosen)
        context.tasks.run(self, job, self._show, self._on_failed)

    def _show(self, around: Around) -> None:
        """Offer what was found."""
        self._needed, self._belonging = around
        bind = self._context.languages.bind
        self._note.setVisible(bool(self._needed))
        for part in (self.whole, self._parts):
            part.setVisible(bool(self._belonging))
        if self._needed:
            text = Message(
                "What they belong to was removed as well: {missing}.", missing=told(self._needed)
            )
            bind(self._why, self._why.setText, text)
        if self._belonging:
            parts = counts(Counter(one.kind for one in self._belonging))
            bind(self._parts, self._parts.setText, Message("It had: {parts}", parts=parts))
            self.whole.setChecked(True)
        self.go.setEnabled(True)
        self.go.setFocus()
        self.adjustSize()

    def _on_go(self) -> None:
        self.go.setEnabled(False)
        ids = [one.id for one in self._chosen]
        if self.whole.isChecked():
            ids += [one.id for one in self._belonging]
        together = bool(self._needed) and self.together.isChecked()
        bare = bool(self._needed) and self.bare.isChecked()
        job = partial(_restored, self._context.work, ids, together, bare)
        self._context.tasks.run(self, job, self._on_done, self._on_failed)

    def _on_done(self, count: int) -> None:
        text = NN_("{n} record brought back", "{n} records brought back")
        self._context.say(Message(text, n=count), undo=True)
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        self._context.languages.bind(self._trouble, self._trouble.setText, error.message)
        self._trouble.show()
        self.go.setEnabled(True)

    def _stand(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        for inner in (self._why, self.together, self.bare):
            self._note.body.addWidget(inner)
        self._parts.setContentsMargins(24, 0, 0, 0)
        parts: tuple[QWidget, ...] = (self._title, self._text, self._note, self.whole)
        for part in (*parts, self._parts, self._trouble):
            column.addWidget(part)
        for hidden in (self._note, self.whole, self._parts, self._trouble):
            hidden.hide()
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.setMinimumWidth(460)
        self._text.setMinimumWidth(412)

    def _speak(self) -> None:
        bind = self._context.languages.bind
        title = Message(
            NN_("Bring this record back?", "Bring {n} records back?"), n=len(self._chosen)
        )
        bind(self, self.setWindowTitle, title)
        bind(self._title, self._title.setText, title)
        said = Message(
            "{names}. Everything stands in its list again as it was.", names=told(self._chosen)
        )
        bind(self._text, self._text.setText, said)
        bind(self.together, self.together.setText, N_("Bring those back together"))
        bind(self.bare, self.bare.setText, N_("Only these; leave the link to those empty"))
        bind(self.whole, self.whole.setText, N_("Bring back what belonged to it, too"))
        bind(self.go, self.go.setText, N_("Bring back"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))


def told(some: Sequence[Removed]) -> list[Message]:
    """Return what removed records are called, each with its kind; the rest as a number."""
    named = [
        Message("{name} ({kind})", name=one.name or "—", kind=Message(BY_KIND[one.kind].LABEL))
        for one in some[:_NAMED]
    ]
    if len(some) > _NAMED:
        named.append(Message("{n} more", n=len(some) - _NAMED))
    return named


def _around(work: Work, chosen: Sequence[Removed], _progress: Progress) -> Around:
    ids = [one.id for one in chosen]
    first = min(one.step for one in chosen)
    later = [one for one in bin.belonging(work, ids) if one.step >= first]
    return bin.needed(work, ids), later


def _restored(
    work: Work, ids: Sequence[str], together: bool, bare: bool, _progress: Progress
) -> int:
    """Bring records back, with what they need where that is wanted; return how many came."""
    wanted = dict.fromkeys(ids)
    while True:
        try:
            bin.restore(work, list(wanted), bare=bare)
        except Needed as needed:
            more = [one.id for one in needed.missing if one.id not in wanted]
            if not together or not more:
                raise
            wanted.update(dict.fromkeys(more))
        else:
            return len(wanted)
