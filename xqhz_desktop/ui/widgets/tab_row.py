"""Tabs in one line: those that do not fit are behind a button that names them all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QTabBar, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button


class TabRow(QWidget):
    """A tab bar whose tabs keep their numbers, whether they are seen or behind the button.

    Seen before others: the first tab, the one in front and the last; then from the left.
    """

    chosen = Signal(int)
    """The number of the tab in front."""

    def __init__(self, languages: Languages) -> None:
        """Begin with one tab without a name."""
        super().__init__()
        self.bar = _Bar()
        self.more = Button("ellipsis", "tool")
        languages.bind(self.more, self.more.name, N_("More tabs"))
        self.bar.addTab("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.bar)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.more.hide()
        self.more.clicked.connect(self._on_more)
        self.bar.currentChanged.connect(self._on_current)

    def show_tabs(self, texts: list[str]) -> None:
        """Name the tabs; the one in front stays where there is still one of its number."""
        with QSignalBlocker(self.bar):
            while self.bar.count() > len(texts):
                self.bar.removeTab(self.bar.count() - 1)
            while self.bar.count() < len(texts):
                self.bar.addTab("")
        for number, text in enumerate(texts):
            if self.bar.tabText(number) != text:
                self.bar.setTabText(number, text)
                self.bar.setTabToolTip(number, text)
        self._fit()

    def choose(self, number: int) -> None:
        """Bring a tab to the front."""
        self.bar.setTabVisible(number, True)  # Qt passes over one that is not
        self.bar.setCurrentIndex(number)

    @property
    def hidden(self) -> list[int]:
        """Return the numbers of the tabs behind the button."""
        return [n for n in range(self.bar.count()) if not self.bar.isTabVisible(n)]

    def menu(self) -> QMenu:
        """Return the menu of the tabs behind the button."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for number in self.hidden:
            text = self.bar.tabText(number).replace("&", "&&")
            menu.addAction(text, partial(self.choose, number))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many tabs as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        count, front = self.bar.count(), self.bar.currentIndex()
        wide = {number: self.bar.width_of(number) for number in range(count)}
        room = self.width()
        if sum(wide.values()) > room:
            room -= self.more.sizeHint().width()
        seen: set[int] = set()
        for number in dict.fromkeys((0, front, count - 1, *range(count))):
            if wide[number] <= room or not seen:
                room -= wide[number]
                seen.add(number)
        for number in range(count):
            self.bar.setTabVisible(number, number in seen)
        self.more.setVisible(len(seen) < count)

    def _on_current(self, number: int) -> None:
        self._fit()
        self.chosen.emit(number)

    def _on_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class _Bar(QTabBar):
    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)  # only where the first does not fit alone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Ask for no room: the row hides what does not fit."""
        return QSize(0, super().minimumSizeHint().height())

    def width_of(self, number: int) -> int:
        """Return how much room a tab takes, seen or not."""
        return self.tabSizeHint(number).width()
