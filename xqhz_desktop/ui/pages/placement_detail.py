"""One placement: its steps, its story, its form, its papers, and what may be done next."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.one_placement import OnePlacement
from xqhz_desktop.services.papers import Paper
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.pages import placement_jobs as jobs
from xqhz_desktop.ui.pages.leaving import Leaving
from xqhz_desktop.ui.pages.lists import LISTINGS
from xqhz_desktop.ui.pages.placement_head import PlacementHead
from xqhz_desktop.ui.pages.placement_steps import Steps
from xqhz_desktop.ui.pages.record_pane import RecordPane
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import stand
from xqhz_desktop.ui.widgets.paper_list import PaperList
from xqhz_desktop.ui.widgets.stepper import Stepper
from xqhz_desktop.ui.widgets.story import Story

_WIDE, _STORY, _PAPERS = 1180, 260, 384
_USUAL, _NARROW = 1000, 330
"""From which width on the papers have their usual width, and what they have below it."""
_KINDS = {
    "placement", "placement_event", "student", "consent", "tripartite", "training_result", "cover",
    "policy", "site_assessment", "decided", "decision", "filing", "placement_batch", "score",
    "attachment", "incident",
}  # fmt: skip
"""Kinds whose changes are seen here."""


class PlacementPage(QWidget):
    """Shows one placement whole; nothing typed is lost on the way to another."""

    def __init__(self, context: Context) -> None:
        """Show that a placement is to be chosen."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.dossier: OnePlacement | None = None
        self._wanted = ""
        locked = context.work.read_only
        self.head, self.stepper = PlacementHead(context.languages), Stepper(context.languages)
        self.story = Story(context.languages, locked=locked)
        self.papers = PaperList(context.languages, locked=locked)
        self.legs, self.warning = words("label", wrap=True), words("advice", wrap=True)
        self.empty = Empty(context.languages, "graduation-cap")
        listing = next(one for one in LISTINGS if one.kind == "placement")
        self._search = Search(context.work.store, self)
        related = {one.kind: list(one.columns[:2]) for one in LISTINGS}
        tools = Tools(context.languages, self._search)
        self.pane = RecordPane(context, listing, tools, related)
        self._leaving = Leaving(self, self.pane, context.languages)
        self.steps = Steps(self, context)
        self._stand()
        self._connect()
        self._say_empty()

    def show_record(self, id: str) -> None:
        """Show a placement."""
        other = self.dossier is not None and id != self.dossier.placement.id
        if other and not self._leaving.may(partial(self.show_record, id)):
            return
        self._wanted = id
        self.refresh()

    def refresh(self) -> None:
        """Read the placement anew, elsewhere."""
        if self._wanted:
            job = partial(jobs.look, self._context.work, self._wanted, date.today())
            self._context.tasks.run(self, job, self._show, self._on_failed)

    def may_leave(self) -> bool:
        """Tell whether nothing is unsaved; else ask what to do with it."""
        return self._leaving.may(_nothing)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.head, self.story, self.pane, self.papers]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the story at the left where there is room, else under the papers."""
        super().resizeEvent(event)
        width = event.size().width()
        self._settle(width >= _WIDE)
        self.papers.setFixedWidth(_PAPERS if width >= _USUAL else _NARROW)

    def _settle(self, wide: bool) -> None:
        place = self._columns.indexOf(self.story)
        if wide and place != 0:
            self._columns.insertWidget(0, self.story)
            self.story.setFixedWidth(_STORY)
        elif not wide and self._right.indexOf(self.story) < 0:
            self.story.setMinimumWidth(0)
            self.story.setMaximumWidth(_PAPERS)
            self._right.addWidget(self.story, 2)

    def _show(self, dossier: OnePlacement) -> None:
        other = self.dossier is None or self.dossier.placement.id != dossier.placement.id
        self.dossier = dossier
        self._body.setCurrentIndex(0)
        self.head.show_dossier(dossier, locked=self._context.work.read_only)
        self.stepper.show_status(dossier.status, _days(dossier))
        self.story.show_story(dossier.story)
        self.papers.show_papers(dossier.papers)
        if other:
            self.pane.show_row(dossier.row)
        else:
            self.pane.take(dossier.row)
        self._say_legs(dossier)

    def _say_legs(self, dossier: OnePlacement) -> None:
        bind = self._languages.bind
        parts = [
            Message(
                "{start} – {end} {enterprise}",
                start=one.placement.start_date,
                end=one.placement.end_date,
                enterprise=one.enterprise,
            )
            for one in dossier.legs
        ]
        text = Message("{n} legs: {legs}", n=len(parts), legs=parts)
        bind(self.legs, self.legs.setText, text)
        self.legs.setVisible(len(parts) > 1)
        self.warning.setVisible(bool(dossier.warnings))
        text = Message("{name}", name=list(dossier.warnings))
        bind(self.warning, self.warning.setText, text)

    def _say_empty(self) -> None:
        self._body.setCurrentIndex(1)
        hint = N_("Open one from the list of placements.")
        self.empty.say(N_("No placement is open"), hint, N_("Placement list"))

    def _on_failed(self, error: UserError) -> None:
        self.dossier, self._wanted = None, ""
        self._say_empty()
        self._context.complain(error)

    def _on_turned(self, step: int) -> None:
        """Go to the one before or after in the batch."""
        if self.dossier is not None:
            ids = self.dossier.neighbours
            place = ids.index(self.dossier.placement.id) + step
            if 0 <= place < len(ids):
                self.show_record(ids[place])

    def _on_noted(self, text: str) -> None:
        job = partial(jobs.note, self._context.work, self._wanted, text, date.today())
        self._context.tasks.run(self, job, None, self._context.complain)

    def _on_paper(self, paper: Paper) -> None:
        """Show the record of a paper, or the list where it is to be added."""
        if paper.id:
            self._context.navigate(paper.kind, record=paper.id)
        elif self.dossier is not None:
            field, value = jobs.about(paper.kind, self.dossier)
            self._context.navigate(paper.kind, Query(paper.kind, where=(Where(field, "=", value),)))

    def _on_attach(self, paper: Paper) -> None:
        dialog = QFileDialog(self, self._languages.say(N_("Choose files to attach")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(partial(self._on_selected, paper))
        dialog.open()

    def _on_selected(self, paper: Paper, names: list[str]) -> None:
        self._on_dropped(paper, list(map(Path, names)))

    def _on_dropped(self, paper: Paper, paths: list[Path]) -> None:
        job = partial(jobs.attach, self._context.work, paper, tuple(paths))
        title = Message("Attaching files")
        self._context.tasks.run(self, job, self._on_attached, self._context.complain, title)

    def _on_attached(self, text: Message) -> None:
        self._context.say(text, undo=True)

    def _on_crumb(self) -> None:
        self._context.navigate("placement")

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self.refresh()

    def _stand(self) -> None:
        column = stand(self, self.head)
        work, steps = QWidget(), Card(0, 0)
        steps.body.setContentsMargins(20, 6, 12, 6)
        steps.body.addWidget(self.stepper)
        self._columns, self._right = QHBoxLayout(), QVBoxLayout()
        self._columns.setSpacing(GAP)
        self._right.setSpacing(GAP)
        self.papers.setFixedWidth(_PAPERS)
        self.story.setFixedWidth(_STORY)
        self._right.addWidget(self.papers, 3)
        self._columns.addWidget(self.story)
        self._columns.addWidget(self.pane, 1)
        self._columns.addLayout(self._right)
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP - 4)
        for part in (steps, self.legs, self.warning):
            rows.addWidget(part)
        rows.addLayout(self._columns, 1)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self._body = QStackedWidget()
        self._body.addWidget(work)
        self._body.addWidget(nothing)
        column.addWidget(self._body, 1)

    def _connect(self) -> None:
        head, papers = self.head, self.papers
        head.turned.connect(self._on_turned)
        head.crumb_wanted.connect(self._on_crumb)
        head.step_wanted.connect(self.steps.take)
        head.transfer_wanted.connect(self.steps.transfer)
        self.story.noted.connect(self._on_noted)
        papers.opened.connect(self._on_paper)
        papers.attach_wanted.connect(self._on_attach)
        papers.dropped.connect(self._on_dropped)
        self.pane.left.connect(head.setFocus)
        self.empty.pressed.connect(self._on_crumb)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._on_turned, step))
        self._context.changed.connect(self._on_changed)


def _days(dossier: OnePlacement) -> dict[str, date]:
    """Return the day of each step: when it was reached, else when it is planned."""
    one, status = dossier.placement, PlacementStatus
    planned = {status.RUNNING.name: one.start_date, status.ENDED.name: one.end_date}
    return {name: day for name, day in planned.items() if day} | dict(dossier.reached)


def _nothing() -> None:
    """Do nothing once the question is settled: the user goes on by hand."""
