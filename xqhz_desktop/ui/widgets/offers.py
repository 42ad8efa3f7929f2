"""The list of enterprises and positions: fold, look what a drop would do, drop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QToolTip, QWidget

from xqhz_desktop.domain.position import Position
from xqhz_desktop.services.offers import Trial
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.offers import HostLine, OffersModel, PostLine
from xqhz_desktop.ui.widgets.drops import Drops
from xqhz_desktop.ui.widgets.offer_row import (
    Aimed,
    OfferColumns,
    OfferDelegate,
    button_box,
)
from xqhz_desktop.ui.widgets.offer_words import offered
from xqhz_desktop.ui.widgets.ringed import RingedList

Tried = Callable[[Position, int], Trial]
"""What would be if so many students went to a position."""


class OffersList(RingedList):
    """Shows an `OffersModel`; only the position under the mouse or the keyboard previews."""

    wanted = Signal(str, object)
    """A position, and the ids of the students dropped there; none of them: who is ticked."""

    first = 1  # below the first enterprise

    def __init__(self, model: OffersModel, languages: Languages) -> None:
        """Show a model."""
        super().__init__()
        self.offers = model
        self.tried: Tried | None = None
        self.rows_painter = OfferDelegate(languages.language, self)
        self._languages = languages
        self._notice: QWidget | None = None
        self._held: Aimed | None = None
        """What the notice is about: previewed as long as it stands there."""
        model.lang = languages.language
        self.setModel(model)
        self.setItemDelegate(self.rows_painter)
        self._drops = Drops(self, self._takes)
        self._drops.over.connect(self._on_over)
        self._drops.fallen.connect(self._on_fallen)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        model.modelAboutToBeReset.connect(self._on_reset)
        languages.changed.connect(self._on_language)

    def choose(self, students: int) -> None:
        """Say how many students are ticked; the buttons wake up with the first."""
        self.rows_painter.chosen = students
        self._aim(self._at_keys())
        self.viewport().update()

    def current(self) -> PostLine | None:
        """Return the position the keyboard is on."""
        return self.offers.post(self.currentIndex().row())

    def look_at(self, row: int) -> None:
        """Put the keyboard on a row and bring it into view."""
        self.setCurrentIndex(self.offers.index(row))
        self.scrollTo(self.offers.index(row))

    def show_notice(self, held: Aimed | None, notice: QWidget | None) -> None:
        """Put a widget below a position and keep that preview, or take both away."""
        here = self._notice is not None and self.isAncestorOf(self.focusWidget() or self)
        self._notice, self._held = None, held
        row = self.offers.notice(held.position if held else "")
        if notice is None or row < 0:
            self._held = self.rows_painter.aimed = None
            if here:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._notice, self.rows_painter.aimed = notice, self._held
        self.setIndexWidget(self.offers.index(row), notice)
        self.fit_notice()
        self.look_at(row - 1)
        self.scrollTo(self.offers.index(row))

    def fit_notice(self) -> None:
        """Give the notice the height it needs."""
        if self._notice is not None:
            self.rows_painter.room = self._notice.heightForWidth(self.viewport().width())
            self.scheduleDelayedItemsLayout()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Preview the position under the mouse."""
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        on_button = self._on_button(index, place)
        self.rows_painter.pointed = index.row() if on_button else -1
        hand = on_button or isinstance(self.offers.line(index.row()), HostLine)
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._aim(index)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at a row; fold an enterprise; press a button."""
        self.by_keys = False
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = event.position().toPoint()
        index = self.indexAt(place)
        line = self.offers.line(index.row())
        if index.isValid():
            self.setCurrentIndex(index)
        if isinstance(line, HostLine):
            self._fold(line)
        elif isinstance(line, PostLine) and self._on_button(index, place):
            self.wanted.emit(line.offer.position.id, [])

    def leaveEvent(self, event: QEvent) -> None:
        """Preview nothing any more."""
        super().leaveEvent(event)
        self.rows_painter.pointed = -1
        self._aim(self._at_keys())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Left and Right fold, Enter puts who is ticked into the position."""
        self.by_keys = True
        line = self.offers.line(self.currentIndex().row())
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if isinstance(line, PostLine):
                self.wanted.emit(line.offer.position.id, [])
            case Qt.Key.Key_Space | Qt.Key.Key_Return if isinstance(line, HostLine):
                self._fold(line)
            case Qt.Key.Key_Left if isinstance(line, HostLine) and not line.folded:
                self._fold(line)
            case Qt.Key.Key_Right if isinstance(line, HostLine) and line.folded:
                self._fold(line)
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Space:
                event.accept()
            case _:
                super().keyPressEvent(event)
        self._ring()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the notice into the new width."""
        super().resizeEvent(event)
        self.fit_notice()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tool tip what a narrow row leaves out."""
        if isinstance(event, QHelpEvent):
            post = self.offers.post(self.indexAt(event.pos()).row())
            text = offered(post.host, post.offer, self._languages.language) if post else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def _fold(self, line: HostLine) -> None:
        scrolled = self.verticalScrollBar().value()
        self.offers.fold(line.host.enterprise.id)
        self.verticalScrollBar().setValue(scrolled)
        row = next(
            n
            for n, one in enumerate(self.offers.lines)
            if isinstance(one, HostLine) and one.host.enterprise.id == line.host.enterprise.id
        )
        self.setCurrentIndex(self.offers.index(row))

    def _ring(self) -> None:
        self.rows_painter.ringed = self.ringed
        self._aim(self._at_keys())
        self.viewport().update()

    def _at_keys(self) -> QModelIndex:
        """Return where the ring is; nothing where the mouse is used."""
        return self.offers.index(self.ringed)

    def _takes(self, row: int) -> bool:
        post = self.offers.post(row)
        return post is not None and not post.offer.full

    def _on_over(self, index: QModelIndex, students: int) -> None:
        self._aim(index, students=students, dragged=True)

    def _on_fallen(self, index: QModelIndex, ids: list[str]) -> None:
        if post := self.offers.post(index.row()):
            self.wanted.emit(post.offer.position.id, ids)

    def _on_button(self, index: QModelIndex, place: QPoint) -> bool:
        post = self.offers.post(index.row())
        if post is None or post.offer.full or not self.rows_painter.chosen:
            return False
        rect = self.visualRect(index)
        return button_box(rect, OfferColumns(rect.width())).contains(place)

    def _aim(self, index: QModelIndex, *, students: int = 0, dragged: bool = False) -> None:
        """Preview one position, or none."""
        n = students or self.rows_painter.chosen
        post = self.offers.post(index.row())
        aimed = self._held
        if post and n and self.tried and not post.offer.full:
            position = post.offer.position
            aimed = Aimed(position.id, self.tried(position, n), dragged)
        if aimed != self.rows_painter.aimed:
            self.rows_painter.aimed = aimed
            self.viewport().update()

    def _on_reset(self) -> None:
        self._notice = self._held = self.rows_painter.aimed = None
        self.rows_painter.pointed = self.rows_painter.ringed = -1

    def _on_language(self) -> None:
        self.rows_painter.lang = self.offers.lang = self._languages.language
        self.fit_notice()
        self.viewport().update()
