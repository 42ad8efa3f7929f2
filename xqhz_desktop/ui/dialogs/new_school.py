"""Setting up a school: its name, who works here, where the data lies, a passphrase if wanted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from xqhz_desktop import paths
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.dialogs.gate import Gate, field
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words


@dataclass(frozen=True)
class Wish:
    """What a new workspace is to be; without a name it waits for a school that exists."""

    school: str
    person: str
    folder: Path
    passphrase: str


class NewSchool(Gate):
    """The form; ``wished`` carries a `Wish` once everything needed is there."""

    wished = Signal(object)
    left = Signal()

    def __init__(self, languages: Languages, *, joining: bool = False) -> None:
        """Make the form, the folder chosen; `joining`: the school is on another computer."""
        super().__init__(
            languages,
            N_("Join a school") if joining else N_("Set up my school"),
            _JOINING
            if joining
            else N_("Only the name is needed now. Everything else can follow in the settings."),
        )
        self._joining = joining
        self.school, self.person, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        self.make, self._back = Button("check", "primary"), Button(kind="quiet")
        self._browse = Button("folder-open")
        self._wrong = words("error", wrap=True)
        self._stand()
        self.folder.setText(str(_free(paths.default_workspace())))
        for one in (self.passphrase, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Password)
        self._wrong.hide()
        made = N_("Go on") if joining else N_("Create the school")
        languages.bind(self.make, self.make.setText, made)
        languages.bind(self._back, self._back.setText, N_("Back"))
        languages.bind(self._browse, self._browse.setText, N_("Choose …"))
        self.make.clicked.connect(self._on_make)
        self._back.clicked.connect(self.left)
        self._browse.clicked.connect(self._on_browse)
        (self.make if joining else self.school).setFocus()

    def refuse(self, message: Message) -> None:
        """Say why it cannot be made like this."""
        self.languages.bind(self._wrong, self._wrong.setText, message)
        self._wrong.show()
        self.make.setEnabled(True)

    def _stand(self) -> None:
        card = Card(gap=16)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(self._browse)
        say = self.languages
        named = field(say, N_("School name"), self.school)
        mine = field(say, N_("Your name"), self.person, N_("Stands beside every change you make"))
        for part in (named, mine):
            part.setVisible(not self._joining)
            card.body.addWidget(part)
        card.body.addWidget(field(say, N_("Folder for the data"), place))
        say.bind(self.folder, self.folder.setAccessibleName, N_("Folder for the data"))
        secrets = QHBoxLayout()
        secrets.setSpacing(16)
        secrets.addWidget(field(say, N_("Passphrase (if wanted)"), self.passphrase))
        secrets.addWidget(field(say, N_("The same again"), self.again))
        card.body.addLayout(secrets)
        hint = words("small", wrap=True)
        say.bind(hint, hint.setText, _SECRET)
        card.body.addWidget(hint)
        card.body.addWidget(self._wrong)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self.make)
        card.body.addLayout(foot)
        self.column.addWidget(card)

    def _on_make(self) -> None:
        name, place = self.school.text().strip(), self.folder.text().strip()
        if not name and not self._joining:
            self.refuse(Message("Give the school a name."))
            self.school.setFocus()
        elif not place:
            self.refuse(Message("Choose a folder for the data."))
            self.folder.setFocus()
        elif self.passphrase.text() != self.again.text():
            self.refuse(Message("The two passphrases differ. Type the same one twice."))
            self.again.setFocus()
        else:
            self.make.setEnabled(False)
            person = self.person.text().strip()
            self.wished.emit(Wish(name, person, Path(place), self.passphrase.text()))

    def _on_browse(self) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setWindowTitle(self.languages.say(N_("Folder for the data")))
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()


def _free(folder: Path) -> Path:
    """Return the folder, or the next one with a number that is not there yet."""
    number, found = 2, folder
    while found.exists():
        found = folder.with_name(f"{folder.name} {number}")
        number += 1
    return found


_JOINING = N_(
    "The school's data comes by package. First this computer asks to be admitted, under Sync."
)
_SECRET = N_(
    "With a passphrase the data is encrypted. If it is lost nobody can open the data again: "
    "write it down and keep it in the safe."
)
