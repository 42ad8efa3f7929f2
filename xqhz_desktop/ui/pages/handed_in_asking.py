"""What is asked when reports come in and when they are read, and what is done with the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain.fields import choice, day, note, number, text
from xqhz_desktop.domain.guidance import ReviewState
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import handing_in
from xqhz_desktop.services.handing_in import FIRST_COMMENTS, Review
from xqhz_desktop.services.rosters import Scope
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.answering import Asking
from xqhz_desktop.ui.language import Text
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.form import RecordForm


@record("receiving", N_("Reports received"), title="id")
class Receiving(Record):
    """Which report came, and when; without a number the first that each still owes."""

    number: int | None = number(N_("Number; empty: the next each of them owes"), tally=False)
    on: date | None = day(N_("Received on"), required=True)


@record("reviewing", N_("Reports read"), title="id")
class Reviewing(Record):
    """What is said of every report that was not read yet."""

    state: ReviewState = choice(N_("State"), ReviewState, default=ReviewState.READ)
    on: date | None = day(N_("Read on"), required=True)
    grade: str = text(N_("Grade"), limit=20)
    comment: str = note(N_("Comment"))


def receiving(said: Text) -> Asking:
    """Return the question which report came."""
    return Asking(N_("Mark as received"), N_("Mark"), Receiving(on=date.today()), said=said)


def reviewing(said: Text) -> Asking:
    """Return the question what is said of the reports."""
    return Asking(N_("Review reports"), N_("Review"), Reviewing(on=date.today()), said=said)


def receive(work: Work, scope: Scope, placements: Sequence[str], answers: Record) -> Message:
    """Note what came."""
    assert isinstance(answers, Receiving)
    on = answers.on or date.today()
    return _said(handing_in.receive(work, scope, placements, answers.number or 0, on))


def review(work: Work, placements: Sequence[str], answers: Record) -> Message:
    """Note what is said."""
    assert isinstance(answers, Reviewing)
    said = Review(answers.state, answers.grade, answers.comment, answers.on or date.today())
    return _said(handing_in.review(work, placements, said))


def summary(work: Work, placements: Sequence[str], _progress: Progress) -> Message:
    """Note that the internship reports came."""
    return _said(handing_in.receive_summary(work, placements, date.today()))


class CommentBank(QWidget):
    """Comments to choose from: the school's own most frequent ones, then some to begin with."""

    def __init__(self, context: Context, form: RecordForm) -> None:
        """Write the comment that is clicked into a form."""
        super().__init__()
        self._context, self._form = context, form
        title = words("section")
        self.list = QListWidget()
        self.list.setProperty("plain", "true")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 12, 12)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        bind = context.languages.bind
        bind(title, title.setText, N_("Comments to choose from"))
        bind(self.list, self.list.setAccessibleName, N_("Comments to choose from"))
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        context.tasks.run(self, self._read, self._show)

    def _read(self, _progress: Progress) -> list[str]:
        return handing_in.comments(self._context.work)

    def _show(self, found: list[str]) -> None:
        say = self._context.languages.say
        first = [said for one in FIRST_COMMENTS if (said := say(one)) not in found]
        self.list.addItems([*found, *first])

    def _on_chosen(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._form.write("comment", item.text())


def _said(n: int) -> Message:
    return Message(NN_("{n} report marked", "{n} reports marked"), n=n)
