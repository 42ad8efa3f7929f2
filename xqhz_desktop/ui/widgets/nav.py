"""The navigation at the left: brand, groups of pages, settings at the foot."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages import FOOT, HIDDEN, Page
from xqhz_desktop.ui.tokens import NAV_ROW, NAV_WIDTH
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, IconLabel, words


class Nav(QFrame):
    """Rows of pages by group; ``chosen`` carries the name of the page a user picked."""

    chosen = Signal(str)

    def __init__(self, languages: Languages, pages: Iterable[Page]) -> None:
        """Make one row a page."""
        super().__init__()
        self.setObjectName("nav")
        self.setFixedWidth(NAV_WIDTH)
        self._languages = languages
        self._rows: dict[str, Button] = {}
        self._counts: dict[str, QLabel] = {}
        self._list = QVBoxLayout()
        self._foot = QVBoxLayout()
        self._stand()
        self._fill(list(pages))

    def show_current(self, name: str) -> None:
        """Mark the page in front; a hidden page marks none."""
        for own, row in self._rows.items():
            row.setChecked(own == name)
            if own == name:
                self._scroll.ensureWidgetVisible(row, 0, 0)

    def offer(self, name: str, *, on: bool) -> None:
        """Show the row of a passing page, or hide it again."""
        if name in self._rows:
            self._rows[name].setVisible(on)

    def count(self, name: str, count: int) -> None:
        """Show at the end of a page's row how much waits there; nothing at 0."""
        label = self._counts[name]
        label.setText(f"{count:,}")
        label.setVisible(bool(count))

    def take_focus(self) -> None:
        """Put the keyboard on the row of the page in front."""
        rows = self._seen()
        current = next((row for row in rows if row.isChecked()), rows[0])
        current.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between rows with the arrows."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        rows = self._seen()
        focused = self.focusWidget()
        if not step or focused not in rows:
            super().keyPressEvent(event)
            return
        following = rows[(rows.index(focused) + step) % len(rows)]
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _seen(self) -> list[Button]:
        """Return the rows in view."""
        return [row for row in self._rows.values() if not row.isHidden()]

    def _stand(self) -> None:
        inner = QWidget()
        inner.setLayout(self._list)
        self._list.setContentsMargins(12, 0, 12, 0)
        self._list.setSpacing(1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._foot.setContentsMargins(12, 4, 12, 8)
        self._foot.setSpacing(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._brand())
        column.addWidget(scroll, 1)
        column.addLayout(self._foot)

    def _brand(self) -> QHBoxLayout:
        logo = IconLabel("handshake", "on_accent", 20, role="logo")
        logo.setFixedSize(36, 36)
        name, purpose = Elided("brand"), Elided("small")
        self._languages.bind(name, name.setText, N_("Co-op Desk"))
        self._languages.bind(purpose, purpose.setText, N_("Internship records"))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(name)
        lines.addWidget(purpose)
        row = QHBoxLayout()
        row.setContentsMargins(18, 17, 8, 8)
        row.setSpacing(10)
        row.addWidget(logo)
        row.addLayout(lines, 1)
        return row

    def _fill(self, pages: list[Page]) -> None:
        group = ""
        for page in pages:
            if page.group == HIDDEN:
                continue
            if page.group not in (group, FOOT):
                group = page.group
                self._list.addSpacing(5)
                self._list.addWidget(self._heading(group))
            target = self._foot if page.group == FOOT else self._list
            target.addWidget(self._row(page))
        self._list.addStretch(1)

    def _heading(self, group: str) -> QWidget:
        label = words("group")
        label.setFixedHeight(24)
        self._languages.bind(label, label.setText, group)
        return label

    def _row(self, page: Page) -> Button:
        row = Button(page.icon, "nav")
        row.setCheckable(True)
        row.setFixedHeight(NAV_ROW)
        row.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.setObjectName(f"nav-{page.name}")
        self._languages.bind(row, row.setText, page.title)
        row.clicked.connect(self._on_clicked)
        row.setVisible(not page.passing)
        self._counts[page.name] = count = words("count")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        count.hide()
        end = QHBoxLayout(row)
        end.setContentsMargins(0, 0, 10, 0)
        end.addStretch(1)
        end.addWidget(count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows[page.name] = row
        return row

    def _on_range(self, _least: int, most: int) -> None:
        """Let the scroll bar stand in the margin, and keep the page in front in sight."""
        self._list.setContentsMargins(12, 0, 4 if most else 12, 0)
        current = next((row for row in self._rows.values() if row.isChecked()), None)
        if current is not None:
            self._scroll.ensureWidgetVisible(current, 0, 0)

    def _on_clicked(self) -> None:
        name = next(own for own, row in self._rows.items() if row is self.sender())
        self.chosen.emit(name)
