"""Devices, packages and what waits: three tables under one switch, each with what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.syncing import Package, Taken
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.models import exchange
from xqhz_desktop.ui.models.exchange import Device, Standing
from xqhz_desktop.ui.pages import sync_jobs
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.segmented import Segmented
from xqhz_desktop.ui.widgets.told import ToldTable

_TABS = ("devices", "packages", "waiting")


class Tables(QWidget):
    """The lists below the exchange."""

    admit_wanted = Signal()
    block_wanted = Signal(object)
    """The `Member` to be blocked."""
    words_wanted = Signal(object)
    """The `Member` whose words are to be shown."""
    done = Signal(object)
    """Something was let in: a `Taken`."""

    def __init__(self, context: Context) -> None:
        """Make them empty."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.tabs = Segmented(
            context.languages,
            [
                ("devices", N_("Computers")),
                ("packages", N_("Packages")),
                ("waiting", N_("Waiting")),
            ],
        )
        self.devices = ToldTable(exchange.device_columns(), context.languages)
        self.packages = ToldTable(exchange.package_columns(), context.languages)
        self.waiting = ToldTable(exchange.waiting_columns(), context.languages)
        self.admit, self.block = Button("plus"), Button("lock")
        self.words_button = Button("shield-check")
        self.roll_back, self.let_in = Button("undo-2"), Button("download")
        self._none = Empty(context.languages, "refresh-cw")
        self._stack = QStackedWidget()
        self._stand()
        self._speak()
        self._connect()

    def show_standing(self, standing: Standing) -> None:
        """Show devices, packages and what waits."""
        for table, rows in (
            (self.devices, standing.devices),
            (self.packages, standing.packages),
            (self.waiting, standing.status.waiting),
        ):
            if list(rows) != table.told.rows:
                place = min(max(table.currentIndex().row(), 0), len(rows) - 1)
                table.show_rows(rows, place)
        self._on_tab()

    def _on_tab(self, _tab: str = "") -> None:
        """Show the table in front, or what stands in its place."""
        table = (self.devices, self.packages, self.waiting)[_TABS.index(self.tabs.value)]
        empty = not table.told.rows
        self._stack.setCurrentIndex(len(_TABS) if empty else _TABS.index(self.tabs.value))
        title, hint = _NOTHING[self.tabs.value]
        self._none.say(title, hint)
        self._on_picked()

    def _on_picked(self) -> None:
        """Offer what can be done with the row that is picked."""
        front, writable = self.tabs.value, not self._context.work.read_only
        device = next(iter(self.devices.chosen()), None)
        package = next(iter(self.packages.chosen()), None)
        held = bool(self.waiting.told.rows)
        for button, tab, possible in (
            (self.words_button, "devices", device is not None),
            (self.block, "devices", _blockable(device) and writable),
            (self.admit, "devices", writable),
            (self.roll_back, "packages", _returnable(package) and writable),
            (self.let_in, "waiting", held and writable),
        ):
            button.setVisible(front == tab)
            button.setEnabled(possible)

    def _on_words(self) -> None:
        for one in self.devices.chosen():
            self.words_wanted.emit(one.member)

    def _on_block(self) -> None:
        for one in self.devices.chosen():
            self.block_wanted.emit(one.member)

    def _on_let_in(self) -> None:
        job = partial(sync_jobs.let_in, self._context.work)
        title = Message("Taking in what waits")
        self._context.tasks.run(self, job, self._on_done, self._context.complain, title)

    def _on_done(self, taken: Taken) -> None:
        self.done.emit(taken)

    def _on_roll_back(self) -> None:
        for one in self.packages.chosen():
            text = Message(
                "Everything becomes what it was before {file} was taken in. The package can be "
                "taken in again.",
                file=one.file,
            )
            asked = Asked(N_("Roll this package back?"), text, N_("Roll back"), danger=True)
            ask(self, self._languages, asked, partial(self._roll_back, one, False))

    def _roll_back(self, package: Package, lose: bool) -> None:
        job = partial(sync_jobs.roll_back, self._context.work, package.id, lose)
        refused = partial(self._on_refused, package)
        title = Message("Rolling back")
        self._context.tasks.run(self, job, self._on_rolled_back, refused, title)

    def _on_refused(self, package: Package, error: UserError) -> None:
        """What was entered since would go: only whoever says so loses it."""
        if error.code != "CHANGED_SINCE":
            self._context.complain(error)
            return
        asked = Asked(
            N_("Changes since then would be lost"),
            error.message,
            N_("Roll back all the same"),
            danger=True,
        )
        ask(self, self._languages, asked, partial(self._roll_back, package, True))

    def _on_rolled_back(self, lost: int) -> None:
        text: Message = Message("Rolled back to before the package.")
        if lost:
            text = Message(
                NN_(
                    "Rolled back; {n} change made since is gone.",
                    "Rolled back; {n} changes made since are gone.",
                ),
                n=lost,
            )
        self._context.say(text)
        self._context.changed.emit(set(BY_KIND))

    def _stand(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        for button in (self.words_button, self.block, self.admit, self.roll_back, self.let_in):
            row.addWidget(button)
        for table in (self.devices, self.packages, self.waiting):
            card = Card(0, 0)
            card.body.setContentsMargins(1, 1, 1, 8)
            card.body.addWidget(table)
            self._stack.addWidget(card)
        self._stack.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self.devices, self.devices.setAccessibleName, N_("Computers"))
        bind(self.packages, self.packages.setAccessibleName, N_("Packages"))
        bind(self.waiting, self.waiting.setAccessibleName, N_("Waiting"))
        bind(self.admit, self.admit.setText, N_("Admit a computer …"))
        bind(self.block, self.block.setText, N_("Block …"))
        bind(self.words_button, self.words_button.setText, N_("Words to compare"))
        bind(self.roll_back, self.roll_back.setText, N_("Roll back …"))
        bind(self.let_in, self.let_in.setText, N_("Let in what was left out"))

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab)
        for table in (self.devices, self.packages, self.waiting):
            table.picked.connect(self._on_picked)
        self.devices.opened.connect(self._on_words)
        self.words_button.clicked.connect(self._on_words)
        self.block.clicked.connect(self._on_block)
        self.admit.clicked.connect(self.admit_wanted)
        self.roll_back.clicked.connect(self._on_roll_back)
        self.let_in.clicked.connect(self._on_let_in)


def _blockable(device: Device | None) -> bool:
    return device is not None and not device.here and not device.member.revoked


def _returnable(package: Package | None) -> bool:
    return package is not None and package.until is not None and not package.rolled_back


_NOTHING = {
    "devices": (N_("No computer is admitted yet"), ""),
    "packages": (N_("No package yet"), N_("Every package made or taken in will stand here.")),
    "waiting": (N_("Nothing waits"), N_("Changes that cannot be used yet stand here, and why.")),
}
