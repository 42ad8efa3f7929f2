"""Light and dark: every word can be read on every ground it stands on."""

from __future__ import annotations

import dataclasses
import re

import pytest
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from xqhz_desktop import paths
from xqhz_desktop.ui import icons
from xqhz_desktop.ui.theme import Theme, style_sheet, tokens
from xqhz_desktop.ui.tokens import DARK, LIGHT, Tokens

READABLE = 4.5

PAIRS = (
    *((ink, ground) for ink in ("ink", "ink2", "ink3") for ground in ("nav", "page", "card")),
    *((ink, ground) for ink in ("ink", "ink2", "ink3") for ground in ("selected", "hover")),
    *(("accent_ink", ground) for ground in ("card", "page", "selected", "nav_selected", "hint")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    *(
        (tone, ground)
        for tone in ("good", "warn", "bad")
        for ground in (f"{tone}_soft", "card", "page")
    ),
    ("ink2", "sunken"),
    ("ink", "dirty"),
    ("card", "ink"),
)


def luminance(color: str) -> float:
    parts = [part / 255 for part in QColor(color).getRgb()[:3]]  # type: ignore[index]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("now", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(now: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(now, ink), getattr(now, ground)) >= READABLE


@pytest.mark.parametrize("now", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_names_no_color_of_its_own(now: Tokens) -> None:
    source = (paths.resource("style") / "xqhz.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{6}", source) == []
    assert "$" not in style_sheet(now)


def test_the_pictures_of_the_style_sheet_exist() -> None:
    for now in (LIGHT, DARK):
        for name in re.findall(r'url\("([^"]+)"\)', style_sheet(now)):
            assert paths.resource("style").joinpath(name).is_file()


def test_a_theme_switch_recolors_the_window_and_its_icons(qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    before = icons.picture("search", "ink", 16).toImage()
    assert tokens() is LIGHT
    theme.toggle()
    assert tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.page)
    assert icons.picture("search", "ink", 16).toImage() != before
    theme.toggle()
    assert tokens() is LIGHT
    theme.deleteLater()


def test_light_and_dark_name_the_same_things() -> None:
    assert [one.name for one in dataclasses.fields(LIGHT)] == [
        one.name for one in dataclasses.fields(DARK)
    ]


def test_every_icon_that_is_named_is_there() -> None:
    named = set()
    for file in paths.PACKAGE.joinpath("ui").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:Button|icon|tile|IconLabel|picture)\(\s*"([a-z0-9-]+)"', text))
    known = {file.stem for file in paths.resource("icons").glob("*.svg")}
    assert named - known == set()


def test_icons_are_drawn_for_the_pixels_of_the_screen(qapp: QApplication) -> None:
    sharp = icons.icon("search").pixmap(QSize(20, 16), 1.5)
    assert sharp.size() == QSize(30, 24)
    assert sharp.deviceIndependentSize() == QSizeF(20, 16)
