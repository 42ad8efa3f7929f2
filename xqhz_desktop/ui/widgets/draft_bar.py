"""A strip that lists unsaved drafts an earlier session left, each with its two ways out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.drafts import REASON, Left
from xqhz_desktop.ui import drafting
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, words

_MOST = 3


class DraftBar(Card):
    """Hidden while there is no draft."""

    wanted = Signal(object)
    """The `Left` the user goes on with."""
    loaded = Signal()
    """The drafts were read anew."""

    def __init__(self, context: Context, kind: str = "") -> None:
        """List the drafts of a kind, or all; `load` reads them."""
        super().__init__(12, 6, "hint")
        self.some: Sequence[Left] = ()
        self._context, self._kind = context, kind
        self._title = Elided("section")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("pencil", "warn", 16))
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self.body.addLayout(self._rows)
        self.hide()

    def load(self) -> None:
        """Read what there is, elsewhere."""
        job = partial(drafting.left, self._context.work, self._kind)
        self._context.tasks.run(self, job, self._show, self._context.complain)

    def discard(self, one: Left) -> None:
        """Let a draft go for good."""
        job = drafting.discard(self._context.work, one.draft.id)
        self._context.tasks.run(self, job, self._on_discarded, self._context.complain)

    def _show(self, some: Sequence[Left]) -> None:
        self.some = some
        clear(self._rows)
        for one in some[:_MOST]:
            self._rows.addLayout(self._row(one))
        if len(some) > _MOST:
            more = words("small")
            text = Message("and {n} more", n=len(some) - _MOST)
            self._context.languages.bind(more, more.setText, text)
            self._rows.addWidget(more)
        count = Message(NN_("{n} unsaved draft", "{n} unsaved drafts"), n=len(some))
        self._context.languages.bind(self._title, self._title.setText, count)
        self.setVisible(bool(some))
        self.loaded.emit()

    def _row(self, one: Left) -> QHBoxLayout:
        bind = self._context.languages.bind
        label, on, drop = Elided("body2"), Button(kind="link"), Button(kind="link")
        bind(label, label.setText, told(one))
        bind(on, on.setText, N_("Restore"))
        bind(drop, drop.setText, N_("Discard"))
        on.clicked.connect(partial(self.wanted.emit, one))
        drop.clicked.connect(partial(self.discard, one))
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label, 1)
        for button in (on, drop):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _on_discarded(self, _nothing: object) -> None:
        self._context.say(Message("Draft discarded."))
        self.load()


def told(one: Left) -> Message:
    """Return what a draft is, in a line: whose record, how much, when and by whom."""
    if one.draft.kind == REASON:
        what = Message("Reason for {name}", name=one.called or "—")
    elif one.called:
        kind = Message(BY_KIND[one.draft.kind].LABEL)
        new = "New: {kind} “{name}”" if one.draft.new else "{kind} {name}"
        what = Message(new, kind=kind, name=one.called)
    else:
        what = Message("New: {kind}", kind=Message(BY_KIND[one.draft.kind].LABEL))
    text = NN_(
        "{what}: {n} field not saved, {time}, {person}",
        "{what}: {n} fields not saved, {time}, {person}",
    )
    return Message(text, what=what, n=len(one.fields), time=one.at, person=one.by or "—")


WORDS = (Message("{kind} {name}"), Message("New: {kind} “{name}”"))
"""The texts `told` chooses from, for the catalogue."""
