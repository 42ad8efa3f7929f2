"""A step of a placement: its day, its reason, and why it is refused where it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain.fields import day, note, ref
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.language import Text
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.form import RecordForm

_WIDTH = 460


@record("step_asked", N_("Step"), title="id")
class StepAsked(Record):
    """What is asked before a step."""

    day: date | None = day(N_("Day"), required=True)
    reason: str = note(N_("The reason"))


@record("move_asked", N_("Step"), title="id")
class MoveAsked(Record):
    """What is asked before many take a step; without a day each takes it on its usual one."""

    day: date | None = day(N_("Day (empty: as planned)"))
    reason: str = note(N_("The reason"))


@record("transfer_asked", N_("Change of enterprise or post"), title="id")
class TransferAsked(Record):
    """What is asked before a change of enterprise or post."""

    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    position: str = ref(N_("Position"), "position")
    day: date | None = day(N_("From"), required=True)
    reason: str = note(N_("The reason"), required=True)


Do = Callable[[Record], object]
"""Takes the answers and does it; raises UserError where it may not be."""


class StepDialog(QDialog):
    """A short form and one button; what is refused is said above the button."""

    done_well = Signal()

    def __init__(
        self, parent: QWidget, context: Context, asked: Record, title: Text, yes: Text
    ) -> None:
        """Make the dialog; `yes` is on its button, `ask` says what it does."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._context, self._asked = context, asked
        self._search = Search(context.work.store, self)
        tools = Tools(context.languages, self._search)
        self.form = RecordForm(type(asked), (("", tuple(asked.FIELDS)),), tools)
        self.hint, self.problem = words("body2", wrap=True), words("error", wrap=True)
        self.yes, self.no = Button(kind="primary"), Button()
        self._do: Do | None = None
        heading, foot = words("heading"), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 20, 8, 16)
        for part in (heading, self.hint, self.problem):
            part.setContentsMargins(16, 0, 16, 0)
        for label in (heading, self.hint):
            column.addWidget(label)
        column.addWidget(self.form, 1)
        column.addWidget(self.problem)
        foot.setContentsMargins(16, 6, 16, 0)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column.addLayout(foot)
        bind = context.languages.bind
        bind(self, self.setWindowTitle, title)
        bind(heading, heading.setText, title)
        bind(self.yes, self.yes.setText, yes)
        bind(self.no, self.no.setText, N_("Cancel"))
        self.hint.hide()
        self.problem.hide()
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.reject)

    def ask(self, do: Do, hint: Message | None = None, refused: Message | None = None) -> None:
        """Open it; `hint`: what to know before; `refused`: why nothing can be done now."""
        self._do = do
        self.form.show_record(self._asked, {})
        self.hint.setVisible(hint is not None)
        self._context.languages.bind(self.hint, self.hint.setText, hint or "")
        self.resize(_WIDTH, 390 if len(self._asked.FIELDS) < 3 else 560)
        if refused is not None:
            self._refuse(refused)
            self._context.languages.bind(self.no, self.no.setText, N_("Close"))
            self.form.hide()
            self.yes.hide()
            self.resize(_WIDTH, 140)
        self.open()

    def done(self, result: int) -> None:
        """End the search thread with the dialog."""
        self._search.close()
        super().done(result)

    def _on_yes(self) -> None:
        if self._do is None or not self.form.insist():
            return
        self.yes.setEnabled(False)
        job = partial(_run, self._do, self.form.now)
        self._context.tasks.run(self, job, self._on_done, self._on_refused)

    def _on_done(self, _result: object) -> None:
        self.done_well.emit()
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        self.yes.setEnabled(True)
        self._refuse(error.message)

    def _refuse(self, why: Message) -> None:
        self._context.languages.bind(self.problem, self.problem.setText, why)
        self.problem.show()


def _run(do: Do, answers: Record, _progress: Progress) -> object:
    return do(answers)
