"""查找重复: pairs that may be one record, merged field by field, and separated again."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import duplicates, merging
from xqhz_desktop.services.merging import Beside, Merged
from xqhz_desktop.services.twins import Pair
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.models.columns import BETWEEN
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.merge_pane import MergePane, merged_words
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.segmented import Segmented
from xqhz_desktop.ui.widgets.told import ToldTable

_LIST = 300

Found = tuple[list[Pair], list[Merged]]


class DuplicatesPage(QWidget):
    """The pairs of one kind at the left, the chosen one field by field at the right."""

    def __init__(self, context: Context) -> None:
        """Look for pairs once the page comes to the front."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._head = Head()
        kinds = [(kind, BY_NAME[kind].title) for kind in duplicates.KINDS]
        self.kinds = Segmented(context.languages, kinds)
        tabs = [("pairs", N_("Possible duplicates")), ("merged", N_("Merged"))]
        self.tabs = Segmented(context.languages, tabs)
        self.pairs = ToldTable([Told(N_("Possible duplicates"), _pair, 300)], context.languages)
        self.merged = ToldTable(_merged_columns(), context.languages)
        self.pane = MergePane(context.languages, locked=context.work.read_only)
        self.separate_button = Button("undo-2")
        self._none = Empty(context.languages, "git-merge")
        self._stand()
        self._speak()
        self._connect()

    def show_query(self, query: Query) -> None:
        """Look at the kind of a query."""
        self.kinds.choose(query.kind)
        self.tabs.choose("pairs")
        self.refresh()

    def refresh(self) -> None:
        """Look for pairs again."""
        kind = self.kinds.value
        job = partial(_found, self._context.work, kind)
        done = partial(self._show, kind)
        title = Message("Looking for duplicates")
        self._context.tasks.run(self, job, done, self._context.complain, title)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.pairs, self.pane, self.merged]

    def showEvent(self, event: QShowEvent) -> None:
        """Look for pairs when the page comes to the front."""
        super().showEvent(event)
        self.refresh()

    def _show(self, kind: str, found: Found) -> None:
        """Show what was found, unless the user asks for the other kind by now."""
        if kind != self.kinds.value:
            return
        pairs, merged = found
        index = self.pairs.currentIndex()
        place = min(max(index.row(), 0), len(pairs) - 1) if pairs else -1
        self.pairs.show_rows(pairs, place)
        self.merged.show_rows(merged, 0)
        self._on_tab()

    def _on_tab(self, _tab: str = "") -> None:
        pairs, merged = len(self.pairs.told.rows), len(self.merged.told.rows)
        front = self.tabs.value
        self.separate_button.setVisible(front == "merged" and bool(merged))
        self.stack.setCurrentIndex(0 if front == "pairs" else 1)
        self.stack.setVisible(bool(pairs if front == "pairs" else merged))
        self._none.setVisible(self.stack.isHidden())
        line = Message(NN_("{n} pair to look at", "{n} pairs to look at"), n=pairs)
        said = line if front == "pairs" else merged_words(merged)
        self._languages.bind(self._head.line, self._head.line.setText, said)
        if front == "pairs":
            hint = N_("Numbers, phones and alike names were compared.")
            self._none.say(N_("No duplicates found"), hint)
        else:
            hint = N_("Merges stand here and can be separated again.")
            self._none.say(N_("Nothing was merged"), hint)
        if self.isVisible():
            self._context.count(said)

    def _on_pair(self) -> None:
        for pair in self.pairs.chosen():
            job = partial(_best, self._context.work, self.kinds.value, pair)
            done = partial(self._show_pair, pair)
            self._context.tasks.run(self, job, done, self._context.complain)

    def _show_pair(self, pair: Pair, beside: Beside) -> None:
        if pair in self.pairs.chosen():
            self.pane.show_pair(beside, pair.reasons, pair.against)

    def _on_swap(self) -> None:
        now = self.pane.beside
        chosen = self.pairs.chosen()
        if now is not None and chosen:
            job = partial(_beside, self._context.work, self.kinds.value, now.drop.id, now.keep.id)
            done = partial(self._show_pair, chosen[0])
            self._context.tasks.run(self, job, done, self._context.complain)

    def _on_merge(self) -> None:
        now = self.pane.beside
        if now is None:
            return
        job = partial(_merge, self._context.work, now, self.pane.choices())
        said = Message(
            "Merged: {dropped} into {kept}", dropped=now.drop.called, kept=now.keep.called
        )
        self._context.tasks.run(self, job, partial(self._done, said), self._context.complain)

    def _on_apart(self) -> None:
        for pair in self.pairs.chosen():
            ids = (pair.one.id, pair.other.id)
            job = partial(_dismiss, self._context.work, self.kinds.value, *ids)
            said = Message("This pair is not shown again.")
            self._context.tasks.run(self, job, partial(self._done, said), self._context.complain)

    def _on_separate(self) -> None:
        for one in self.merged.chosen():
            text = Message(
                "“{name}” becomes a record of its own again. What the merge moved goes back; what "
                "was changed by hand since then stays.",
                name=one.name,
            )
            asked = Asked(N_("Separate again?"), text, N_("Separate"))
            ask(self, self._languages, asked, partial(self._separate, one))

    def _separate(self, one: Merged) -> None:
        job = partial(_unmerge, self._context.work, one.alias)
        said = Message(
            "Separated again: {dropped} from {kept}", dropped=one.name, kept=one.kept_name
        )
        self._context.tasks.run(self, job, partial(self._done, said), self._context.complain)

    def _done(self, said: Message, _result: object) -> None:
        self._context.say(said, undo=True)

    def _on_changed(self, kinds: set[str]) -> None:
        if self.isVisible() and kinds & {self.kinds.value, "alias", "apart"}:
            self.refresh()

    def _on_kind(self, _kind: str) -> None:
        self.refresh()

    def _stand(self) -> None:
        column = stand(self, self._head)
        self._head.tools.addWidget(self.separate_button)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.kinds)
        row.addStretch(1)
        row.addWidget(self.tabs)
        listed, merged = Card(0, 0), Card(0, 0)
        for card, table in ((listed, self.pairs), (merged, self.merged)):
            card.body.setContentsMargins(1, 8 if card is listed else 1, 1, 8)
            card.body.addWidget(table)
        listed.setMaximumWidth(_LIST)
        self.pairs.horizontalHeader().hide()
        both = QWidget()
        sides = QHBoxLayout(both)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(GAP)
        sides.addWidget(listed, 2)
        sides.addWidget(self.pane, 5)
        self.stack = QStackedWidget()
        self.stack.addWidget(both)
        self.stack.addWidget(merged)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        column.addWidget(self._none, 1)
        self._none.hide()
        self.separate_button.hide()

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Find duplicates"))
        bind(self.pairs, self.pairs.setAccessibleName, N_("Possible duplicates"))
        bind(self.merged, self.merged.setAccessibleName, N_("Merged"))
        bind(self.separate_button, self.separate_button.setText, N_("Separate again"))

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_kind)
        self.tabs.chosen.connect(self._on_tab)
        self.pairs.picked.connect(self._on_pair)
        self.pane.merge_wanted.connect(self._on_merge)
        self.pane.apart_wanted.connect(self._on_apart)
        self.pane.swap_wanted.connect(self._on_swap)
        self.separate_button.clicked.connect(self._on_separate)
        self.separate_button.setEnabled(not self._context.work.read_only)
        self._context.changed.connect(self._on_changed)


