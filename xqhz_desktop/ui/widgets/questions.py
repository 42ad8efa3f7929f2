"""What is asked before a paper is drawn: language, purpose and the questions of the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.reports.kit import Output, Purpose, Report
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, IconLabel, clear, line, words
from xqhz_desktop.ui.widgets.editors import ChoiceEditor, Editor, Tools
from xqhz_desktop.ui.widgets.field import editor
from xqhz_desktop.ui.widgets.seek import SeekEditor
from xqhz_desktop.ui.widgets.segmented import Segmented

_OUTPUTS = (
    (Output.ZH_CN.name, N_("Chinese")),
    (Output.EN.name, N_("English")),
    (Output.BILINGUAL.name, N_("Both")),
)
_PURPOSES = (
    (Purpose.INTERNAL.name, N_("Internal")),
    (Purpose.REPORT.name, N_("Official")),
    (Purpose.PUBLIC.name, N_("Public")),
)
_COVERED = {
    Purpose.INTERNAL: N_("For use in the school: phone numbers in full."),
    Purpose.REPORT: N_("For the authorities: phone numbers in full."),
    Purpose.PUBLIC: N_("For public notice: phone numbers are covered."),
}
MOST_COPIES = 99
_INSET = GAP


@dataclass(frozen=True)
class Wanted:
    """The paper a user wants: the answers, and how it is printed."""

    answers: Record
    output: Output = Output.ZH_CN
    purpose: Purpose = Purpose.INTERNAL
    copies: int = 1
    names: dict[str, str] = field(default_factory=dict)
    """What the records in ``answers`` are called, by field name."""


class Questions(Card):
    """The form of a report, made from its ``asks``, above what it comes to."""

    changed = Signal()
    """Another paper is wanted, or something cannot be read."""
    restored = Signal()
    """The user wants the answers of the first day back."""
    kind_wanted = Signal(str)
    """The user named a record that is not there yet: its kind."""

    def __init__(self, languages: Languages, tools: Tools) -> None:
        """Make it without questions; `ask` puts them."""
        super().__init__(padding=1, gap=0)
        self._languages, self._tools = languages, tools
        self.report: Report | None = None
        self.output = Segmented(languages, _OUTPUTS)
        self.purpose = Segmented(languages, _PURPOSES)
        self.editors: dict[str, Editor] = {}
        self.copies, self._copies_label = QSpinBox(), words("label")
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setFixedWidth(56)
        self.copies.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.counted, self.restore = words("section"), Button(kind="link")
        self.missing = words("advice", wrap=True)
        self._title, self._sheet = words("heading", wrap=True), words("small")
        self._covered, self._live = words("small", wrap=True), words("small", wrap=True)
        self._problems: dict[str, Any] = {}
        self._id = ""
        self._fields = QVBoxLayout()
        self._stand()
        self._say()
        self._connect()

    def ask(self, report: Report, wanted: Wanted) -> None:
        """Put the questions of a report, answered as far as is known."""
        if report is not self.report:
            self.report = report
            self._languages.bind(self._title, self._title.setText, report.title)
            self._fill(report.asks)
        self._id = wanted.answers.id
        self.output.choose(wanted.output.name)
        self.purpose.choose(wanted.purpose.name)
        self.copies.setValue(wanted.copies)
        for name, one in self.editors.items():
            one.load(getattr(wanted.answers, name), wanted.names.get(name, ""))
        self._tell()

    def read(self) -> Wanted | None:
        """Return what is wanted, or None while an answer cannot be read."""
        if self.report is None:
            return None
        values, broken = {}, {}
        for name, one in self.editors.items():
            try:
                values[name] = one.value()
            except UserError as error:
                broken[name] = error.message
        for name, label in self._problems.items():
            label.setVisible(name in broken)
            if name in broken:
                self._languages.bind(label, label.setText, broken[name])
        if broken:
            return None
        answers = self.report.asks(id=self._id, **values)
        output, purpose = Output[self.output.value], Purpose[self.purpose.value]
        return Wanted(answers, output, purpose, self.copies.value())

    def show_sheet(self, sheet: Message | None) -> None:
        """Say what the paper is printed on."""
        self._languages.bind(self._sheet, self._sheet.setText, sheet or "")

    def show_count(self, told: Message | None, missing: Message | None = None) -> None:
        """Say what the paper tells of, and which characters it cannot show."""
        self._tick.setVisible(told is not None)
        self._languages.bind(self.counted, self.counted.setText, told or "")
        self.missing.setVisible(missing is not None)
        self._languages.bind(self.missing, self.missing.setText, missing or "")

    def seek(self, name: str) -> None:
        """Put the keyboard on a question and offer its answers."""
        one = self.editors[name]
        one.setFocus()
        if isinstance(one, SeekEditor):
            one.offer_all()

    def _stand(self) -> None:
        head, foot = _column(_INSET, 14), _column(_INSET, 12)
        head.addWidget(self._title)
        head.addWidget(self._sheet)
        inner = QWidget()
        column = _column(_INSET, 14, inner)
        column.setSpacing(12)
        column.addWidget(self._row(N_("Language"), _wide(self.output)))
        column.addWidget(self._row(N_("Purpose"), _wide(self.purpose), self._covered))
        column.addLayout(self._fields)
        self._fields.setSpacing(12)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._tick = IconLabel("circle-check", "good", 16)
        told = QHBoxLayout()
        told.setSpacing(6)
        told.addWidget(self._tick)
        told.addWidget(self.counted, 1)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self.restore)
        last.addStretch(1)
        last.addWidget(self._copies_label)
        last.addWidget(self.copies)
        foot.addLayout(told)
        for part in (self.missing, self._live):
            foot.addWidget(part)
        foot.addSpacing(6)
        foot.addLayout(last)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(scroll, 1)
        self.body.addWidget(line())
        self.body.addLayout(foot)

    def _say(self) -> None:
        bind = self._languages.bind
        bind(self.restore, self.restore.setText, N_("Restore defaults"))
        bind(self._live, self._live.setText, N_("The preview follows every change"))
        bind(self._copies_label, self._copies_label.setText, N_("Copies"))
        bind(self.copies, self.copies.setAccessibleName, N_("Copies"))
        bind(self.output, self.output.setAccessibleName, N_("Language"))
        bind(self.purpose, self.purpose.setAccessibleName, N_("Purpose"))
        self.show_count(None)

    def _connect(self) -> None:
        self.output.chosen.connect(self._on_changed)
        self.purpose.chosen.connect(self._on_changed)
        self.restore.clicked.connect(self.restored)

    def _fill(self, asks: type[Record]) -> None:
        clear(self._fields)
        self.editors.clear()
        self._problems.clear()
        flags_last = sorted(asks.FIELDS.values(), key=lambda one: one.kind is Kind.FLAG)
        for described in flags_last:
            one = self._editor(described, asks)
            one.changed.connect(self._on_changed)
            problem = words("error", wrap=True)
            problem.hide()
            self.editors[described.name] = one
            self._problems[described.name] = problem
            label = "" if described.kind is Kind.FLAG else described.label
            self._fields.addWidget(self._row(label, one, problem))

    def _editor(self, described: Field, asks: type[Record]) -> Editor:
        bind = self._languages.bind
        made = editor(described, self._tools, asks.KIND)
        if described.kind is Kind.CHOICE and getattr(asks(), described.name) is None:
            made = AnyEditor(described, self._tools)
        elif isinstance(made, SeekEditor):
            made.create_wanted.connect(self._on_create_wanted)
            nothing = N_("The usual one") if described.required else N_("All")
            bind(made.line, made.line.setPlaceholderText, nothing)
        bind(made, made.name, described.label)
        # as narrow as the form is, however long a choice may be
        made.core.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return made

    def _row(self, label: Text, *parts: QWidget) -> QWidget:
        """Return widgets one under another, below a label."""
        row = QWidget()
        column = _column(0, 0, row)
        column.setSpacing(6)
        if label:
            above = words("label")
            above.setBuddy(parts[0])
            self._languages.bind(above, above.setText, label)
            column.addWidget(above)
        for part in parts:
            column.addWidget(part)
        return row

    def _on_changed(self, *_how: object) -> None:
        self._tell()
        self.changed.emit()

    def _on_create_wanted(self, kind: str, _name: str) -> None:
        self.kind_wanted.emit(kind)

    def _tell(self) -> None:
        covered = _COVERED[Purpose[self.purpose.value]]
        self._languages.bind(self._covered, self._covered.setText, covered)


class AnyEditor(ChoiceEditor):
    """One of a closed list, or all of them."""

    def __init__(self, described: Field, tools: Tools) -> None:
        """Offer “all” above the choices."""
        super().__init__(described, tools)
        self.combo.insertItem(0, "")
        self._say()

    def put(self, value: Any, _shown: str = "") -> None:
        """Show a choice, or “all” where there is none."""
        self.combo.setCurrentIndex(0 if value is None else 1 + self._choices.index(value))

    def value(self) -> Any:
        """Return the choice, or None for all."""
        place = self.combo.currentIndex()
        return self._choices[place - 1] if place > 0 else None

    def _say(self) -> None:
        first = self.combo.count() - len(self._choices)
        if first:
            self.combo.setItemText(0, self._languages.say(N_("All")))
        for place, one in enumerate(self._choices, first):
            self.combo.setItemText(place, self._languages.say(one))


def _column(beside: int, above: int, owner: QWidget | None = None) -> QVBoxLayout:
    column = QVBoxLayout(owner) if owner else QVBoxLayout()
    column.setContentsMargins(beside, above, beside, above)
    column.setSpacing(2)
    return column


def _wide(part: Segmented) -> Segmented:
    """Return a segmented choice that takes the width of the form."""
    part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return part
