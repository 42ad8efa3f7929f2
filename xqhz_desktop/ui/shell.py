"""The main window: navigation, pages, banners, the foot; it knows no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.actions import actions
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages import PAGES
from xqhz_desktop.ui.theme import Theme
from xqhz_desktop.ui.widgets.banner import Banner
from xqhz_desktop.ui.widgets.card import dress
from xqhz_desktop.ui.widgets.nav import Nav
from xqhz_desktop.ui.widgets.statusbar import StatusBar

SMALLEST = (1024, 640)
_USUAL = (1440, 900)
_EDGE = 3
"""Width of the frame round a sample school."""


class Shell(QWidget):
    """The window with everything that stays; what is in its middle comes and goes."""

    closing = Signal()
    """The window is about to close; it still has its size and its page."""

    def __init__(self, languages: Languages, theme: Theme) -> None:
        """Put the parts together; nothing is open yet."""
        super().__init__()
        self.languages, self.theme = languages, theme
        self.may_close: Callable[[], bool] = _always
        self.nav = Nav(languages, PAGES)
        self.stack = QStackedWidget()
        self.stack.setObjectName("stack")
        self.foot = StatusBar(languages)
        self.banner = Banner(languages)
        self.actions_by_name = actions(self, languages)
        self._stand()
        languages.bind(self, self.setWindowTitle, N_("Co-op Desk"))
        self._connect()

    def front(self) -> QWidget | None:
        """Return what is in the middle of the window."""
        return self.stack.currentWidget()

    def put(self, widget: QWidget) -> None:
        """Show a widget in the middle of the window; it stays until taken out."""
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def drop(self, widget: QWidget) -> None:
        """Take a widget out of the window for good."""
        self.stack.removeWidget(widget)
        widget.deleteLater()

    def mark(self, *, sample: bool, read_only: bool) -> None:
        """Frame the window of a sample school; say when nothing can be written."""
        dress(self._frame, "sample", "true" if sample else "false")
        edge = _EDGE if sample else 0
        self._inner.setContentsMargins(edge, edge, edge, edge)
        self.banner.show_state(sample=sample, read_only=read_only)

    def place(self, remembered: Sequence[int] = ()) -> None:
        """Stand where the window stood last time, if that is still on a screen."""
        self.setMinimumSize(*SMALLEST)
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        wanted = QRect(*remembered[:4]) if len(remembered) >= 4 else QRect()
        if wanted.isValid() and any(screen.intersects(wanted) for screen in screens):
            self.setGeometry(wanted)
        else:
            room = screens[0]
            self.resize(min(_USUAL[0], room.width()), min(_USUAL[1], room.height()))
        if len(remembered) > 4 and remembered[4]:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def placed(self) -> list[int]:
        """Return x, y, width, height and 1 when maximized, for the next start."""
        where = self.normalGeometry() if self.isMaximized() else self.geometry()
        return [where.x(), where.y(), where.width(), where.height(), int(self.isMaximized())]

    def move_region(self, step: int) -> None:
        """Move the keyboard to the next region: navigation, the page's own, foot."""
        regions = [self.nav, *self._page_regions(), self.foot]
        focused = self.focusWidget()
        current = next(
            (n for n, one in enumerate(regions) if focused and one.isAncestorOf(focused)), 0
        )
        target = regions[(current + step) % len(regions)]
        if target is self.nav:
            self.nav.take_focus()
        elif target is self.foot:
            self.foot.take_focus()
        else:
            focus_first(target)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless something unsaved is in the way."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _page_regions(self) -> list[QWidget]:
        page = self.front()
        if page is None:
            return []
        regions = getattr(page, "regions", None)
        return [one for one in regions() if one.isVisible()] if regions else [page]

    def _stand(self) -> None:
        self._frame = QFrame()
        self._frame.setObjectName("frame")
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.nav)
        middle.addWidget(self.stack, 1)
        self._inner = inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.banner)
        inner.addLayout(middle, 1)
        inner.addWidget(self.foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _connect(self) -> None:
        by_name = self.actions_by_name
        by_name["next_region"].triggered.connect(self._on_next_region)
        by_name["previous_region"].triggered.connect(self._on_previous_region)
        by_name["theme"].triggered.connect(self.theme.toggle)
        by_name["language"].triggered.connect(self._on_language)
        self.foot.theme_wanted.connect(self.theme.toggle)
        self.foot.language_wanted.connect(self._on_language)
        self.foot.palette_wanted.connect(by_name["palette"].trigger)
        self.theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_next_region(self) -> None:
        self.move_region(1)

    def _on_previous_region(self) -> None:
        self.move_region(-1)

    def _on_language(self) -> None:
        self.languages.switch(self.languages.other())

    def _on_theme(self) -> None:
        self.foot.show_theme(self.theme.dark)


def focus_first(region: QWidget) -> None:
    """Put the keyboard on the first part of a region that takes it."""
    parts = [region, *region.findChildren(QWidget)]
    for part in parts:
        takes = bool(part.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if takes and part.isVisible() and part.isEnabled():
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _always() -> bool:
    return True
