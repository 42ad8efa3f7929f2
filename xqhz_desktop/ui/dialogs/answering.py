"""A form in a dialog: what is asked stands in a record, one button takes the answers.

A record of the school is kept as a draft while it is typed, as in its list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.language import Text
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import line, words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.form import RecordForm, Sections

Take = Callable[[Record], object]
"""What is done with the answers, elsewhere; a UserError keeps the dialog open."""

_FORM = 400


@dataclass(frozen=True)
class Asking:
    """What a dialog asks: its words, the record with the first answers, and the sections."""

    title: Text
    yes: Text
    answers: Record
    sections: Sections = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What the references of the first answers are called."""
    said: Text = ""
    """A line under the title."""
    new: bool = True
    """The record was never saved; tells its draft from that of one that was."""


class AnswerDialog(QDialog):
    """The form, and beside it what helps to answer, if there is something."""

    def __init__(self, parent: QWidget, context: Context, asking: Asking, take: Take) -> None:
        """Make the dialog; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._take = context, take
        self._search = Search(context.work.store, self)
        tools = Tools(context.languages, self._search)
        self.form = RecordForm(type(asking.answers), asking.sections, tools)
        kept = asking.answers.KIND in BY_KIND
        self._drafting = Drafting(context, self.form, lambda: asking.new) if kept else None
        self.problem = words("error", wrap=True)
        self.yes, self.no = Button("check", "primary"), Button()
        self._middle = QHBoxLayout()
        self._stand(asking)
        self.yes.clicked.connect(self.answer)
        self.no.clicked.connect(self.reject)
        self.form.show_record(asking.answers, asking.names)
        room = parent.window().size()
        self.resize(_FORM + 60, min(600, room.height() - 80))

    def beside(self, widget: QWidget, width: int = 360) -> None:
        """Put something right of the form."""
        self._middle.addWidget(line("v"))
        self._middle.addWidget(widget, 1)
        self.resize(self.width() + width, self.height())

    def done(self, result: int) -> None:
        """End the search thread with the dialog; what was typed is saved, or dropped."""
        if self._drafting is not None:
            self._drafting.release()
        self._search.close()
        super().done(result)

    def answer(self) -> None:
        """Give the answers away, and close when they were taken."""
        self.problem.hide()
        if self.form.insist():
            self.yes.setEnabled(False)
            job = partial(_take, self._take, self.form.now)
            self._context.tasks.run(self, job, self._on_taken, self._on_refused)

    def _stand(self, asking: Asking) -> None:
        title, said = words("heading"), words("label", wrap=True)
        head = QVBoxLayout()
        head.setContentsMargins(20, 18, 20, 10)
        head.setSpacing(4)
        head.addWidget(title)
        head.addWidget(said)
        self.form.setMinimumWidth(_FORM)
        self._middle.setSpacing(0)
        self._middle.addWidget(self.form, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.setSpacing(8)
        foot.addWidget(self.problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addLayout(self._middle, 1)
        column.addWidget(line())
        column.addLayout(foot)
        bind = self._context.languages.bind
        bind(self, self.setWindowTitle, asking.title)
        bind(title, title.setText, asking.title)
        bind(said, said.setText, asking.said)
        said.setVisible(bool(asking.said))
        bind(self.yes, self.yes.setText, asking.yes)
        bind(self.no, self.no.setText, N_("Cancel"))

    def _on_taken(self, said: object) -> None:
        if isinstance(said, Message):
            self._context.say(said, undo=True)
        self.accept()

    def _on_refused(self, error: UserError) -> None:
        self.yes.setEnabled(True)
        self.problem.show()
        self._context.languages.bind(self.problem, self.problem.setText, error.message)


def _take(take: Take, answers: Record, _progress: Progress) -> object:
    return take(answers)