def _pair(pair: Pair, _lang: Language) -> Said:
    return Said(_called(pair.one), _called(pair.other), icon=BY_NAME[pair.one.KIND].icon, ink="ink")


def _called(record: Record) -> str:
    """Return a name; namesakes are told apart by their numbers."""
    number = record.student_no if isinstance(record, Student) else ""
    return BETWEEN.join(filter(None, (record.called, number)))


def _merged_columns() -> tuple[Told, ...]:
    return (
        Told(N_("Dropped record"), _dropped, 280),
        Told(N_("Merged into"), _kept, 320),
        Told(N_("When"), _when, 190),
    )


def _dropped(one: Merged, _lang: Language) -> Said:
    return Said(one.name, icon=BY_NAME[one.kind].icon)


def _kept(one: Merged, _lang: Language) -> Said:
    return Said(one.kept_name or "—")


def _when(one: Merged, lang: Language) -> Said:
    return Said(lang.say(when(one.at)) if one.at else "—", one.by)


def _found(work: Work, kind: str, progress: Progress) -> Found:
    return duplicates.candidates(work, kind, progress), merging.merged(work, kind)


def _beside(work: Work, kind: str, keep: str, drop: str, _progress: Progress) -> Beside:
    return merging.beside(work, kind, keep, drop)


def _best(work: Work, kind: str, pair: Pair, _progress: Progress) -> Beside:
    """Return the pair so that the record stays to which more others point."""
    first = merging.beside(work, kind, pair.one.id, pair.other.id)
    second = merging.beside(work, kind, pair.other.id, pair.one.id)
    return first if sum(first.moving.values()) <= sum(second.moving.values()) else second


def _merge(work: Work, pair: Beside, choices: dict[str, object], _progress: Progress) -> object:
    return merging.merge(work, pair.keep.KIND, pair.keep.id, pair.drop.id, choices)


def _dismiss(work: Work, kind: str, one: str, other: str, _progress: Progress) -> int:
    return duplicates.dismiss(work, kind, one, other)


def _unmerge(work: Work, alias: str, _progress: Progress) -> int:
    return merging.unmerge(work, alias)
