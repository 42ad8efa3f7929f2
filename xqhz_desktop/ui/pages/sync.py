"""同步: what is not sent, to whom, what came, what waits; one press exchanges."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import exchanging
from xqhz_desktop.services.exchanging import Exchange
from xqhz_desktop.services.syncing import Made, Taken
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.packing import SUFFIX, Packing, PackingDialog
from xqhz_desktop.ui.models import exchange
from xqhz_desktop.ui.models.exchange import Standing
from xqhz_desktop.ui.models.sizes import size
from xqhz_desktop.ui.pages import sync_jobs
from xqhz_desktop.ui.pages.sync_devices import Doorway
from xqhz_desktop.ui.pages.sync_handover import Handover
from xqhz_desktop.ui.pages.sync_package import Desk
from xqhz_desktop.ui.pages.sync_parts import Parts
from xqhz_desktop.ui.pages.sync_persons import Persons
from xqhz_desktop.ui.pages.sync_place import Place
from xqhz_desktop.ui.pages.sync_safe import Safe
from xqhz_desktop.ui.pages.sync_tables import Tables
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.enrol_card import EnrolCard
from xqhz_desktop.ui.widgets.exchange_card import ExchangeCard, OutcomeCard, ended
from xqhz_desktop.ui.widgets.package_card import PackageCard
from xqhz_desktop.ui.widgets.page import Head, stand


class SyncPage(QWidget):
    """The exchange with other computers, in plain words."""

    def __init__(self, context: Context) -> None:
        """Look once the page comes to the front."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.standing: Standing | None = None
        self._looking: Handle | None = None
        self._head = Head()
        self.open_button, self.make_button = Button("download"), Button("package")
        self.go_button = Button("refresh-cw", "primary")
        self.card, self.outcome = ExchangeCard(context.languages), OutcomeCard(context.languages)
        self.package = PackageCard(context.languages)
        self.tables, self.enrol = Tables(context), EnrolCard(context.languages)
        self.persons, self.handover = Persons(context, self), Handover(context, self)
        self.doorway, self.safe = Doorway(context, self), Safe(context, self)
        self.desk = Desk(context, self, self.package)
        self.place, self.parts = Place(context, self), Parts(context, self)
        self.setAcceptDrops(not context.work.read_only)
        self._stand()
        self._speak()
        self._connect()

    def refresh(self) -> None:
        """Read anew where the exchange stands."""
        if self._looking is not None:
            self._looking.cancel()  # only the newest answer counts
        job = partial(exchange.look, self._context.work)
        self._looking = self._context.tasks.run(self, job, self._show, self._context.complain)

    def bring_in(self) -> None:
        """Choose a package and look into it."""
        self.desk.choose()

    def take(self, thing: object) -> None:
        """Look into a package."""
        if isinstance(thing, Path):
            self.desk.look(thing)

    def take_out(self) -> None:
        """Ask for whom a package is made, and make it."""
        if self.standing is None:
            return
        if self.standing.partial:
            self.parts.give_back(self.standing.status.name)
            return
        receivers = self.standing.status.receivers
        if not receivers:
            self._context.say(Message("Admit another computer first: there is nobody to send to."))
            return
        name = self.standing.status.name
        dialog = PackingDialog(self, self._languages, receivers, name)
        dialog.wanted.connect(self.make)
        dialog.open()

    def make(self, packing: Packing) -> None:
        """Write a package."""
        job = partial(sync_jobs.make, self._context.work, packing)
        title = Message("Making the package")
        self._context.tasks.run(self, job, self._on_made, self._on_failed, title)

    def exchange(self) -> None:
        """Exchange with the place used last, or ask for one."""
        if self.standing is None or not self.standing.place:
            self.place.choose_folder()
        else:
            self.exchange_with(self.standing.place)

    def exchange_with(self, place: str) -> None:
        """Exchange with a folder or a server."""
        self.outcome.hide()
        self.go_button.setEnabled(False)
        job = partial(sync_jobs.exchange, self._context.work, place)
        done = partial(self._on_exchanged, place)
        self._context.tasks.run(self, job, done, self._on_failed, Message("Exchanging"))

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.card, self.package, self.tables, self.enrol]

    def showEvent(self, event: QShowEvent) -> None:
        """Look when the page comes to the front."""
        super().showEvent(event)
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a package."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look into the package."""
        if file := _dropped(event):
            event.acceptProposedAction()
            self.desk.look(file)

    def _show(self, standing: Standing) -> None:
        self.standing = standing
        self._context.stand(standing.status, standing.last.at if standing.last else None)
        status, bind = standing.status, self._languages.bind
        writable = not self._context.work.read_only
        for part in (self.open_button, self.make_button, self.go_button):
            part.setVisible(
                status.enrolled and (part is not self.go_button or not standing.partial)
            )
            part.setEnabled(writable)
        back = N_("Give back what was changed …")
        make = back if standing.partial else N_("Make a package …")
        bind(self.make_button, self.make_button.setText, make)
        self.card.setVisible(status.enrolled)
        self.card.show_standing(standing, watching=self.place.watching)
        self.tables.show_standing(standing)
        self.enrol.setVisible(not status.enrolled)
        self._arrange()
        line: Message | str = Message("“{name}” | works offline", name=status.name)
        if not status.enrolled:
            line = N_("This computer takes no part in the exchange yet")
        elif said := exchange.ending(standing):
            line = said
        elif status.conflicts:
            text = NN_("{n} conflict to settle", "{n} conflicts to settle")
            line = Message(
                "“{name}” | {what}", name=status.name, what=Message(text, n=status.conflicts)
            )
        bind(self._head.line, self._head.line.setText, line)

    def _arrange(self) -> None:
        """The package that is looked at stands in the place of the tables."""
        enrolled = self.standing is not None and self.standing.status.enrolled
        looking = not self.package.isHidden()
        self.tables.setVisible(enrolled and not looking)

    def _on_exchanged(self, place: str, done: Exchange) -> None:
        title, lines = ended(done)
        if removable(place):
            lines.append(Message("Eject the stick before you pull it out."))
        conflicts = sum(one.conflicts for one in done.taken)
        self.outcome.say(title, lines, conflicts=bool(conflicts))
        self.refresh()

    def _on_made(self, made: Made) -> None:
        text = NN_(
            "Package written in {n} file: {file}, {size}",
            "Package written in {n} files: {file}, {size}",
        )
        title = Message(text, n=len(made.files), file=str(made.files[0]), size=size(made.size))
        lines = [Message("{names} can open it.", names=list(made.receivers))]
        if removable(str(made.files[0].parent)):
            lines.append(Message("Eject the stick before you pull it out."))
        self.outcome.say(title, lines)
        self.refresh()

    def _on_taken(self, taken: Taken) -> None:
        _title, lines = ended(Exchange((taken,), 0, 0, ()))
        self.outcome.say(
            Message(NN_("{n} change taken in.", "{n} changes taken in."), n=taken.changes),
            lines,
            conflicts=bool(taken.conflicts),
        )
        self.refresh()

    def _on_failed(self, error: UserError) -> None:
        self.refresh()
        if not isinstance(error, Cancelled):
            kept = Message("Nothing is lost: go on working, and exchange later.")
            self.outcome.say(error.message, [kept])

    def _on_conflicts(self) -> None:
        self._context.navigate("conflicts")

    def _on_changed(self, _kinds: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _stand(self) -> None:
        for button in (self.open_button, self.make_button, self.go_button):
            self._head.tools.addWidget(button)
            button.hide()
        column = stand(self, self._head)
        column.addWidget(self.card)
        column.addWidget(self.outcome)
        column.addWidget(self.package, 1)
        column.addWidget(self.tables, 1)
        column.addWidget(self.enrol, 1)
        for hidden in (self.card, self.tables, self.enrol):
            hidden.hide()

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Sync"))
        bind(self.open_button, self.open_button.setText, N_("Open a package …"))
        bind(self.go_button, self.go_button.setText, N_("Exchange now"))

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.bring_in)
        self.make_button.clicked.connect(self.take_out)
        self.go_button.clicked.connect(self.exchange)
        self.card.folder_wanted.connect(self.place.choose_folder)
        self.card.server_wanted.connect(self.place.choose_server)
        self.card.watched.connect(self.place.watch)
        self.place.chosen.connect(self.exchange_with)
        self.place.introduced.connect(self.refresh)
        self.outcome.conflicts_wanted.connect(self._on_conflicts)
        self.enrol.begin_wanted.connect(self.doorway.begin)
        self.enrol.request_wanted.connect(self.doorway.ask)
        self.enrol.answer_wanted.connect(self.doorway.accept)
        self.enrol.safe_wanted.connect(self.safe.open)
        self.safe.changed.connect(self.refresh)
        self.tables.safe_wanted.connect(self.safe.fill)
        self.tables.handover_wanted.connect(self.handover.open)
        self.tables.student_leaves.connect(self.persons.send)
        self.tables.student_comes.connect(self.persons.receive)
        self.tables.admit_wanted.connect(self.doorway.admit)
        self.tables.block_wanted.connect(self.doorway.block)
        self.tables.words_wanted.connect(self.doorway.show_words)
        self.tables.part_wanted.connect(self.parts.give)
        self.tables.renewed.connect(self.refresh)
        self.parts.wanted.connect(self.make)
        self.tables.done.connect(self._on_taken)
        self.doorway.changed.connect(self.refresh)
        self.desk.opened.connect(self._arrange)
        self.desk.taken.connect(self._on_taken)
        self.desk.failed.connect(self._on_failed)
        self._context.changed.connect(self._on_changed)
        if self._context.work.read_only:
            self.enrol.lock()


def removable(place: str) -> bool:
    """Tell whether a place lies on another disk than the user's own files."""
    if exchanging.is_address(place):
        return False
    there, home = QStorageInfo(place), QStorageInfo(QDir.homePath())
    return there.isValid() and home.isValid() and there.rootPath() != home.rootPath()


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == SUFFIX else None
