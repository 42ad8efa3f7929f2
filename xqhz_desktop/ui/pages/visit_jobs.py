"""The jobs of the page of visits, and the list of interns somebody talked to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from xqhz_desktop.domain.fields import choice, day, ref
from xqhz_desktop.domain.guidance import Visit, VisitState, VisitWay
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.reports.visit_sheet import VISIT_SHEET, VisitQuestions
from xqhz_desktop.services import records, visiting
from xqhz_desktop.services.rosters import Seat
from xqhz_desktop.services.visiting import Board, Journey
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.questions import Wanted

_NAME, _ROW = 140, 34


@dataclass(frozen=True)
class Begun:
    """A visit about to be noted: the record, names for its form, who is there, who was seen."""

    visit: Visit
    names: Mapping[str, str]
    interns: Sequence[Seat]
    said: Mapping[str, str]
    """What was said, by student who was seen."""
    new: bool


@record("visit_planning", N_("Visits planned"), title="id")
class Planning(Record):
    """Who goes to the enterprises picked, how, and when."""

    visitor: str = ref(N_("Visitor"), "staff")
    on: date | None = day(N_("Planned for"), required=True)
    way: VisitWay = choice(N_("Way"), VisitWay, default=VisitWay.ON_SITE)


def plan(work: Work, batch: str, enterprises: Sequence[str], answers: Record) -> Message:
    """Plan a visit to each."""
    assert isinstance(answers, Planning)
    journey = Journey(answers.visitor, answers.way, answers.on or date.today())
    visiting.plan(work, batch, journey, enterprises)
    n = len(enterprises)
    return Message(NN_("{n} visit planned", "{n} visits planned"), n=n)


def begun(work: Work, board: Board, what: tuple[str, str], _progress: Progress) -> Begun:
    """Return the visit to note: the one picked, the one planned there, or a new one."""
    id, enterprise = what
    planned = (
        one.id
        for one in board.visits
        if one.enterprise == enterprise and one.state is VisitState.PLANNED
    )
    id = id or next(planned, "")
    with work.store.read() as reader:
        visit = reader.get("visit", id) if id else None
        visit = visit or Visit(batch=board.batch.id, enterprise=enterprise, visitor=work.actor.id)
        if not isinstance(visit, Visit) or not visit.enterprise:
            raise NotFound(Message("This visit does not exist any more."), code="NOT_FOUND")
        names = {
            "enterprise": reader.names("enterprise", [visit.enterprise]).get(visit.enterprise, ""),
            "visitor": reader.names("staff", [visit.visitor]).get(visit.visitor, ""),
        }
    said = {student: one.said for student, one in visiting.seen(work, visit.id).items()}
    on = visit.made_on or date.today()
    if visit.state is VisitState.PLANNED:
        visit = visit.but(state=VisitState.DONE, made_on=on)
    interns = visiting.interns(work, visit.batch, visit.enterprise, on)
    return Begun(visit, names, interns, said, new=not id)


def note(work: Work, said: Callable[[], Mapping[str, str]], answers: Record) -> Message:
    """Save a visit with the interns seen."""
    assert isinstance(answers, Visit)
    visiting.record(work, answers, said())
    return Message("Visit noted")


def settle(work: Work, ids: Sequence[str], _progress: Progress) -> Message:
    """Note today as the day on which what visits asked for was done."""
    with work.store.read() as reader:
        some = [one for one in reader.some("visit", ids) if isinstance(one, Visit)]
    title = Message(NN_("{n} follow-up settled", "{n} follow-ups settled"), n=len(some))
    records.save_all(work, [one.but(settled_on=date.today()) for one in some], title)
    return title


def draw(work: Work, ids: Sequence[str], lang: Language, _progress: Progress) -> Drawn:
    """Draw blank sheets in the language of the window."""
    output = Output.EN if lang.code == "en" else Output.ZH_CN
    edition = Edition(output, printed_by=work.actor.name)
    paper = visiting.blanks(work, ids, edition)
    wanted = Wanted(VisitQuestions(), output)
    return Drawn(VISIT_SHEET, wanted, edition, paper.data, paper.pages, paper.told,
                 tuple(paper.missing))  # fmt: skip


class Met(QWidget):
    """The interns of an enterprise: tick who was seen, write what they said."""

    def __init__(self, languages: Languages, begun: Begun) -> None:
        """List those who are there now, and whoever was seen before."""
        super().__init__()
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._texts = dict(begun.said)
        title = words("section")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 12, 12)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        bind = languages.bind
        bind(title, title.setText, N_("Whom you saw"))
        bind(self.list, self.list.setAccessibleName, N_("Whom you saw"))
        say = languages.say
        self.list.setHeaderLabels([say(N_("Name")), say(N_("What was said"))])
        for seat in begun.interns:
            item = QTreeWidgetItem([seat.name, begun.said.get(seat.student, "")])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            state = Qt.CheckState
            item.setCheckState(0, state.Checked if seat.student in begun.said else state.Unchecked)
            item.setData(0, Qt.ItemDataRole.UserRole, seat.student)
            item.setSizeHint(0, QSize(_NAME, _ROW))
            self.list.addTopLevelItem(item)
        self._read()
        self.list.itemChanged.connect(self._read)

    def said(self) -> Mapping[str, str]:
        """Return what was said by student; from any thread."""
        return self._texts

    def _read(self, *_what: object) -> None:
        listed = [self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount())]
        now = dict(self._texts)
        for item in listed:
            if item is None:
                continue
            student = str(item.data(0, Qt.ItemDataRole.UserRole))
            if item.checkState(0) is Qt.CheckState.Checked or item.text(1).strip():
                now[student] = item.text(1).strip()
            else:
                now.pop(student, None)
        self._texts = now
