"""The fields of a record in dispute, one below another, and what is decided about each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.conflicts import RECORD, Side
from xqhz_desktop.ui.models.disputes import Decision, Dispute, Disputes, columns
from xqhz_desktop.ui.widgets.alike_bar import AlikeBar
from xqhz_desktop.ui.widgets.card import Elided, clear, line, words
from xqhz_desktop.ui.widgets.clash_cells import EQUAL
from xqhz_desktop.ui.widgets.clash_row import ClashRow
from xqhz_desktop.ui.widgets.editors import Tools

NARROW = 820
"""Width below which what a field was stands under its name."""

_LABEL = 128
_KEYS = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_1: "mine",
    Qt.Key.Key_2: "theirs",
    Qt.Key.Key_E: "edit",
    Qt.Key.Key_A: "alike",
}


class ClashGrid(QScrollArea):
    """Lets people decide field by field; nothing is written here."""

    decided = Signal()
    entered = Signal()
    """Ctrl+Enter: save what is decided."""

    def __init__(self, tools: Tools, *, locked: bool) -> None:
        """Make it empty; `locked`: it can only be read."""
        super().__init__()
        self.rows: list[ClashRow] = []
        self.decisions: dict[str, Decision] = {}
        self.alike = AlikeBar(tools)
        self._tools, self._locked = tools, locked
        self._dispute: Dispute | None = None
        self._all: Disputes | None = None
        self._current = 0
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        self.setWidget(self._body)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tools.languages.bind(self, self.setAccessibleName, N_("Fields in conflict"))

    def show_dispute(
        self, dispute: Dispute, everything: Disputes, decisions: dict[str, Decision]
    ) -> None:
        """Show a record, with what was decided about it so far, kept in `decisions`."""
        self._dispute, self._all, self.decisions = dispute, everything, decisions
        for field in decisions.keys() - {one.field for one in dispute.conflict.clashes}:
            del decisions[field]  # settled elsewhere meanwhile
        self._fill(dispute)
        for row in self.rows:
            if decision := decisions.get(row.clash.field):
                row.restore(decision)
        self._mark(0)
        self.verticalScrollBar().setValue(0)

    def know(self, everything: Disputes) -> None:
        """Take note of what else is in dispute by now."""
        self._all = everything

    def take_all(self, *, mine: bool) -> None:
        """Decide every field for the side of this computer, or for the other one."""
        for row in self.rows:
            first, others = columns(row.clash)
            row.take(first if mine else others[0])
        self.alike.hide()

    def refuse(self, problems: Mapping[str, Message]) -> None:
        """Say under the fields why they cannot be kept."""
        for row in self.rows:
            row.result.refuse(problems.get(row.clash.field))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between fields; 1, 2, E and A decide; Ctrl+Enter saves."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        what = _KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if what is None or not plain or not self.rows or self._locked:
            super().keyPressEvent(event)
            return
        row = self.rows[self._current]
        first, others = columns(row.clash)
        match what:
            case "up" | "down":
                step = 1 if what == "down" else -1
                self._mark(min(max(self._current + step, 0), len(self.rows) - 1))
            case "mine":
                row.take(first)
            case "theirs":
                row.take(others[0])
            case "edit":
                row.edit()
            case "alike" if not self.alike.isHidden():
                self.alike.button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        """Tint anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row in getattr(self, "rows", ()):
                row.tint()

    def _fill(self, dispute: Dispute) -> None:
        """Lay out one line a field."""
        self._grid.removeWidget(self.alike)
        self.alike.setParent(None)
        self.alike.hide()
        clear(self._grid)
        for row in self.rows:
            row.deleteLater()
        clashes = dispute.conflict.clashes
        self.rows = [ClashRow(self._body, self._tools, dispute, one) for one in clashes]
        for place in range(3 * len(self.rows) + 8):
            self._grid.setRowStretch(place, 0)
        self._heads()
        for place, row in enumerate(self.rows, 1):
            self._grid.addWidget(line(), 3 * place - 1, 0, 1, 5)
            for column, cell in enumerate(row.cells):
                self._grid.addWidget(cell, 3 * place, column)
                cell.setEnabled(not self._locked)
            row.decided.connect(self._on_decided)
            row.touched.connect(self._on_touched)
        last = 3 * len(self.rows) + 2
        self._grid.addWidget(line(), last, 0, 1, 5)
        self._grid.setRowStretch(last + 1, 1)
        self._fold()

    def _heads(self) -> None:
        pairs = [columns(row.clash) for row in self.rows]
        ours = [first for first, _others in pairs]
        theirs = [side for _first, others in pairs for side in others]
        here = N_("This computer") if all(one.mine for one in ours) else N_("One side")
        for column, (word, below) in enumerate(
            (
                (N_("Field"), ""),
                (N_("Before"), ""),
                (here, self._where(ours)),
                (N_("The other side"), self._where(theirs)),
                (N_("Result"), N_("on all computers once saved")),
            )
        ):
            self._grid.addWidget(_head(self._tools, word, below), 1, column)

    def _where(self, sides: list[Side]) -> str:
        """Return the devices some sides were written on."""
        assert self._all is not None, "heads are made for a dispute"
        names = dict.fromkeys(filter(None, (self._all.device(one) for one in sides)))
        return ", ".join(names)

    def _on_touched(self, field: str) -> None:
        self._mark(next(n for n, row in enumerate(self.rows) if row.clash.field == field))

    def _on_decided(self, field: str, decision: Decision | None) -> None:
        """Keep a decision; fields of one group follow the same side."""
        row = next(row for row in self.rows if row.clash.field == field)
        self._keep(row, decision)
        if decision is not None and row.clash.group:
            for one in self.rows:
                if one is not row and one.clash.group == row.clash.group:
                    self._follow(one, decision.side)
        self._offer(row, decision)
        self.decided.emit()

    def _keep(self, row: ClashRow, decision: Decision | None) -> None:
        if decision is None:
            self.decisions.pop(row.clash.field, None)
        else:
            self.decisions[row.clash.field] = decision
        row.show_decision(decision)

    def _follow(self, row: ClashRow, side: Side | None) -> None:
        """Take the side of the same change; what is shown now where the other was typed."""
        sides = row.clash.sides
        if side is None:
            alike = [] if row.clash.field in self.decisions else [sides[0]]
        else:
            same = [one for one in sides if one.change == side.change]
            alike = same or [one for one in sides if one.mine == side.mine]
        for one in alike[:1]:
            self._keep(row, Decision(one.value, one))

    def _offer(self, row: ClashRow, decision: Decision | None) -> None:
        """Offer the same for other records, below the field that was just decided."""
        self.alike.hide()
        side = decision.side if decision else None
        if side is None or row.clash.field == RECORD or self._all is None or self._dispute is None:
            return
        if self.alike.show_for(self._all, self._dispute, row.clash.field, side):
            place = 3 * (self.rows.index(row) + 1) + 1
            self._grid.addWidget(self.alike, place, 0, 1, 5)
            self.alike.show()

    def _mark(self, place: int) -> None:
        self._current = place
        for number, row in enumerate(self.rows):
            row.show_current(number == place)
        if place < len(self.rows):
            self.ensureWidgetVisible(self.rows[place].label, 0, 40)

    def _fold(self) -> None:
        narrow = self.width() < NARROW
        for row in self.rows:
            row.fold(narrow)
        head = self._grid.itemAtPosition(1, 1)
        before = head.widget() if head is not None else None
        if before is not None:
            before.setVisible(not narrow)
        for column, share in enumerate((0, 0 if narrow else 5, 9, 9, 9)):
            self._grid.setColumnStretch(column, share)


def _head(tools: Tools, word: str, below: str) -> QFrame:
    """Return the head of a column, with a smaller line below where there is one."""
    box, above, small = QFrame(), words("label"), Elided("small")
    box.setSizePolicy(EQUAL)
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 8, 6, 8)
    column.setSpacing(1)
    column.addWidget(above)
    column.addWidget(small)
    tools.languages.bind(above, above.setText, word)
    tools.languages.bind(small, small.setText, below)
    small.setVisible(bool(below))
    return box
