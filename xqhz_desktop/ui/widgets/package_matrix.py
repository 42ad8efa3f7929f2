"""What a package would do by kind of record, each with a tick to leave it out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QScrollArea, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.syncing import Counts, Preview
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.card import clear, words

_HEADS = (N_("New"), N_("Changed"), N_("Deleted"), N_("Conflicts"), N_("Twins"))
_FOLD = 4
"""So many kinds stand in one column of the matrix before it becomes two."""


_ROW, _LEAST, _MOST = 30, 150, 240


class PackageMatrix(QScrollArea):
    """Rows of kinds with their numbers, and the copies a package carries changes of."""

    ticked = Signal(str, bool)
    """A kind or the key of a copy, and whether it is taken in."""

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__()
        self._languages = languages
        inner = QWidget()
        self._matrix = QGridLayout(inner)
        self._matrix.setContentsMargins(0, 0, 8, 0)
        self._matrix.setHorizontalSpacing(12)
        self._matrix.setVerticalSpacing(4)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_kinds(
        self, every: Mapping[str, Counts], preview: Preview, left_out: Collection[str]
    ) -> None:
        """Show every kind the package touches; the numbers are those without what is left out."""
        clear(self._matrix)
        kinds = [kind for kind in BY_KIND if kind in every]
        half = (len(kinds) + 1) // 2 if len(kinds) > _FOLD else max(len(kinds), 1)
        for number, kind in enumerate(kinds):
            block = 7 * (number // half)
            if number % half == 0:
                self._heads(block)
            tick = self._tick(kind, BY_KIND[kind].PLURAL, kind not in left_out)
            self._matrix.addWidget(tick, number % half + 1, block)
            self._numbers(number % half + 1, block, preview.kinds.get(kind, Counts()))
        copies = preview.groups if len(preview.groups) > 1 else ()
        for row, one in enumerate(copies, half + 1):
            said = Message("everything from {device}", device=one.device or "—")
            tick = self._tick(one.key, said, one.key not in left_out)
            self._matrix.addWidget(tick, row, 0, 1, 6)
        self._matrix.setRowStretch(half + len(copies) + 1, 1)
        for column in (0, 7):
            self._matrix.setColumnStretch(column, 1)
        rows = half + len(copies) + 1
        self.setFixedHeight(min(max(rows * _ROW, _LEAST), _MOST))

    def _heads(self, block: int) -> None:
        for place, head in enumerate((N_("Take in"), *_HEADS)):
            label = words("small")
            self._languages.bind(label, label.setText, head)
            side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
            self._matrix.addWidget(label, 0, block + place, side)

    def _numbers(self, row: int, block: int, of: Counts) -> None:
        for place, number in enumerate((of.new, of.changed, of.removed, of.conflicts, of.twins), 1):
            label = words("warn" if place > 3 and number else "label" if number else "small")
            label.setText(f"{number:,}")
            self._matrix.addWidget(label, row, block + place, Qt.AlignmentFlag.AlignRight)

    def _tick(self, key: str, text: str | Message, on: bool) -> QCheckBox:
        box = QCheckBox()
        box.setChecked(on)
        self._languages.bind(box, box.setText, text)
        box.setProperty("key", key)
        box.clicked.connect(self._on_ticked)
        return box

    def _on_ticked(self, on: bool) -> None:
        self.ticked.emit(str(self.sender().property("key")), on)
