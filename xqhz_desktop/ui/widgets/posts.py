"""The right side of placing: enterprises and positions, with room, match and caps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.offers import Host
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.offers import OffersModel, Show
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, line, words
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.offer_row import OfferColumns
from xqhz_desktop.ui.widgets.offers import OffersList
from xqhz_desktop.ui.widgets.person_row import Align
from xqhz_desktop.ui.widgets.undobar import UndoBar

_HEAD = 32
_COUNT_FROM = 640


class PostsPane(Card):
    """Chips narrow the list, the foot keeps the way back."""

    new_wanted = Signal()
    """There is no position yet: the user wants to add one."""

    def __init__(self, languages: Languages) -> None:
        """Make the pane; grey rows stand in until `fill`."""
        super().__init__(padding=1, gap=0)
        self.model = OffersModel(self)
        self.list = OffersList(self.model, languages)
        self.chips = Chips(languages)
        self.by_name_button = Button("x", "link")
        self.empty = Empty(languages, "briefcase")
        self.undo_bar = UndoBar(languages)
        self._languages = languages
        self._title, self._count = words("heading"), Elided("label")
        self._put, self._keys = words("small"), words("keys")
        self._stand()
        self._say()
        self.chips.chosen.connect(self._on_chip)
        self.by_name_button.clicked.connect(self._on_by_name)
        self.empty.pressed.connect(self._on_empty)

    def fill(self, hosts: Sequence[Host]) -> None:
        """Show new offers; the list stays where it was."""
        here, scrolled = self.list.current(), self.list.verticalScrollBar().value()
        self.model.fill(hosts)
        self._count_up(hosts)
        self._settle()
        row = self.model.row_of(here.offer.position.id) if here else -1
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        self.list.verticalScrollBar().setValue(scrolled)

    def aim(self, codes: tuple[str, ...], students: int) -> None:
        """Judge for ticked students: the codes of their majors, and how many they are."""
        changed = self.model.aim(codes)
        self.list.choose(students)
        if changed:
            self._settle()

    def recommend(self) -> None:
        """Bring positions near to the majors and with room to the top, and go there."""
        self.model.recommended = True
        self.model.unfold()
        self.model.rebuild()
        self._settle()
        self.list.scrollToTop()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.model.rowCount() > 1:
            self.list.look_at(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the chips where there is little."""
        super().resizeEvent(event)
        self._count.setVisible(event.size().width() >= _COUNT_FROM)

    def _stand(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        top.setSpacing(10)
        top.addWidget(self._title)
        top.addWidget(self._count)
        top.addWidget(self.by_name_button)
        top.addWidget(self.chips, 1)
        self._count.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._body = QStackedWidget()
        self._body.addWidget(self.list)
        self._body.addWidget(self.empty)
        self.body.addLayout(top)
        self.body.addWidget(_OffersHead(self._languages, self.list))
        self.body.addWidget(self._body, 1)
        self.body.addWidget(line())
        foot = QWidget()
        foot.setFixedHeight(52)
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 5, 16, 5)
        row.setSpacing(6)
        row.addWidget(self.undo_bar, 8)
        row.addStretch(1)
        for part in (self._put, self._keys):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(foot)

    def _say(self) -> None:
        bind = self._languages.bind
        bind(self._title, self._title.setText, N_("Positions"))
        bind(self.list, self.list.setAccessibleName, N_("Positions"))
        bind(self._put, self._put.setText, N_("Place"))
        bind(self.by_name_button, self.by_name_button.setText, N_("Best first"))
        bind(self.by_name_button, self.by_name_button.setToolTip, N_("Back to the order by name"))
        self._keys.setText("Ctrl Enter")

    def _count_up(self, hosts: Sequence[Host]) -> None:
        posts = sum(len(host.offers) for host in hosts)
        text = Message(
            "{hosts}, {posts}, {free}",
            hosts=Message(NN_("{n} enterprise", "{n} enterprises"), n=len(hosts)),
            posts=Message(NN_("{n} position", "{n} positions"), n=posts),
            free=Message(
                NN_("{n} place free", "{n} places free"), n=sum(one.free for one in hosts)
            ),
        )
        self._languages.bind(self._count, self._count.setText, text)

    def _settle(self) -> None:
        """Bring chips, buttons and the empty state in line with the model."""
        counts = self.model.counts()
        chips = [Chip(one, one.value, counts[one]) for one in Show]
        self.chips.show_chips(counts[None], chips)
        if self.chips.value != self.model.only:  # the chip has gone
            self.model.only = self.chips.value
            self.model.rebuild()
        self.by_name_button.setVisible(self.model.recommended)
        self._body.setCurrentIndex(0 if self.model.rowCount() else 1)
        if self.model.rowCount():
            return
        if counts[None]:
            text, button = N_("No position like this"), N_("Clear the filter")
            self.empty.say(text, "", button, "search")
        else:
            hint = N_("Add what enterprises offer, with places and the number of staff.")
            self.empty.say(N_("No positions yet"), hint, N_("New position"), "briefcase")

    def _on_chip(self, only: Show | None) -> None:
        self.model.only = only
        self.model.rebuild()
        self._settle()

    def _on_by_name(self) -> None:
        self.model.recommended = False
        self.model.rebuild()
        self._settle()

    def _on_empty(self) -> None:
        if self.model.counts()[None]:
            self.chips.choose(None)
            self._on_chip(None)
        else:
            self.new_wanted.emit()


class _OffersHead(QWidget):
    """The titles above the columns."""

    def __init__(self, languages: Languages, below: OffersList) -> None:
        super().__init__()
        self._languages, self._below = languages, below
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        languages.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(200, _HEAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the titles."""
        now, painter = tokens(self), QPainter(self)
        columns = OfferColumns(self._below.viewport().width())
        font = QFont(self.font())
        font.setPixelSize(SMALL)
        painter.setFont(font)
        painter.setPen(QColor(now.ink2))
        left, right = Align.AlignLeft, Align.AlignRight
        titles = (
            ((16, columns.name[1] + 30), N_("Enterprise / position"), left),
            (columns.match, N_("Major"), left),
            (columns.places, N_("Places"), right),
            (columns.meter, N_("Caps: unit 10%, post 20%"), left),
            (columns.peak, N_("Fullest day"), left),
        )
        for (start, width), text, side in titles:
            if width:
                said = self._languages.say(text)
                fitting = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, width)
                painter.drawText(QRect(start, 0, width, _HEAD), Align.AlignVCenter | side, fitting)
        painter.fillRect(0, _HEAD - 1, self.width(), 1, QColor(now.border))
        painter.end()
