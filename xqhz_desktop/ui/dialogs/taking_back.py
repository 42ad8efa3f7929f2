"""只撤回几行: the rows of a step that can be taken back, and why the others cannot."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import taking_back
from xqhz_desktop.services.taking_back import Row, State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.told import ToldTable

_TONES = {State.FREE: "good", State.EDITED: "warn", State.NEEDED: "warn", State.BACK: "neutral"}


class TakeBackDialog(QDialog):
    """Lists the rows of a step; those picked and free are taken back as one step."""

    def __init__(self, parent: QWidget, context: Context, number: int, why: Message) -> None:
        """Look at the rows of a step that could not be undone as a whole, and say why not."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._number = context, number
        self._title, self._why = words("heading"), words("body2", wrap=True)
        self._said, self._trouble = words("label", wrap=True), words("error", wrap=True)
        columns = (
            Told(N_("Record"), _name, 240),
            Told(N_("This step"), _did, 110),
            Told(N_("Now"), _state, 360),
        )
        self.table = ToldTable(columns, context.languages, many=True)
        self.go, self.cancel = Button("undo-2", "primary"), Button()
        self._stand()
        self._speak(why)
        self.table.picked.connect(self._on_picked)
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        room = parent.window().size()
        self.resize(min(820, room.width() - 80), min(620, room.height() - 80))
        job = partial(_takeable, context.work, number)
        context.tasks.run(self, job, self._show, self._on_failed)

    def free(self) -> list[Row]:
        """Return the picked rows that can be taken back."""
        return [row for row in self.table.chosen() if row.state is State.FREE]

    def _show(self, rows: list[Row]) -> None:
        """List the rows that are free first, and pick them."""
        ready = [row for row in rows if row.state is State.FREE]
        self.table.show_rows([*ready, *(row for row in rows if row.state is not State.FREE)])
        text = Message(
            "{free} of {total} rows can be taken back. The others stay as they are.",
            free=len(ready),
            total=len(rows),
        )
        self._context.languages.bind(self._said, self._said.setText, text)
        self.table.pick_first(len(ready))

    def _on_picked(self) -> None:
        count = len(self.free())
        self.go.setEnabled(bool(count) and not self._context.work.read_only)
        text = Message(NN_("Take back {n} row", "Take back {n} rows"), n=count)
        self._context.languages.bind(self.go, self.go.setText, text)

    def _on_go(self) -> None:
        self.go.setEnabled(False)
        ids = [row.id for row in self.free()]
        job = partial(_take_back, self._context.work, self._number, ids)
        self._context.tasks.run(self, job, partial(self._on_done, len(ids)), self._on_failed)

    def _on_done(self, count: int, _step: int) -> None:
        text = NN_("{n} row taken back", "{n} rows taken back")
        self._context.say(Message(text, n=count), undo=True)
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        self._context.languages.bind(self._trouble, self._trouble.setText, error.message)
        self._trouble.show()
        self._on_picked()

    def _stand(self) -> None:
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        for part in (self._title, self._why):
            column.addWidget(part)
        column.addWidget(card, 1)
        column.addWidget(self._trouble)
        column.addLayout(foot)
        self._trouble.hide()

    def _speak(self, why: Message) -> None:
        bind = self._context.languages.bind
        bind(self, self.setWindowTitle, N_("Take back single rows"))
        bind(self._title, self._title.setText, N_("Take back single rows"))
        bind(self._why, self._why.setText, why)
        bind(self.table, self.table.setAccessibleName, N_("Rows of this step"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
        self._on_picked()


def _name(row: Row, lang: Language) -> Said:
    icon = BY_NAME[row.kind].icon if row.kind in BY_NAME else "file-text"
    return Said(row.name or "—", lang.say(BY_KIND[row.kind].LABEL), icon=icon)


def _did(row: Row, lang: Language) -> Said:
    return Said(lang.say(N_("added") if row.made else N_("changed")))


def _state(row: Row, lang: Language) -> Said:
    return Said(lang.say(row.state), lang.say(row.why) if row.why else "", tone=_TONES[row.state])


def _takeable(work: Work, number: int, _progress: Progress) -> list[Row]:
    return taking_back.takeable(work, number)


def _take_back(work: Work, number: int, ids: list[str], _progress: Progress) -> int:
    return taking_back.take_back(work, number, ids)
