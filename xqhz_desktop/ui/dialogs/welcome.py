"""The first page: try the sample school, set up one's own, or open a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.dialogs.gate import Choice, Gate
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words

_RECENT = 4


class Welcome(Gate):
    """Four ways to begin, and the schools opened lately."""

    sample_wanted = Signal()
    new_wanted = Signal()
    join_wanted = Signal()
    folder_wanted = Signal(object)
    left = Signal()

    def __init__(
        self, languages: Languages, recent: Sequence[str] = (), *, can_return: bool = False
    ) -> None:
        """Offer the ways; ``can_return`` when a school is still open behind."""
        super().__init__(
            languages,
            N_("Welcome to Co-op Desk"),
            N_("Everything stays on this computer. No account and no network are needed."),
            icon="handshake",
        )
        self._choices()
        for choice in (self.sample, self.new, self.folder, self.join):
            self.column.addWidget(choice)
        self.sample.clicked.connect(self.sample_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.folder.clicked.connect(self._on_folder)
        self.join.clicked.connect(self.join_wanted)
        self._offer([one for one in recent if Path(one).is_dir()][:_RECENT])
        if can_return:
            back = Button("arrow-left", "link")
            languages.bind(back, back.setText, N_("Back to the open school"))
            back.clicked.connect(self.left)
            self.column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)

    def _choices(self) -> None:
        languages = self.languages
        self.sample = Choice(
            languages,
            "sparkles",
            N_("Look around in the sample school"),
            N_("Made-up students, enterprises and placements to try everything out"),
        )
        self.new = Choice(
            languages,
            "school",
            N_("Set up my school"),
            N_("Takes a minute; then import the student roster from Excel"),
        )
        self.folder = Choice(
            languages,
            "folder-open",
            N_("Open a school on this computer"),
            N_("A workspace folder, also one copied from another computer"),
        )
        self.join = Choice(
            languages,
            "log-in",
            N_("Join a school"),
            N_("The school is on another computer; the data comes by stick or server"),
        )

    def _offer(self, recent: Sequence[str]) -> None:
        if not recent:
            return
        heading = words("small")
        self.languages.bind(heading, heading.setText, N_("Opened lately"))
        self.column.addSpacing(8)
        self.column.addWidget(heading)
        for one in recent:
            button = Button("folder", "link")
            button.setText(one)
            button.clicked.connect(partial(self.folder_wanted.emit, Path(one)))
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_folder(self) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setWindowTitle(self.languages.say(N_("Open a school on this computer")))
        dialog.fileSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, name: str) -> None:
        self.folder_wanted.emit(Path(name))
