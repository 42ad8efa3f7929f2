"""列对应: which column of the file fills which field, to be changed by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain import identity
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.spreadsheets.general import field_at
from xqhz_desktop.spreadsheets.kinds import Column
from xqhz_desktop.spreadsheets.mapping import How, Match, matches
from xqhz_desktop.spreadsheets.understand import Understood
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, dress, line, words
from xqhz_desktop.ui.widgets.pill import Pill

WIDTH = 468
_TONES = {
    How.SAME: "good",
    How.SYNONYM: "good",
    How.SPLIT: "info",
    How.CHOSEN: "info",
    How.OPEN: "warn",
    How.SKIPPED: "neutral",
}


class ColumnMap(Card):
    """A card over the page; nothing is read anew before 应用."""

    applied = Signal(object, bool)
    """The columns by hand, by their keys ("" for one left out), and whether to remember them."""
    restored = Signal()
    export_wanted = Signal()
    import_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, languages: Languages, understood: Understood) -> None:
        """Show the columns of a file."""
        super().__init__(0, 0, "popup")
        self.setParent(parent)
        self.setFixedWidth(WIDTH)
        self._languages, self._wished = languages, understood.wishes.columns
        self._kind = understood.meant
        self._own = understood.wishes.own
        self._matches = [one for one in matches(understood) if one.sample or one.name]
        self.fields: dict[str, QComboBox] = {}
        self.keep = QCheckBox()
        self.keep.setChecked(True)
        self.apply, self.restore = Button(kind="primary"), Button()
        self._more, self._close = Button("ellipsis", "tool"), Button("x", "tool")
        self._stand()
        self._speak()
        self.apply.clicked.connect(self._on_apply)
        self.restore.clicked.connect(self.restored)
        self._more.clicked.connect(self._on_more)
        self._close.clicked.connect(self.closed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc without closing the page under it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def columns(self) -> dict[str, str]:
        """Return what was chosen by hand, now and before; what was recognised is left out."""
        found = dict(self._wished)
        for one in self._matches:
            name = str(self.fields[one.key].currentData() or "")
            if name != one.name:
                found[one.key] = name
        return found

    def _stand(self) -> None:
        self.body.setContentsMargins(1, 1, 1, 1)
        self._title, self._about = words("heading"), words("small")
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        head.addWidget(self._more)
        head.addWidget(self._close)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(16, 6, 12, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(self._matches):
            self._add(grid, place, one)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(min(360, 54 * len(self._matches) + 12))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 12, 10)
        foot.setSpacing(8)
        foot.addWidget(self.keep, 1)
        foot.addWidget(self.restore)
        foot.addWidget(self.apply)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(area, 1)
        self.body.addWidget(line())
        self.body.addLayout(foot)

    def _add(self, grid: QGridLayout, place: int, one: Match) -> None:
        """Add one column of the file: letter, heading over sample, field, how it was found."""
        letter, heading, sample = words("small"), Elided("body2"), Elided("small")
        letter.setText(one.letter)
        heading.setText(one.heading)
        sample.setText(self._covered(one))
        source = QVBoxLayout()
        source.setSpacing(0)
        source.addWidget(heading)
        source.addWidget(sample)
        box, pill = QComboBox(), Pill(_TONES[one.how])
        for name, label in (("", N_("Do not import")), *map(_choice, self._kind.columns)):
            box.addItem(self._languages.say(label), name)
        box.setCurrentIndex(max(box.findData(one.name), 0))
        box.setAccessibleName(one.heading)
        box.setFixedWidth(156)
        dress(box, "dirty", one.how is How.OPEN)
        self._languages.bind(pill, pill.setText, one.how.value)
        self.fields[one.key] = box
        grid.addWidget(letter, place, 0)
        grid.addLayout(source, place, 1)
        grid.addWidget(IconLabel("arrow-right", "ink3", 14), place, 2)
        grid.addWidget(box, place, 3)
        grid.addWidget(pill, place, 4, Qt.AlignmentFlag.AlignLeft)

    def _covered(self, one: Match) -> str:
        """Return a sample on one line, covered where the value is private."""
        said = " ".join(one.sample.split())
        column = next((column for column in self._kind.columns if column.name == one.name), None)
        paths = (column.parts or (column.tells,)) if column else ()
        own = {field.name: field for field in self._own}
        told = (own.get(path) or field_at(self._kind.name, path) for path in paths)
        private = any(field.private for field in told if field)
        return identity.masked(said) if private else said

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._title, self._title.setText, N_("Columns of the file"))
        unsure = sum(one.how is How.OPEN for one in self._matches)
        text = NN_("{n} to look at", "{n} to look at")
        bind(self._about, self._about.setText, Message(text, n=unsure))
        bind(self.keep, self.keep.setText, N_("Remember"))
        bind(self.restore, self.restore.setText, N_("As recognised"))
        bind(self.apply, self.apply.setText, N_("Apply"))
        bind(self._close, self._close.name, N_("Close"))
        bind(self._more, self._more.name, N_("More"))

    def menu(self) -> QMenu:
        """Return the menu that shares what is remembered."""
        say, menu = self._languages.say, QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(say(N_("Save remembered columns to a file…")), self.export_wanted.emit)
        menu.addAction(say(N_("Take remembered columns from a file…")), self.import_wanted.emit)
        return menu

    def _on_more(self) -> None:
        self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _on_apply(self) -> None:
        self.applied.emit(self.columns(), self.keep.isChecked())


def _choice(column: Column) -> tuple[str, str]:
    return column.name, column.label
