"""The files of the record in the pane: read, attached, opened, removed, each in the background."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import attaching, records
from xqhz_desktop.services.attaching import Brought, Copies, Held
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.files import Files


class RecordFiles(QWidget):
    """The list of files and what is done with them."""

    counted = Signal(int)
    """How many files the record has."""

    def __init__(self, context: Context) -> None:
        """Show nothing yet."""
        super().__init__()
        self._context = context
        self._kind, self._id = "", ""
        self._copies = Copies()
        self.files = Files(context.languages, locked=context.work.read_only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.files)
        self.files.add_wanted.connect(self._on_add)
        self.files.dropped.connect(self.bring)
        self.files.pasted.connect(self._on_pasted)
        self.files.preview_wanted.connect(self._on_preview)
        self.files.open_wanted.connect(self._on_open)
        self.files.save_wanted.connect(self._on_save)
        self.files.remove_wanted.connect(self._on_remove)
        self.files.type_chosen.connect(self._on_type)
        context.changed.connect(self._on_changed)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._copies.clear)
        self.destroyed.connect(self._copies.clear)

    def show_record(self, kind: str, id: str) -> None:
        """Show the files of a record; "" for one that is not stored yet."""
        if (kind, id) != (self._kind, self._id):
            self.files.show_files(())
            self.counted.emit(0)
        self._kind, self._id = kind, id
        if id:
            job = partial(_held, self._context.work, kind, id)
            self._context.tasks.run(self, job, partial(self._show, id), self._context.complain)

    def bring(self, paths: Iterable[Path]) -> None:
        """Attach files of the disk."""
        job = partial(_bring, self._context.work, (self._kind, self._id), tuple(paths))
        title = Message("Attaching files")
        self._context.tasks.run(self, job, self._on_brought, self._context.complain, title)

    def _show(self, id: str, held: list[Held]) -> None:
        if id == self._id:
            self.files.show_files(held)
            self.counted.emit(len(held))

    def _on_changed(self, kinds: set[str]) -> None:
        if self._id and kinds & {Attachment.KIND, "alias"}:
            self.show_record(self._kind, self._id)

    def _on_brought(self, brought: Brought) -> None:
        for refusal in brought.refused[:1]:
            self._context.complain(UserError(refusal))
        if brought.made and not brought.refused:
            text = NN_("{n} file attached", "{n} files attached")
            self._context.say(Message(text, n=len(brought.made)), undo=True)

    def _on_pasted(self, data: bytes) -> None:
        say = self._context.languages.say
        name = f"{say(N_('Picture'))} {datetime.now():%Y%m%d-%H%M%S}.png"
        job = partial(_paste, self._context.work, (self._kind, self._id), name, data)
        self._context.tasks.run(self, job, self._on_brought, self._context.complain)

    def _on_add(self) -> None:
        dialog = QFileDialog(self, self._context.languages.say(N_("Choose files to attach")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: list[str]) -> None:
        self.bring(map(Path, names))

    def _on_preview(self, one: Attachment) -> None:
        job = partial(_read, self._context.work, one)
        done = partial(self._preview, one)
        self._context.tasks.run(self, job, done, self._context.complain)

    def _preview(self, one: Attachment, data: bytes) -> None:
        from xqhz_desktop.ui.dialogs.file_preview import FilePreview  # lazy: PDFium

        try:
            dialog = FilePreview(self, self._context.languages, one.name, data)
        except UserError as error:
            self._context.complain(error)
            return
        dialog.open_wanted.connect(partial(self._on_open, one))
        dialog.open()

    def _on_open(self, one: Attachment) -> None:
        job = partial(_copy, self._copies, self._context.work, one.id)
        self._context.tasks.run(self, job, self._opened, self._context.complain)

    def _opened(self, file: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            text = Message("No program on this computer opens {name}.", name=file.name)
            self._context.complain(UserError(text))

    def _on_save(self, one: Attachment) -> None:
        dialog = QFileDialog(self, self._context.languages.say(N_("Save a copy …")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(attaching.safe_name(one.name))
        dialog.fileSelected.connect(partial(self._saved, one))
        dialog.open()

    def _saved(self, one: Attachment, name: str) -> None:
        job = partial(_save, self._context.work, one.id, Path(name))
        self._context.tasks.run(self, job, self._told, self._context.complain)

    def _told(self, file: Path) -> None:
        self._context.say(Message("Written to {file}.", file=str(file)))

    def _on_remove(self, one: Attachment) -> None:
        job = partial(_remove, self._context.work, one.id)
        done = partial(self._removed, one.name)
        self._context.tasks.run(self, job, done, self._context.complain)

    def _removed(self, name: str, _step: int) -> None:
        self._context.say(Message("Removed: {name}", name=name), undo=True)

    def _on_type(self, one: Attachment, type: DocumentType) -> None:
        job = partial(_retype, self._context.work, one, type)
        self._context.tasks.run(self, job, None, self._context.complain)


def _held(work: Work, kind: str, id: str, _progress: Progress) -> list[Held]:
    return attaching.of_record(work, kind, id)


def _bring(
    work: Work, owner: tuple[str, str], paths: tuple[Path, ...], _progress: Progress
) -> Brought:
    return attaching.bring(work, *owner, paths)


def _paste(
    work: Work, owner: tuple[str, str], name: str, data: bytes, _progress: Progress
) -> Brought:
    return Brought(tuple(attaching.attach(work, *owner, [attaching.pasted(name, data)])), ())


def _read(work: Work, one: Attachment, _progress: Progress) -> bytes:
    return attaching.read(work, one)


def _copy(copies: Copies, work: Work, id: str, _progress: Progress) -> Path:
    return copies.copy(work, id)


def _save(work: Work, id: str, target: Path, _progress: Progress) -> Path:
    return attaching.save_copy(work, id, target, replace=True)  # the dialog has asked


def _remove(work: Work, id: str, _progress: Progress) -> int:
    return attaching.remove(work, id)


def _retype(work: Work, one: Attachment, type: DocumentType, _progress: Progress) -> int:
    return records.save(work, attaching.find(work, one.id).but(type=type))
