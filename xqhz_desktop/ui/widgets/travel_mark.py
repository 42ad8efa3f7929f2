"""How far what was done here to a record has travelled: not sent, sent, received, returned."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xqhz_desktop.ui import live_jobs
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.widgets.pill import Pill

if TYPE_CHECKING:  # the first paint needs no compression and no keys
    from xqhz_desktop.services.syncing import Travel

_TONES = {"NOT_SENT": "neutral", "SENT": "info", "RECEIVED": "good", "RETURNED": "bad"}


class TravelMark(Pill):
    """Hidden where nothing was done here, or nothing is exchanged."""

    def __init__(self, context: Context) -> None:
        """Follow where the exchange stands."""
        super().__init__("neutral")
        self._context = context
        self._kind = self._id = ""
        self.hide()
        context.stood.connect(self._ask)

    def show_record(self, kind: str, id: str) -> None:
        """Look how far a record has travelled; "" for one that is not stored."""
        self._kind, self._id = kind, id
        self.hide()
        self._ask()

    def _ask(self, _standing: object = None) -> None:
        standing = self._context.standing
        if not self._id or standing is None or not standing.enrolled:
            return
        job = partial(live_jobs.travel, self._context.work, self._kind, self._id)
        self._context.tasks.run(self, job, partial(self._show, self._id))

    def _show(self, id: str, travel: Travel | None) -> None:
        if id != self._id:
            return
        self.setVisible(travel is not None)
        if travel is not None:
            self.tone(_TONES[travel.name])
            self._context.languages.bind(self, self.setText, travel.value)
