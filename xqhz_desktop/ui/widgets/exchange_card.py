"""What is not sent, where to exchange, and how the last exchange went."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.exchanging import Exchange
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.exchange import Standing, place_name, unsent
from xqhz_desktop.ui.models.sizes import size
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, tile, words
from xqhz_desktop.ui.widgets.changes import when


class ExchangeCard(Card):
    """Says in two lines where the exchange stands."""

    folder_wanted = Signal()
    server_wanted = Signal()
    watched = Signal(bool)
    """Whether to exchange by itself from now on."""

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__(16, 0)
        self._languages = languages
        self._unsent, self._size = Elided("section"), Elided("small")
        self._place, self._last = Elided("section"), Elided("small")
        self.folder, self.server = Button("folder-open"), Button("server")
        self.watch = QCheckBox()
        self._stand()
        bind = languages.bind
        bind(self.folder, self.folder.setText, N_("Folder or stick …"))
        bind(self.server, self.server.setText, N_("Server …"))
        bind(self.watch, self.watch.setText, N_("By itself every 10 minutes"))
        self.folder.clicked.connect(self.folder_wanted)
        self.server.clicked.connect(self.server_wanted)
        self.watch.clicked.connect(self.watched)

    def show_standing(self, standing: Standing, *, watching: bool) -> None:
        """Show what is not sent and the place used last."""
        bind, status = self._languages.bind, standing.status
        for part in (self.folder, self.server, self.watch):
            part.setVisible(not standing.partial)
        bind(self._unsent, self._unsent.setText, unsent(status))
        lacking = [one for one in status.receivers if one.changes]
        if standing.partial:
            self._say_part(standing)
            return
        if lacking:
            text = Message(
                "{names} lack it; a package takes about {size}",
                names=[one.name for one in lacking],
                size=size(max(one.size for one in lacking)),
            )
        elif status.receivers:
            text = Message("All other computers have it")
        else:
            text = Message("No other computer is admitted yet: admit one below")
        bind(self._size, self._size.setText, text)
        place = standing.place
        named = Message("{place}", place=place_name(place)) if place else N_("No place chosen yet")
        bind(self._place, self._place.setText, named)
        last = standing.last
        said = Message("Last exchange: {when}", when=when(last.at)) if last else N_(
            "Works without a network: a stick is enough"
        )  # fmt: skip
        bind(self._last, self._last.setText, said)
        self.watch.setChecked(watching)
        self.watch.setEnabled(bool(place))

    def _say_part(self, standing: Standing) -> None:
        """Show which part this computer has, and how what is changed goes back."""
        bind, copy = self._languages.bind, standing.copy
        bind(self._size, self._size.setText, N_("What is changed here goes back as a package"))
        part: Message | str = N_("The part is not here yet: open the package that holds it")
        as_of: Message | str = ""
        if copy:
            part = Message("Partial copy: {part}", part=copy.title)
            as_of = Message("as it was {when}", when=when(copy.at))
        bind(self._place, self._place.setText, part)
        bind(self._last, self._last.setText, as_of)

    def _stand(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for icon, above, below, share in (
            ("upload", self._unsent, self._size, 5),
            ("folder", self._place, self._last, 4),
        ):
            lines = QVBoxLayout()
            lines.setSpacing(2)
            lines.addWidget(above)
            lines.addWidget(below)
            row.addWidget(tile(icon, 36))
            row.addLayout(lines, share)
        tools = QVBoxLayout()
        tools.setSpacing(4)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.folder)
        buttons.addWidget(self.server)
        tools.addLayout(buttons)
        tools.addWidget(self.watch)
        row.addLayout(tools)
        self.body.addLayout(row)


class OutcomeCard(Card):
    """How an exchange or a package ended; hidden until there is something to say."""

    conflicts_wanted = Signal()

    def __init__(self, languages: Languages) -> None:
        """Make it hidden."""
        super().__init__(12, 4, "hint")
        self._languages = languages
        self._title = words("section", wrap=True)
        self.conflicts, self.close_button = Button(kind="link"), Button("x", "tool")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("info", "accent_ink", 16))
        head.addWidget(self._title, 1)
        head.addWidget(self.conflicts)
        head.addWidget(self.close_button)
        self.body.addLayout(head)
        self.body.addLayout(self._lines)
        bind = languages.bind
        bind(self.conflicts, self.conflicts.setText, N_("Settle the conflicts"))
        bind(self.close_button, self.close_button.name, N_("Close"))
        self.conflicts.clicked.connect(self.conflicts_wanted)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(self, title: Message, lines: list[Message], *, conflicts: bool = False) -> None:
        """Say how something ended, with what else there is to know."""
        self._languages.bind(self._title, self._title.setText, title)
        clear(self._lines)
        for one in lines:
            line = words("label", wrap=True)
            line.setContentsMargins(24, 0, 0, 0)
            self._languages.bind(line, line.setText, one)
            self._lines.addWidget(line)
        self.conflicts.setVisible(conflicts)
        self.show()


def ended(done: Exchange) -> tuple[Message, list[Message]]:
    """Return how an exchange ended: a sentence, and a line for what waits or was refused."""
    changes = sum(one.changes for one in done.taken)
    taken = Message(NN_("{n} change taken in", "{n} changes taken in"), n=changes)
    sent = Message(NN_("{n} change left there", "{n} changes left there"), n=done.sent)
    title = Message("Exchanged: {taken}, {sent}.", taken=taken, sent=sent)
    lines = [Message("{file}: {why}", file=name, why=why) for name, why in done.refused]
    if waits := sum(one.waits for one in done.taken):
        lines.append(Message(NN_("{n} change waits.", "{n} changes wait."), n=waits))
    if aside := sum(one.set_aside for one in done.taken):
        text = NN_("{n} change was set aside.", "{n} changes were set aside.")
        lines.append(Message(text, n=aside))
    if refused := sum(one.refused for one in done.taken):
        text = NN_("{n} record was refused.", "{n} records were refused.")
        lines.append(Message(text, n=refused))
    return title, lines
