"""What leaves the reports page: a PDF on the disk, or pages on a printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.reports import kit
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.printing import PrintJob, chosen, printer_for
from xqhz_desktop.ui.tasks import Progress


class Outlet(QObject):
    """Saves and prints the paper in view, after a warning where characters are missing."""

    saved = Signal(str)
    """The folder a PDF was saved in."""

    def __init__(self, context: Context, page: QWidget) -> None:
        """Open dialogs over ``page``."""
        super().__init__(page)
        self._context, self._page = context, page

    def save(self, drawn: Drawn, folder: str) -> None:
        """Ask where to, and copy the very bytes that are in view."""
        self._warned(drawn, partial(self._ask_where, drawn, folder))

    def print(self, drawn: Drawn, paper: Paper, front: int) -> None:
        """Ask for a printer, and print; ``front`` is the current page, from 0."""
        self._warned(drawn, partial(self._ask_printer, drawn, paper, front))

    def print_to(self, drawn: Drawn, paper: Paper, printer: QPrinter, front: int = 0) -> PrintJob:
        """Print on a printer as it is set up."""
        title = Message("Printing {report}", report=Message(drawn.report.title))
        job = PrintJob(paper, printer, title, self)
        job.ended.connect(partial(self._on_printed, job))
        self._context.tasks.started.emit(job.handle)
        job.start(chosen(printer, paper.pages, front))
        return job

    def _warned(self, drawn: Drawn, then: Callable[[], None]) -> None:
        """Go on at once, or when the user has read which characters stay blank."""
        if drawn.warning is None:
            then()
            return
        asked = Asked(
            N_("Some characters will stay blank"),
            drawn.warning,
            N_("Go on all the same"),
        )
        ask(self._page, self._context.languages, asked, then)

    def _ask_where(self, drawn: Drawn, folder: str) -> None:
        say = self._context.languages.say
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog = QFileDialog(self._page, say(N_("Save as PDF")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(folder or QStandardPaths.writableLocation(documents))
        dialog.selectFile(kit.file_name(drawn.title, drawn.edition))
        dialog.fileSelected.connect(partial(self._on_file, drawn))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file(self, drawn: Drawn, file: str) -> None:
        self._context.tasks.run(
            self, partial(_put, drawn.data, Path(file)), self._on_saved, self._context.complain
        )

    def _on_saved(self, file: Path) -> None:
        self._context.say(Message("Saved as {file}", file=str(file)))
        self.saved.emit(str(file.parent))

    def _ask_printer(self, drawn: Drawn, paper: Paper, front: int) -> None:
        printer = printer_for(paper, drawn.title, drawn.wanted.copies)
        dialog = QPrintDialog(printer, self._page)
        dialog.setMinMax(1, paper.pages)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintCollateCopies)
        dialog.accepted.connect(partial(self._on_printer, drawn, paper, printer, front))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own open() wants the name of a C++ slot

    def _on_printer(self, drawn: Drawn, paper: Paper, printer: QPrinter, front: int) -> None:
        self.print_to(drawn, paper, printer, front)

    def _on_printed(self, job: PrintJob, error: UserError | None) -> None:
        if error is None:
            sent = NN_("{n} page was sent to the printer.", "{n} pages were sent to the printer.")
            self._context.say(Message(sent, n=job.pages))
        elif isinstance(error, Cancelled):
            self._context.say(Message("Printing was stopped."))
        else:
            self._context.complain(error)


def _put(data: bytes, file: Path, _progress: Progress) -> Path:
    kit.put(data, file)
    return file
