"""The middle pane of findings: the placements one rule is about, by host, class or tutor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from xqhz_desktop.compliance.judging import State
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import checking_answers
from xqhz_desktop.services.checking_views import Row, Rule
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, line
from xqhz_desktop.ui.widgets.told import ToldTable

PLACEMENTS = NN_("{n} placement", "{n} placements")
ENTERPRISES = NN_("{n} enterprise", "{n} enterprises")
_MOST = 2_000
"""Rows shown at once; nobody reads more, and the search finds the rest."""


@dataclass(frozen=True)
class _Group:
    """A head above the placements of one host or class."""

    name: str
    count: int
    most: tuple[int, str] | None = None
    """Interns on the fullest day, and their share in percent, where the rule is about a cap."""


class FindingRows(Card):
    """A title, the placements under heads, and what can be done for all that are picked."""

    picked = Signal(object)
    """A `Row`, or None."""
    opened = Signal(object)
    reason_wanted = Signal()
    filing_wanted = Signal()

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__(0, 0)
        self._languages = languages
        self.rule: Rule | None = None
        self.title, self.beside = Elided("heading"), Elided("small")
        self.by = QComboBox()
        columns = (
            Told(N_("Student"), _student, 150),
            Told(N_("State"), _state, 108),
            Told(N_("Position"), _position, 170),
            Told(N_("Enterprise"), _host, 170),
        )
        self.table = ToldTable(columns, languages, many=True)
        self.chosen = Elided("small")
        self.reason_button, self.filing_button = Button("pencil"), Button("shield-check")
        self._stand()
        self._speak()
        self._connect()

    def show_rule(self, rule: Rule | None) -> None:
        """Show the placements of a rule; who was picked stays picked."""
        before = {row.person.id for row in self.rows()}
        self.rule = rule
        bind, lang = self._languages.bind, self._languages.language
        if rule is None:
            self.table.show_rows([])
            return
        bind(self.title, self.title.setText, rule.entry.said("name", lang.code))
        hosts = len({row.person.host for row in rule.rows})
        text = Message(
            "{placements}, {hosts}",
            placements=Message(PLACEMENTS, n=len(rule.rows)),
            hosts=Message(ENTERPRISES, n=hosts),
        )
        bind(self.beside, self.beside.setText, text)
        shown = self._grouped(rule.rows[:_MOST])
        places = [n for n, row in enumerate(shown) if _is(row, before)]
        self.table.show_rows(shown)
        last = len(self.table.told.columns)
        self.table.clearSpans()
        for place, row in enumerate(shown):
            if isinstance(row, _Group):
                self.table.setSpan(place, 0, 1, last)
                self.table.setRowHeight(place, 38)
        first = next((n for n, row in enumerate(shown) if isinstance(row, Row)), -1)
        self.table.pick(places or [first] if first >= 0 else [])
        current = self.table.told.index((places or [first])[0], 0)
        flags = QItemSelectionModel.SelectionFlag.NoUpdate
        self.table.selectionModel().setCurrentIndex(current, flags)
        self._on_picked()

    def rows(self) -> list[Row]:
        """Return the placements picked."""
        return [one for one in self.table.chosen() if isinstance(one, Row)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the table find its widths."""
        super().resizeEvent(event)
        self.table.fit()

    def _grouped(self, rows: Sequence[Row]) -> list[Row | _Group]:
        name = _BY[str(self.by.currentData())]
        grouped: dict[str, list[Row]] = {}
        for row in rows:
            grouped.setdefault(name(row), []).append(row)
        found: list[Row | _Group] = []
        for group in sorted(grouped):
            found.append(_Group(group, len(grouped[group]), _most_of(grouped[group])))
            found += grouped[group]
        return found

    def _on_picked(self) -> None:
        some = self.rows()
        text = Message(NN_("{n} chosen", "{n} chosen"), n=len(some))
        self._languages.bind(self.chosen, self.chosen.setText, text)
        rule = self.rule
        reasoned = rule is not None and rule.severity == "W"
        filed = rule is not None and checking_answers.fileable(rule)
        self.reason_button.setVisible(reasoned)
        self.filing_button.setVisible(filed)
        self.reason_button.setEnabled(bool(some))
        self.filing_button.setEnabled(bool(some))
        current = self.table.currentIndex().row()
        rows = self.table.told.rows
        row = rows[current] if 0 <= current < len(rows) else None
        self.picked.emit(row if isinstance(row, Row) else (some[0] if some else None))

    def _on_opened(self) -> None:
        if some := self.rows():
            self.opened.emit(some[0])

    def _on_by(self) -> None:
        self.show_rule(self.rule)

    def _on_language(self) -> None:
        for place, (_value, text) in enumerate(_GROUPS):
            self.by.setItemText(place, self._languages.say(text))
        self.show_rule(self.rule)

    def _stand(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 12)
        head.setSpacing(8)
        head.addWidget(self.title, 2)
        head.addWidget(self.beside, 1)
        head.addWidget(self.by)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.chosen, 1)
        foot.addWidget(self.reason_button)
        foot.addWidget(self.filing_button)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(line())
        self.body.addLayout(foot)

    def _speak(self) -> None:
        bind = self._languages.bind
        for value, text in _GROUPS:
            self.by.addItem(self._languages.say(text), value)
        bind(self.by, self.by.setAccessibleName, N_("Group by"))
        bind(self.table, self.table.setAccessibleName, N_("Placements with this finding"))
        bind(self.reason_button, self.reason_button.setText, N_("Give a reason"))
        bind(self.filing_button, self.filing_button.setText, N_("Record a filing"))

    def _connect(self) -> None:
        self.table.picked.connect(self._on_picked)
        self.table.opened.connect(self._on_opened)
        self.by.currentIndexChanged.connect(self._on_by)
        self._languages.changed.connect(self._on_language)
        self.reason_button.clicked.connect(self.reason_wanted)
        self.filing_button.clicked.connect(self.filing_wanted)


