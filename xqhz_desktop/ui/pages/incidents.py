"""突发事件: what happened to interns, the story of one incident, and its report on paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain.guidance import IncidentState
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.reports.incident_form import INCIDENT_FORM, IncidentQuestions
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.services import incidents
from xqhz_desktop.services.incidents import Case, Moment
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.emergency import EmergencyDialog
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, clear, words
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.questions import Wanted
from xqhz_desktop.ui.widgets.told import ToldTable

_STORY = 360
_KINDS = {"incident", "placement", "student", "enterprise"}
_TONES = {
    IncidentState.OPEN: "bad",
    IncidentState.HANDLED: "warn",
    IncidentState.CLOSED: "good",
}


@dataclass(frozen=True)
class Tale:
    """The story of one incident as it was read."""

    id: str
    moments: list[Moment]


class IncidentsPage(QWidget):
    """The list at the left, the story of the one picked at the right."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once."""
        super().__init__()
        self._context, self._stale = context, True
        self._all: list[Case] = []
        languages = context.languages
        self.chips, self.table = Chips(languages), ToldTable(_COLUMNS, languages)
        self.edit_button, self.print_button = Button("pencil"), Button("printer")
        self.add_button, self.empty = Button("plus", "primary"), Empty(languages, "triangle-alert")
        self._head, self._story_title = Head(), words("section")
        self.story = QVBoxLayout()
        self._stand()
        self._speak()
        self._connect()

    def refresh(self) -> None:
        """Read the list anew, elsewhere."""
        self._stale = False
        self._context.tasks.run(
            self, partial(_cases, self._context.work), self._show, self._context.complain
        )

    def add(self) -> None:
        """Look for the student it happened to: the card leads on to the form."""
        if not self._context.work.read_only:
            EmergencyDialog(self, self._context).open()

    def edit(self) -> None:
        """Open the form of the incident picked."""
        for case in self.table.chosen():
            self._context.navigate("incident", record=case.id)

    def print_out(self) -> None:
        """Show the report of the incident picked as it prints."""
        for case in self.table.chosen():
            lang = self._context.languages.language
            job = partial(_draw, self._context.work, case.id, lang)
            self._context.tasks.run(self, job, self._on_drawn, self._context.complain)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.chips, self.table]

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what has changed while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _stand(self) -> None:
        column = stand(self, self._head)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.chips, 1)
        for button in (self.print_button, self.edit_button, self.add_button):
            tools.addWidget(button)
        column.addLayout(tools)
        listed, nothing, told = Card(1, 0), Card(), Card()
        listed.body.addWidget(self.table)
        nothing.body.addWidget(self.empty)
        told.setFixedWidth(_STORY)
        told.body.addWidget(self._story_title)
        inner, area = QWidget(), QScrollArea()
        inner.setLayout(self.story)
        self.story.setContentsMargins(0, 0, 0, 0)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        told.body.addWidget(area, 1)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(listed, 1)
        row.addWidget(told)
        self._body = QStackedWidget()
        self._body.addWidget(work)
        self._body.addWidget(nothing)
        column.addWidget(self._body, 1)
        self._area = area

    def _speak(self) -> None:
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Incident handling"))
        bind(self._story_title, self._story_title.setText, N_("What happened and when"))
        bind(self._area, self._area.setAccessibleName, N_("What happened and when"))
        bind(self.table, self.table.setAccessibleName, N_("Incident handling"))
        bind(self.edit_button, self.edit_button.setText, N_("Open the form"))
        bind(self.print_button, self.print_button.setText, N_("Print the report"))
        bind(self.add_button, self.add_button.setText, N_("Note an incident"))

    def _connect(self) -> None:
        self.add_button.setEnabled(not self._context.work.read_only)
        self.add_button.clicked.connect(self.add)
        self.edit_button.clicked.connect(self.edit)
        self.print_button.clicked.connect(self.print_out)
        self.table.opened.connect(self.edit)
        self.table.picked.connect(self._on_picked)
        self.chips.chosen.connect(self._sift)
        self.empty.pressed.connect(self.add)
        self._context.changed.connect(self._on_changed)
        self._context.languages.changed.connect(self._on_picked)

    def _show(self, cases: list[Case]) -> None:
        self._all = cases
        counts = {state: sum(one.state is state for one in cases) for state in IncidentState}
        chips = [Chip(state, state.value, counts[state]) for state in IncidentState]
        self.chips.show_chips(len(cases), chips)
        self._body.setCurrentIndex(0 if cases else 1)
        self.chips.setVisible(bool(cases))
        line = Message(
            "{open} open, {handled} being handled, {closed} closed",
            open=counts[IncidentState.OPEN],
            handled=counts[IncidentState.HANDLED],
            closed=counts[IncidentState.CLOSED],
        )
        bind = self._context.languages.bind
        bind(self._head.line, self._head.line.setText, line if cases else "")
        hint = N_("Ctrl+Shift+E opens the emergency card.")
        locked = self._context.work.read_only
        button = "" if locked else N_("Note an incident")
        self.empty.say(N_("No incident has been noted"), hint, button)
        self._sift()

    def _sift(self, _state: object = None) -> None:
        picked = {one.id for one in self.table.chosen()}
        state = self.chips.value
        rows = [one for one in self._all if state is None or one.state is state]
        place = next((n for n, one in enumerate(rows) if one.id in picked), 0)
        self.table.show_rows(rows, place)

    def _on_picked(self) -> None:
        some = self.table.chosen()
        for button in (self.edit_button, self.print_button):
            button.setEnabled(bool(some))
        clear(self.story)
        if some:
            job = partial(_story, self._context.work, some[0].id)
            self._context.tasks.run(self, job, self._show_story, self._on_gone)

    def _show_story(self, told: Tale) -> None:
        if [one.id for one in self.table.chosen()] != [told.id]:
            return  # another one was picked meanwhile
        clear(self.story)
        for moment in told.moments:
            when, what, more = (
                words("small"),
                words("section", wrap=True),
                words("body2", wrap=True),
            )
            when.setText("  ".join(filter(None, (moment.at, moment.by))))
            what.setText(self._context.languages.say(moment.what))
            more.setText(moment.more)
            more.setVisible(bool(moment.more))
            for part in (when, what, more):
                self.story.addWidget(part)
            self.story.addSpacing(8)
        self.story.addStretch(1)

    def _on_gone(self, _error: UserError) -> None:
        """The list is read again and says so."""

    def _on_drawn(self, drawn: Drawn) -> None:
        PaperDialog(self, self._context, drawn).open()

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()


