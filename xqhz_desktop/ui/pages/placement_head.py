"""The head of the page of one placement: who, where on the way, and what may be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from xqhz_desktop.domain import journey
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.one_placement import OnePlacement
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, words
from xqhz_desktop.ui.widgets.pill import Pill

S = PlacementStatus
_TONES = {
    S.RUNNING: "good",
    S.SUSPENDED: "bad",
    S.CHANGING: "warn",
    S.CANCELLED: "bad",
    S.ARCHIVED: "neutral",
}
DO: dict[PlacementStatus, str] = {
    S.PLANNED: N_("Take up again"),
    S.ASSIGNED: N_("Assign the place"),
    S.AGREEING: N_("Begin the agreement"),
    S.RUNNING: N_("Go on post"),
    S.SUSPENDED: N_("Suspend"),
    S.CHANGING: N_("Mark as changing"),
    S.ENDED: N_("End"),
    S.ASSESSED: N_("Mark as assessed"),
    S.ARCHIVED: N_("Archive"),
    S.CANCELLED: N_("Cancel the placement"),
}
"""What leads to each status, on buttons."""


class PlacementHead(QWidget):
    """Crumb, name, pills, and buttons; what is refused is still offered and explained."""

    turned = Signal(int)
    """To the placement before (-1) or after (1)."""
    crumb_wanted = Signal()
    step_wanted = Signal(object)
    """A `PlacementStatus` to go to."""
    transfer_wanted = Signal()

    def __init__(self, languages: Languages) -> None:
        """Make it without a placement."""
        super().__init__()
        self._languages = languages
        self._dossier: OnePlacement | None = None
        self.crumb, self.place = Button(kind="link"), words("label")
        self.before, self.after = Button("chevron-left", "tool"), Button("chevron-right", "tool")
        self.title, self.line = words("title"), Elided("label")
        self.state, self.minor, self.lacking = Pill(), Pill("warn"), Pill("bad")
        self.more, self.next = Button("refresh-cw"), Button("arrow-right", "primary")
        self._stand()
        bind = languages.bind
        bind(self.crumb, self.crumb.setText, N_("Placement list"))
        bind(self.before, self.before.name, N_("The one before"))
        bind(self.after, self.after.name, N_("The one after"))
        bind(self.more, self.more.setText, N_("Change or stop"))
        bind(self.title, self.title.setText, N_("Placement"))
        self.crumb.clicked.connect(self.crumb_wanted)
        self.before.clicked.connect(partial(self.turned.emit, -1))
        self.after.clicked.connect(partial(self.turned.emit, 1))
        self.next.clicked.connect(self._on_next)
        self.more.clicked.connect(self._on_more)
        for part in (self.state, self.minor, self.lacking, self.more, self.next):
            part.hide()

    def show_dossier(self, dossier: OnePlacement, *, locked: bool) -> None:
        """Show a placement; `locked`: nothing can be done."""
        self._dossier = dossier
        bind, one, student = self._languages.bind, dossier.placement, dossier.student
        self._languages.release(self.title, self.title.setText)
        self.title.setText(student.name)
        parts = (dossier.class_name, student.student_no, dossier.row.names.get("enterprise", ""))
        self.line.setText(" | ".join(filter(None, parts)))
        bind(self.state, self.state.setText, Message("{name}", name=one.status))
        self.state.tone(_TONES.get(one.status, "info"))
        bind(self.minor, self.minor.setText, Message("under age, {n}", n=dossier.age or 0))
        text = Message(NN_("{n} still missing", "{n} still missing"), n=len(dossier.lacking))
        bind(self.lacking, self.lacking.setText, text)
        place = dossier.neighbours.index(one.id) + 1 if one.id in dossier.neighbours else 1
        count = Message("{n} of {total}", n=place, total=len(dossier.neighbours))
        bind(self.place, self.place.setText, count)
        first = self.ahead()
        if first is not None:
            bind(self.next, self.next.setText, DO[first])
        self.state.show()
        self.minor.setVisible(dossier.age is not None)
        self.lacking.setVisible(bool(dossier.lacking))
        self.next.setVisible(first is not None and not locked)
        self.more.setVisible(not locked)

    def ahead(self) -> PlacementStatus | None:
        """Return the usual next step."""
        ways = list(self._dossier.ways) if self._dossier else []
        on = [one for one in ways if one in journey.MAIN]
        return next((one for one in on if self._forward(one)), None)

    def menu(self) -> QMenu:
        """Return the other steps; those that are refused say why when they are asked for."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        say, dossier = self._languages.say, self._dossier
        if dossier is None:
            return menu
        if dossier.status in journey.ON_POST:
            menu.addAction(say(N_("Change enterprise or post …")), self.transfer_wanted.emit)
        for one in (*dossier.ways, *(s for s in S if s not in dossier.ways)):
            if one in (dossier.status, self.ahead()):
                continue
            if one is next(iter(s for s in S if s not in dossier.ways and s is not dossier.status)):
                menu.addSeparator()
            menu.addAction(say(DO[one]), partial(self.step_wanted.emit, one))
        return menu

    def _forward(self, to: PlacementStatus) -> bool:
        now = self._dossier.status if self._dossier else S.PLANNED
        if now not in journey.MAIN:
            return True
        return journey.MAIN.index(to) > journey.MAIN.index(now)

    def _on_next(self) -> None:
        if (to := self.ahead()) is not None:
            self.step_wanted.emit(to)

    def _on_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _stand(self) -> None:
        crumbs, names, row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        crumbs.addWidget(self.crumb)
        crumbs.addStretch(1)
        for near in (self.before, self.place, self.after):
            crumbs.addWidget(near)
        names.setSpacing(8)
        for said in (self.title, self.state, self.minor, self.lacking):
            names.addWidget(said)
        names.addStretch(1)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addLayout(names)
        lines.addWidget(self.line)
        row.setSpacing(8)
        row.addLayout(lines, 1)
        row.addWidget(self.more)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 4)
        column.addLayout(crumbs)
        column.addLayout(row)
