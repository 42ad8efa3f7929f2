"""资料清单: the papers of one placement; files dropped on a line are attached to its record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from xqhz_desktop.domain.readiness import State
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.papers import Paper
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button, draw_ring
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, line, words
from xqhz_desktop.ui.widgets.pill import Pill

_ROOMY = 350
_TONES = {State.DONE: "good", State.MISSING: "bad", State.LATER: "neutral", State.NONE: "neutral"}


class PaperList(Card):
    """A line a paper; it reads and writes nothing itself."""

    opened = Signal(object)
    """A `Paper` whose record is to be shown, or made where there is none."""
    attach_wanted = Signal(object)
    """A `Paper` that is to get a file."""
    dropped = Signal(object, object)
    """A `Paper` and the paths of the disk that were dropped on it."""

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Make it empty; `locked`: nothing can be attached."""
        super().__init__(padding=0, gap=0)
        self._languages, self._locked = languages, locked
        self._title, self._count = words("heading"), words("label")
        self.lines: list[PaperLine] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(1, 0, 1, 4)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        inner = QWidget()
        inner.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(scroll, 1)
        languages.bind(self._title, self._title.setText, N_("Papers"))

    def show_papers(self, papers: Sequence[Paper]) -> None:
        """Show the papers of a placement."""
        clear(self._rows)
        self.lines = []
        done = sum(one.state in (State.DONE, State.NONE) for one in papers)
        text = Message("{done} of {total} complete", done=done, total=len(papers))
        self._languages.bind(self._count, self._count.setText, text)
        for one in papers:
            made = PaperLine(self._languages, one, locked=self._locked)
            made.opened.connect(partial(self.opened.emit, one))
            made.attach.clicked.connect(partial(self.attach_wanted.emit, one))
            made.dropped.connect(partial(self.dropped.emit, one))
            self.lines.append(made)
            self._rows.addWidget(made)
            self._rows.addWidget(line())
        self._rows.addStretch(1)


class PaperLine(QWidget):
    """One paper: its name, what stands beside, how far it is; a place to drop a scan on."""

    opened = Signal()
    dropped = Signal(object)

    def __init__(self, languages: Languages, paper: Paper, *, locked: bool) -> None:
        """Show a paper."""
        super().__init__()
        self.paper = paper
        self.setAcceptDrops(bool(paper.id) and not locked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name, beside, pill = Elided(), Elided("small"), Pill(_TONES[paper.state])
        beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.attach = Button("link", "tool")
        self.attach.setVisible(bool(paper.id) and not locked)
        bind = languages.bind
        bind(name, name.setText, Message("{name}", name=paper.item))
        bind(beside, beside.setText, paper.beside or "")
        bind(pill, pill.setText, paper.word)
        bind(self.attach, self.attach.name, N_("Attach a file"))
        bind(self, self.setAccessibleName, Message(
            "{item}: {state}", item=paper.item, state=paper.word
        ))  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 12, 5)
        row.setSpacing(8)
        row.addWidget(IconLabel("file-text", "accent_ink" if paper.files else "ink3"))
        row.addWidget(name)
        row.addWidget(beside, 1)
        row.addWidget(pill)
        row.addWidget(self.attach)
        self._beside = beside
        self.setFixedHeight(46)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the name where there is little."""
        super().resizeEvent(event)
        self._beside.setVisible(event.size().width() >= _ROOMY)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the record."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 open the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

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

    def paintEvent(self, event: object) -> None:
        """Draw the ring of the keyboard."""
        if self.hasFocus():
            draw_ring(self, 6)
