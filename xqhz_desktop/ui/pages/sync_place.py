"""Where the exchange takes place: a folder, a stick, a server; and whether by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import enrolling, exchanging
from xqhz_desktop.services.exchanging import Server
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.devices import WordsDialog
from xqhz_desktop.ui.dialogs.naming import NameDialog
from xqhz_desktop.ui.dialogs.question import Asked
from xqhz_desktop.ui.habits import exchange_by_itself, exchanges_by_itself
from xqhz_desktop.ui.pages import sync_jobs

_MOST = 500
"""Characters of an address."""
_SLACK = 10
"""Minutes by which two clocks may differ before it is said."""


class Place(QObject):
    """The dialogs that choose where to exchange."""

    chosen = Signal(str)
    """A folder or an address."""
    introduced = Signal()
    """A server is a member of the school now."""

    def __init__(self, context: Context, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._context, self._page = context, page

    @property
    def watching(self) -> bool:
        """Tell whether this workspace exchanges by itself."""
        return exchanges_by_itself(self._context.work.folder)

    def watch(self, on: bool) -> None:
        """Exchange by itself from now on, or no longer."""
        exchange_by_itself(self._context.work.folder, on)

    def choose_folder(self) -> None:
        """Ask for a folder or stick."""
        title = self._context.languages.say(N_("Folder or stick to exchange with"))
        dialog = QFileDialog(self._page, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    def choose_server(self) -> None:
        """Ask for the address of the server."""
        last = exchanging.last_place(self._context.work)
        known = last if exchanging.is_address(last) else "https://"
        self._ask(N_("Address of the server, or webdav:// …"), known, self._on_address)

    def meet(self, address: str, answer: tuple[Server, bool]) -> None:
        """Exchange with a server the school knows; show the words of another one first."""
        server, known = answer
        minutes = round(abs(server.ahead) / 60_000)
        if minutes > _SLACK:
            self._context.say(Message(_CLOCK, n=minutes))
        if known:
            self.chosen.emit(address)
            return
        asked = Asked(
            N_("Is this the bureau's server?"),
            N_("Compare these words with whoever runs the server, by telephone."),
            N_("The same: apply …"),
        )
        then = partial(self._apply, address, server)
        words = enrolling.words(server.public.id)
        WordsDialog(self._page, self._context.languages, asked, words, then).open()

    def write(self, server: Server, name: str, file: Path) -> None:
        """Write the file that asks a server to let the school in."""
        job = partial(sync_jobs.introduce, self._context.work, server, name, file)
        self._context.tasks.run(self, job, self._on_written, self._context.complain)

    def _on_address(self, address: str) -> None:
        if not exchanging.is_address(address):
            self._context.say(Message("The address of the server must begin with https://."))
            return
        if exchanging.is_dav(address):
            kept = partial(self._on_password, address)
            self._ask(N_("Password of the WebDAV folder"), "", kept, secret=True)
            return
        job = partial(sync_jobs.server, self._context.work, address)
        met = partial(self.meet, address)
        title = Message("Looking for the server")
        self._context.tasks.run(self, job, met, self._context.complain, title)

    def _on_password(self, address: str, password: str) -> None:
        exchanging.keep_password(address, password)
        self.chosen.emit(address)

    def _ask(
        self, title: str, text: str, then: Callable[[str], object], *, secret: bool = False
    ) -> None:
        dialog = NameDialog(self._page, self._context.languages, title, text, then)
        dialog.line.setMaxLength(_MOST)
        if secret:
            dialog.line.setEchoMode(QLineEdit.EchoMode.Password)
        dialog.open()

    def _apply(self, address: str, server: Server) -> None:
        host = address.partition("://")[2].partition("/")[0]
        title = self._context.languages.say(N_("Where to write the application"))
        dialog = QFileDialog(self._page, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{host.partition(':')[0]}.xqhz")
        dialog.fileSelected.connect(lambda name: self.write(server, host, Path(name)))
        dialog.open()

    def _on_written(self, file: Path) -> None:
        text = Message(
            "Give {file} to whoever runs the server. Once the school is let in, exchange.",
            file=file.name,
        )
        self._context.say(text)
        self.introduced.emit()


_CLOCK = NN_(
    "The clock of this computer is {n} minute off. Set it right: changes carry its time.",
    "The clock of this computer is {n} minutes off. Set it right: changes carry its time.",
)
