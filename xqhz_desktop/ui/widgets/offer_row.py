"""Paints enterprises and positions: names, match, places, meters, peak day and a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from xqhz_desktop.domain.enterprise import Partnership
from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.services.offers import Offer, Trial
from xqhz_desktop.services.quotas import Meter
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.models.offers import LINE, MATCHES, HostLine, NoticeLine, PostLine
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import LABEL, SMALL
from xqhz_desktop.ui.widgets import meter as meters
from xqhz_desktop.ui.widgets import pill
from xqhz_desktop.ui.widgets.delegate import initial, tone
from xqhz_desktop.ui.widgets.offer_words import host_line, meter_text, post_line
from xqhz_desktop.ui.widgets.person_row import Align, draw_pill, lines, write

HEIGHT = 54
SIDE = 16
_TILE = 34
_PEAK_FROM, _PLACES_FROM = 716, 560
"""Widths under which the peak day, then the places, leave the row."""

Index = QModelIndex | QPersistentModelIndex
Span = tuple[int, int]


class OfferColumns:
    """Where the parts of a row stand (left, width); a part that has left is 0 wide."""

    def __init__(self, width: int) -> None:
        """Divide a width."""
        peak = 78 if width >= _PEAK_FROM else 0
        places = 74 if width >= _PLACES_FROM else 0
        button = 76 if width >= _PLACES_FROM else 66
        meter = 150 if width >= _PLACES_FROM else 112
        end = width - SIDE
        self.button: Span = (end - button, button)
        self.peak: Span = (end - button - peak, peak)
        self.meter: Span = (self.peak[0] - 14 - meter, meter)
        self.places: Span = (self.meter[0] - 12 - places, places)
        match = 74 if places else 0
        match_left = self.places[0] - match - 4 if places else self.meter[0] - 12
        self.match: Span = (match_left, match)
        self.name: Span = (46, match_left - 46 - 8)
        self.tile: Span = (42, _TILE if places else 0)
        host_left = 90 if places else 42
        self.host: Span = (host_left, self.meter[0] - host_left - 12)


@dataclass(frozen=True)
class Aimed:
    """The position under the mouse or the keyboard, and what would be."""

    position: str
    trial: Trial
    dragged: bool
    """Whether students hang on the mouse above it."""


class OfferDelegate(QStyledItemDelegate):
    """A whole row by its line; the row of a notice only leaves room for it."""

    def __init__(self, lang: Language, parent: QObject | None = None) -> None:
        """Paint in a language until `lang` is replaced."""
        super().__init__(parent)
        self.lang = lang
        self.aimed: Aimed | None = None
        self.chosen = 0
        """How many students are ticked."""
        self.room = 0
        """Height of the notice."""
        self.ringed = -1
        self.pointed = -1
        """The row whose button is under the mouse."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        notice = isinstance(index.data(LINE), NoticeLine)
        return QSize(80, self.room if notice else HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(line, NoticeLine):
            hovered = bool(opt.state & QStyle.StateFlag.State_MouseOver)
            quiet = now.page if isinstance(line, HostLine) else now.card
            painter.fillRect(rect, QColor(now.hover if hovered else quiet))
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        row = _Row(painter, rect, opt.font, self)
        match line:
            case HostLine():
                row.host(line)
            case PostLine():
                row.post(line, pointed=index.row() == self.pointed)
            case None:
                bar = QRect(rect.left() + 46, rect.center().y() - 5, 160, 10)
                painter.fillRect(bar, QColor(now.sunken))
        if index.row() == self.ringed:
            painter.setPen(QPen(QColor(now.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), 6, 6)
        painter.restore()


class _Row:
    """One row about to be painted."""

    def __init__(self, painter: QPainter, rect: QRect, font: QFont, by: OfferDelegate) -> None:
        self.painter, self.rect, self.font, self.by = painter, rect, font, by
        self.now, self.say = tokens(), by.lang.say
        self.columns = OfferColumns(rect.width())
        self.middle = rect.center().y()

    def host(self, line: HostLine) -> None:
        painter, rect, now = self.painter, self.rect, self.now
        fold = "chevron-right" if line.folded else "chevron-down"
        icon(fold).paint(painter, rect.left() + 14, self.middle - 8, 16, 16)
        if self.columns.tile[1]:
            self._tile(initial(line.host.enterprise.name))
        cell = self._cell(self.columns.host)
        strong = _weighty(self.font)
        name = line.host.enterprise.name
        lines(painter, cell, strong, (name, host_line(line, self.by.lang)))
        status = line.host.enterprise.status
        if status is Partnership.TALKS:
            used = QFontMetrics(strong).horizontalAdvance(name) + 14
            side = QRect(cell.left() + used, self.middle - 21, cell.width() - used, 22)
            if side.width() > 60:
                draw_pill(
                    painter, side, self.font, (self.say(status), pill.colors(tone(status), now))
                )
        aimed = self.by.aimed
        mine = aimed and any(one.position.id == aimed.position for one in line.host.offers)
        self._meter(line.host.meter, aimed.trial.unit if aimed and mine else None)

    def _tile(self, letter: str) -> None:
        left, side = self.columns.tile
        tile = QRect(self.rect.left() + left, self.middle - side // 2 + 1, side, side)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(self.now.sunken))
        self.painter.drawRoundedRect(QRectF(tile), 6, 6)
        write(self.painter, tile, self.font, letter, (self.now.ink2, Align.AlignHCenter))

    def post(self, line: PostLine, *, pointed: bool) -> None:
        aimed = self.by.aimed
        mine = aimed if aimed and aimed.position == line.offer.position.id else None
        if mine and mine.dragged:
            pen = QPen(QColor(self.now.accent), 2, Qt.PenStyle.DashLine)
            self.painter.setPen(pen)
            self.painter.setBrush(QColor(self.now.selected))
            frame = QRectF(self.rect).adjusted(9, 2, -9, -3)
            self.painter.drawRoundedRect(frame, 6, 6)
        says = (
            line.offer.position.name,
            post_line(line, self.by.lang, bool(self.columns.places[1])),
        )
        lines(self.painter, self._cell(self.columns.name), self.font, says)
        known = MATCHES.get(line.match)
        if known and self.by.chosen and self.columns.match[1]:
            cell = self._cell(self.columns.match)
            draw_pill(
                self.painter, cell, self.font, (self.say(known[1]), pill.colors(known[0], self.now))
            )
        trial = mine.trial if mine else None
        if self.columns.places[1]:
            self._places(line.offer, trial)
        self._meter(line.offer.meter, trial.post if trial else None)
        self._button(line, pointed=pointed, dragged=bool(mine and mine.dragged))

    def _places(self, offer: Offer, trial: Trial | None) -> None:
        cell, painter = self._cell(self.columns.places), self.painter
        taken = trial.taken if trial else offer.taken
        places = offer.position.headcount
        text = f"{taken} / {places}" if places is not None else str(taken)
        top = QRect(cell.left(), self.middle - 19, cell.width(), 20)
        over = places is not None and taken > places
        ink = self.now.bad if over else self.now.ink
        write(painter, top, _sized(self.font, LABEL), text, (ink, Align.AlignRight))
        bar = meters.places_bar(offer.taken, places, taken - offer.taken)
        area = QRectF(cell.left(), self.middle + 7, cell.width(), meters.HEIGHT)
        meters.draw(painter, area, bar, self.now)

    def _meter(self, meter: Meter, tried: Meter | None) -> None:
        cell, painter, now = self._cell(self.columns.meter), self.painter, self.now
        shown = tried or meter
        bad = shown.over > 0
        top = QRect(cell.left(), self.middle - 19, cell.width(), 20)
        ink = now.bad if bad else now.ink if meter.staff else now.ink3
        font = _sized(self.font, LABEL)
        write(painter, top, font, meter_text(meter, tried, self.by.lang), (ink, Align.AlignLeft))
        if shown.share is not None:
            strong = (now.bad if bad else now.ink, Align.AlignRight)
            write(painter, top, _weighty(font), f"{shown.share}%", strong)
        area = QRectF(cell.left(), self.middle + 7, cell.width(), meters.HEIGHT)
        meters.draw(painter, area, meters.share_bar(meter, tried), now)
        if self.columns.peak[1] and shown.peak:
            peak = self._cell(self.columns.peak)
            day = (now.ink2, Align.AlignLeft)
            write(painter, peak, _sized(self.font, SMALL), self.by.lang.value(shown.peak), day)

    def _button(self, line: PostLine, *, pointed: bool, dragged: bool) -> None:
        painter, now = self.painter, self.now
        box = button_box(self.rect, self.columns)
        full, ready = line.offer.full, bool(self.by.chosen) or dragged
        text = N_("Full") if full else N_("Drop here") if dragged else N_("Place")
        if dragged and not full:
            ground, rim, ink = now.accent, now.accent, now.on_accent
        elif full or not ready:
            ground, rim, ink = now.page, now.border, now.ink3 if full else now.faint
        else:
            ground, rim, ink = (now.hover if pointed else now.card), now.control, now.ink
        painter.setPen(QPen(QColor(rim), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        label = _weighty(_sized(self.font, LABEL))
        write(painter, box, label, self.say(text), (ink, Align.AlignHCenter))

    def _cell(self, span: Span) -> QRect:
        return QRect(self.rect.left() + span[0], self.rect.top(), span[1], self.rect.height() - 1)


def button_box(rect: QRect, columns: OfferColumns) -> QRect:
    """Return where the button of a row stands."""
    left, width = columns.button
    return QRect(rect.left() + left, rect.center().y() - 16, width, 32)


def _sized(font: QFont, size: int) -> QFont:
    made = QFont(font)
    made.setPixelSize(size)
    return made


def _weighty(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made
