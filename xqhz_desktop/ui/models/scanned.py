"""The list of scanned pages: where each came from, where it goes, and how far it is."""

from __future__ import annotations

from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.scan_filing import Sheet
from xqhz_desktop.ui.models.told import Said, Told

READY, OPEN, FILED = "ready", "open", "filed"
STATES = {
    READY: (N_("goes to its record"), "good"),
    OPEN: (N_("no readable code"), "warn"),
    FILED: (N_("filed already"), "neutral"),
}
"""What a page is waiting for, in words and with the tone of its pill."""


def state(one: Sheet) -> str:
    """Return how far a page is; one whose record is gone waits like one without a code."""
    return FILED if one.filed else READY if one.record else OPEN


def _page(one: Sheet, lang: Language) -> Said:
    return Said(one.file, lang.say(Message("page {n}", n=one.number)))


def _goes(one: Sheet, lang: Language) -> Said:
    return Said(one.called or "—", lang.say(one.type) if one.record else "")


def _how(one: Sheet, lang: Language) -> Said:
    text, tone = STATES[state(one)]
    return Said(lang.say(text), tone=tone)


COLUMNS = (
    Told(N_("Page"), _page, 180),
    Told(N_("Goes to"), _goes, 180),
    Told(N_("State"), _how, 170),
)
