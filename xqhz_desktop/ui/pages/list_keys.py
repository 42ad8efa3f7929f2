"""The clipboard keys of a list; what they do is read when one is pressed for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from xqhz_desktop.ui.context import Context

if TYPE_CHECKING:  # the page makes its keys with this module
    from xqhz_desktop.ui.pages.list_clipboard import ListClipboard
    from xqhz_desktop.ui.pages.records import RecordsPage


class ListKeys(QObject):
    """Ctrl+C, Ctrl+Shift+C with the titles, and Ctrl+V on the table of a page."""

    def __init__(self, page: RecordsPage, context: Context) -> None:
        """Listen to the keys of the table."""
        super().__init__(page)
        self._page, self._context = page, context
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Copy), self.copy),
            (QKeySequence("Ctrl+Shift+C"), self.copy_with_titles),
            (QKeySequence(QKeySequence.StandardKey.Paste), self.paste),
        ):
            shortcut = QShortcut(keys, page.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def copy(self) -> None:
        """Copy the selected rows as the list shows them."""
        self._clipboard().copy(titles=False)

    def copy_with_titles(self) -> None:
        """Copy the selected rows with the titles of their columns above."""
        self._clipboard().copy(titles=True)

    def copy_cell(self) -> None:
        """Copy the one cell that was clicked."""
        self._clipboard().copy_cell()

    def paste(self) -> None:
        """Show what the block on the clipboard would change."""
        if not self._context.work.read_only:
            self._clipboard().paste()

    def _clipboard(self) -> ListClipboard:
        from xqhz_desktop.ui.pages.list_clipboard import ListClipboard  # lazy: understands cells

        return ListClipboard(self._page, self._context)
