"""Where the data lies, and its backups."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import backups, workspace
from xqhz_desktop.storage.backups import problems
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, line, words


class DataCard(Card):
    """The folder, the newest backup, and what can be done about both."""

    def __init__(self, context: Context) -> None:
        """Make the card."""
        super().__init__(gap=12)
        self._context = context
        self._folder, self._backups, self._state = Elided(), Elided(), words("label", wrap=True)
        self._risk = words("advice", wrap=True)
        self.show_folder, self.copy = Button("folder-open"), Button("hard-drive-download")
        self.make, self.verify = Button("database", "primary"), Button("shield-check")
        self.restore = Button("history")
        self.restore.setEnabled(not context.work.read_only)
        self._titles = (words("label"), words("label"))
        self._stand()
        self._say()
        self.show_folder.clicked.connect(self._on_folder)
        self.make.clicked.connect(self._on_make)
        self.copy.clicked.connect(self._on_copy)
        self.verify.clicked.connect(self._on_verify)
        self.restore.clicked.connect(self._on_restore)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which backups there are."""
        super().showEvent(event)
        self._show()

    def _stand(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._titles[0], 0, 0)
        grid.addWidget(self._folder, 0, 1)
        grid.addWidget(self.show_folder, 0, 2)
        grid.addWidget(self._titles[1], 1, 0)
        grid.addWidget(self._backups, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.make, self.copy, self.verify, self.restore):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(grid)
        self.body.addWidget(self._risk)
        self.body.addWidget(line())
        self.body.addLayout(row)
        self.body.addWidget(self._state)

    def _say(self) -> None:
        bind = self._context.languages.bind
        bind(self._titles[0], self._titles[0].setText, N_("Folder for the data"))
        bind(self._titles[1], self._titles[1].setText, N_("Newest backup"))
        bind(self.show_folder, self.show_folder.setText, N_("Show"))
        bind(self.make, self.make.setText, N_("Back up now"))
        bind(self.copy, self.copy.setText, N_("Back up to …"))
        bind(self.verify, self.verify.setText, N_("Check the data"))
        bind(self.restore, self.restore.setText, N_("Restore a backup …"))
        bind(self._state, self._state.setText, _DAILY)
        risk = workspace.warning(self._context.work.folder)
        bind(self._risk, self._risk.setText, risk or "")
        self._risk.setVisible(risk is not None)

    def _show(self) -> None:
        work = self._context.work
        self._folder.setText(str(work.folder))
        folder = backups.folder_of(work)
        known = sorted(folder.glob(f"*{backups.SUFFIX}")) if folder.is_dir() else []
        text = (
            Message("{file}, {n} in all", file=known[-1].name, n=len(known))
            if known
            else N_("none")
        )
        self._context.languages.bind(self._backups, self._backups.setText, text)

    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.work.folder)))

    def _on_make(self) -> None:
        self._back_up(None)

    def _on_copy(self) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(backups.SUFFIX.lstrip("."))
        dialog.setWindowTitle(self._context.languages.say(N_("Back up to …")))
        dialog.fileSelected.connect(self._on_target)
        dialog.open()

    def _on_target(self, name: str) -> None:
        self._back_up(Path(name))

    def _back_up(self, target: Path | None) -> None:
        work = self._context.work

        def job(_progress: Progress) -> Path:
            return backups.make(work, target)

        self._context.tasks.run(
            self, job, self._on_made, self._context.complain, Message("Backing up")
        )

    def _on_made(self, file: Path) -> None:
        self._show()
        self._context.say(Message("Backed up to {file}", file=str(file)))

    def _on_restore(self) -> None:
        dialog = QFileDialog(self, self._context.languages.say(N_("Restore a backup …")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"*{backups.SUFFIX}")
        dialog.setDirectory(str(backups.folder_of(self._context.work)))
        dialog.fileSelected.connect(self._on_source)
        dialog.open()

    def _on_source(self, name: str) -> None:
        """Say what restoring means before it happens."""
        text = Message(_REPLACED, file=Path(name).name)
        asked = Asked(N_("Restore this backup?"), text, N_("Restore"), danger=True)
        yes = partial(self._context.restore_wanted.emit, Path(name))
        ask(self, self._context.languages, asked, yes)

    def _on_verify(self) -> None:
        work = self._context.work

        def job(_progress: Progress) -> list[Message]:
            return problems(work.folder, work.store.key)

        title = Message("Checking the data")
        self._context.tasks.run(self, job, self._on_verified, self._context.complain, title)

    def _on_verified(self, found: list[Message]) -> None:
        text = found[0] if found else Message("The data is sound.")
        self._context.languages.bind(self._state, self._state.setText, text)
        self._context.say(text)


_REPLACED = N_(
    "The data of this school becomes what it was when {file} was made. Everything changed since "
    "then is put aside into the folder “backups”, in a folder that begins with “before-restore”."
)
_DAILY = N_("A backup is made every day the program is used; the newest 14 are kept.")
