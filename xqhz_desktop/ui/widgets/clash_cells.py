"""The cells of a field in dispute: its name, one side of it, and what it will be."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import both_texts
from xqhz_desktop.services.conflicts import RECORD, Clash, Side
from xqhz_desktop.ui.models.disputes import LONG, Decision, Dispute, moment
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, IconLabel, clear, dress, words
from xqhz_desktop.ui.widgets.editors import Editor, Tools
from xqhz_desktop.ui.widgets.field import editor

EQUAL = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
"""Of cells that share the width, whatever stands in them."""

_TOP = Qt.AlignmentFlag.AlignTop


class LabelCell(QFrame):
    """The name of the field, that it must be decided, and what it was where room is short."""

    def __init__(self, tools: Tools, dispute: Dispute, clash: Clash) -> None:
        super().__init__()
        self.setProperty("clash", "label")
        bind = tools.languages.bind
        name, must, self.before = (
            words("section", wrap=True),
            words("bad"),
            words("small", wrap=True),
        )
        bind(name, name.setText, dispute.label(clash))
        bind(must, must.setText, N_("Must be decided"))
        before = dispute.before(clash, tools) or "—"
        bind(self.before, self.before.setText, Message("before: {value}", value=before))
        must.setVisible(clash.must)
        self.before.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 6, 10)
        column.setSpacing(2)
        for part in (name, must, self.before):
            column.addWidget(part)
        column.addStretch(1)


class SideBox(QFrame):
    """One side: its value, who wrote it and when, and the word that takes it."""

    def __init__(self, tools: Tools, dispute: Dispute, clash: Clash, side: Side) -> None:
        """Show a side that is not taken."""
        super().__init__()
        self.setProperty("clash", "side")
        self.setSizePolicy(EQUAL)
        bind = tools.languages.bind
        self._value, below = words(wrap=True), Elided("small")
        self._text = dispute.said(clash, side, tools) or "—"
        self._parts = (
            [*both_texts.added(clash.base or "", side.value or "")]
            if clash.field != RECORD and clash.base and dispute.fields[clash.field].kind in LONG
            else []
        )
        actor = Message("{person} | {when}", person=side.actor or "—", when=moment(side))
        bind(below, below.setText, actor)
        self.button, self._tick, self._taken = (
            Button(kind="link"),
            IconLabel("check", "accent_ink", 16),
            words("taken"),
        )
        word = N_("Use this")
        if clash.field == RECORD:
            word = N_("Keep it") if side.value else N_("Remove it")
        bind(self.button, self.button.setText, word)
        said = Message("Use this: {value}", value=self._text)
        bind(self.button, self.button.setAccessibleName, said)
        bind(self._taken, self._taken.setText, N_("Used"))
        foot = QHBoxLayout()
        foot.setSpacing(4)
        self._taken.setFixedHeight(self.button.sizeHint().height())  # taking moves nothing
        foot.addWidget(below, 1)
        for part in (self._tick, self._taken, self.button):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 6, 6)
        column.setSpacing(2)
        column.addWidget(self._value)
        column.addLayout(foot)
        column.addStretch(1)
        self.mark(chosen=False)

    def mark(self, *, chosen: bool) -> None:
        """Show whether this side is taken."""
        dress(self, "chosen", "true" if chosen else "false")
        dress(self._value, "role", "section" if chosen else "")
        self.button.setVisible(not chosen)
        self._tick.setVisible(chosen)
        self._taken.setVisible(chosen)
        self.tint()

    def tint(self) -> None:
        """Show the value; what this side added to a longer text is tinted."""
        if not any(new for _part, new in self._parts):
            self._value.setText(self._text)
            return
        ground = tokens().warn_soft
        shown = (
            f'<span style="background-color: {ground}">{escape(part)}</span>'
            if new
            else escape(part)
            for part, new in self._parts
        )
        self._value.setTextFormat(Qt.TextFormat.RichText)
        self._value.setText("".join(shown).replace("\n", "<br>"))


class ResultCell(QFrame):
    """What the field will be: chosen, typed, or still open."""

    typed = Signal(object)
    """A `Decision`, or None where the text is no value."""

    def __init__(self, tools: Tools, dispute: Dispute, clash: Clash) -> None:
        """Ask for a decision."""
        super().__init__()
        self.setProperty("clash", "result")
        self.setSizePolicy(EQUAL)
        self._tools, self._dispute, self._clash = tools, dispute, clash
        self.editor: Editor | None = None
        self._icon, self._value = IconLabel("info", "warn", 16), words(wrap=True)
        self._below, self.edit_button = Elided("small"), Button(kind="link")
        self._icon.setFixedSize(16, 22)
        self._problem = words("error", wrap=True)
        tools.languages.bind(self.edit_button, self.edit_button.setText, N_("Edit"))
        self._place = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon, 0, _TOP)
        head.addWidget(self._value, 1)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self._below, 1)
        foot.addWidget(self.edit_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 8, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(self._place)
        column.addWidget(self._problem)
        column.addLayout(foot)
        column.addStretch(1)
        self._problem.hide()
        self.edit_button.setVisible(clash.field != RECORD)
        self.show_decision(None)

    def show_decision(self, decision: Decision | None) -> None:
        """Show a side that was taken, or that nothing is decided yet."""
        if self.editor is not None and (decision is None or decision.side is None):
            return
        self._close_editor()
        bind = self._tools.languages.bind
        self._icon.wear("circle-check" if decision else "info", "good" if decision else "warn")
        dress(self._value, "role", "section" if decision else "advice13")
        if decision is None or decision.side is None:
            bind(self._value, self._value.setText, N_("Please choose one"))
            bind(self._below, self._below.setText, "")
            return
        self._tools.languages.release(self._value, self._value.setText)
        said = self._dispute.said(self._clash, decision.side, self._tools)
        self._value.setText(said or "—")
        mine = decision.side.mine
        bind(self._below, self._below.setText, _MINE if mine else _THEIRS)

    def open_editor(self, value: Any, called: str, said: str) -> None:
        """Let the value be typed, beginning with one; `called` names what a reference points to."""
        if self.editor is None:
            field = self._dispute.fields[self._clash.field]
            self.editor = made = editor(field, self._tools, self._dispute.conflict.kind)
            self._tools.languages.bind(made, made.name, field.label)
            for part in (self._icon, self._value, self.edit_button):
                part.hide()
            self._place.addWidget(made)
            made.load(value, called)
            made.changed.connect(self._on_typed)
            self._tools.languages.bind(self._below, self._below.setText, said)
            self._on_typed()
        self.editor.core.setFocus()

    def refuse(self, problem: Message | None) -> None:
        """Say why a value cannot be kept."""
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._tools.languages.bind(self._problem, self._problem.setText, problem)

    def _on_typed(self) -> None:
        assert self.editor is not None, "only an editor tells of typing"
        try:
            decision: Decision | None = Decision(self.editor.value())
        except UserError as error:
            decision = None
            self.refuse(error.message)
        else:
            self.refuse(None)
        self.typed.emit(decision)

    def _close_editor(self) -> None:
        if self.editor is not None:
            clear(self._place)
            self.editor = None
            for part in (self._icon, self._value, self.edit_button):
                part.show()


_MINE = N_("as entered here")
_THEIRS = N_("as it came from elsewhere")
