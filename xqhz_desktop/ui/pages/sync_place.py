"""Where the exchange takes place: a folder, a stick, a server; and whether by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import exchanging
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.naming import NameDialog
from xqhz_desktop.ui.habits import exchange_by_itself, exchanges_by_itself


class Place(QObject):
    """The dialogs that choose where to exchange."""

    chosen = Signal(str)
    """A folder or an address."""

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
        title = N_("Address of the server")
        NameDialog(self._page, self._context.languages, title, known, self._on_address).open()

    def _on_address(self, address: str) -> None:
        if exchanging.is_address(address):
            self.chosen.emit(address)
        else:
            self._context.say(Message("The address of the server must begin with https://."))
