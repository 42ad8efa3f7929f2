"""A strip below a decided field: the same for other records in dispute about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services.conflicts import Side
from xqhz_desktop.ui.models.disputes import Dispute, Disputes, whose
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, IconLabel
from xqhz_desktop.ui.widgets.editors import Tools

_MOST = 4


class AlikeBar(QFrame):
    """Hidden while no other record is in dispute about the same field."""

    wanted = Signal(str, object, object)
    """The field, the `Whose`, and the other `Dispute`s."""

    def __init__(self, tools: Tools) -> None:
        """Make it hidden."""
        super().__init__()
        self.setProperty("clash", "alike")
        self._tools = tools
        self._field = ""
        self._side: Side | None = None
        self._others: list[Dispute] = []
        self._words, self.button = Elided("body13"), Button()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("git-merge", "warn", 16))
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._on_pressed)
        self.hide()

    def show_for(self, everything: Disputes, dispute: Dispute, field: str, side: Side) -> bool:
        """Say which others have such a side of the field; return whether there are any."""
        self._field, self._side = field, side
        self._others = everything.alike(dispute, field, whose(side))
        if not self._others:
            return False
        names = [one.conflict.called for one in self._others[:_MOST]]
        more = "…" if len(self._others) > _MOST else ""
        bind = self._tools.languages.bind
        said = Message(
            NN_(
                "{n} more conflict is about “{field}” too: {names}{more}",
                "{n} more conflicts are about “{field}” too: {names}{more}",
            ),
            n=len(self._others),
            field=dispute.fields[field].said,
            names=names,
            more=more,
        )
        bind(self._words, self._words.setText, said)
        apply = Message(NN_("Apply to {n} alike …", "Apply to {n} alike …"), n=len(self._others))
        bind(self.button, self.button.setText, apply)
        return True

    def _on_pressed(self) -> None:
        if self._side is not None:
            self.wanted.emit(self._field, whose(self._side), self._others)
