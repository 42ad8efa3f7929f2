"""The preview of a paper: toolbar, small pictures, pages, and what stands there without any."""

from __future__ import annotations

from contextlib import ExitStack

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIntValidator, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.paper import Paper
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, line, words
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.pages import Fit, Pages
from xqhz_desktop.ui.widgets.thumbs import Thumbs

_BAR = 48
_PATIENCE = 150
"""Milliseconds before a drawing is worth dimming the pages for."""
_NARROW, _NARROWER = 620, 540
"""Below this width the small pictures hide until they are asked for; then the ways to fit."""
_FITS = (Fit.WIDTH, Fit.PAGE, Fit.FREE)


class Preview(Card):
    """Shows a paper page by page; what it shows is what prints."""

    help_wanted = Signal()
    """The button under the words that stand where there is no paper was pressed."""
    full_wanted = Signal()
    """The user wants the whole page of the window for the preview, or no longer."""

    def __init__(self, languages: Languages) -> None:
        """Make it without a paper."""
        super().__init__(padding=1, gap=0)
        self._languages = languages
        self.pages, self.thumbs = Pages(), Thumbs(languages)
        self.empty = Empty(languages, "file-text")
        self.paper: Paper | None = None
        self._side, self._full = Button("panel-left", "tool"), Button("maximize", "tool")
        self._up, self._down = Button("chevron-up", "tool"), Button("chevron-down", "tool")
        self._out, self._in = Button("zoom-out", "tool"), Button("zoom-in", "tool")
        self.number, self.count, self.zoom = QLineEdit(), words("body2"), words("body2")
        self.fit = QComboBox()
        self._bar = QProgressBar()
        self._middle = QStackedWidget()
        self._held = ExitStack()
        self._shown: bool | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE)
        self._stand()
        self._say()
        self._connect()
        self.destroyed.connect(self._held.close)
        self.show_paper(None)

    def show_paper(self, paper: Paper | None) -> None:
        """Show a paper in place of the last one, which is closed."""
        self.paper = paper
        self.pages.show_paper(paper)
        self.thumbs.show_paper(paper)
        self._held.close()
        if paper is not None:
            self._held.callback(paper.close)
        self._rest()
        for part in (self._up, self._down, self.number, self._out, self._in, self.fit):
            part.setEnabled(paper is not None)
        count = paper.pages if paper else 0
        self.count.setVisible(paper is not None)
        self.number.setValidator(QIntValidator(1, max(count, 1), self.number))
        self._languages.bind(self.count, self.count.setText, Message("/ {pages}", pages=count))
        self._middle.setCurrentIndex(0)
        self._on_front(self.pages.front)
        self._on_zoomed()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the drawing of the next paper is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def wait(self) -> None:
        """Keep the old pages; dim them if the new ones take their time."""
        if not self._late.isActive() and self._bar.isHidden():
            self._bar.setRange(0, 0)
            self._late.start()

    def explain(self, title: Text | Message, hint: Text = "", button: Text = "") -> None:
        """Show words where the paper would be: what is missing or wrong, and the way out."""
        self.show_paper(None)
        self.empty.say(title, hint, button)
        self._middle.setCurrentIndex(1)

    @property
    def explained(self) -> bool:
        """Tell whether words stand where the paper would be."""
        return self._middle.currentIndex() == 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the small pictures where room is short, unless the user decided, and then more."""
        super().resizeEvent(event)
        self._show_side()

    def _rest(self) -> None:
        self._late.stop()
        self._bar.hide()
        self.pages.fade(on=False)

    def _on_late(self) -> None:
        self._bar.show()
        self.pages.fade(on=True)

    def _stand(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 0, 12, 0)
        tools.setSpacing(6)
        divider = line("v")
        divider.setFixedHeight(20)
        left = (self._side, divider, self._up, self._down, self.number, self.count)
        right = (self._out, self.zoom, self._in, self.fit, self._full)
        for part in (*left, None, *right):
            if part is None:
                tools.addStretch(1)
            else:
                tools.addWidget(part)
        self.number.setFixedWidth(48)
        self.number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.zoom.setFixedWidth(46)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fit.addItems([""] * len(_FITS))
        bar = QWidget()
        bar.setFixedHeight(_BAR)
        bar.setLayout(tools)
        self._bar.setTextVisible(False)
        self._bar.hide()
        place = QWidget()
        place.setFixedHeight(4)
        under = QVBoxLayout(place)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self._bar)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.thumbs)
        row.addWidget(line("v"))
        row.addWidget(self.pages, 1)
        self._middle.addWidget(both)
        self._middle.addWidget(_Blank(self.empty))
        self.body.addWidget(bar)
        self.body.addWidget(place)
        self.body.addWidget(self._middle, 1)

    def _say(self) -> None:
        bind = self._languages.bind
        bind(self._side, self._side.name, N_("Show or hide the small pages"))
        bind(self._up, self._up.name, N_("Previous page (PgUp)"))
        bind(self._down, self._down.name, N_("Next page (PgDn)"))
        bind(self.number, self.number.setAccessibleName, N_("Page number"))
        bind(self._out, self._out.name, N_("Smaller (Ctrl+-)"))
        bind(self._in, self._in.name, N_("Larger (Ctrl++)"))
        bind(self.fit, self.fit.setAccessibleName, N_("Size of the pages"))
        bind(self._full, self._full.name, N_("Preview only (F11)"))
        bind(self.pages, self.pages.setAccessibleName, N_("Preview"))
        bind(self.thumbs, self.thumbs.setAccessibleName, N_("Small pages"))
        bind(self._bar, self._bar.setAccessibleName, N_("Progress"))
        bind(self.fit, self.fit.setPlaceholderText, N_("Own size"))
        self._say_fits()

    def _say_fits(self) -> None:
        """Say the ways to fit, in a box as wide as the longest."""
        for place, one in enumerate(_FITS):
            self.fit.setItemText(place, self._languages.say(one))
        texts = [self.fit.itemText(place) for place in range(len(_FITS))]
        metrics = QFontMetrics(self.fit.font())
        self.fit.setFixedWidth(max(map(metrics.horizontalAdvance, texts)) + 54)

    def _connect(self) -> None:
        self._side.clicked.connect(self._on_side)
        self._full.clicked.connect(self.full_wanted)
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self._in.clicked.connect(self._on_in)
        self._out.clicked.connect(self._on_out)
        self.number.returnPressed.connect(self._on_number)
        self.fit.activated.connect(self._on_fit)
        self.thumbs.chosen.connect(self.pages.go)
        self.pages.page_changed.connect(self._on_front)
        self.pages.zoomed.connect(self._on_zoomed)
        self.empty.pressed.connect(self.help_wanted)
        self._late.timeout.connect(self._on_late)
        self._languages.changed.connect(self._say_fits)

    def _on_side(self) -> None:
        self._shown = self.thumbs.isHidden()
        self._show_side()

    def _show_side(self) -> None:
        wide = self.width() >= _NARROW if self._shown is None else self._shown
        self.thumbs.setVisible(wide)
        self.fit.setVisible(self.width() >= _NARROWER)

    def _on_up(self) -> None:
        self.pages.turn(-1)

    def _on_down(self) -> None:
        self.pages.turn(1)

    def _on_in(self) -> None:
        self.pages.step_zoom(1)

    def _on_out(self) -> None:
        self.pages.step_zoom(-1)

    def _on_number(self) -> None:
        self.pages.go(int(self.number.text()) - 1)

    def _on_fit(self, place: int) -> None:
        self.pages.show_fit(_FITS[place])

    def _on_front(self, page: int) -> None:
        self.number.setText(str(page + 1) if self.paper else "")
        self.thumbs.show_front(page)

    def _on_zoomed(self) -> None:
        self.zoom.setText(f"{self.pages.zoom:.0%}" if self.paper else "")
        own = self.pages.fit is Fit.FREE and self.pages.zoom != 1
        self.fit.setCurrentIndex(-1 if own else _FITS.index(self.pages.fit))


class _Blank(QWidget):
    """The frame of a page with words in it."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inside)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a sheet of A4 across, as large as fits."""
        now = tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(now.sunken))
        sheet = QSize(297, 210).scaled(
            self.size() - QSize(28, 28), Qt.AspectRatioMode.KeepAspectRatio
        )
        frame = QRectF(0, 0, sheet.width(), sheet.height())
        frame.moveCenter(QRectF(self.rect()).center())
        painter.fillRect(frame, QColor(now.card))
        painter.setPen(QColor(now.control))
        painter.drawRect(frame)
        painter.end()
