"""Which columns a list shows, in which order and how wide: the user's choice, then the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QMenu, QTableView

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.columns import Column
from xqhz_desktop.ui.tokens import LABEL
from xqhz_desktop.ui.widgets.delegate import PAD
from xqhz_desktop.ui.widgets.header import ListHeader

_TITLE = 2 * PAD + 4
"""Room beside the title of a column."""
_ASKED_FOR = 55
"""The worth of a column the user added: more than half of the usual ones."""


@dataclass(frozen=True)
class Layout:
    """What the user wants to see of `columns`; the first column always stays."""

    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()
    shown: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)
    compact: bool = False
    """One line a row."""

    @classmethod
    def usual(cls, columns: tuple[Column, ...]) -> Layout:
        """Return the layout nobody has touched."""
        shown = frozenset(one.name for one in columns if one.worth)
        return cls(columns, tuple(one.name for one in columns), shown)

    @classmethod
    def remembered(cls, columns: tuple[Column, ...], kept: Any) -> Layout:
        """Return a layout from `as_json`; what does not fit the columns of today is left out."""
        usual = cls.usual(columns)
        if not isinstance(kept, dict):
            return usual
        known = [name for name in kept.get("order", ()) if name in usual.order]
        order = (*known, *(name for name in usual.order if name not in known))
        shown = frozenset(kept.get("shown", usual.shown)) & set(usual.order)
        widths = {name: int(width) for name, width in dict(kept.get("widths", {})).items()}
        compact = bool(kept.get("compact", False))
        return replace(usual, order=order, shown=shown, widths=widths, compact=compact)

    @property
    def seen(self) -> tuple[str, ...]:
        """Return the columns shown, in their order."""
        return tuple(name for name in self.order if name in self.shown)

    def as_json(self) -> dict[str, Any]:
        """Return what this computer remembers."""
        return {
            "order": list(self.order),
            "shown": sorted(self.shown),
            "widths": dict(self.widths),
            "compact": self.compact,
        }

    def toggled(self, name: str) -> Layout:
        """Return the layout with a column shown or hidden."""
        return replace(self, shown=self.shown ^ {name})

    def room(self, available: int, least: Mapping[str, int] | None = None) -> dict[str, int]:
        """Return the widths of the columns that fit; the first takes what is left.

        No column is narrower than ``least`` says, unless the user made it so.
        """
        least = least or {}
        first = self.columns[0]
        wanted = [one for one in self.columns[1:] if one.name in self.shown]
        wanted.sort(key=lambda one: one.worth or _ASKED_FOR)
        usual = {one.name: max(one.width, least.get(one.name, 0)) for one in wanted}
        widths = {name: self.widths.get(name, width) for name, width in usual.items()}
        while wanted and sum(widths.values()) + first.width > available:
            del widths[wanted.pop(0).name]
        return {**widths, first.name: max(available - sum(widths.values()), first.width // 2)}


class ColumnChoice(QObject):
    """Arranges the columns of one table and offers the menu that chooses them."""

    changed = Signal(object)
    """The user chose, moved or widened columns; the new `Layout`."""

    def __init__(self, table: QTableView, layout: Layout, languages: Languages) -> None:
        """Take charge of a table whose header is a `ListHeader`."""
        super().__init__(table)
        self.layout = layout
        self._table = table
        self._languages = languages
        header = table.horizontalHeader()
        header.setFirstSectionMovable(False)
        header.sectionMoved.connect(self._on_moved)
        header.sectionResized.connect(self._on_resized)
        languages.changed.connect(self.fit)
        if isinstance(header, ListHeader):
            header.menu_wanted.connect(self._on_menu)

    def arrange(self) -> None:
        """Put the columns in the order of the layout."""
        header = self._table.horizontalHeader()
        places = {one.name: number for number, one in enumerate(self.layout.columns)}
        header.blockSignals(True)
        for place, name in enumerate(self.layout.order):
            header.moveSection(header.visualIndex(places[name]), place)
        header.blockSignals(False)
        self.fit()

    def fit(self) -> None:
        """Give each column its width; those of least worth go when there is no room."""
        widths = self.layout.room(self._table.viewport().width(), self._least())
        header = self._table.horizontalHeader()
        header.blockSignals(True)
        for section, column in enumerate(self.layout.columns):
            width = widths.get(column.name, 0)
            header.setSectionHidden(section, not width)
            if width:
                header.resizeSection(section, width)
        header.blockSignals(False)
        self._table.updateGeometries()
        self._table.viewport().update()
        header.viewport().update()

    def _least(self) -> dict[str, int]:
        """Return how wide each column must be for its title, in the language of now."""
        font = QFont(self._table.font())
        font.setPixelSize(LABEL)
        metrics, say = QFontMetrics(font), self._languages.say
        titles = {one.name: say(one.label) for one in self.layout.columns}
        return {name: metrics.horizontalAdvance(text) + _TITLE for name, text in titles.items()}

    def menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        menu = QMenu(self._table)
        menu.aboutToHide.connect(menu.deleteLater)
        for column in self.layout.columns[1:]:
            action = menu.addAction(self._languages.say(column.label))
            action.setCheckable(True)
            action.setChecked(column.name in self.layout.shown)
            action.setData(column.name)
        menu.addSeparator()
        action = menu.addAction(self._languages.say(N_("One line per row")))
        action.setCheckable(True)
        action.setChecked(self.layout.compact)
        menu.triggered.connect(self._on_chosen)
        return menu

    def _on_menu(self, where: QPoint) -> None:
        self.menu().popup(where)

    def _on_chosen(self, action: QAction) -> None:
        name = action.data()
        if name:
            self._change(self.layout.toggled(name))
        else:
            self._change(replace(self.layout, compact=not self.layout.compact))

    def _on_moved(self, *_places: int) -> None:
        header = self._table.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        names = tuple(self.layout.columns[section].name for section in order)
        self._change(replace(self.layout, order=names))

    def _on_resized(self, section: int, _before: int, width: int) -> None:
        if section:  # the first column takes what is left
            name = self.layout.columns[section].name
            self._change(replace(self.layout, widths={**self.layout.widths, name: width}))

    def _change(self, layout: Layout) -> None:
        self.layout = layout
        self.fit()
        self.changed.emit(layout)
