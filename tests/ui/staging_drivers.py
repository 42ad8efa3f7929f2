"""The check of a file before it is imported, as a coordinator uses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from tests.ui.list_drivers import ListPage, drop
from xqhz_desktop.services.staged import Staged
from xqhz_desktop.ui.dialogs.importing import ImportDialog
from xqhz_desktop.ui.models.staged import Group, StagedModel
from xqhz_desktop.ui.pages.staging import StagingPage
from xqhz_desktop.ui.pages.staging_body import StagingBody
from xqhz_desktop.ui.widgets.staged_grid import StagedGrid


class Check:
    """The check of one file, as a coordinator uses it."""

    def __init__(self, page: ListPage, file: Path, *, update: bool = True) -> None:
        """Drop a file on 批量导入 and press OK."""
        self.page = page
        page.click(page.page.head.import_button)
        asking = page.dialog
        assert isinstance(asking, ImportDialog)
        drop(asking.drop, file)
        asking.update_box.setChecked(update)
        self.staging = StagingPage(page.context)
        self.staging.resize(1232, 870)
        page.qtbot.addWidget(self.staging)
        page.context.given.connect(self._on_given)
        page.click(asking.ok)
        page.qtbot.waitUntil(lambda: self.staging.body is not None)
        page.context.given.disconnect(self._on_given)

    def _on_given(self, _page: str, staged: object) -> None:
        assert isinstance(staged, Staged)
        self.staging.show()
        self.staging.take(staged)

    @property
    def body(self) -> StagingBody:
        """Return the file that is open."""
        assert self.staging.body is not None
        return self.staging.body

    @property
    def grid(self) -> StagedGrid:
        """Return the rows."""
        return self.body.grid

    @property
    def model(self) -> StagedModel:
        """Return what the rows say."""
        return self.body.model

    @property
    def asked(self) -> QDialog:
        """Return the dialog in front of the page."""
        return [one for one in self.staging.findChildren(QDialog) if one.isVisible()][-1]

    @property
    def groups(self) -> list[str]:
        """Return the titles of the groups in view, with their counts."""
        return [f"{g.title} {len(g.rows)}" for g in self.model.entries if isinstance(g, Group)]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return new, changed and wrong rows."""
        counts = self.body.staged.counts
        return counts["new"], counts["changed"], counts["errors"]

    def key(self, key: Qt.Key, mods: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the grid."""
        self.page.qtbot.keyClick(self.grid, key, mods)
        self.page.settle()

    def here(self) -> tuple[int, str]:
        """Return the row number and the name of the value under the cursor."""
        index = self.grid.currentIndex()
        entry = self.model.entries[index.row()]
        assert not isinstance(entry, Group)
        return entry.row, self.model.sheet.field(index.column())

    def type(self, text: str) -> None:
        """Type over the cell under the cursor and press Enter."""
        self.key(Qt.Key.Key_F2)
        (editor,) = self.grid.viewport().findChildren(QLineEdit)
        editor.selectAll()
        self.page.qtbot.keyClicks(editor, text)
        self.page.qtbot.keyClick(editor, Qt.Key.Key_Return)
        self.page.settle()

    def chip(self, value: Any) -> None:
        """Press a chip."""
        self.body.chips.choose(value)
        self.body.chips.chosen.emit(value)
        self.page.settle()

    def columns(self, **chosen: str) -> None:
        """Choose fields for columns by their headings and press 应用."""
        self.page.click(self.body.strip.columns)
        card = self.body.desk.map
        assert card is not None
        for heading, name in chosen.items():
            box = card.fields[heading]
            box.setCurrentIndex(box.findData(name))
        self.page.click(card.apply)
