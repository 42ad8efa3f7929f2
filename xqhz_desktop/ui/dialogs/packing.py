"""Making a package: for whom, for mail or a stick, and where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.syncing import Receiver
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.sizes import size
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words

SUFFIX = ".xqhz"


@dataclass(frozen=True)
class Packing:
    """A package to be made: the devices by id, the file, and how it travels.

    `mail`: in volumes; `whole`: from the beginning on; `names_only`: without attached files;
    `fresh`: for computers that have nothing of the school yet.
    """

    to: tuple[str, ...]
    file: Path
    mail: bool
    whole: bool
    names_only: bool = False
    fresh: bool = False


class PackingDialog(QDialog):
    """Asks for whom and how; the file dialog asks where."""

    wanted = Signal(object)
    """A `Packing`."""

    def __init__(
        self, parent: QWidget, languages: Languages, receivers: Sequence[Receiver], name: str
    ) -> None:
        """Offer devices; `name` is what the file begins with."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._languages, self._name = languages, name
        self.ticks = [(one, QCheckBox()) for one in receivers]
        self.mail, self.names_only, self.whole = QCheckBox(), QCheckBox(), QCheckBox()
        self.fresh = QCheckBox()
        self.fresh.setChecked(bool(receivers) and not any(one.heard for one in receivers))
        self.next_button, self.cancel_button = Button("save", "primary"), Button()
        self._title, self._text, self._size = (
            words("heading"),
            words("body2", wrap=True),
            words("label"),
        )
        self._stand()
        self._speak()
        for _one, box in self.ticks:
            box.setChecked(True)
            box.toggled.connect(self._tell)
        self.whole.toggled.connect(self._tell)
        self.fresh.toggled.connect(self._tell)
        self.next_button.clicked.connect(self._on_next)
        self.cancel_button.clicked.connect(self.reject)
        self._tell()

    def choose(self, file: Path) -> None:
        """Write the package there."""
        to = tuple(one.id for one, box in self.ticks if box.isChecked())
        ticks = (self.mail, self.whole, self.names_only, self.fresh)
        how = (one.isChecked() for one in ticks)
        self.wanted.emit(Packing(to, file, *how))
        self.accept()

    def _on_next(self) -> None:
        dialog = QFileDialog(self, self._languages.say(N_("Where to write the package")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setNameFilter(f"*{SUFFIX}")
        dialog.selectFile(f"{self._name}_{datetime.now():%Y%m%d_%H%M}{SUFFIX}")
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, name: str) -> None:
        self.choose(Path(name))

    def _tell(self, _on: bool = False) -> None:
        """Say how large it will be, as far as that is known."""
        some = [one for one, box in self.ticks if box.isChecked()]
        self.next_button.setEnabled(bool(some))
        self.whole.setEnabled(not self.fresh.isChecked())
        self.mail.setEnabled(not self.fresh.isChecked())
        if self.whole.isChecked() or self.fresh.isChecked():
            text: str | Message = N_("Everything since the first day: its size shows when written")
        elif some:
            most = max(some, key=lambda one: one.size)
            count = NN_("{n} change, about {size}", "{n} changes, about {size}")
            text = Message(count, n=most.changes, size=size(most.size))
        else:
            text = N_("Choose at least one computer")
        self._languages.bind(self._size, self._size.setText, text)

    def _stand(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._text)
        for _one, box in self.ticks:
            column.addWidget(box)
        column.addSpacing(8)
        column.addWidget(self.mail)
        column.addWidget(self.names_only)
        column.addWidget(self.whole)
        column.addWidget(self.fresh)
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._size, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.next_button)
        column.addLayout(foot)
        self._text.setMinimumWidth(460)

    def _speak(self) -> None:
        bind = self._languages.bind
        for owner, show in ((self, self.setWindowTitle), (self._title, self._title.setText)):
            bind(owner, show, N_("Make a package"))
        text = N_(
            "Only these computers can open it; on the way it can be read by nobody. It holds what "
            "they lack."
        )
        bind(self._text, self._text.setText, text)
        for one, box in self.ticks:
            count = NN_("{name}: lacks {n} change", "{name}: lacks {n} changes")
            bind(box, box.setText, Message(count, n=one.changes, name=one.name))
        bind(self.mail, self.mail.setText, N_("For mail: in volumes of at most 25 MB"))
        names = N_("Of attached files only the names: the other computer asks for what it lacks")
        bind(self.names_only, self.names_only.setText, names)
        whole = N_("Everything again, for a computer that was set back or lost its data")
        bind(self.whole, self.whole.setText, whole)
        fresh = N_("For a new computer: everything the school has, in one package")
        bind(self.fresh, self.fresh.setText, fresh)
        bind(self.next_button, self.next_button.setText, N_("Choose where …"))
        bind(self.cancel_button, self.cancel_button.setText, N_("Cancel"))
