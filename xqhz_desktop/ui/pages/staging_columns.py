"""Columns by hand in the check: opens 列对应, remembers what was chosen, shares it as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import mappings
from xqhz_desktop.spreadsheets.understand import Understood
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import staging_jobs as jobs
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.column_map import ColumnMap

_GAP, _FOOT = 6, 24


class ColumnDesk(QObject):
    """Keeps the card 列对应 under its button; `wished` asks to read the file anew."""

    wished = Signal(object)

    def __init__(self, page: QWidget, context: Context, button: Button) -> None:
        """Open the card with a button that stays down meanwhile."""
        super().__init__(page)
        self.map: ColumnMap | None = None
        self._page, self._context, self._button = page, context, button
        self._file: Understood | None = None
        button.toggled.connect(self._on_toggled)

    def show_file(self, understood: Understood) -> None:
        """Know the file as it is read now."""
        self._file = understood

    def close(self) -> None:
        """Close the card."""
        self._button.setChecked(False)

    def _on_toggled(self, on: bool) -> None:
        if self.map is not None:
            self.map.hide()
            self.map.deleteLater()
            self.map = None
        if on and self._file is not None:
            self.map = self._opened(self._file)

    def _opened(self, understood: Understood) -> ColumnMap:
        card = ColumnMap(self._page, self._context.languages, understood)
        card.applied.connect(self._on_applied)
        card.restored.connect(self._on_restored)
        card.closed.connect(self.close)
        card.export_wanted.connect(self._on_export)
        card.import_wanted.connect(self._on_import)
        button, page = self._button, self._page
        corner = button.mapTo(page, QPoint(button.width(), button.height() + _GAP))
        room = page.height() - corner.y() - _FOOT
        card.setFixedHeight(min(card.sizeHint().height(), room))
        card.move(corner.x() - card.width(), corner.y())
        card.show()
        card.raise_()
        card.setFocus()
        return card

    def _on_applied(self, columns: dict[str, str], keep: bool) -> None:
        if self._file and keep:
            mappings.remember(self._file, columns)
        self._wish(columns)

    def _on_restored(self) -> None:
        if self._file:
            mappings.remember(self._file, {})
        self._wish({})

    def _wish(self, columns: dict[str, str]) -> None:
        self.close()
        if self._file:
            self.wished.emit(replace(self._file.wishes, columns=columns))

    def _on_export(self) -> None:
        ask_file(self._page, self._context, "columns.json", jobs.write_columns)

    def _on_import(self) -> None:
        dialog = _file_dialog(self._page, self._context, N_("Choose a file of remembered columns"))
        dialog.setNameFilter("JSON (*.json)")
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, file: str) -> None:
        """Use what somebody else remembered, where it knows files like this one."""
        try:
            mappings.read(Path(file))
        except UserError as error:
            self._context.complain(error)
            return
        if self._file:
            self._wish(dict(mappings.recalled(self._file)))


def ask_file(
    parent: QWidget, context: Context, name: str, write: Callable[[Path, Progress], int]
) -> None:
    """Ask where to write a file, then write it in the background and say so."""

    def chosen(file: str) -> None:
        said = Message("Saved: {name}", name=Path(file).name)
        job = partial(write, Path(file))
        context.tasks.run(parent, job, lambda _n: context.say(said), context.complain)

    dialog = _file_dialog(parent, context, N_("Save"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def _file_dialog(parent: QWidget, context: Context, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, context.languages.say(title))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
