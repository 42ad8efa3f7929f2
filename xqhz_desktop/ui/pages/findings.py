"""合规体检: what the rules find at placements, why, and what settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.checking_views import SEVERITIES, Overview, Row, Rule
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import findings_jobs as jobs
from xqhz_desktop.ui.pages.findings_outlet import Outlet
from xqhz_desktop.ui.pages.findings_packs import PackFoot
from xqhz_desktop.ui.pages.findings_pane import Explained, FindingPane
from xqhz_desktop.ui.pages.findings_reason import ReasonDialog
from xqhz_desktop.ui.pages.findings_rows import ENTERPRISES, PLACEMENTS, FindingRows
from xqhz_desktop.ui.pages.findings_rules import RuleList
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, line, words
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_LEFT, _LEFT_NARROW, _RIGHT, _RIGHT_NARROW, _NARROW = 264, 220, 388, 340, 1180


class FindingsPage(QWidget):
    """Rules at the left, placements in the middle, one finding explained at the right."""

    def __init__(self, context: Context) -> None:
        """Show what stands once the page comes to the front, then look whether it changed."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._found = Overview(None, (), ())
        self._first = True
        self._looking: Handle | None = None
        self._explaining: Handle | None = None
        self._head, self.chips = Head(), Chips(context.languages)
        self.search_box, self.chooser = SearchBox(), QComboBox()
        self.check_button = Button("refresh-cw", "primary")
        self.export_button, self.freeze_button = Button("download"), Button("lock")
        self.list, self.rows = RuleList(context.languages), FindingRows(context.languages)
        self.pane = FindingPane(context.languages, locked=context.work.read_only)
        self.packs, self.trouble = PackFoot(context), words("error", wrap=True)
        self.empty = Empty(context.languages, "circle-check")
        self.outlet = Outlet(context, self)
        self._stand()
        self._speak()
        self._connect()

    def refresh(self, whole: bool = False) -> None:
        """Check what changed, all of it where asked, and show what stands."""
        if self._looking is not None:
            self._looking.cancel()
        asked = (str(self.chooser.currentData() or ""), self.search_box.text().strip())
        job = partial(jobs.look, self._context.work, *asked, whole)
        title = Message("Checking placements") if whole else None
        run = self._context.tasks.run
        self._looking = run(self, job, self._show, self._context.complain, title)

    def show_record(self, rule: str) -> None:
        """Choose a rule by its id."""
        self.list.wanted = rule
        self.refresh()

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Search for a student or an enterprise."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.list, self.rows.table, self.pane]

    def showEvent(self, event: QShowEvent) -> None:
        """Look when the page comes to the front."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panes what the window allows."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._left.setFixedWidth(_LEFT_NARROW if narrow else _LEFT)
        self.pane.setFixedWidth(_RIGHT_NARROW if narrow else _RIGHT)

    def _show(self, found: Overview) -> None:
        self._found = found
        counts = found.counts
        chips = [Chip(one, label, counts[one]) for one, label in SEVERITIES.items()]
        self.chips.show_chips(counts.total(), chips)
        if self._first and self._begin():
            return
        self._show_batches()
        any_rule = bool(found.rules)
        for part in (self._left, self.rows, self.pane):
            part.setVisible(any_rule)
        self.empty.setVisible(not any_rule)
        self.list.show_rules(found, self.chips.value)
        self._say_line()
        self.packs.show_packs(found.packs)
        bind = self._languages.bind
        for name, why in found.troubles[:1]:
            text = Message("{pack} is not used: {why}", pack=name, why=why)
            bind(self.trouble, self.trouble.setText, text)
        self.trouble.setVisible(bool(found.troubles))

    def _say_line(self) -> None:
        counts, mark = self._found.counts, self._found.mark
        students, hosts = self._found.people
        text = Message(
            "{placements} checked: {findings} at {students} and {hosts}. "
            "Checked {when}, took {seconds} s.",
            placements=Message(PLACEMENTS, n=mark.placements if mark else 0),
            findings=Message(NN_("{n} finding", "{n} findings"), n=counts.total()),
            students=Message(NN_("{n} student", "{n} students"), n=students),
            hosts=Message(ENTERPRISES, n=hosts),
            when=mark.at.replace("T", " ")[:16] if mark else "",
            seconds=str(mark.seconds) if mark else "",
        )
        self._languages.bind(self._head.line, self._head.line.setText, text)
        day = mark.day if mark else ""
        said = Message("Checked on {day} by the rule packs in force.", day=day)
        self.empty.say(N_("Nothing found"), said, "")

    def _begin(self) -> bool:
        """Begin with the batch that runs now, where there is one: it is read anew then."""
        self._first = False
        self._show_batches()
        today = date.today()
        for one in self._found.batches:
            if one.start_date and one.end_date and one.start_date <= today <= one.end_date:
                self.chooser.setCurrentIndex(self.chooser.findData(one.id))
                return True
        return False

    def _show_batches(self) -> None:
        chosen = self.chooser.currentData()
        self.chooser.blockSignals(True)
        self.chooser.clear()
        self.chooser.addItem(self._languages.say(N_("All batches")), "")
        for one in self._found.batches:
            self.chooser.addItem(one.name, one.id)
        self.chooser.setCurrentIndex(max(0, self.chooser.findData(chosen)))
        self.chooser.blockSignals(False)

    def _on_chip(self, severity: str | None) -> None:
        self.list.show_rules(self._found, severity)

    def _on_rule(self, rule: Rule | None) -> None:
        self.rows.show_rule(rule)
        if rule is not None and self.isVisible():
            self._context.count(Message(PLACEMENTS, n=len(rule.rows)))

    def _on_row(self, row: Row | None) -> None:
        rule = self.rows.rule
        if self._explaining is not None:
            self._explaining.cancel()
        if row is None or rule is None:
            self.pane.show_finding(None)
            return
        shown = self.pane.shown
        if shown and (shown.row, shown.rule.entry.id) == (row, rule.entry.id):
            return
        job = partial(jobs.explain, self._context.work, rule, row, self._languages.language)
        run = self._context.tasks.run
        self._explaining = run(self, job, self._on_explained, self._context.complain)

    def _on_explained(self, shown: Explained) -> None:
        self.pane.show_finding(shown)

    def _on_reason(self) -> None:
        rule, rows = self.rows.rule, self.rows.rows()
        if rule is None or not rows or rule.severity != "W":
            return
        dialog = ReasonDialog(self, self._languages, rule, len(rows))
        dialog.given.connect(partial(self._keep_reason, rule, rows))
        dialog.open()

    def _keep_reason(self, rule: Rule, rows: Sequence[Row], text: str) -> None:
        lang = self._languages.language
        job = partial(jobs.reason, self._context.work, rule, rows, (text, lang))
        done = partial(self._on_done, NN_("{n} reason kept", "{n} reasons kept"), len(rows))
        self._context.tasks.run(self, job, done, self._context.complain)

    def _on_filing(self) -> None:
        rule, rows = self.rows.rule, self.rows.rows()
        if rule is None or not rows:
            return
        lang = self._languages.language
        job = partial(jobs.filing, self._context.work, rule, rows, lang)
        self._context.tasks.run(self, job, self._on_begun, self._context.complain)

    def _on_begun(self, id: str) -> None:
        self._context.say(Message("Say who it was filed with and from when, then “filed”."))
        self._context.navigate("filing", None, id)

    def _on_answered(self, applies: bool) -> None:
        shown = self.pane.shown
        if shown is None:
            return
        job = partial(jobs.answer, self._context.work, shown.row, applies)
        done = partial(self._on_done, NN_("{n} answer kept", "{n} answers kept"), 1)
        self._context.tasks.run(self, job, done, self._context.complain)

    def _on_done(self, text: tuple[str, str], count: int, _step: object) -> None:
        self._context.say(Message(text, n=count), undo=True)
        self.refresh()

    def _on_export(self) -> None:
        self.outlet.export(self._found)

    def _on_freeze(self) -> None:
        self.outlet.freeze(self._found, str(self.chooser.currentData() or ""))

    def _on_opened(self, row: Row) -> None:
        self._context.navigate("placement", None, row.person.id)

    def _on_record(self, kind: str, id: str) -> None:
        self._context.navigate(kind, None, id)

    def _on_changed(self, _kinds: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _on_check(self) -> None:
        self.refresh(whole=True)

    def _on_asked(self, *_asked: object) -> None:
        self.refresh()

    def _stand(self) -> None:
        for tool in (self.freeze_button, self.export_button, self.check_button):
            self._head.tools.addWidget(tool)
        column = stand(self, self._head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.chips, 1)
        row.addWidget(self.search_box)
        row.addWidget(self.chooser)
        self.search_box.setFixedWidth(220)
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(280)
        column.addLayout(row)
        column.addWidget(self.trouble)
        self.trouble.hide()
        self._left = Card(0, 0)
        self._left.body.setContentsMargins(1, 1, 1, 1)
        self._left.body.addWidget(self.list, 1)
        self._left.body.addWidget(line())
        self._left.body.addWidget(self.packs)
        panes = QHBoxLayout()
        panes.setSpacing(GAP)
        panes.addWidget(self._left)
        panes.addWidget(self.rows, 1)
        panes.addWidget(self.pane)
        column.addLayout(panes, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Compliance check"))
        bind(self.check_button, self.check_button.setText, N_("Check again"))
        bind(self.export_button, self.export_button.setText, N_("Export"))
        bind(self.freeze_button, self.freeze_button.setText, N_("Freeze"))
        bind(self.search_box, self.search_box.name, N_("Student, enterprise or class"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chip)
        self.list.chosen.connect(self._on_rule)
        self.rows.picked.connect(self._on_row)
        self.rows.opened.connect(self._on_opened)
        self.rows.reason_wanted.connect(self._on_reason)
        self.rows.filing_wanted.connect(self._on_filing)
        self.pane.record_wanted.connect(self._on_record)
        self.pane.reason_wanted.connect(self._on_reason)
        self.pane.filing_wanted.connect(self._on_filing)
        self.pane.answered.connect(self._on_answered)
        self.check_button.clicked.connect(self._on_check)
        self.export_button.clicked.connect(self._on_export)
        self.freeze_button.clicked.connect(self._on_freeze)
        self.search_box.asked.connect(self._on_asked)
        self.chooser.currentIndexChanged.connect(self._on_asked)
        self._context.changed.connect(self._on_changed)
        for key, act in (("R", self._on_reason), ("B", self._on_filing)):
            shortcut = QShortcut(QKeySequence(key), self.rows.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
