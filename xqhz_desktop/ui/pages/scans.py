"""扫描归档: scanned pages find their records by the codes on them; the rest is filed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QStackedWidget, QWidget

from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import scan_filing
from xqhz_desktop.services.scan_filing import Sheet, Stack
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui import habits
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.assigning import AssignDialog
from xqhz_desktop.ui.models.scanned import COLUMNS, READY, STATES, state
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.told import ToldTable

_RIM = 24
"""Pixels round the page looked at, both sides together."""
_LOOK = 3_000
"""Milliseconds between two looks into the folder that is watched, while the page is in front."""


class ScansPage(QWidget):
    """Files or a watched folder at the left as pages, the page looked at beside them."""

    def __init__(self, context: Context) -> None:
        """Wait for scans."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._sheets: list[Sheet] = []
        self._seen: set[tuple[str, float]] = set()
        self._reading: Handle | None = None
        self.folder = habits.scan_folder(context.work.folder)
        self._head, self.chips = Head(), Chips(context.languages)
        self.table: ToldTable = ToldTable(COLUMNS, context.languages, many=True)
        self.choose, self.watch = Button("folder-open"), Button("folder")
        self.assign, self.drop = Button("link"), Button("x")
        self.file = Button("check", "primary")
        self._empty, self.picture = Empty(context.languages, "upload"), QLabel()
        self._timer = QTimer(self, interval=_LOOK)
        self.setAcceptDrops(not context.work.read_only)
        self._stand()
        self._speak()
        self._connect()
        self._show()

    def take(self, files: Sequence[Path]) -> None:
        """Read scans and add their pages."""
        job = partial(_read, self._context.work, tuple(files))
        title = Message(NN_("Reading {n} scan", "Reading {n} scans"), n=len(files))
        tasks = self._context.tasks
        self._reading = tasks.run(self, job, self._on_read, self._on_failed, title)

    def bring_in(self) -> None:
        """Choose scans."""
        dialog = QFileDialog(self, self._languages.say(N_("Choose scans")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.take([Path(one) for one in names]))
        dialog.open()

    def refresh(self) -> None:
        """Look into the folder that is watched for scans not seen yet."""
        if not self.folder or self._reading is not None or self._context.work.read_only:
            return
        new = []
        for one in scan_filing.found(Path(self.folder)):
            mark = (str(one), one.stat().st_mtime)
            if mark not in self._seen:
                self._seen.add(mark)
                new.append(one)
        if new:
            self.take(new)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.chips, self.table]

    def showEvent(self, event: object) -> None:
        """Watch the folder while the page is in front."""
        if event:
            self._timer.start()
            self.refresh()

    def hideEvent(self, event: object) -> None:
        """Stop watching."""
        if event:
            self._timer.stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files of this computer."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take files."""
        self.take(_dropped(event.mimeData()))

    def _on_read(self, stack: Stack) -> None:
        self._reading = None
        known = {one.origin for one in self._sheets}
        self._sheets += [one for one in stack.sheets if one.origin not in known]
        for refusal in stack.refused[:1]:
            self._context.complain(UserError(refusal))
        self._show()

    def _on_failed(self, error: UserError) -> None:
        self._reading = None
        if not isinstance(error, Cancelled):
            self._context.complain(error)

    def _show(self) -> None:
        states = [state(one) for one in self._sheets]
        chips = [Chip(name, text, states.count(name)) for name, (text, _tone) in STATES.items()]
        self.chips.show_chips(len(self._sheets), chips)
        value = self.chips.value
        some = [one for one in self._sheets if value in (None, state(one))]
        self.table.show_rows(some, 0)
        self._body.setCurrentIndex(0 if self._sheets else 1)
        for part in (self.chips, self.assign, self.drop, self.file):
            part.setVisible(bool(self._sheets))
        n = states.count(READY)
        text = Message(NN_("File {n} page", "File {n} pages"), n=n)
        self._languages.bind(self.file, self.file.setText, text)
        self.file.setEnabled(bool(n) and not self._context.work.read_only)
        self._say_line()
        self._on_picked()

    def _say_line(self) -> None:
        line: Message | str = N_("Pages with one of our codes go to their records by themselves.")
        if self.folder:
            line = Message("Watched: {folder}", folder=self.folder)
        self._languages.bind(self._head.line, self._head.line.setText, line)

    def _on_picked(self) -> None:
        """Show the page looked at."""
        some: list[Sheet] = self.table.chosen()
        locked = self._context.work.read_only
        self.assign.setEnabled(bool(some) and not locked)
        self.drop.setEnabled(bool(some))
        self.picture.clear()
        if some:
            pixmap = QPixmap()
            pixmap.loadFromData(some[0].preview)
            room = self.picture.size() - QSize(_RIM, _RIM)
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(pixmap.scaled(room, keep, smooth))

    def _on_watch(self) -> None:
        """Choose the folder that is watched."""
        dialog = QFileDialog(self, self._languages.say(N_("Watch a folder for scans")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.watch_folder)
        dialog.open()

    def watch_folder(self, folder: str) -> None:
        """Watch a folder from now on, also after the next start."""
        self.folder = folder
        habits.watch_scans(self._context.work.folder, folder)
        self._say_line()
        self.refresh()

    def _on_assign(self) -> None:
        some = self.table.chosen()
        AssignDialog(self, self._context, len(some), partial(self._on_assigned, some)).open()

    def _on_assigned(self, some: list[Sheet], kind: str, record: str, type: DocumentType) -> None:
        """Let pages go to a record; whoever assigns a filed one wants it there too."""
        for one in some:
            place = self._sheets.index(one)
            made = scan_filing.assign(self._context.work, one, kind, record)
            self._sheets[place] = replace(made, type=type, filed=False)
        self._show()

    def _on_drop(self) -> None:
        """Leave pages out; their files stay where they are."""
        gone = {one.origin for one in self.table.chosen()}
        self._sheets = [one for one in self._sheets if one.origin not in gone]
        self._show()

    def _on_file(self) -> None:
        self.file.setEnabled(False)
        job = partial(_file, self._context.work, tuple(self._sheets))
        title = Message("Filing scans")
        self._context.tasks.run(self, job, self._on_done, self._on_refused, title)

    def _on_done(self, made: list[Attachment]) -> None:
        text = NN_("{n} scanned page filed", "{n} scanned pages filed")
        self._context.say(Message(text, n=len(made)), undo=True)
        self._sheets = [one for one in self._sheets if not one.ready]
        self._show()

    def _on_refused(self, error: UserError) -> None:
        self._context.complain(error)
        self._show()

    def _on_opened(self) -> None:
        for one in self.table.chosen()[:1]:
            if one.record:
                self._context.navigate(one.kind, record=one.record)

    def _stand(self) -> None:
        for tool in (self.watch, self.choose, self.file):
            self._head.tools.addWidget(tool)
        column = stand(self, self._head)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.chips, 1)
        row.addWidget(self.assign)
        row.addWidget(self.drop)
        found = QWidget()
        sides = QHBoxLayout(found)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(self.table, 3)
        self.picture.setMinimumWidth(300)
        self.picture.setProperty("role", "tile")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sides.addWidget(self.picture, 2)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        self._body = QStackedWidget()
        self._body.addWidget(found)
        self._body.addWidget(self._empty)
        card.body.addWidget(self._body)
        column.addLayout(row)
        column.addWidget(card, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("File scans"))
        bind(self.choose, self.choose.setText, N_("Choose scans"))
        bind(self.watch, self.watch.setText, N_("Watch a folder"))
        bind(self.assign, self.assign.setText, N_("Assign by hand"))
        bind(self.drop, self.drop.setText, N_("Leave out"))
        bind(self.table, self.table.setAccessibleName, N_("Scanned pages"))
        self._empty.say(
            N_("Drop scans here"),
            N_("PDF, JPG, PNG or TIFF; your files stay there."),
            N_("Choose scans"),
            "upload",
        )

    def _connect(self) -> None:
        for part in (self.choose, self.watch):
            part.setEnabled(not self._context.work.read_only)
        self.choose.clicked.connect(self.bring_in)
        self.watch.clicked.connect(self._on_watch)
        self.assign.clicked.connect(self._on_assign)
        self.drop.clicked.connect(self._on_drop)
        self.file.clicked.connect(self._on_file)
        self.chips.chosen.connect(self._show)
        self.table.picked.connect(self._on_picked)
        self.table.opened.connect(self._on_opened)
        self._empty.pressed.connect(self.bring_in)
        self._timer.timeout.connect(self.refresh)


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _read(work: Work, files: tuple[Path, ...], progress: Progress) -> Stack:
    return scan_filing.read(work, files, progress)


def _file(work: Work, sheets: tuple[Sheet, ...], _progress: Progress) -> list[Attachment]:
    return scan_filing.file(work, sheets)
