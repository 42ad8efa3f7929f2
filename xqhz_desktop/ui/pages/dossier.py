"""资料归档: which papers the students of a batch lack, their files, and the inspection binder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from xqhz_desktop.domain import papers
from xqhz_desktop.domain.papers import Level
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.reports.kit import Edition
from xqhz_desktop.services import checklist
from xqhz_desktop.services.archiving import Written
from xqhz_desktop.services.checklist import Line
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.bundling import BundleDialog
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages import dossier_jobs as jobs
from xqhz_desktop.ui.pages.dossier_jobs import Seen
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.searchbox import SearchBox
from xqhz_desktop.ui.widgets.told import ToldTable

_KINDS = {
    "placement_batch", "placement", "student", "tripartite", "consent", "application", "cover",
    "policy", "training", "training_result", "filing", "score", "student_report", "attachment",
}  # fmt: skip
_TONES = {Level.MISSING: "bad", Level.STARTED: "warn", Level.READY: "good"}
_WIDTH = 104
_ARCHIVE = (
    N_("Student files"),
    N_("One folder a student, in the official order of eight items, with an index; "
       "a list of hashes shows later that nothing was changed."),
)  # fmt: skip
_BINDER = (
    N_("Inspection binder"),
    N_("Every list of the batch as a numbered PDF, the attached papers beside it, and an index."),
)
Write = Callable[..., Written]


class DossierPage(QWidget):
    """One batch: who lacks which papers; what is written for the archive and for inspectors."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; the papers are read elsewhere."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._seen: Seen | None = None
        self._wanted, self._stale = "", True
        self._reading: Handle | None = None
        self._head, self.chips = Head(), Chips(context.languages)
        self.chooser, self.search_box = QComboBox(), SearchBox()
        self.binder, self.archive = Button("package", "primary"), Button("folder")
        self.print, self.numbers, self.scans = Button("printer"), Button("list"), Button("upload")
        self.table = ToldTable((_WHO,), context.languages)
        self.empty = Empty(context.languages, "circle-check")
        self._stand()
        self._speak()
        self._connect()

    def refresh(self) -> None:
        """Read the papers anew."""
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        job = partial(jobs.look, self._context.work, self._wanted)
        self._reading = self._context.tasks.run(self, job, self._show, self._on_failed)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        self._wanted = id
        self.refresh()

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Search for a student."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def print_out(self) -> None:
        """Show who lacks what as a paper."""
        job = partial(jobs.draw, self._context.work, self._lines(), self._languages.language)
        self._context.tasks.run(self, job, self._on_drawn, self._context.complain)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.chooser, self.search_box, self.table]

    def showEvent(self, event: object) -> None:
        """Read again what has changed while another page was in front."""
        if self._stale and event:
            self.refresh()

    def _show(self, seen: Seen) -> None:
        self._reading, self._seen = None, seen
        batch = seen.batch
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for one in seen.batches:
                self.chooser.addItem(one.name, one.id)
            self.chooser.setCurrentIndex(self.chooser.findData(batch.id if batch else ""))
        self._wanted = batch.id if batch else ""
        for part in (self.binder, self.archive, self.print):
            part.setEnabled(bool(seen.lines))
        lacking = sum(1 for one in seen.lines if one.lacking)
        text = NN_(
            "{lacking} of {n} placement lacks papers.", "{lacking} of {n} placements lack papers."
        )
        line = Message(text, lacking=lacking, n=len(seen.lines))
        self._languages.bind(self._head.line, self._head.line.setText, line)
        counts = checklist.missing(seen.lines)
        chips = [Chip(one.name, one.label, counts[one.name]) for one in papers.documents()]
        self.chips.show_chips(lacking, chips)
        self.table.show_columns(_columns(seen.lines))
        self._filter()

    def _lines(self) -> list[Line]:
        """Return the lines that lack something, as chips and words leave them."""
        paper, said = self.chips.value, self.search_box.text().strip().lower()
        return [
            one
            for one in (self._seen.lines if self._seen else ())
            if any(paper in (None, each.document.name) for each in one.lacking)
            and any(said in text.lower() for text in (one.name, one.student_no, one.class_name))
        ]

    def _filter(self, _value: object = None) -> None:
        some = self._lines()
        self.table.show_rows(some, 0)
        self.table.setVisible(bool(some))
        self.empty.setVisible(not some)
        if not self._seen or not self._seen.lines:
            hint = N_("Papers are asked for once students have a place in the batch.")
            self.empty.say(N_("Nobody has a place in this batch yet"), hint, "", "folder-open")
        elif not checklist.missing(self._seen.lines):
            self.empty.say(N_("Every paper is there"), "", "", "circle-check")
        else:
            self.empty.say(N_("Nothing fits this filter"), N_("Try another word or kind."))
        if self.isVisible():
            self._context.count(Message(NN_("{n} row", "{n} rows"), n=len(some)))

    def _write(self, told: tuple[str, str], write: Write) -> None:
        """Ask for whom and where to, then write in the background."""
        batch = self._seen.batch if self._seen else None
        if batch is None:
            return
        name = f"{batch.name} {self._languages.say(told[0])}"
        title = Message("{title}: {batch}", title=Message(told[0]), batch=batch.name)
        then = partial(self._run, title, partial(write, self._context.work, batch.id))
        BundleDialog(self, self._languages, (title, told[1], name), then).open()

    def _run(self, title: Message, write: Callable[..., Any], edition: Edition, to: Path) -> None:
        job = partial(write, (edition, to))
        self._context.tasks.run(self, job, self._on_written, self._context.complain, title)

    def _on_written(self, made: Written) -> None:
        text = NN_("{n} file written to {place}.", "{n} files written to {place}.")
        self._context.say(Message(text, n=made.files, place=made.place.name))

    def _on_archive(self) -> None:
        self._write(_ARCHIVE, jobs.archive)

    def _on_binder(self) -> None:
        self._write(_BINDER, jobs.bind)

    def _on_drawn(self, drawn: Drawn) -> None:
        PaperDialog(self, self._context, drawn).open()

    def _on_failed(self, error: UserError) -> None:
        self._reading = None
        self._context.complain(error)

    def _on_numbers(self) -> None:
        self._context.navigate("three_numbers", record=self._wanted)

    def _on_scans(self) -> None:
        self._context.navigate("scans")

    def _on_chosen(self, place: int) -> None:
        self.show_record(str(self.chooser.itemData(place)))

    def _on_opened(self) -> None:
        for one in self.table.chosen():
            self._context.navigate("placement", record=one.placement)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _stand(self) -> None:
        for tool in (self.chooser, self.archive, self.binder):
            self._head.tools.addWidget(tool)
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(300)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        column = stand(self, self._head)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.search_box.setMinimumWidth(180)
        self.search_box.setMaximumWidth(280)
        row.addWidget(self.search_box, 2)
        row.addWidget(self.chips, 7)
        for tool in (self.numbers, self.print, self.scans):
            row.addWidget(tool)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1)
        column.addLayout(row)
        column.addWidget(card, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Papers and files"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))
        bind(self.search_box, self.search_box.name, N_("Search name, number or class"))
        bind(self.print, self.print.setText, N_("Print the gaps"))
        bind(self.numbers, self.numbers.setText, N_("Three numbers"))
        bind(self.scans, self.scans.setText, N_("File scans"))
        bind(self.archive, self.archive.setText, _ARCHIVE[0])
        bind(self.binder, self.binder.setText, _BINDER[0])
        bind(self.table, self.table.setAccessibleName, N_("Papers that are missing"))

    def _connect(self) -> None:
        self.chooser.activated.connect(self._on_chosen)
        self.chips.chosen.connect(self._filter)
        self.search_box.asked.connect(self._filter)
        self.search_box.left_down.connect(self.table.setFocus)
        self.table.opened.connect(self._on_opened)
        self.print.clicked.connect(self.print_out)
        self.numbers.clicked.connect(self._on_numbers)
        self.scans.clicked.connect(self._on_scans)
        self.archive.clicked.connect(self._on_archive)
        self.binder.clicked.connect(self._on_binder)
        self._context.changed.connect(self._on_changed)


def _who(one: Line, _lang: Language) -> Said:
    return Said(one.name, " | ".join(filter(None, (one.student_no, one.class_name))))


_WHO = Told(N_("Student"), _who, 170)


def _columns(lines: Sequence[Line]) -> list[Told]:
    """Return the student, and a column for each paper somebody needs."""
    needed = {one.document.name for line in lines for one in line.papers}
    return [
        _WHO,
        *(
            Told(one.label, partial(_paper, one.name), _WIDTH)
            for one in papers.documents()
            if one.name in needed
        ),
    ]


def _paper(name: str, one: Line, lang: Language) -> Said:
    level = one.level(name)
    return Said("–") if level is None else Said(lang.say(level), tone=_TONES[level])
