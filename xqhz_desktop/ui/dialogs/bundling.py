"""Before a batch's files are written: for whom, in which language, as a folder or a zip file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_
from xqhz_desktop.reports.kit import Edition, Output, Purpose
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words

_PURPOSES = (
    (Purpose.INTERNAL, N_("For the school: full names in folder names")),
    (Purpose.REPORT, N_("To hand over: the names of minors are covered in folder names")),
)
_ZIP = ".zip"


class BundleDialog(QDialog):
    """Asks three things and where to; `then` is called with the edition and the place."""

    def __init__(
        self,
        parent: QWidget,
        languages: Languages,
        told: tuple[Text, Text, str],
        then: Callable[[Edition, Path], object],
    ) -> None:
        """Ask about something called (title, what it holds, usual name of the file)."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._languages, self._then, self._name = languages, then, told[2]
        self.purposes = [QRadioButton() for _one in _PURPOSES]
        self.purposes[0].setChecked(True)
        self.output, self.form = QComboBox(), QComboBox()
        self.ok, self.cancel = Button("download", "primary"), Button()
        title, about = words("heading"), words("body2", wrap=True)
        about.setMinimumWidth(420)
        chosen, foot = QHBoxLayout(), QHBoxLayout()
        chosen.addWidget(self.output, 1)
        chosen.addWidget(self.form, 1)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (title, about, *self.purposes):
            column.addWidget(part)
        column.addLayout(chosen)
        column.addLayout(foot)
        bind = languages.bind
        bind(self, self.setWindowTitle, told[0])
        bind(title, title.setText, told[0])
        bind(about, about.setText, told[1])
        self._speak()
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)

    def write(self, place: Path) -> None:
        """Write to a place that was chosen."""
        rows = zip(_PURPOSES, self.purposes, strict=True)
        purpose = next(one for (one, _text), button in rows if button.isChecked())
        self._then(Edition(Output[self.output.currentData()], purpose), place)
        self.accept()

    def _speak(self) -> None:
        bind, say = self._languages.bind, self._languages.say
        for (_purpose, text), button in zip(_PURPOSES, self.purposes, strict=True):
            bind(button, button.setText, text)
        for one in Output:
            self.output.addItem(say(one), one.name)
        english = self._languages.language.code == "en"
        self.output.setCurrentIndex(self.output.findData("EN" if english else "ZH_CN"))
        self.form.addItem(say(N_("One zip file")), _ZIP)
        self.form.addItem(say(N_("A folder")), "")
        bind(self.output, self.output.setAccessibleName, N_("Language of the papers"))
        bind(self.form, self.form.setAccessibleName, N_("Zip file or folder"))
        bind(self.ok, self.ok.setText, N_("Choose where to"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))

    def _on_ok(self) -> None:
        dialog = QFileDialog(self, self._languages.say(N_("Save")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self._name + self.form.currentData())
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, file: str) -> None:
        ending = self.form.currentData()
        place = Path(file)
        self.write(place if not ending else place.with_suffix(_ZIP))
