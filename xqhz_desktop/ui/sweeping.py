"""Cyclic garbage is freed in the thread of the window alone: Qt dies of a widget freed elsewhere.

Python frees cycles in whichever thread happens to allocate next. Jobs and searches allocate a lot,
and windows that were closed are cycles.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 500
"""Milliseconds between two looks at what has piled up."""


class Sweeper(QObject):
    """Takes the collection of garbage over from Python for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        """Begin at once, in the thread of the window."""
        super().__init__(parent)
        gc.disable()
        self.destroyed.connect(gc.enable)
        timer = QTimer(self, interval=_INTERVAL)
        timer.timeout.connect(sweep)
        timer.start()


def sweep() -> None:
    """Free what Python would have freed by now: the oldest generation that is due, and younger."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    ripe = [generation for generation, (count, most) in enumerate(due) if count > most > 0]
    if ripe:
        gc.collect(ripe[-1])
