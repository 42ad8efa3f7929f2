"""A record in dispute: whose it is, its fields side by side, and saving what was decided."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.conflicts import RECORD
from xqhz_desktop.ui.models.disputes import Decision, Dispute, Disputes
from xqhz_desktop.ui.tokens import PADDING
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, line, words
from xqhz_desktop.ui.widgets.clash_grid import NARROW, ClashGrid
from xqhz_desktop.ui.widgets.editors import Tools


class DisputePane(Card):
    """Shows one record in dispute; nothing is written here."""

    save_wanted = Signal()
    later_wanted = Signal()
    history_wanted = Signal()
    both_wanted = Signal()

    def __init__(self, tools: Tools, *, locked: bool) -> None:
        """Make it empty; `locked`: it can only be read."""
        super().__init__(padding=0, gap=0)
        self.dispute: Dispute | None = None
        self.grid = ClashGrid(tools, locked=locked)
        self._tools, self._languages, self._locked = tools, tools.languages, locked
        self._all: Disputes | None = None
        self._name, self._line = Elided("heading"), Elided("small")
        self._far, self._bar = words("label"), QProgressBar()
        self.eye, self.menu_button = Button("eye", "tool"), Button("ellipsis", "tool")
        self.mine_button, self.theirs_button = Button(), Button()
        self.save_button, self.later_button = Button(kind="primary"), Button()
        self.history_button = Button()
        self._safe, self._kept = Elided("section"), Elided("small")
        self._stand()
        self._speak()
        self._connect()

    def show_dispute(
        self, dispute: Dispute, everything: Disputes, decisions: dict[str, Decision]
    ) -> None:
        """Show a record, with what was decided about it so far, kept in `decisions`."""
        self.dispute, self._all = dispute, everything
        self._name.setText(dispute.conflict.called or "—")
        kind = BY_KIND[dispute.conflict.kind].LABEL
        self._languages.bind(self._line, self._line.setText, kind)
        self.eye.setVisible(bool(dispute.covered(self._tools)))
        self.grid.show_dispute(dispute, everything, decisions)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put into the menu what there is no room for."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        for part in (self._bar, self.mine_button, self.theirs_button):
            part.setVisible(not narrow)

    def menu(self) -> QMenu:
        """Return what can be done with the record as a whole."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        say = self._languages.say
        for text, mine in ((_ALL_MINE, True), (_ALL_THEIRS, False)):
            take = menu.addAction(say(text), partial(self.grid.take_all, mine=mine))
            take.setEnabled(not self._locked)
        both = menu.addAction(say(N_("Keep both as two records …")), self.both_wanted.emit)
        fields = any(row.clash.field != RECORD for row in self.grid.rows)
        both.setEnabled(fields and not self._locked)
        return menu

    def _tell(self) -> None:
        """Say how far the user is."""
        done, total = len(self.grid.decisions), len(self.grid.rows)
        bind = self._languages.bind
        far = Message(NN_("{done} of {n} decided", "{done} of {n} decided"), done=done, n=total)
        bind(self._far, self._far.setText, far)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        save = Message(NN_("Save {n} decision", "Save {n} decisions"), n=done)
        bind(self.save_button, self.save_button.setText, save)
        self.save_button.setEnabled(bool(done) and not self._locked)

    def _on_save(self) -> None:
        if self.save_button.isEnabled():
            self.save_wanted.emit()

    def _on_eye(self) -> None:
        if self.dispute is not None:
            self._tools.uncovered.update(self.dispute.covered(self._tools))
            self._again()

    def _again(self) -> None:
        """Show everything anew: in another language, or uncovered."""
        if self.dispute is not None and self._all is not None:
            self.show_dispute(self.dispute, self._all, self.grid.decisions)

    def _on_menu(self) -> None:
        self.menu().popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _on_mine(self) -> None:
        self.grid.take_all(mine=True)

    def _on_theirs(self) -> None:
        self.grid.take_all(mine=False)

    def _stand(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._name)
        lines.addWidget(self._line)
        head = QHBoxLayout()
        head.setContentsMargins(PADDING - 4, 12, 12, 12)
        head.setSpacing(8)
        head.addLayout(lines, 1)
        self._bar.setFixedWidth(96)
        self._bar.setTextVisible(False)
        for part in (
            self._far, self._bar, self.eye, self.mine_button, self.theirs_button, self.menu_button
        ):  # fmt: skip
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        safe = QVBoxLayout()
        safe.setSpacing(1)
        safe.addWidget(self._safe)
        safe.addWidget(self._kept)
        foot = QHBoxLayout()
        foot.setContentsMargins(PADDING - 4, 12, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(IconLabel("shield-check", "good", 18))
        foot.addLayout(safe, 1)
        for button in (self.later_button, self.history_button, self.save_button):
            foot.addWidget(button)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(line())
        self.body.addLayout(foot)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self.mine_button, self.mine_button.setText, _ALL_MINE)
        bind(self.theirs_button, self.theirs_button.setText, _ALL_THEIRS)
        bind(self.menu_button, self.menu_button.name, N_("More"))
        bind(self.eye, self.eye.name, N_("Show numbers in full"))
        bind(self.later_button, self.later_button.setText, N_("Later"))
        bind(self.history_button, self.history_button.setText, N_("History"))
        bind(self._bar, self._bar.setAccessibleName, N_("Progress"))
        bind(self._safe, self._safe.setText, N_("Nothing is lost"))
        kept = N_("Values that were not used stay in the history and can be put back any time.")
        bind(self._kept, self._kept.setText, kept)

    def _connect(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_save)
        self.grid.decided.connect(self._tell)
        self.grid.entered.connect(self._on_save)
        self.save_button.clicked.connect(self._on_save)
        self.later_button.clicked.connect(self.later_wanted)
        self.history_button.clicked.connect(self.history_wanted)
        self.mine_button.clicked.connect(self._on_mine)
        self.theirs_button.clicked.connect(self._on_theirs)
        self.menu_button.clicked.connect(self._on_menu)
        self.eye.clicked.connect(self._on_eye)
        self._languages.changed.connect(self._again)


_ALL_MINE = N_("Take all from here")
_ALL_THEIRS = N_("Take all from there")
