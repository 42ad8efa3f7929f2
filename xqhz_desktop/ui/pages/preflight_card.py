"""What stands behind a cell of the matrix: done and total, files, who is missing, ways out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain.readiness import State
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.matrix import state
from xqhz_desktop.ui.pages.preflight_jobs import Known
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, words
from xqhz_desktop.ui.widgets.pill import Pill

WIDTH = 380
_NAMES, _PAPERS, _AWAY = 24, 3, 6
_ROOM = WIDTH - 2 * (16 + 10 + 2)
"""Width of the names."""
_TONES = {State.DONE: "good", State.NONE: "neutral", State.LATER: "neutral"}


class ProofCard(Card):
    """A card over the page, beside its cell; Esc and a click elsewhere close it."""

    list_wanted = Signal(object)
    """The `Query` of the records behind the cell."""
    paper_wanted = Signal(str)
    """The id of an attachment to be opened."""
    way_wanted = Signal(object)
    """A `Way` to be gone."""
    closed = Signal()

    def __init__(self, languages: Languages, parent: QWidget, *, locked: bool) -> None:
        """Make it hidden; `locked`: nothing can be written."""
        super().__init__(padding=16, gap=10, surface="popup")
        self.setParent(parent)
        self._page = parent
        self._languages, self._locked = languages, locked
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.known: Known | None = None
        self._title, self._pill = Elided("section"), Pill()
        self._share, self._sum = _Share(), words("small")
        self._papers, self._ways = QVBoxLayout(), QVBoxLayout()
        self._names = words("body2", wrap=True)
        self._ground = Card(10, 4, "hint")
        self.show_list, self.close_button = Button("list"), Button("x", "tool")
        self._stand()
        bind = languages.bind
        bind(self.close_button, self.close_button.name, N_("Close"))
        self.close_button.clicked.connect(self.leave)
        self.show_list.clicked.connect(self._on_list)
        self.hide()

    def show_known(self, cell: QRect, known: Known) -> None:
        """Show what is known of a cell, beside it and inside the page."""
        self.known = known
        bind, proof = self._languages.bind, known.proof
        shown = known.row.cells[known.item]
        title = Message("{item} | {name}", item=known.item, name=known.row.name)
        bind(self._title, self._title.setText, title)
        bind(self._pill, self._pill.setText, state(shown))
        self._pill.tone(_TONES.get(shown.state, "warn" if shown.partly else "bad"))
        self._share.show_share(proof.done / proof.total if proof.total else 0.0)
        text = Message("{done} of {total}", done=proof.done, total=proof.total)
        bind(self._sum, self._sum.setText, text)
        self._say_names(known)
        self._say_papers(known)
        self._say_ways(known)
        records = Message(NN_("Show {n} record", "Show {n} records"), n=proof.records)
        bind(
            self.show_list, self.show_list.setText, records if proof.records else N_("Add records")
        )
        self.adjustSize()
        self._settle(cell)
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self) -> None:
        """Close the card."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Space close it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.leave()
        else:
            super().keyPressEvent(event)

    def _stand(self) -> None:
        head, measure, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._pill)
        head.addWidget(self.close_button)
        measure.addWidget(self._share, 1)
        measure.addWidget(self._sum)
        foot.addWidget(self.show_list)
        foot.addStretch(1)
        self._ground.body.addWidget(self._names)
        for inner in (self._papers, self._ways):
            inner.setSpacing(6)
        self.body.addLayout(head)
        self.body.addLayout(measure)
        self.body.addLayout(self._papers)
        self.body.addWidget(self._ground)
        self.body.addLayout(self._ways)
        self.body.addLayout(foot)

    def _say_names(self, known: Known) -> None:
        names = [one.name for one in known.proof.without]
        some = names[:_NAMES]
        self._ground.setVisible(bool(names) and len(known.row.lines) > 1)
        text = Message("Not yet: {names}", names=some)
        if more := len(names) - len(some):
            text = Message("Not yet: {names} and {n} more", names=some, n=more)
        self._languages.bind(self._names, self._names.setText, text)
        self._names.setMinimumHeight(self._names.heightForWidth(_ROOM))  # a card is no page

    def _say_papers(self, known: Known) -> None:
        clear(self._papers)
        for one in known.proof.papers[:_PAPERS]:
            row, link, name = QHBoxLayout(), Button(kind="link"), Elided()
            name.setText(f"{one.name}  {one.day}")
            self._languages.bind(link, link.setText, N_("Open"))
            link.clicked.connect(partial(self.paper_wanted.emit, one.id))
            row.addWidget(IconLabel("file-text"))
            row.addWidget(name, 1)
            row.addWidget(link)
            self._papers.addLayout(row)
        more = len(known.proof.papers) - _PAPERS
        if more > 0:
            label = words("small")
            text = Message(NN_("and {n} more file", "and {n} more files"), n=more)
            self._languages.bind(label, label.setText, text)
            self._papers.addWidget(label)

    def _say_ways(self, known: Known) -> None:
        clear(self._ways)
        for place, way in enumerate(() if self._locked else known.ways):
            button = Button("check", "" if place else "primary")
            self._languages.bind(button, button.setText, way.text)
            button.clicked.connect(partial(self.way_wanted.emit, way))
            self._ways.addWidget(button)

    def _settle(self, cell: QRect) -> None:
        """Stand under the cell, or above it where there is no room."""
        page = self._page.rect()
        left = min(max(page.left() + 8, cell.center().x() - WIDTH // 2), page.right() - WIDTH - 8)
        top = cell.bottom() + _AWAY
        if top + self.height() > page.bottom() - 8:
            top = max(page.top() + 8, cell.top() - self.height() - _AWAY)
        self.move(left, top)

    def _on_list(self) -> None:
        if self.known:
            self.list_wanted.emit(self.known.proof.query)


class _Share(QWidget):
    """A flat bar of what is there."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(6)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = tokens(self), QPainter(self)
        painter.fillRect(self.rect(), QColor(now.sunken))
        painter.fillRect(0, 0, round(self.width() * self._share), 6, QColor(now.accent))
        painter.end()
