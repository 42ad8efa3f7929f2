"""Who works here: the person whose name stands beside every change, and people with a role."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout

from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import settings, workspace
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.gate import field
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, clear, line, words

_MOST = 8


class PeopleCard(Card):
    """A choice of the person at work, and a short list of who may do what."""

    def __init__(self, context: Context) -> None:
        """Make the card; it is filled when it is shown."""
        super().__init__(gap=12)
        self._context = context
        self._people: list[Staff] = []
        self.who = QComboBox()
        self._title = words("section")
        self._list = QGridLayout()
        self._list.setVerticalSpacing(3)
        self._list.setColumnStretch(1, 1)
        self._all = Button("presentation")
        self.body.addWidget(
            field(
                context.languages,
                N_("Who is working now"),
                self.who,
                N_("This name stands beside every change in the history."),
            )
        )
        self.body.addWidget(line())
        self.body.addWidget(self._title)
        self.body.addLayout(self._list)
        row = QHBoxLayout()
        row.addWidget(self._all)
        row.addStretch(1)
        self.body.addLayout(row)
        bind = context.languages.bind
        bind(self._title, self._title.setText, N_("People with a role"))
        bind(self._all, self._all.setText, N_("All teachers and their roles"))
        self._all.clicked.connect(self._on_all)
        self.who.activated.connect(self._on_who)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the people anew."""
        super().showEvent(event)
        found = workspace.people(self._context.work)
        known = [one for one in found if isinstance(one, Staff)]
        self._people = [one for one in known if one.role is not Role.TUTOR]
        actor = self._context.work.actor
        if all(one.id != actor.id for one in self._people):
            self._people.insert(0, actor)
        self.who.clear()
        for one in self._people:
            self.who.addItem(one.called)
        self.who.setCurrentIndex([one.id for one in self._people].index(actor.id))
        self._fill()

    def _fill(self) -> None:
        clear(self._list)
        bind = self._context.languages.bind
        for number, one in enumerate(self._people[:_MOST]):
            name, role = words(), words("label")
            name.setText(one.called)
            bind(role, role.setText, one.role.value)
            self._list.addWidget(name, number, 0)
            self._list.addWidget(role, number, 1)
        self._list.setColumnMinimumWidth(0, 160)

    def _on_who(self, number: int) -> None:
        person = self._people[number]
        self._context.work = self._context.work.acting(person)
        computer = settings.load()
        people = {**computer.window.get("people", {}), str(self._context.work.folder): person.id}
        settings.save(replace(computer, window={**computer.window, "people": people}))
        self._context.say(Message("{name} is working now.", name=person.called))

    def _on_all(self) -> None:
        self._context.navigate("staff")
