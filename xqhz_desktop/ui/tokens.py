"""The colours and sizes of the window, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

NAV_WIDTH = 208
NAV_ROW = 36
MARGIN = 24
"""From the edge of a page to its contents."""
GAP = 16
PADDING = 20
"""Inside a card."""
RADIUS = 12
STATUS_BAR = 30
CONTROL = 36
"""Height of buttons and editors."""

BODY, TITLE, HEADING, LABEL, SMALL = 14, 22, 16, 13, 12
"""Type sizes in logical pixels."""


@dataclass(frozen=True)
class Tokens:
    """One theme's colours as ``#RRGGBB``, named by what they are for."""

    dark: bool
    nav: str
    page: str
    card: str
    border: str
    """Round cards and between regions."""
    hairline: str
    """Between the rows of a list."""
    control: str
    """Round editors and plain buttons."""
    hover: str
    sunken: str
    """Neutral tiles, empty bars, key caps."""
    ink: str
    ink2: str
    ink3: str
    """Secondary text; still 4.5 : 1 on every surface."""
    faint: str
    """Disabled text and decorative marks only."""
    accent: str
    accent_hover: str
    accent_ink: str
    """Accent as text and icon."""
    on_accent: str
    selected: str
    """A selected row or chip."""
    nav_selected: str
    hint: str
    """A line of advice, an informing pill."""
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    frame: str
    """Round the window of a sample school."""
    dirty: str
    """An editor with an unsaved change."""
    scroll: str


LIGHT = Tokens(
    dark=False,
    nav="#EFF1F5",
    page="#F6F7F9",
    card="#FFFFFF",
    border="#E3E7ED",
    hairline="#ECEFF3",
    control="#CBD2DC",
    hover="#F1F3F6",
    sunken="#ECEFF3",
    ink="#1A2130",
    ink2="#4B5565",
    ink3="#5B6576",
    faint="#98A1B0",
    accent="#2458D3",
    accent_hover="#1D49B3",
    accent_ink="#1F4FC2",
    on_accent="#FFFFFF",
    selected="#E8EEFC",
    nav_selected="#DDE6FB",
    hint="#E5EDFD",
    good="#17693A",
    good_soft="#E3F4E9",
    warn="#8A5200",
    warn_soft="#FDF0D9",
    bad="#B3261E",
    bad_soft="#FCE8E6",
    frame="#E9B04A",
    dirty="#FFFBEB",
    scroll="#CBD2DC",
)

DARK = Tokens(
    dark=True,
    nav="#101318",
    page="#14171C",
    card="#1B1F26",
    border="#2A303A",
    hairline="#232830",
    control="#3A4250",
    hover="#222730",
    sunken="#2A303A",
    ink="#E7EAF0",
    ink2="#A9B2C1",
    ink3="#9CA6B6",
    faint="#5E6878",
    accent="#3A6BE0",
    accent_hover="#3260CE",
    accent_ink="#9DBBFF",
    on_accent="#FFFFFF",
    selected="#22304F",
    nav_selected="#22304F",
    hint="#1F2E4E",
    good="#7BD49B",
    good_soft="#183524",
    warn="#F0C069",
    warn_soft="#3A2D14",
    bad="#F5A09A",
    bad_soft="#42201E",
    frame="#8A6A1E",
    dirty="#2C2A1C",
    scroll="#3A4250",
)
