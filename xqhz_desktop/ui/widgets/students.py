"""The left side of placing: who has no place yet, or who has one, to tick and to carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QStackedWidget, QWidget

from xqhz_desktop.domain.participation import Absence
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.people import PeopleModel, Person
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, line, words
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.people import PeopleList
from xqhz_desktop.ui.widgets.people_head import PeopleHead
from xqhz_desktop.ui.widgets.searchbox import SearchBox
from xqhz_desktop.ui.widgets.segmented import Segmented

WAITING, SETTLED = "waiting", "settled"
_MINORS, _CONSENT = "minors", "consent"
_COUNT_FROM = 360


class StudentsPane(Card):
    """Search, class and chips narrow the list; the foot says who is ticked and what to do."""

    mode_wanted = Signal(str)
    """``waiting`` or ``settled``."""
    sought = Signal(str)
    """Words to look for."""
    recommend_wanted = Signal()
    back_wanted = Signal()
    """Those ticked are to lose their places."""
    absent_wanted = Signal(object)
    """Those ticked do not take part: the `Absence`."""

    def __init__(self, languages: Languages) -> None:
        """Make the pane; grey rows stand in until `fill`."""
        super().__init__(padding=1, gap=0)
        self.model = PeopleModel(self)
        self.list = PeopleList(self.model, languages)
        self.search_box, self.classes = SearchBox(), QComboBox()
        self.chips = Chips(languages)
        self.mode = Segmented(languages, [(WAITING, N_("Not placed")), (SETTLED, N_("Placed"))])
        self.head = PeopleHead(languages, self.list)
        self.empty = Empty(languages, "circle-check")
        self.clear_button, self.act_button = Button("x"), Button("sparkles")
        self.absent_button = Button("user-x", "tool")
        self._languages = languages
        self._found: frozenset[str] | None = None
        self._title, self._count = words("heading"), words("label")
        self._picked, self._details = words("section"), Elided("small")
        self._stand()
        self._say()
        self._connect()

    @property
    def settled(self) -> bool:
        """Tell whether those who have a place are shown."""
        return self.mode.value == SETTLED

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the switch where there is little."""
        super().resizeEvent(event)
        self._count.setVisible(event.size().width() >= _COUNT_FROM)

    def fill(self, people: Sequence[Person]) -> None:
        """Show new people, narrowed as before."""
        self.model.fill(people)
        self._offer_classes()
        self._narrow()

    def narrow(self, found: frozenset[str] | None) -> None:
        """Show only students with these ids, or all for None."""
        self._found = found
        self._narrow()

    def keep_only_mode(self) -> None:
        """Forget words, class and chip, when others are to be shown."""
        for part in (self.search_box, self.classes):
            with QSignalBlocker(part):
                part.clear()
        self._found = None
        self.chips.choose(None)

    def _stand(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 12, 10)
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self.mode)
        filters = QHBoxLayout()
        filters.setContentsMargins(16, 0, 16, 0)
        filters.setSpacing(8)
        filters.addWidget(self.search_box, 3)
        filters.addWidget(self.classes, 2)
        self.classes.setMinimumWidth(96)
        self.classes.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        chips = QHBoxLayout()
        chips.setContentsMargins(16, 8, 16, 8)
        chips.addWidget(self.chips)
        self._body = QStackedWidget()
        self._body.addWidget(self.list)
        self._body.addWidget(self.empty)
        for layout in (top, filters, chips):
            self.body.addLayout(layout)
        for widget in (line(), self.head):
            self.body.addWidget(widget)
        self.body.addWidget(self._body, 1)
        self.body.addWidget(line())
        self.body.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._picked)
        row.addWidget(self._details, 1)
        for button in (self.absent_button, self.clear_button, self.act_button):
            row.addWidget(button)
        return foot

    def _say(self) -> None:
        bind = self._languages.bind
        bind(self.search_box, self.search_box.name, N_("Name, number or pinyin"))
        bind(self.classes, self.classes.setAccessibleName, N_("Class"))
        bind(self.clear_button, self.clear_button.setText, N_("Clear"))
        bind(self.absent_button, self.absent_button.name, N_("Does not take part …"))
        self.show_mode()

    def show_mode(self) -> None:
        """Say what the list is about, and what its button does."""
        bind, settled = self._languages.bind, self.settled
        title = N_("Students placed") if settled else N_("Students")
        bind(self._title, self._title.setText, title)
        bind(self.list, self.list.setAccessibleName, title)
        self.act_button.wear("undo-2" if settled else "sparkles")
        act = N_("Take back") if settled else N_("Suggest")
        bind(self.act_button, self.act_button.setText, act)
        self.list.draggable = self.list.rows_painter.grip = not settled
        self.list.rows_painter.tags = not settled
        if settled:
            self.head.show_titles(N_("Name"), "", N_("Position"))
        else:
            self.head.show_titles(N_("Name"), N_("Mark"), N_("Class"))
        self._on_picked()

    def _connect(self) -> None:
        self.search_box.asked.connect(self.sought)
        self.search_box.left_down.connect(self.list.setFocus)
        self.list.typed.connect(self.search_box.type)
        self.classes.activated.connect(self._narrow)
        self.chips.chosen.connect(self._narrow)
        self.mode.chosen.connect(self.mode_wanted)
        self.head.toggled.connect(self._on_all)
        self.model.picked.connect(self._on_picked)
        self.clear_button.clicked.connect(self.model.clear)
        self.act_button.clicked.connect(self._on_act)
        self.absent_button.clicked.connect(self._on_absent)
        self._languages.changed.connect(self._offer_classes)

    def _offer_classes(self) -> None:
        """Offer the classes there are, with their numbers; keep the one in force."""
        here = self.classes.currentData() or ""
        found = Counter(one.school_class for one in self.model.everyone)
        names = {
            one.school_class: one.school_class if self.settled else one.place
            for one in self.model.everyone
        }
        with QSignalBlocker(self.classes):
            self.classes.clear()
            self.classes.addItem(self._languages.say(N_("All classes")), "")
            for id in sorted(names, key=names.__getitem__):
                self.classes.addItem(f"{names[id]}  {found[id]}", id)
            self.classes.setCurrentIndex(max(0, self.classes.findData(here)))

    def _narrow(self) -> None:
        school_class = self.classes.currentData() or ""
        some = [
            one
            for one in self.model.everyone
            if (not school_class or one.school_class == school_class)
            and (self._found is None or one.student in self._found)
        ]
        minors, open_ones = sum(one.minor for one in some), sum(not one.agreed for one in some)
        chips = [Chip(_MINORS, N_("Minors"), minors), Chip(_CONSENT, N_("No consent"), open_ones)]
        self.chips.show_chips(len(some), chips)
        if self.chips.value == _MINORS:
            some = [one for one in some if one.minor]
        elif self.chips.value == _CONSENT:
            some = [one for one in some if not one.agreed]
        self.model.show_some(some)
        n = len(self.model.everyone)
        count = Message(NN_("{n} student", "{n} students"), n=n)
        self._languages.bind(self._count, self._count.setText, count)
        self._say_empty(bool(some))
        self._on_picked()

    def _say_empty(self, some: bool) -> None:
        self._body.setCurrentIndex(0 if some else 1)
        if some:
            return
        if self.model.everyone:
            self.empty.say(
                N_("Nobody matches"), N_("Try other words or another class."), "", "search"
            )
        elif self.settled:
            self.empty.say(N_("Nobody is placed yet"), "", "", "users")
        else:
            self.empty.say(N_("Everybody is placed"), "", "", "circle-check")

    def _on_all(self, on: bool) -> None:
        self.model.pick(range(self.model.rowCount()), on)
        self._on_picked()  # the box has moved on by itself

    def _on_picked(self) -> None:
        chosen = self.model.chosen()
        bind, n = self._languages.bind, len(chosen)
        bind(self._picked, self._picked.setText, Message(NN_("{n} ticked", "{n} ticked"), n=n))
        shown = {one.id for one in self.model.shown if one}
        parts = []
        if minors := sum(one.minor for one in chosen):
            parts.append(Message(NN_("{n} minor", "{n} minors"), n=minors))
        if missing := sum(not one.agreed for one in chosen):
            parts.append(Message(NN_("{n} without consent", "{n} without consent"), n=missing))
        if hidden := sum(one.id not in shown for one in chosen):
            parts.append(Message(NN_("{n} not in view", "{n} not in view"), n=hidden))
        details = Message("{parts}", parts=parts) if parts else ""
        bind(self._details, self._details.setText, details)
        self.clear_button.setEnabled(bool(n))
        self.act_button.setEnabled(bool(n))
        self.absent_button.setVisible(bool(n) and not self.settled)
        self.head.show_state(self.model.state(), self.model.rowCount())

    def _on_act(self) -> None:
        (self.back_wanted if self.settled else self.recommend_wanted).emit()

    def reasons(self) -> QMenu:
        """Return the menu of reasons why somebody does not take part."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for one in Absence:
            menu.addAction(self._languages.say(one), partial(self.absent_wanted.emit, one))
        return menu

    def _on_absent(self) -> None:
        menu = self.reasons()
        menu.popup(self.absent_button.mapToGlobal(self.absent_button.rect().topLeft()))
