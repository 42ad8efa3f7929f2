"""Why a package is refused: each code with the sentence that says what to do next."""

from __future__ import annotations

from xqhz_desktop.errors import BadPackage
from xqhz_desktop.i18n import N_, Message

SENTENCES = {
    "NOT_A_PACKAGE": N_("This file is not a package. Choose one whose name ends in .xqhz."),
    "TRUNCATED": N_("A part of the package is missing. Copy it again from where it came from."),
    "DAMAGED": N_("The package is damaged. Copy it again, or ask the sender for a new one."),
    "TOO_LARGE": N_("The package is too large. Ask the sender to make it again in volumes."),
    "UNREADABLE": N_("The package cannot be read. Plug the stick in again and try once more."),
    "NEWER": N_("The package was made by a newer version of the program. Update this one first."),
    "SIGNATURE": N_(
        "The package is not as its sender signed it. Do not use it; ask the sender for a new one."
    ),
    "UNKNOWN_SENDER": N_(
        "The package comes from a device this school does not know. Have the device enrolled first."
    ),
    "REVOKED": N_(
        "The package comes from a device the school has blocked. Let the administrator see it."
    ),
    "WRONG_KEY": N_(
        "The package was not made for this device. Ask the sender to make it again for this device."
    ),
    "WRONG_WORDS": N_("These are not the words of this package. Have them read out once more."),
    "OTHER_SCHOOL": N_("The package is from another school. Open that school to take it in."),
    "MISSING_VOLUME": N_("Not all volumes of the package are here. Copy them into one folder."),
}
"""The sentence of each code."""


def refusal(code: str) -> BadPackage:
    """Return the error of a code, to be raised."""
    return BadPackage(Message(SENTENCES[code]), code=code)
