"""A card with a number, its worst lines and one way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.today import Figure
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, line, tile, words
from xqhz_desktop.ui.widgets.pill import Pill

_STUDENTS = NN_("student", "students")
_PLACEMENTS = NN_("placement", "placements")
_LINES = 3
_SIDE, _GAP, _TILE = 16, 8, 28


@dataclass(frozen=True)
class Look:
    """How one figure is shown: icon, title, what is counted, what the footer leads to."""

    icon: str
    title: str
    unit: tuple[str, str]
    action: str
    page: str = ""
    """The page the footer leads to; nothing: the list behind the number."""


LOOKS: dict[str, Look] = {
    "unplaced": Look(
        "user-x", N_("Not placed yet"), _STUDENTS, N_("Place the students"), "allocation"
    ),
    "ending": Look("calendar", N_("Ending in 30 days"), _PLACEMENTS, N_("Prepare assessment")),
    "minors": Look("shield-check", N_("Minors placed"), _STUDENTS, N_("Check consents")),
    "guardians": Look("user-check", N_("No guardian's phone"), _STUDENTS, N_("Fill in")),
    "tutors": Look("presentation", N_("No school tutor"), _PLACEMENTS, N_("Assign tutors")),
    "agreements": Look("file-text", N_("No agreement no."), _PLACEMENTS, N_("Register")),
    "posts": Look(
        "briefcase", N_("Post's staff unknown"), NN_("position", "positions"), N_("Fill in")
    ),
    "codes": Look("id-card", N_("No credit code"), NN_("enterprise", "enterprises"), N_("Fill in")),
    "staff_totals": Look(
        "users", N_("No staff number"), NN_("enterprise", "enterprises"), N_("Fill in")
    ),
}


class FigureCard(Card):
    """One figure; pressing it opens its list: ``opened(page, query)``."""

    opened = Signal(str, object)

    def __init__(self, languages: Languages, name: str) -> None:
        """Make the card; it shows – until the figure has been counted."""
        super().__init__(padding=0, gap=0)
        self._languages, self._look = languages, LOOKS[name]
        self.figure: Figure | None = None
        self._tile = tile(self._look.icon, _TILE)
        self._title, self._pill = Elided("section"), Pill("warn")
        self._title.setFixedHeight(_TILE)  # as high as the picture, with it or without
        self._count, self._unit, self._beside = words("figure"), words("label"), Elided("small")
        self._lines = [(Elided("body13"), words("small")) for _ in range(_LINES)]
        self._more = Button(kind="more")
        self._stand()
        chevron = QHBoxLayout(self._more)
        chevron.setContentsMargins(0, 0, 15, 0)
        chevron.addStretch(1)
        chevron.addWidget(IconLabel("chevron-right", "ink3", 16))
        bind = languages.bind
        bind(self._title, self._title.setText, self._look.title)
        bind(self._more, self._more.setText, self._look.action)
        bind(self, self.setAccessibleName, self._look.title)
        self._count.setText("–")
        self._beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._more.clicked.connect(self._on_more)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: Figure) -> None:
        """Show a counted figure."""
        self.figure = figure
        bind = self._languages.bind
        bind(self._count, self._count.setText, Message("{n}", n=figure.count))
        bind(self._unit, self._unit.setText, Message(self._look.unit, n=figure.count))
        bind(self._beside, self._beside.setText, figure.beside or "")
        urgent = figure.urgent if figure.count else Message("none")
        self._pill.setVisible(urgent is not None)
        self._pill.tone(figure.tone if figure.count else "good")
        bind(self._pill, self._pill.setText, urgent or "")
        for number, (text, beside) in enumerate(self._lines):
            shown = figure.lines[number] if number < len(figure.lines) else None
            text.setText(shown.text if shown else "")
            bind(beside, beside.setText, shown.beside if shown else "")
        self._foot.setVisible(bool(figure.count))
        self._spare.setVisible(not figure.count)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the picture go where the title has no room beside it."""
        super().resizeEvent(event)
        self._fit()

    def show_failure(self) -> None:
        """Say that this figure could not be counted."""
        text = self._lines[0][0]
        self._languages.bind(text, text.setText, N_("Could not be counted. F5 tries again."))

    def fold(self, compact: bool) -> None:
        """Show two lines instead of three where the window is low."""
        for part in self._lines[-1]:
            part.setVisible(not compact)

    def press(self) -> None:
        """Open the list behind the number."""
        if self.figure is not None and self.figure.count:
            self.opened.emit(self.figure.query.kind, self.figure.query)

    def _fit(self) -> None:
        title = self._title.fontMetrics().horizontalAdvance(self._title.text()) + 4
        pill = 0 if self._pill.isHidden() else self._pill.sizeHint().width() + _GAP
        room = self.width() - 2 * _SIDE - 2
        self._tile.setVisible(_TILE + _GAP + title + pill <= room)

    def _on_more(self) -> None:
        if self._look.page in BY_NAME:
            self.opened.emit(self._look.page, None)
        else:
            self.press()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the list on a click anywhere on the card."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.press()

    def _stand(self) -> None:
        head = _row(self._tile, self._title, self._pill)
        head.setSpacing(_GAP)
        figures = _row(self._count, self._unit, self._beside)
        figures.setSpacing(6)
        upper = QVBoxLayout()
        upper.setContentsMargins(_SIDE, 12, _SIDE, 8)
        upper.setSpacing(3)
        upper.addLayout(head)
        upper.addSpacing(2)
        upper.addLayout(figures)
        for text, beside in self._lines:
            upper.addLayout(_row(text, beside))
        upper.addStretch(1)
        self._foot, self._spare = QWidget(), QWidget()
        self._spare.setFixedHeight(36)
        self._spare.hide()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(1, 0, 1, 1)
        foot.setSpacing(0)
        foot.addWidget(line())
        foot.addWidget(self._more)
        self.body.addLayout(upper, 1)
        self.body.addWidget(self._foot)
        self.body.addWidget(self._spare)


def _row(*parts: Any) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            stretch = 1 if isinstance(part, Elided) else 0
            row.addWidget(part, stretch)
    return row
