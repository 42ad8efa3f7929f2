"""Devices, packages and what waits: three tables under one switch, each with what can be done."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.enrolling import Member
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
    part_wanted = Signal(object)
    """The `Member` that is to get its part."""
    renewed = Signal()
    safe_wanted = Signal()
    handover_wanted = Signal()
    student_leaves = Signal()
    student_comes = Signal()
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
        self.part, self.renew = Button("package"), Button("refresh-cw")
        self.safe, self.handover = Button("shield-check"), Button("users")
        self.roll_back, self.let_in = Button("undo-2"), Button("download")
        self.settle = Button("check", "primary")
        self.leaves, self.comes = Button("upload"), Button("download")
        self._partial = False
        self._none = Empty(context.languages, "refresh-cw")
        self._stack = QStackedWidget()
        self._stand()
        self._speak()
        self._connect()

    def show_standing(self, standing: Standing) -> None:
        """Show devices, packages and what waits."""
        self._partial = standing.partial
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
        admits = writable and not self._partial
        forked = any(one.forked for one in self.waiting.told.rows)
        school = (self.block, self.renew, self.admit) if self._partial else ()
        own = (self.block,) if device is not None and device.here else ()
        rare = (self.part, self.safe, self.handover, self.settle, *school, *own)
        partial_one = device is not None and device.member.partial and not device.here
        for button, tab, possible in (
            (self.words_button, "devices", device is not None),
            (self.block, "devices", _blockable(device) and admits),
            (self.part, "devices", partial_one and writable),
            (self.handover, "devices", device is not None and device.here and admits),
            (self.safe, "devices", device is not None and device.here and admits),
            (self.renew, "devices", device is not None and not device.member.revoked and admits),
            (self.admit, "devices", admits),
            (self.leaves, "packages", admits),
            (self.comes, "packages", admits),
            (self.roll_back, "packages", _returnable(package) and writable),
            (self.let_in, "waiting", held and writable),
            (self.settle, "waiting", forked and writable),
        ):
            button.setVisible(front == tab and (possible or button not in rare))
            button.setEnabled(possible)

    def _on_words(self) -> None:
        for one in self.devices.chosen():
            self.words_wanted.emit(one.member)

    def _on_block(self) -> None:
        for one in self.devices.chosen():
            self.block_wanted.emit(one.member)

    def _on_part(self) -> None:
        for one in self.devices.chosen():
            self.part_wanted.emit(one.member)

    def _on_renew(self) -> None:
        for one in self.devices.chosen():
            job = partial(sync_jobs.renew, self._context.work, one.member.id)
            self._context.tasks.run(self, job, self._on_renewed, self._context.complain)

    def _on_renewed(self, member: Member) -> None:
        day = datetime.fromtimestamp(member.until / 1000).date()
        text = Message(
            "“{name}” takes part until {day}. It learns so by the next package.",
            name=member.name, day=day,
        )  # fmt: skip
        self._context.say(text)
        self.renewed.emit()

    def _on_settle(self) -> None:
        """Ask before a fork is settled: one sentence, one button."""
        forks = [one for one in self.waiting.told.rows if one.forked]
        names = list(dict.fromkeys(one.device or "—" for one in forks))
        text = Message(
            "A copy of {names} went on under the same name. What came here first counts, and what "
            "waits for that goes in. What the copy wrote is kept aside: at its next exchange it "
            "gets a name of its own and sends it again, so nothing is lost.",
            names=names,
        )
        asked = Asked(N_("Let what is here count?"), text, N_("What is here counts"))
        ask(self, self._languages, asked, partial(self._settle, [one.stream for one in forks]))

    def _settle(self, streams: list[str]) -> None:
        job = partial(sync_jobs.settle, self._context.work, streams)
        title = Message("Taking in what waits")
        self._context.tasks.run(self, job, self._on_done, self._context.complain, title)

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
        for button in (
            self.words_button, self.renew, self.part, self.safe, self.handover, self.block,
            self.admit, self.leaves, self.comes, self.roll_back, self.let_in, self.settle,
        ):  # fmt: skip
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
        bind(self.settle, self.settle.setText, N_("What is here counts …"))
        bind(self.part, self.part.setText, N_("Give its part …"))
        bind(self.leaves, self.leaves.setText, N_("Student to another school …"))
        bind(self.comes, self.comes.setText, N_("Student from another school …"))
        bind(self.handover, self.handover.setText, N_("Hand over …"))
        bind(self.safe, self.safe.setText, N_("Fill the safe …"))
        bind(self.renew, self.renew.setText, N_("Renew"))

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
        self.settle.clicked.connect(self._on_settle)
        self.part.clicked.connect(self._on_part)
        self.safe.clicked.connect(self.safe_wanted)
        self.handover.clicked.connect(self.handover_wanted)
        self.leaves.clicked.connect(self.student_leaves)
        self.comes.clicked.connect(self.student_comes)
        self.renew.clicked.connect(self._on_renew)


def _blockable(device: Device | None) -> bool:
    return device is not None and not device.here and not device.member.revoked


def _returnable(package: Package | None) -> bool:
    return package is not None and package.until is not None and not package.rolled_back


_NOTHING = {
    "devices": (N_("No computer is admitted yet"), ""),
    "packages": (N_("No package yet"), N_("Every package made or taken in will stand here.")),
    "waiting": (N_("Nothing waits"), N_("Changes that cannot be used yet stand here, and why.")),
}
