"""Editors that find their value while somebody types: references and codes of national tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.storage.queries import Where
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.models.choices import Offer, offered_codes, offered_records
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.editors import Editor, Tools

_WORD = Qt.ItemDataRole.UserRole + 1
_BESIDE = Qt.ItemDataRole.UserRole + 2
_VALUE = Qt.ItemDataRole.UserRole + 3
_NEW = "\x00new"

_Index = QModelIndex | QPersistentModelIndex


class SeekEditor(Editor):
    """A line that offers what fits while one types; the value is what was picked."""

    create_wanted = Signal(str, str)
    """A kind, and the name of the record that is not there yet."""

    def __init__(self, described: Field, tools: Tools, _kind: str = "") -> None:
        """Offer records of the field's kind, or codes of its table."""
        self.line = _SeekLine()
        super().__init__(described, self.line)
        self.narrow: Callable[[], tuple[Where, ...]] = tuple
        """Conditions on what is offered, such as positions of the enterprise above."""
        self._tools = tools
        self._picked: str = ""
        self._word = ""
        self._offers = QStandardItemModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCompletionRole(_WORD)
        self._popup = QListView()
        self._popup.setProperty("popup", "true")
        self._completer.setPopup(self._popup)  # which sets a delegate of its own
        self._popup.setItemDelegate(_OfferDelegate(self))
        self._completer.setWidget(self.line)
        picked: Any = self._completer.activated  # two signals of one name
        picked[QModelIndex].connect(self._on_picked)
        down = self.line.addAction(icon("chevron-down"), QLineEdit.ActionPosition.TrailingPosition)
        tools.languages.bind(down, down.setToolTip, N_("Show what there is"))
        down.triggered.connect(self.offer_all)
        self.line.asked_for_all.connect(self.offer_all)
        self.line.textEdited.connect(self._on_typed)
        self.line.editingFinished.connect(self._settle)
        if described.kind is Kind.TABLE:
            tools.languages.changed.connect(self._say)

    def put(self, value: Any, shown: str = "") -> None:
        """Show a value by its name."""
        self._picked = value or ""
        self._word = shown or self.field.show(value, self._tools.languages.language)
        self.line.setText(self._word)
        self.line.setCursorPosition(0)

    def value(self) -> Any:
        """Return what was picked; raise UserError while the text names nothing."""
        text = self.line.text().strip()
        if not text:
            return ""
        if text == self._word:
            return self._picked
        if self.field.kind is Kind.TABLE:
            return self.field.parse(text)
        raise UserError(Message("{field}: pick one from the list.", field=self.field.said))

    def offer_all(self) -> None:
        """Offer the first ones, whatever the text says."""
        self._ask("")

    def _say(self) -> None:
        """Show the name of a code in the language of now, unless another is being typed."""
        if self.line.text() == self._word:
            self.put(self._picked)

    def _on_typed(self, text: str) -> None:
        self._ask(text.strip())
        self.changed.emit()

    def _ask(self, words: str) -> None:
        question = self._records if self.field.kind is Kind.REF else self._codes
        channel = f"{id(self)}/offers"
        answer = partial(self._on_offers, words)
        self._tools.search.ask(channel, partial(question, words, self.narrow()), answer)

    def _records(self, words: str, where: tuple[Where, ...], reader: Reader) -> list[Offer]:
        return offered_records(reader, self.field.target, words, where)

    def _codes(self, words: str, _where: tuple[Where, ...], _reader: Reader) -> list[Offer]:
        return offered_codes(self.field, words, self._tools.languages.language)

    def _on_offers(self, words: str, offers: list[Offer]) -> None:
        self._offers.clear()
        for offer in offers:
            self._add(offer)
        if words and self.field.kind is Kind.REF:
            kind = Message(BY_KIND[self.field.target].LABEL)
            text = Message("New: {kind} “{name}”", kind=kind, name=words)
            self._add(Offer(_NEW, self._tools.languages.say(text), ""))
        if not self.line.hasFocus() or not self._offers.rowCount():
            self._popup.hide()
            return
        self._completer.complete()

    def _add(self, offer: Offer) -> None:
        item = QStandardItem(offer.word)
        item.setData(offer.word, _WORD)
        item.setData(offer.beside, _BESIDE)
        item.setData(offer.value, _VALUE)
        item.setData(f"{offer.word} {offer.beside}", Qt.ItemDataRole.AccessibleTextRole)
        self._offers.appendRow(item)

    def _on_picked(self, index: QModelIndex) -> None:
        value = index.data(_VALUE)
        typed = self.line.text().strip()
        self._tools.search.forget(f"{id(self)}/")
        if value == _NEW:
            self.create_wanted.emit(self.field.target, typed)
            return
        self.put(value, index.data(_WORD))
        self.changed.emit()

    def _settle(self) -> None:
        """Take a text that is exactly one offer as if it had been picked."""
        text = self.line.text().strip()
        fitting = [
            item.data(_VALUE)
            for place in range(self._offers.rowCount())
            if (item := self._offers.item(place)).data(_WORD) == text
        ]
        if text != self._word and len(fitting) == 1 and fitting[0] != _NEW:
            self.put(fitting[0], text)
            self.changed.emit()


class _SeekLine(QLineEdit):
    asked_for_all = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and F4 open the list, as in a combo box."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.asked_for_all.emit()
        else:
            super().keyPressEvent(event)


class _OfferDelegate(QStyledItemDelegate):
    """Name, and beside it in grey what tells it from its namesakes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        chosen = bool(opt.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(now.selected if chosen else now.card))
        body = rect.adjusted(10, 0, -10, 0)
        new = index.data(_VALUE) == _NEW
        word = str(index.data(_WORD))
        painter.setPen(QColor(now.accent_ink if new or chosen else now.ink))
        painter.setFont(opt.font)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        used = painter.boundingRect(body, left, word).width()
        painter.drawText(body, left, word)
        small = QFont(opt.font)
        small.setPixelSize(SMALL)
        painter.setFont(small)
        painter.setPen(QColor(now.ink3))
        painter.drawText(body.adjusted(used + 10, 0, 0, 0), left, str(index.data(_BESIDE)))
        painter.restore()
