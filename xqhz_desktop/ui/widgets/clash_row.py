"""One field in dispute: what it was, what each side says, and what it will be."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.services import both_texts
from xqhz_desktop.services.conflicts import RECORD, Clash, Side
from xqhz_desktop.ui.models.disputes import LONG, Decision, Dispute, columns
from xqhz_desktop.ui.widgets.card import dress, words
from xqhz_desktop.ui.widgets.clash_cells import EQUAL, LabelCell, ResultCell, SideBox
from xqhz_desktop.ui.widgets.editors import Tools


class ClashRow(QObject):
    """The cells of one field; whoever lays them out puts `cells` beside each other."""

    decided = Signal(str, object)
    """The field, and the `Decision` or None where what was typed is no value."""
    touched = Signal(str)
    """The field has the attention of the user."""

    def __init__(self, parent: QWidget, tools: Tools, dispute: Dispute, clash: Clash) -> None:
        """Show a clash nobody decided yet."""
        super().__init__(parent)
        self.clash, self.dispute = clash, dispute
        self.label, self.base = LabelCell(tools, dispute, clash), words("label", wrap=True)
        self.base.setText(dispute.before(clash, tools) or "—")
        self.base.setContentsMargins(8, 10, 8, 10)
        self.base.setSizePolicy(EQUAL)
        self.base.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sides = [(side, SideBox(tools, dispute, clash, side)) for side in clash.sides]
        self.result = ResultCell(tools, dispute, clash)
        for side, box in self.sides:
            box.button.clicked.connect(partial(self.take, side))
        self.result.edit_button.clicked.connect(self.edit)
        self.result.typed.connect(self._on_typed)

    @property
    def cells(self) -> tuple[QWidget, QWidget, QWidget, QWidget, QWidget]:
        """Return label, what it was, this side, the others, and the result."""
        first, _rest = columns(self.clash)
        boxes = {id(side): box for side, box in self.sides}
        others = QFrame()
        others.setSizePolicy(EQUAL)
        column = QVBoxLayout(others)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for side, box in self.sides:
            if side is not first:
                column.addWidget(box)
        return self.label, self.base, boxes[id(first)], others, self.result

    def show_decision(self, decision: Decision | None) -> None:
        """Show what is decided; a value that is being typed stays as it is."""
        for side, box in self.sides:
            box.mark(chosen=decision is not None and decision.side is side)
        self.result.show_decision(decision)

    def show_current(self, on: bool) -> None:
        """Mark the field the keys work on."""
        dress(self.label, "current", "true" if on else "false")

    def tint(self) -> None:
        """Tint what is new in the colours of the theme."""
        for _side, box in self.sides:
            box.tint()

    def fold(self, narrow: bool) -> None:
        """Put what it was below the name of the field where room is short."""
        self.base.setVisible(not narrow)
        self.label.before.setVisible(narrow)

    def take(self, side: Side, _clicked: bool = False) -> None:
        """Decide for a side."""
        self.touched.emit(self.clash.field)
        self.decided.emit(self.clash.field, Decision(side.value, side))

    def edit(self, _clicked: bool = False) -> None:
        """Type the result; a longer text begins with both versions put together."""
        if self.clash.field == RECORD:
            return
        self.touched.emit(self.clash.field)
        first, others = columns(self.clash)
        if self.dispute.fields[self.clash.field].kind in LONG and len(others) == 1:
            before, one, other = (
                text or "" for text in (self.clash.base, first.value, others[0].value)
            )
            self.result.open_editor(
                both_texts.joined(before, one, other), "", N_("Both texts are kept")
            )
        else:
            self.result.open_editor(first.value, first.called, N_("Typed here"))

    def restore(self, decision: Decision) -> None:
        """Show a decision made before, also one that was typed."""
        if decision.side is None:
            self.result.open_editor(decision.value, decision.called, N_("Typed here"))
        else:
            self.show_decision(decision)

    def _on_typed(self, decision: Decision | None) -> None:
        self.touched.emit(self.clash.field)
        for _side, box in self.sides:
            box.mark(chosen=False)
        self.decided.emit(self.clash.field, decision)
