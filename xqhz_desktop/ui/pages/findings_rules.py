"""The left pane of findings: rules by severity, with how many wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.checking_views import SEVERITIES, Overview, Rule
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import LABEL
from xqhz_desktop.ui.widgets import pill
from xqhz_desktop.ui.widgets.kit import RIGHT, Hand, Kit

TONES = {"F": "bad", "W": "warn", "M": "info", "E": "neutral", "U": "neutral"}
"""How severities look."""

WAYS = {
    "F": N_("correct or file"),
    "W": N_("a reason is enough"),
    "M": N_("goes once it is there"),
    "E": N_("correct the data"),
    "U": N_("fill in the facts"),
}
"""What each severity asks for."""

_ROW, _HEAD = 36, 40
_RULE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class RuleList(QListWidget):
    """Severities as heads, rules below them; `chosen` is emitted with a `Rule`."""

    chosen = Signal(object)

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__()
        self._languages = languages
        self._rules: Sequence[Rule] = ()
        self.wanted = ""
        """The rule to be chosen once it is there, by its id."""
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Rows(self))
        self.currentItemChanged.connect(self._on_current)
        languages.bind(self, self.setAccessibleName, N_("Rules with findings"))
        languages.changed.connect(self._say)

    def show_rules(self, found: Overview, severity: str | None) -> None:
        """Show the rules of one severity, or all; the one chosen stays chosen."""
        self._rules = [one for one in found.rules if severity in (None, one.severity)]
        self._say()

    def rule(self) -> Rule | None:
        """Return the rule chosen."""
        item = self.currentItem()
        found = item.data(_RULE) if item else None
        return found if isinstance(found, Rule) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Jump over heads."""
        super().keyPressEvent(event)
        item = self.currentItem()
        if item is not None and item.data(_RULE) is None:
            super().keyPressEvent(event)

    def _say(self) -> None:
        before = self.rule()
        self.blockSignals(True)
        self.clear()
        lang, wanted = self._languages.language, -1
        for severity, label in SEVERITIES.items():
            some = [one for one in self._rules if one.severity == severity]
            if not some:
                continue
            count = sum(one.waiting for one in some)
            head = QListWidgetItem(f"{lang.say(label)} {lang.value(count)}")
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setData(_RULE + 1, (severity, lang.say(WAYS[severity])))
            self.addItem(head)
            for one in some:
                text = one.entry.said("name", lang.code)
                item = QListWidgetItem(text)
                item.setData(_RULE, one)
                item.setToolTip(text)
                spoken = Message("{rule} {text}, {n}", rule=one.entry.id, text=text, n=one.waiting)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, lang.say(spoken))
                self.addItem(item)
                same = before and (one.entry.id, severity) == (before.entry.id, before.severity)
                if self.wanted == one.entry.id or (same and not self.wanted):
                    wanted = self.count() - 1
        self.wanted = ""
        self.blockSignals(False)
        self.setCurrentRow(wanted if wanted >= 0 else 1)
        if not self.count():
            self.chosen.emit(None)

    def _on_current(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None and isinstance(item.data(_RULE), Rule):
            self.chosen.emit(item.data(_RULE))


class _Rows(QStyledItemDelegate):
    """Paints heads and rules."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _ROW if index.data(_RULE) else _HEAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        kit = Kit(now, opt.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rule = index.data(_RULE)
        if rule is None:
            self._head(painter, rect, kit, index)
        else:
            chosen = bool(opt.state & QStyle.StateFlag.State_Selected)
            if chosen:
                painter.fillRect(rect, QColor(now.selected))
                painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(now.accent))
            self._rule(painter, rect, kit, index, chosen)
        painter.restore()

    def _head(self, painter: QPainter, rect: QRect, kit: Kit, index: _Index) -> None:
        severity, way = index.data(_RULE + 1)
        if index.row():
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, kit.color(kit.now.hairline))
        ink, _ground = pill.colors(TONES[severity], kit.now)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(kit.color(ink))
        painter.drawEllipse(QRectF(rect.left() + 16, rect.center().y() - 3, 6, 6))
        painter.setPen(kit.color(kit.now.ink))
        kit.strong.write(painter, rect.adjusted(30, 0, -8, 0), index.data())
        painter.setPen(kit.color(kit.now.ink3))
        kit.small.write(painter, rect.adjusted(100, 0, -16, 0), way, RIGHT)

    def _rule(self, painter: QPainter, rect: QRect, kit: Kit, index: _Index, chosen: bool) -> None:
        now, rule, text = kit.now, index.data(_RULE), index.data()
        painter.setPen(kit.color(now.ink3))
        kit.small.write(painter, rect.adjusted(16, 0, 0, 0), rule.entry.id)
        painter.setPen(kit.color(now.accent_ink if chosen else now.ink))
        weight = QFont.Weight.Medium if chosen else QFont.Weight.Normal
        Hand(kit.font, LABEL, weight).write(painter, rect.adjusted(50, 0, -50, 0), text)
        painter.setPen(kit.color(now.ink if rule.waiting else now.ink3))
        kit.strong.write(painter, rect.adjusted(0, 0, -16, 0), f"{rule.waiting:,}", RIGHT)
