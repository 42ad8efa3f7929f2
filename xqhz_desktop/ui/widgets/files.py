"""The files of a record as a list that takes others: dragged here, pasted, or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageWriter, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain.attachment import DocumentType
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.attaching import PICTURES, Held
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.sizes import size
from xqhz_desktop.ui.tokens import PADDING
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.empty import Empty

_HELD = Qt.ItemDataRole.UserRole
_ROW = 52


class Files(QWidget):
    """Shows files and says what is wanted of them; it reads and writes nothing itself."""

    dropped = Signal(object)
    """Paths of the disk to be attached."""
    pasted = Signal(bytes)
    """A picture to be attached, as PNG."""
    add_wanted = Signal()
    preview_wanted = Signal(object)
    """An attachment, as the signals below."""
    open_wanted = Signal(object)
    save_wanted = Signal(object)
    remove_wanted = Signal(object)
    type_chosen = Signal(object, object)
    """An attachment and what it is from now on."""

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Show nothing yet; `locked`: nothing can be added, changed or removed."""
        super().__init__()
        self._languages, self._locked = languages, locked
        self.list, self.types = QListWidget(), QComboBox()
        self.add = Button("plus")
        self.preview, self.open = Button("eye", "tool"), Button("log-in", "tool")
        self.save, self.remove = Button("download", "tool"), Button("trash-2", "tool")
        self._hint, self.none = words("label", wrap=True), Empty(languages, "file-text")
        self.setAcceptDrops(not locked)
        self._stand()
        self._speak()
        self._connect()
        self.show_files(())

    @property
    def chosen(self) -> Held | None:
        """Return the file that is chosen."""
        item = self.list.currentItem()
        return item.data(_HELD) if item else None

    def show_files(self, held: Sequence[Held]) -> None:
        """Show the files of a record; the one chosen stays so where it is still there."""
        before = self.chosen
        self.list.clear()
        for one in held:
            item = QListWidgetItem()
            item.setData(_HELD, one)
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
            if before is not None and before.record.id == one.record.id:
                self.list.setCurrentItem(item)
        if held and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(held))
        self.none.setVisible(not held)
        self._say_rows()
        self._on_chosen()

    def paste(self) -> None:
        """Take what is on the clipboard: files, or a picture."""
        found = QApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in found.urls() if url.isLocalFile()]
        if self._locked or not self.isVisible():
            return
        if paths:
            self.dropped.emit(paths)
        elif found.hasImage():
            self.pasted.emit(_png(QImage(found.imageData())))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files of this computer."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take files."""
        urls = event.mimeData().urls()
        if paths := [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _say_rows(self) -> None:
        say = self._languages.say
        for row in range(self.list.count()):
            item = self.list.item(row)
            held: Held = item.data(_HELD)
            one = held.record
            values = {"type": one.type, "size": size(one.size or 0), "day": one.day or ""}
            about = Message("{type} | {size} | {day}", **values)
            if held.versions > 1:
                about = Message("{about} | version {n}", about=about, n=held.version)
            if held.version < held.versions:
                about = Message("{about}, an older one", about=about)
            if not held.here:
                about = Message("{type} | not here yet: it comes with a package", type=one.type)
            item.setText(f"{one.name}\n{say(about)}")
            item.setToolTip("\n".join(filter(None, (one.name, one.note))))
            mark = "eye" if shown(one.name) else "file-text"
            item.setIcon(icon(mark, "ink2" if held.here else "control"))
        for place, type in enumerate(DocumentType):
            self.types.setItemText(place, say(type))

    def _on_chosen(self) -> None:
        held = self.chosen
        here = held is not None and held.here
        self.preview.setEnabled(here and held is not None and shown(held.record.name))
        self.open.setEnabled(here)
        self.save.setEnabled(here)
        for part in (self.remove, self.types):
            part.setEnabled(held is not None and not self._locked)
        if held is not None:
            self.types.setCurrentIndex(self.types.findData(held.record.type))
        for part in (self.types, self.preview, self.open, self.save, self.remove):
            part.setVisible(held is not None)

    def _on_activated(self) -> None:
        held = self.chosen
        if held is not None and shown(held.record.name) and held.here:
            self.preview_wanted.emit(held.record)
        elif held is not None:
            self.open_wanted.emit(held.record)

    def _on_type(self) -> None:
        held = self.chosen
        type = self.types.currentData()
        if held is not None and held.record.type is not type:
            self.type_chosen.emit(held.record, type)

    def _want(self, wanted: SignalInstance, *_clicked: bool) -> None:
        if (held := self.chosen) is not None:
            wanted.emit(held.record)

    def _stand(self) -> None:
        for type in DocumentType:
            self.types.addItem("", type)
        self.list.setIconSize(QSize(20, 20))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setProperty("plain", "true")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.add)
        head.addWidget(self._hint, 1)
        foot.setSpacing(4)
        foot.addWidget(self.types, 1)
        for part in (self.preview, self.open, self.save, self.remove):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, 14, PADDING, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        column.addLayout(foot)
        self.add.setEnabled(not self._locked)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self.add, self.add.setText, N_("Add files …"))
        bind(self._hint, self._hint.setText, N_("or drag them here, or paste (Ctrl+V)"))
        bind(self.list, self.list.setAccessibleName, N_("Attachments"))
        bind(self.types, self.types.setAccessibleName, N_("Type of document"))
        bind(self.preview, self.preview.name, N_("Preview"))
        bind(self.open, self.open.name, N_("Open a copy with the system's program"))
        bind(self.save, self.save.name, N_("Save a copy …"))
        bind(self.remove, self.remove.name, N_("Remove"))
        self.none.say(
            N_("No files yet"), N_("Scans and photos belonging to this record; 20 MB each.")
        )
        self._languages.changed.connect(self._say_rows)

    def _connect(self) -> None:
        shortcut = QShortcut(QKeySequence.StandardKey.Paste, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        self.add.clicked.connect(self.add_wanted)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_activated)
        self.types.activated.connect(self._on_type)
        for button, wanted in (
            (self.preview, self.preview_wanted),
            (self.open, self.open_wanted),
            (self.save, self.save_wanted),
            (self.remove, self.remove_wanted),
        ):
            button.clicked.connect(partial(self._want, wanted))


def shown(name: str) -> bool:
    """Tell whether the window can show a file of this name."""
    return Path(name).suffix.lower() in PICTURES | {".pdf"}


def _png(image: QImage) -> bytes:
    """Return a picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(data.data())
