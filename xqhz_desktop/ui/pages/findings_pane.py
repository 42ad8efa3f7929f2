"""The right pane of findings: one finding explained, and the ways out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.compliance.judging import State
from xqhz_desktop.domain.ruling import FindingAnswer
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import checking_answers
from xqhz_desktop.services.checking_explained import Used
from xqhz_desktop.services.checking_views import SEVERITIES, Row, Rule, sentence
from xqhz_desktop.services.quotas import Radar
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.pages.findings_radar import RadarChart
from xqhz_desktop.ui.pages.findings_rules import TONES
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, clear, line, words
from xqhz_desktop.ui.widgets.pill import Pill


@dataclass(frozen=True)
class Explained:
    """A finding with everything read for it."""

    rule: Rule
    row: Row
    used: Sequence[Used]
    radar: Radar | None
    log: Sequence[FindingAnswer]
    names: Sequence[str]
    """Who gave each reason of the log."""


class FindingPane(Card):
    """What was found, from which facts, by which article, and what would settle it."""

    record_wanted = Signal(str, str)
    """Kind and id of a record to open."""
    reason_wanted = Signal()
    filing_wanted = Signal()
    answered = Signal(bool)
    """Whether the words asked about mean restricted work."""

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Make it empty; `locked`: nothing can be written."""
        super().__init__(0, 0)
        self._languages, self._locked = languages, locked
        self.shown: Explained | None = None
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.setSpacing(8)
        self.radar = RadarChart(languages)
        self.open_button, self.filing_button = Button("arrow-right"), Button("shield-check")
        self.reason_button = Button("pencil", "primary")
        self.yes_button, self.no_button = Button(), Button(kind="primary")
        self._stand()
        languages.changed.connect(self._say)

    def show_finding(self, shown: Explained | None) -> None:
        """Show a finding, or nothing."""
        self.shown = shown
        self._say()

    def _say(self) -> None:
        self.radar.setParent(None)
        clear(self._column)
        shown = self.shown
        asked = shown is not None and shown.row.finding.state is State.ASKED
        self._foot.setVisible(shown is not None)
        if shown is None:
            return
        self._head(shown)
        if shown.radar is not None:
            self._section(N_("Places over time"))
            self._column.addWidget(self.radar)
            allowed = int(shown.row.finding.values["allowed"])
            self.radar.show_radar(shown.radar, allowed)
        self._facts(shown.used)
        self._basis(shown)
        self._ways(shown)
        self._log(shown)
        self._column.addStretch(1)
        severity = shown.rule.severity
        free = not self._locked
        self.reason_button.setVisible(free and severity == "W")
        self.filing_button.setVisible(free and checking_answers.fileable(shown.rule) and not asked)
        self.yes_button.setVisible(free and asked)
        self.no_button.setVisible(free and asked)

    def _head(self, shown: Explained) -> None:
        lang = self._languages.language
        text = words("heading", wrap=True)
        text.setText(sentence(shown.row, shown.rule.entry, lang))
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(text)
        row = QHBoxLayout()
        pill = Pill(TONES[shown.rule.severity])
        pill.setText(lang.say(SEVERITIES[shown.rule.severity]))
        beside = Elided("small")
        person = shown.row.person
        beside.setText(" | ".join((shown.rule.entry.id, person.student, person.enterprise)))
        row.addWidget(pill)
        row.addWidget(beside, 1)
        self._column.addLayout(row)

    def _facts(self, used: Sequence[Used]) -> None:
        if not used:
            return
        self._section(N_("Facts used"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for place, one in enumerate(used):
            name, value = words("small", wrap=True), words("body2", wrap=True)
            name.setText(one.name)
            value.setText(one.value or self._languages.say(N_("not filled in")))
            grid.addWidget(name, place, 0)
            grid.addWidget(value, place, 1)
            if one.kind and one.id:
                link = Button(kind="link")
                link.setText(self._languages.say(N_("Open")))
                link.clicked.connect(_Opens(self, one))
                grid.addWidget(link, place, 2)
        self._column.addLayout(grid)

    def _basis(self, shown: Explained) -> None:
        self._section(N_("Legal basis"))
        lang = self._languages.language
        for one in shown.rule.entry.bases:
            row = QHBoxLayout()
            text, pill = words("body2", wrap=True), Pill("good" if one.verified else "warn")
            text.setText(one.said(lang.code))
            checked = N_("checked") if one.verified else N_("to be checked against the original")
            pill.setText(lang.say(checked))
            row.addWidget(text, 1)
            row.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)
        pack = words("small")
        pack.setText(lang.say(Message("Rule pack: {name}", name=shown.row.finding.pack)))
        self._column.addWidget(pack)

    def _ways(self, shown: Explained) -> None:
        self._section(N_("What settles it"))
        lang = self._languages.language
        ways: list[str] = [shown.rule.entry.said("fix", lang.code)]
        if shown.row.finding.state is State.UNJUDGED:
            ways = [lang.say(N_("Fill in what is missing; it is judged again at once."))]
        if paper := shown.row.finding.filing:
            filed = shown.row.finding.state is State.FILED
            ways.insert(0, lang.say(_COVERED if filed else _PARTLY))
            link = Button("shield-check", "link")
            link.setText(lang.say(N_("Open the filing")))
            link.clicked.connect(_Opens(self, Used("", "", "filing", paper)))
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        for text in filter(None, ways):
            label = words("body2", wrap=True)
            label.setText(text)
            self._column.addWidget(label)

    def _log(self, shown: Explained) -> None:
        if not shown.log:
            return
        self._section(N_("Reasons so far"))
        for one, name in zip(shown.log, shown.names, strict=True):
            reason, beside = words("body2", wrap=True), words("small", wrap=True)
            reason.setText(one.reason)
            told = Message("{name}, {day}: {said}", name=name, day=one.answered_on, said=one.said)
            beside.setText(self._languages.say(told))
            self._column.addWidget(reason)
            self._column.addWidget(beside)

    def _section(self, text: Text) -> None:
        label = words("section")
        label.setText(self._languages.say(text))
        self._column.addSpacing(4)
        self._column.addWidget(label)

    def _on_open(self) -> None:
        if self.shown is not None:
            self.record_wanted.emit("placement", self.shown.row.person.id)

    def _on_no(self) -> None:
        self.answered.emit(False)

    def _on_yes(self) -> None:
        self.answered.emit(True)

    def _stand(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inner)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 10, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        for button in (self.filing_button, self.reason_button, self.yes_button, self.no_button):
            foot.addWidget(button)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(line())
        self.body.addWidget(self._foot)
        bind = self._languages.bind
        bind(self.open_button, self.open_button.setText, N_("Open"))
        bind(self.filing_button, self.filing_button.setText, N_("Record a filing"))
        bind(self.reason_button, self.reason_button.setText, N_("Give a reason"))
        bind(self.yes_button, self.yes_button.setText, N_("Yes, it is"))
        bind(self.no_button, self.no_button.setText, N_("No, it is not"))
        self.open_button.clicked.connect(self._on_open)
        self.filing_button.clicked.connect(self.filing_wanted)
        self.reason_button.clicked.connect(self.reason_wanted)
        self.yes_button.clicked.connect(self._on_yes)
        self.no_button.clicked.connect(self._on_no)


_COVERED = N_("A filing with the authority covers it on every day.")
_PARTLY = N_("There is a filing, but it does not cover every day of the placement.")


class _Opens:
    """Opens the record of a fact when it is called."""

    def __init__(self, pane: FindingPane, used: Used) -> None:
        self._pane, self._used = pane, used

    def __call__(self, _checked: bool = False) -> None:
        self._pane.record_wanted.emit(self._used.kind, self._used.id)
