"""The check before an import: what each row would do, what is wrong, then one button."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import exporting, history, importing
from xqhz_desktop.services.importing import Staged, StagedRow, State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.staged import StagedModel, outcome, outlook
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, IconLabel, words
from xqhz_desktop.ui.widgets.card import line as hairline
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.header import ListHeader
from xqhz_desktop.ui.widgets.staged_cells import HEIGHT, StagedDelegate

_NEEDED = "needed"
"""The chip of rows that want a look: errors and warnings."""


class StagingDialog(QDialog):
    """Shows a staged file; import writes what is right as one step that can be undone here."""

    def __init__(self, parent: QWidget, context: Context, staged: Staged) -> None:
        """Show what importing would do; nothing is written until the button is pressed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.staged = staged
        self.step = 0
        self._context, self._languages = context, context.languages
        self.model = StagedModel(staged, context.languages.language, self)
        self.grid, self.chips = QTableView(), Chips(context.languages)
        self.update_box = QCheckBox()
        self.update_box.setChecked(staged.update)
        self.go, self.cancel = Button("check", "primary"), Button()
        self.errors_button, self.undo_button = Button("download"), Button("undo-2")
        self._title, self._line = words("title"), words("label")
        self._file, self._said = words("section"), words("section")
        self._bar = QProgressBar()
        self._stand()
        self._dress_grid()
        self._speak()
        self._connect()
        self._count()
        room = parent.window().size()
        self.resize(min(1240, room.width() - 60), min(780, room.height() - 60))

    def rows_of(self, chip: Any) -> list[StagedRow]:
        """Return the rows a chip stands for."""
        if chip == _NEEDED:
            return [row for row in self.staged.rows if row.errors or row.warnings]
        return [row for row in self.staged.rows if chip in (None, row.state)]

    def _count(self) -> None:
        """Fill chips, sentence and button from what is staged."""
        counts = self.staged.counts
        needed = len(self.rows_of(_NEEDED))
        chips = [
            Chip(_NEEDED, N_("Needs a look"), needed),
            Chip(State.NEW, N_("New"), counts["new"]),
            Chip(State.CHANGED, N_("Changed"), counts["changed"]),
            Chip(State.SAME, N_("Unchanged"), counts["same"]),
            Chip(State.ERROR, N_("Error"), counts["errors"]),
        ]
        self.chips.show_chips(len(self.staged.rows), chips)
        if needed and not self.step:
            self.chips.choose(_NEEDED)
        self.model.show_rows(self.rows_of(self.chips.value))
        writing = len(self.staged.to_write())
        bind = self._languages.bind
        bind(self.go, self.go.setText, Message(NN_("Import {n} row", "Import {n} rows"), n=writing))
        self.go.setEnabled(bool(writing) and not self._context.work.read_only)
        bind(self._said, self._said.setText, (outcome if self.step else outlook)(self.staged))
        self.errors_button.setVisible(bool(counts["errors"]))

    def _on_chip(self, value: Any) -> None:
        self.model.show_rows(self.rows_of(value))

    def _on_update(self, on: bool) -> None:
        self.staged = replace(self.staged, update=on)
        self._count()

    def _on_go(self) -> None:
        self.go.setEnabled(False)
        self._bar.show()
        job = partial(_commit, self._context.work, self.staged)
        title = Message("Importing {file}", file=Path(self.staged.understood.file).name)
        self._context.tasks.run(self, job, self._on_done, self._on_failed, title)

    def _on_done(self, step: int) -> None:
        """Say what was written, and offer the way back."""
        self.step = step
        self._bar.hide()
        self.go.hide()
        self.update_box.hide()
        self.undo_button.setVisible(bool(step))
        bind = self._languages.bind
        bind(self.cancel, self.cancel.setText, N_("Close"))
        bind(self._line, self._line.setText, N_("Imported. Everything can be undone in one step."))
        bind(self._said, self._said.setText, outcome(self.staged))
        self.cancel.setFocus()

    def _on_undo(self) -> None:
        job = partial(_undo, self._context.work, self.step)
        self.undo_button.setEnabled(False)
        self._context.tasks.run(self, job, self._on_undone, self._on_failed)

    def _on_undone(self, _step: object) -> None:
        self._context.say(Message("The import was undone; the data is as it was before."))
        self.accept()

    def _on_failed(self, error: UserError) -> None:
        self._bar.hide()
        self.go.setEnabled(True)
        bind = self._languages.bind
        bind(self._said, self._said.setText, error.message)

    def _on_errors(self) -> None:
        say = self._languages.say
        dialog = QFileDialog(self, say(N_("Save the rows with errors")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        name = Path(self.staged.understood.file).stem
        dialog.selectFile(say(Message("{file} - errors", file=name)) + ".xlsx")
        dialog.fileSelected.connect(self._on_errors_file)
        dialog.open()

    def _on_errors_file(self, file: str) -> None:
        job = partial(_return, self.staged, Path(file), self._languages.language)
        said = Message("Saved: {name}", name=Path(file).name)
        self._context.tasks.run(self, job, partial(self._on_written, said), self._on_failed)

    def _on_written(self, said: Message, _rows: int) -> None:
        self._context.say(said)

    def _stand(self) -> None:
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.undo_button.hide()
        strip, grid = Card(14, 0), Card(0, 0)
        file = QHBoxLayout()
        file.setSpacing(10)
        file.addWidget(IconLabel("file-text", "good"))
        file.addWidget(self._file)
        file.addStretch(1)
        strip.body.addLayout(file)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        for part in (
            self.update_box,
            self.errors_button,
            self.undo_button,
            self.cancel,
            self.go,
        ):
            foot.addWidget(part)
        grid.body.setContentsMargins(1, 1, 1, 1)
        grid.body.addWidget(self.grid, 1)
        grid.body.addWidget(self._bar)
        grid.body.addWidget(hairline())
        grid.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for row in (self._title, self._line, strip, self.chips):
            column.addWidget(row)
        column.addWidget(grid, 1)
        self.setObjectName("page")

    def _dress_grid(self) -> None:
        grid = self.grid
        grid.setModel(self.model)
        grid.setItemDelegate(StagedDelegate(grid))
        grid.setShowGrid(False)
        grid.setWordWrap(False)
        grid.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.verticalHeader().hide()
        grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        grid.verticalHeader().setDefaultSectionSize(HEIGHT)
        header = ListHeader(grid)
        header.setSectionsClickable(False)
        grid.setHorizontalHeader(header)
        for section in range(self.model.columnCount()):
            header.resizeSection(section, 260 if self.model.wide(section) else 168)
        header.setStretchLastSection(True)
        header.resizeSection(0, 100)
        header.resizeSection(1, 116)

    def _speak(self) -> None:
        bind = self._languages.bind
        for bound in (self, self._title):
            show = self.setWindowTitle if bound is self else self._title.setText
            bind(bound, show, N_("Check before importing"))
        text = N_("Nothing has been written yet. The import saves what is right.")
        bind(self._line, self._line.setText, text)
        self._file.setText(Path(self.staged.understood.file).name)
        bind(self.update_box, self.update_box.setText, N_("Update entries that are there already"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
        bind(self.errors_button, self.errors_button.setText, N_("Download the rows with errors"))
        bind(self.undo_button, self.undo_button.setText, N_("Undo this import"))
        bind(self.grid, self.grid.setAccessibleName, N_("Rows of the file"))

    def _connect(self) -> None:
        self.chips.chosen.connect(self._on_chip)
        self.update_box.toggled.connect(self._on_update)
        self.go.clicked.connect(self._on_go)
        self.cancel.clicked.connect(self.reject)
        self.undo_button.clicked.connect(self._on_undo)
        self.errors_button.clicked.connect(self._on_errors)
        self._languages.changed.connect(self._on_language)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go.click)

    def _on_language(self) -> None:
        self.model.speak(self._languages.language)


def _commit(work: Work, staged: Staged, _progress: Progress) -> int:
    return importing.commit(work, staged)


def _return(staged: Staged, path: Path, lang: Language, _progress: Progress) -> int:
    return exporting.failing(staged, path, lang)


def _undo(work: Work, number: int, _progress: Progress) -> object:
    return history.undo(work, number)