_GROUPS = (("host", N_("By enterprise")), ("room", N_("By class")))
_BY: dict[str, Callable[[Row], str]] = {
    "host": lambda row: row.person.enterprise,
    "room": lambda row: row.person.room,
}


def _most_of(rows: Sequence[Row]) -> tuple[int, str] | None:
    """Return the fullest day the rows of a cap speak of."""
    found = [row.finding.values for row in rows if "percent" in row.finding.values]
    most = max(found, key=lambda one: int(one["count"]), default=None)
    return (int(most["count"]), str(most["percent"])) if most else None


def _is(row: Row | _Group, ids: set[str]) -> bool:
    return isinstance(row, Row) and row.person.id in ids


def _student(row: Row | _Group, lang: Language) -> Said:
    match row:
        case _Group(name, count, most):
            text = NN_("{name}  {n} placement", "{name}  {n} placements")
            said = lang.say(Message(text, name=name or "—", n=count))
            if most:
                peak = Message("at most {n} interns, {percent} %", n=most[0], percent=most[1])
                said = f"{said}  |  {lang.say(peak)}"
            return Said(said)
        case _:
            below = " | ".join(filter(None, (row.person.room, row.person.number)))
            return Said(row.person.student, below)


def _position(row: Row | _Group, lang: Language) -> Said:
    if isinstance(row, _Group):
        return Said("")
    days = Message("{start} to {end}", start=row.person.start, end=row.person.end or "…")
    return Said(row.person.position or "—", lang.say(days))


def _host(row: Row | _Group, _lang: Language) -> Said:
    return Said("") if isinstance(row, _Group) else Said(row.person.enterprise)


def state(row: Row) -> tuple[str, str]:
    """Return the word and the tone of what is to be done about a finding."""
    if row.answer is not None:
        return N_("reason given"), "info"
    match row.finding.state:
        case State.FILED:
            return N_("filed"), "good"
        case State.UNJUDGED:
            return N_("fact missing"), "neutral"
        case State.ASKED:
            return N_("question"), "warn"
    return N_("to be done"), "warn"


def _state(row: Row | _Group, lang: Language) -> Said:
    if isinstance(row, _Group):
        return Said("")
    word, tone = state(row)
    return Said(lang.say(word), tone=tone)
