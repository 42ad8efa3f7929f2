"""The dialog 批量导入: a file, whether to update, a template; OK opens the check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.errors import BadFile, Cancelled, UserError
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services import exporting, importing, own_fields
from xqhz_desktop.services.staged import Choice, Mode, Staged
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.read import read
from xqhz_desktop.spreadsheets.sheet import Sheet
from xqhz_desktop.spreadsheets.understand import Wishes
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.choosing import ENDINGS, choose_sheet
from xqhz_desktop.ui.dialogs.header_rows import HeaderRows
from xqhz_desktop.ui.tasks import Handle, Job, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.drop import DropArea

Headers = Mapping[str, tuple[int, int]]


class ImportDialog(QDialog):
    """Takes a file and holds it against the data; the page 导入核对 shows what would happen."""

    def __init__(self, parent: QWidget, context: Context, kind: str) -> None:
        """Ask for a file of one kind; `open` shows the dialog."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._kind = context, kind
        self._file: Path | None = None
        self._handle: Handle | None = None
        self.drop = DropArea(context.languages, ENDINGS)
        self.update_box = QCheckBox()
        self.update_box.setChecked(True)
        self.template, self.rows = Button("download", "link"), Button("table-2", "link")
        self.ok, self.cancel = Button(kind="primary"), Button()
        self.ok.setEnabled(False)
        self._only, self._trouble = words("small"), words("error", wrap=True)
        self._bar = QProgressBar()
        self._stand()
        self._speak()
        self.drop.dropped.connect(self.take)
        self.drop.browse_wanted.connect(self._on_browse)
        self.template.clicked.connect(self._on_template)
        self.rows.clicked.connect(self._on_rows)
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)

    def take(self, path: Path) -> None:
        """Remember the file; OK reads it."""
        self._file = path
        self.drop.show_file(path)
        self._trouble.hide()
        self.rows.hide()
        self.ok.setEnabled(True)
        self.ok.setFocus()

    def _stand(self) -> None:
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._trouble.hide()
        self.rows.hide()
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._only)
        line.addWidget(self.template)
        line.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (self.drop, self._bar, self._trouble, self.rows, self.update_box):
            column.addWidget(part)
        column.setAlignment(self.rows, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(line)
        column.addSpacing(4)
        column.addLayout(foot)
        self.setMinimumWidth(520)

    def _speak(self) -> None:
        bind = self._context.languages.bind
        kind = Message(BY_KIND[self._kind].PLURAL)
        bind(self, self.setWindowTitle, Message("Import: {kind}", kind=kind))
        bind(self.update_box, self.update_box.setText, N_("Update entries that are there already"))
        bind(self._only, self._only.setText, N_("Only .xls and .xlsx files can be imported."))
        bind(self.template, self.template.setText, N_("Download the template"))
        bind(self.rows, self.rows.setText, N_("Show where the column names stand"))
        bind(self.ok, self.ok.setText, N_("OK"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))

    def _on_browse(self) -> None:
        choose_sheet(self, self._context.languages, self.take)

    def _on_template(self) -> None:
        say = self._context.languages.say
        dialog = QFileDialog(self, say(N_("Save the template")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        kind = say(BY_KIND[self._kind].PLURAL)
        dialog.selectFile(say(Message("Template for {kind}", kind=kind)) + ".xlsx")
        dialog.fileSelected.connect(self._on_template_file)
        dialog.open()

    def _on_template_file(self, file: str) -> None:
        own = own_fields.of(self._context.work, self._kind)
        work, lang = self._context.work, self._context.languages.language
        job = partial(_template, work, (self._kind, Path(file)), lang, own)
        done = partial(self._on_written, Path(file).name)
        self._context.tasks.run(self, job, done, self._on_failed)

    def _on_written(self, name: str, _done: None) -> None:
        self._context.say(Message("Saved: {name}", name=name))

    def _on_ok(self) -> None:
        self._read({})

    def _read(self, headers: Headers) -> None:
        """Read the file; `headers` are rows of column names by sheet, where they were not found."""
        if self._file is not None:
            choice = Choice(Mode.BOTH if self.update_box.isChecked() else Mode.INSERT, ask=True)
            what = (self._file, self._kind)
            self._run(partial(staged, self._context.work, what, choice, headers), self._on_staged)

    def _on_rows(self) -> None:
        """Show how the file begins, so that the user can tell where its columns are named."""
        if self._file is not None:
            self._run(partial(_sheets, self._file), self._on_sheets)

    def _on_sheets(self, sheets: list[Sheet]) -> None:
        self._idle()
        dialog = HeaderRows(self, self._context.languages, sheets, {})
        dialog.chosen.connect(self._on_rows_chosen)
        dialog.open()

    def _on_rows_chosen(self, sheet: str, rows: tuple[int, int]) -> None:
        self._read({sheet: rows})

    def _run(self, job: Job, done: Callable[..., object]) -> None:
        assert self._file is not None
        self.ok.setEnabled(False)
        self._bar.setRange(0, 0)
        self._bar.show()
        title = Message("Reading {file}", file=self._file.name)
        self._handle = self._context.tasks.run(self, job, done, self._on_failed, title)
        self._handle.progress.connect(self._on_progress)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_staged(self, found: Staged) -> None:
        self._handle = None
        self.accept()
        self._context.give("staging", found)

    def _on_failed(self, error: UserError) -> None:
        """Say why the file cannot be read, and wait for another one."""
        self._idle()
        self.rows.setVisible(isinstance(error, BadFile) and error.code == "NO_HEADER")
        if not isinstance(error, Cancelled):
            bind = self._context.languages.bind
            bind(self._trouble, self._trouble.setText, error.message)
            self._trouble.show()

    def _idle(self) -> None:
        self._handle = None
        self._bar.hide()
        self.ok.setEnabled(self._file is not None)

    def _on_finished(self) -> None:
        if self._handle is not None:
            self._handle.cancel()


def staged(
    work: Work, what: tuple[Path, str], choice: Choice, headers: Headers, progress: Progress
) -> Staged:
    """Return what importing a file (its path and kind) would do."""
    wishes = Wishes(headers=headers, own=own_fields.of(work, what[1]))
    understood = importing.understand(*what, wishes, progress)
    return importing.stage(work, understood, choice, progress)


def _sheets(path: Path, _progress: Progress) -> list[Sheet]:
    return [one for one in read(path) if one.visible and not one.empty]


def _template(
    work: Work, what: tuple[str, Path], lang: Language, own: tuple[Field, ...], _progress: Progress
) -> None:
    kind, path = what
    exporting.template(kind, path, lang, own, exporting.names_to_choose(work, kind))
