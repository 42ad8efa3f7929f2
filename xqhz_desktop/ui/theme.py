"""The look: Fusion, a palette and one style sheet made from the tokens, switched live."""

from __future__ import annotations

import dataclasses
import os
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from xqhz_desktop import paths
from xqhz_desktop.ui.tokens import BODY, DARK, LIGHT, Tokens

CHOICES = ("system", "light", "dark")

FAMILIES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
"""Fonts of the computer in order of preference; the bundled one stands behind them."""


def tokens(widget: QWidget | None = None) -> Tokens:
    """Return the colours in force, read back from the palette: no state, always right."""
    palette = widget.palette() if widget else QGuiApplication.palette()
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


class Theme(QObject):
    """Light, dark or as the computer says; `changed` is emitted after a switch."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        """Dress the application."""
        super().__init__(app)
        self._app = app
        self.choice = choice if choice in CHOICES else "system"
        app.setStyle("Fusion")
        app.setFont(_font())
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._apply()

    @property
    def dark(self) -> bool:
        """Tell whether the dark colours are in force."""
        if self.choice == "system":
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self.choice == "dark"

    def switch(self, choice: str) -> None:
        """Show the window in the colours of ``choice`` from now on."""
        self.choice = choice if choice in CHOICES else "system"
        self._apply()
        self.changed.emit()

    def toggle(self) -> None:
        """Swap light and dark."""
        self.switch("light" if self.dark else "dark")

    def _follow(self) -> None:
        if self.choice == "system":
            self.switch("system")

    def _apply(self) -> None:
        now = DARK if self.dark else LIGHT
        self._app.setPalette(_palette(now))
        self._app.setStyleSheet(style_sheet(now))


def style_sheet(now: Tokens) -> str:
    """Return the style sheet of a theme, from ``resources/style/xqhz.qss``."""
    folder = paths.resource("style")
    source = Template((folder / "xqhz.qss").read_text(encoding="utf-8"))
    values = {name: str(value) for name, value in dataclasses.asdict(now).items()}
    shade = "dark" if now.dark else "light"
    return source.substitute(values, folder=folder.as_posix(), shade=shade)


def _font() -> QFont:
    """Return the font of the window; the bundled one alone where pictures must not vary."""
    bundled = _bundled_family()
    alone = os.environ.get("XQHZ_BUNDLED_FONT") == "1"
    font = QFont()
    font.setFamilies([bundled] if alone else [*FAMILIES, bundled])
    font.setPixelSize(BODY)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _bundled_family() -> str:
    family = ""
    for name in ("ReportHei-Regular.ttf", "ReportHei-Bold.ttf"):
        number = QFontDatabase.addApplicationFont(str(paths.resource("fonts", name)))
        if number >= 0:
            family = QFontDatabase.applicationFontFamilies(number)[0]
    return family


def _palette(now: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for one, value in {
        role.Window: now.page,
        role.WindowText: now.ink,
        role.Base: now.card,
        role.AlternateBase: now.hover,
        role.Text: now.ink,
        role.Button: now.card,
        role.ButtonText: now.ink,
        role.BrightText: now.bad,
        role.PlaceholderText: now.ink3,
        role.Highlight: now.accent,
        role.HighlightedText: now.on_accent,
        role.ToolTipBase: now.card,
        role.ToolTipText: now.ink,
        role.Link: now.accent_ink,
        role.LinkVisited: now.accent_ink,
        role.Light: now.card,
        role.Midlight: now.hover,
        role.Mid: now.control,
        role.Dark: now.border,
        role.Shadow: now.border,
        role.Accent: now.accent,
    }.items():
        palette.setColor(one, QColor(value))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(now.faint))
    return palette
