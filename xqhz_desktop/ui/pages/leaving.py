"""Leaving a form: at once when nothing is unsaved, else after the user has said what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.ui.dialogs.unsaved import Unsaved
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages.record_pane import RecordPane


class Leaving(QObject):
    """Guards the unsaved changes of one pane."""

    stayed = Signal()
    """The user goes on editing."""

    def __init__(self, page: QWidget, pane: RecordPane, languages: Languages) -> None:
        """Guard a pane; questions open over `page`."""
        super().__init__(page)
        self._page, self._pane, self._languages = page, pane, languages
        self._then: Callable[[], object] | None = None

    def may(self, then: Callable[[], object]) -> bool:
        """Return True when nothing is unsaved; else ask, and do `then` once that is settled."""
        count = self._pane.unsaved
        if not count:
            if self._pane.new:
                self._pane.revert()
            return True
        self._then = then
        text = NN_(
            "One change of this record is not saved yet.",
            "{n} changes of this record are not saved yet.",
        )
        dialog = Unsaved(self._page, self._languages, Message(text, n=count))
        dialog.saving.connect(self._on_saving)
        dialog.dropping.connect(self._on_dropping)
        dialog.staying.connect(self._on_staying)
        dialog.open()
        return False

    def _on_saving(self) -> None:
        then, self._then = self._then, None
        self._pane.save(then)

    def _on_dropping(self) -> None:
        then, self._then = self._then, None
        self._pane.revert()
        if then:
            then()

    def _on_staying(self) -> None:
        self._then = None
        self.stayed.emit()
