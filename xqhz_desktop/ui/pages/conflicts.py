"""冲突中心: the records two copies disagree about, decided field by field."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services.conflicts import RECORD
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.models import disputes
from xqhz_desktop.ui.models.disputes import Decision, Dispute, Disputes
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.pages.conflicts_acts import Acts
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.dispute_pane import DisputePane
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.settled_pane import SettledPane
from xqhz_desktop.ui.widgets.told import ToldTable

_LIST, _LIST_NARROW, _NARROW = 300, 264, 1120


class ConflictsPage(QWidget):
    """The records at the left, the chosen one side by side at the right."""

    def __init__(self, context: Context) -> None:
        """Look once the page comes to the front."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._found = Disputes((), {}, "", None)
        self._decisions: dict[tuple[str, str], dict[str, Decision]] = {}
        self._wanted = ""
        self._looking: Handle | None = None
        self._head = Head()
        self.chips = Chips(context.languages)
        columns = (Told(N_("Record"), _record, 140), Told(N_("State"), self._state, 104))
        self.list = ToldTable(columns, context.languages)
        tools = Tools(context.languages, Search(context.work.store, self))
        self.pane = DisputePane(tools, locked=context.work.read_only)
        self.acts = Acts(context, self, self.pane)
        self.settled = SettledPane(context.languages, locked=context.work.read_only)
        self._none = Empty(context.languages, "circle-check")
        self._stand()
        self._speak()
        self._connect()

    def show_record(self, id: str) -> None:
        """Open the conflict about one record."""
        self._wanted = id
        self.refresh()

    def refresh(self) -> None:
        """Read anew what is in dispute."""
        if self._looking is not None:
            self._looking.cancel()  # only the newest answer counts
        job = partial(disputes.look, self._context.work)
        self._looking = self._context.tasks.run(self, job, self._show, self._context.complain)

    def may_close(self) -> bool:
        """Ask before decisions nobody saved are forgotten."""
        count = sum(map(len, self._decisions.values()))
        if count:
            text = NN_(
                "{n} decision is not saved yet. Closing forgets it.",
                "{n} decisions are not saved yet. Closing forgets them.",
            )
            title, yes = N_("Unsaved changes"), N_("Close all the same")
            asked = Asked(title, Message(text, n=count), yes, danger=True)
            self._context.navigate("conflicts")
            ask(self, self._languages, asked, self._close)
        return not count

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self._listed, self.pane]

    def showEvent(self, event: QShowEvent) -> None:
        """Look when the page comes to the front."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the list narrower where room is short."""
        super().resizeEvent(event)
        self._listed.setFixedWidth(_LIST_NARROW if self.width() < _NARROW else _LIST)

    def _show(self, found: Disputes) -> None:
        self._found = found
        must = sum(one.conflict.must for one in found.open)
        chips = [
            Chip("must", N_("Must be decided"), must),
            Chip("settled", N_("Settled"), len(found.settled)),
        ]
        self.chips.show_chips(len(found.open), chips)
        self.settled.show_settled(found.settled)
        keys = {one.key for one in found.open}
        self._decisions = {key: one for key, one in self._decisions.items() if key in keys}
        some = self._some()
        index = self.list.currentIndex().row()
        front = self.pane.dispute.conflict.id if self.pane.dispute else ""
        wanted = self._wanted or front
        place = next((n for n, one in enumerate(some) if one.conflict.id == wanted), -1)
        place = place if place >= 0 else min(max(index, 0), len(some) - 1)
        self._wanted = ""
        self.list.show_rows(some, place)
        self._arrange()
        said = Message(NN_("{n} record to settle", "{n} records to settle"), n=len(found.open))
        if must:
            text = NN_(
                "{said}; {n} holds up official papers", "{said}; {n} hold up official papers"
            )
            said = Message(text, said=said, n=must)
        self._languages.bind(self._head.line, self._head.line.setText, said)
        last = Message("Last exchange: {when}", when=when(found.last)) if found.last else ""
        self._none.say(N_("Both sides agree"), last, N_("To the exchange"))

    def _some(self) -> list[Dispute]:
        return [one for one in self._found.open if one.conflict.must or not self.chips.value]

    def _arrange(self) -> None:
        """Show what is open, or what is settled, or that there is nothing."""
        past, any_open = self.chips.value == "settled", bool(self._found.open)
        self._listed.setVisible(any_open or bool(self._found.settled))
        self.list.setVisible(not past)
        self.settled.setVisible(past)
        self.pane.setVisible(any_open and not past)
        self._none.setVisible(not any_open and not past)

    def _on_chip(self, _value: object) -> None:
        self.list.show_rows(self._some(), 0)
        self._arrange()

    def _on_reopened(self) -> None:
        self.chips.choose(None)

    def _on_picked(self) -> None:
        for dispute in self.list.chosen():
            if dispute == self.pane.dispute and dispute.key in self._decisions:
                self.pane.grid.know(self._found)  # what is being typed stays as it is
            else:
                decisions = self._decisions.setdefault(dispute.key, {})
                self.pane.show_dispute(dispute, self._found, decisions)
            shown = Message(
                "{place} of {n}", place=self.list.currentIndex().row() + 1, n=len(self._some())
            )
            if self.isVisible():
                self._context.count(shown)

    def _on_decided(self) -> None:
        self.list.viewport().update()

    def _on_save(self) -> None:
        dispute = self.pane.dispute
        if dispute is None:
            return
        values = {name: one.value for name, one in self.pane.grid.decisions.items()}
        job = partial(disputes.settle, self._context.work, dispute, values)
        done = partial(self._on_saved, dispute, len(values))
        self._context.tasks.run(self, job, done, self._on_refused)

    def _on_saved(self, dispute: Dispute, count: int, _number: int) -> None:
        self._decisions.pop(dispute.key, None)
        text = NN_("{n} decision saved: {name}", "{n} decisions saved: {name}")
        said = Message(text, n=count, name=dispute.conflict.called or "—")
        self._context.say(said, undo=True)
        self.refresh()

    def _on_refused(self, error: UserError) -> None:
        if isinstance(error, InvalidRecord):
            self.pane.grid.refuse(error.problems)
        self._context.complain(error)
        if error.code in ("NO_CONFLICT", "NOT_FOUND"):
            self.refresh()

    def _on_later(self) -> None:
        count = len(self.list.told.rows)
        if count:
            self.list.selectRow((self.list.currentIndex().row() + 1) % count)

    def _on_history(self) -> None:
        if self.pane.dispute is not None:
            self._context.navigate("history", None, self.pane.dispute.conflict.id)

    def _on_exchange(self) -> None:
        self._context.navigate("sync")

    def _on_changed(self, _kinds: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _close(self) -> None:
        for decisions in self._decisions.values():
            decisions.clear()
        self.window().close()

    def _state(self, dispute: Dispute, lang: Language) -> Said:
        """Say how much is left of a record."""
        clashes = dispute.conflict.clashes
        left = len(clashes) - len(self._decisions.get(dispute.key, ()))
        if not left:
            return Said(lang.say(N_("decided")), tone="good")
        if any(one.field == RECORD for one in clashes):
            return Said(lang.say(N_("removed there")), tone="warn")
        text = Message(NN_("{n} left", "{n} left"), n=left)
        return Said(lang.say(text), tone="bad" if dispute.conflict.must else "warn")

    def _stand(self) -> None:
        column = stand(self, self._head)
        self._listed = Card(0, 0)
        self._listed.body.setContentsMargins(1, 12, 1, 8)
        self._listed.body.setSpacing(8)
        chips = QHBoxLayout()
        chips.setContentsMargins(12, 0, 8, 0)
        chips.addWidget(self.chips)
        self._listed.body.addLayout(chips)
        self._listed.body.addWidget(self.list, 1)
        self._listed.setFixedWidth(_LIST)
        self.list.horizontalHeader().hide()
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._listed)
        row.addWidget(self.pane, 1)
        row.addWidget(self.settled, 1)
        row.addWidget(self._none, 1)
        column.addLayout(row, 1)
        for part in (self._none, self._listed, self.pane, self.settled):
            part.hide()

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Conflicts"))
        bind(self.list, self.list.setAccessibleName, N_("Records in conflict"))

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chip)
        self.list.picked.connect(self._on_picked)
        self.list.opened.connect(self.pane.grid.setFocus)
        self.pane.grid.decided.connect(self._on_decided)
        self.pane.grid.alike.wanted.connect(self.acts.apply)
        self.pane.save_wanted.connect(self._on_save)
        self.pane.later_wanted.connect(self._on_later)
        self.pane.history_wanted.connect(self._on_history)
        self.pane.both_wanted.connect(self.acts.keep_both)
        self.settled.reopen_wanted.connect(self.acts.reopen)
        self.acts.reopened.connect(self._on_reopened)
        self.acts.changed.connect(self.refresh)
        self.acts.refused.connect(self._on_refused)
        self._none.pressed.connect(self._on_exchange)
        self._context.changed.connect(self._on_changed)


def _record(dispute: Dispute, lang: Language) -> Said:
    kind = dispute.conflict.kind
    icon = BY_NAME[kind].icon if kind in BY_NAME else "file-text"
    return Said(dispute.conflict.called or "—", lang.say(BY_KIND[kind].LABEL), icon=icon)