def _who(one: Case, _lang: Language) -> Said:
    return Said(one.name, " ".join(filter(None, (one.class_name, one.enterprise))))


def _state(one: Case, lang: Language) -> Said:
    return Said(lang.say(one.state), tone=_TONES[one.state])


def _what(one: Case, lang: Language) -> Said:
    return Said(lang.say(one.kind), one.what)


def _when(one: Case, lang: Language) -> Said:
    closed = Message("closed {day}", day=one.closed) if one.closed else None
    return Said(lang.value(one.happened), lang.say(closed) if closed else "")


_COLUMNS = (
    Told(N_("Student"), _who, 200),
    Told(N_("State"), _state, 110),
    Told(N_("Happened on"), _when, 140),
    Told(N_("What happened"), _what, 260),
)


def _cases(work: Work, _progress: Progress) -> list[Case]:
    return incidents.cases(work)


def _story(work: Work, id: str, _progress: Progress) -> Tale:
    return Tale(id, incidents.story(work, id))


def _draw(work: Work, id: str, lang: Language, _progress: Progress) -> Drawn:
    output = Output.EN if lang.code == "en" else Output.ZH_CN
    edition = Edition(output, printed_by=work.actor.name)
    paper = incidents.paper(work, id, edition)
    wanted, missing = Wanted(IncidentQuestions(), output), tuple(paper.missing)
    return Drawn(INCIDENT_FORM, wanted, edition, paper.data, paper.pages, paper.told, missing)
