"""What was read: the file, its header rows, the matching key, its sheets."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import keyed
from xqhz_desktop.services.staged import Staged
from xqhz_desktop.spreadsheets.mapping import How, matches
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, line, words

_SHEETS = 44
_FORMAT = QLocale.DataSizeFormat.DataSizeTraditionalFormat


class StagedStrip(Card):
    """Two lines above the rows; the second one only where a file has several sheets."""

    sheets_chosen = Signal(object)
    """The names of the sheets to read, a tuple."""

    def __init__(self, languages: Languages) -> None:
        """Make it empty; `show_staged` fills it."""
        super().__init__(0, 0)
        self._languages = languages
        self._staged: Staged | None = None
        self._name, self._size = Elided("section"), words("small")
        self._rows, self._key = words("label"), words("label")
        self.other_rows, self.other_key = Button(kind="link"), Button(kind="link")
        self._rest = words("small")
        self.columns = Button("table-2")
        self.columns.setCheckable(True)
        self.sheets: dict[str, QCheckBox] = {}
        self._many = QWidget()
        self._chips = QHBoxLayout(self._many)
        self._chips.setContentsMargins(16, 4, 16, 4)
        self._chips.setSpacing(18)
        self._area = QScrollArea()
        self._area.setWidget(self._many)
        self._area.setWidgetResizable(True)
        self._area.setFixedHeight(_SHEETS)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rule = line()
        self._stand()
        languages.changed.connect(self._say)

    def show_staged(self, staged: Staged) -> None:
        """Show what a file was read as."""
        self._staged = staged
        self._fill_sheets(staged)
        self._say()

    def _stand(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(IconLabel("file-text", "good"))
        row.addWidget(self._name, 1)
        row.addWidget(self._size)
        row.addWidget(self._rest)
        for part in (line("v"), self._rows, self.other_rows, line("v"), self._key, self.other_key):
            row.addWidget(part)
        row.addWidget(self.columns)
        for button in (self.other_rows, self.other_key):
            self._languages.bind(button, button.setText, N_("Change"))
        for button, name in (
            (self.other_rows, N_("Choose the rows with the column names")),
            (self.other_key, N_("Choose the key")),
        ):
            self._languages.bind(button, button.setAccessibleName, name)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._rule)
        self.body.addWidget(self._area)

    def _fill_sheets(self, staged: Staged) -> None:
        clear(self._chips)
        self.sheets = {}
        plans = [one for one in staged.understood.sheets if not one.sheet.empty]
        label = words("label")
        self._languages.bind(label, label.setText, N_("Worksheets"))
        self._chips.addWidget(label)
        for plan in plans:
            box = QCheckBox()
            box.setChecked(plan.header is not None)
            text = Message("{sheet}  {n}", sheet=plan.name, n=len(plan.records))
            if plan.header is None:
                text = Message("{sheet} ({why})", sheet=plan.name, why=Message(plan.why_not))
            self._languages.bind(box, box.setText, text)
            box.clicked.connect(partial(self._on_sheet, box))
            self.sheets[plan.name] = box
            self._chips.addWidget(box)
        self._chips.addStretch(1)
        for part in (self._area, self._rule):
            part.setVisible(len(plans) > 1)

    def _on_sheet(self, box: QCheckBox) -> None:
        names = tuple(name for name, one in self.sheets.items() if one.isChecked())
        if not names:  # something has to be read
            box.setChecked(True)
            return
        self.sheets_chosen.emit(names)

    def _say(self) -> None:
        staged, say = self._staged, self._languages.say
        if staged is None:
            return
        understood = staged.understood
        self._name.setText(understood.file)
        self._size.setText(_size(understood.path))
        rest = sum(len(one.left_out) for one in understood.sheets)
        passed = NN_("{n} other row passed over", "{n} other rows passed over")
        self._rest.setText(say(Message(passed, n=rest)))
        self._rest.setToolTip(say(N_("Totals, notes and signatures are no records.")))
        self._rest.setVisible(bool(rest))
        self.other_key.setVisible(bool(keyed.offered(understood.kind)))
        header = next(one.header for one in understood.sheets if one.header)
        text = Message("Column names in row {first}", first=str(header.rows[0]))
        if len(header.rows) > 1:
            first, last = str(header.rows[0]), str(header.rows[-1])
            text = Message("Column names in rows {first}–{last}", first=first, last=last)
        self._rows.setText(say(text))
        self._key.setText(say(Message("Matched by {key}", key=_key(staged))))
        found = [one for one in matches(understood) if one.sample or one.name]
        known = sum(1 for one in found if one.name)
        self.columns.setText(
            say(Message("Columns {known} / {all}", known=str(known), all=str(len(found))))
        )
        self.columns.wear(
            "triangle-alert" if any(one.how is How.OPEN for one in found) else "table-2"
        )


def _key(staged: Staged) -> list[Message]:
    """Return the columns by which a row finds its record, best first."""
    kind = staged.understood.meant
    names = dict.fromkeys(name for group in kind.keys for name in group)
    if staged.choice.key in names:
        names = dict.fromkeys([staged.choice.key])
    return [Message(kind.column(name).label) for name in names]


def _size(path: Path) -> str:
    try:
        return QLocale().formattedDataSize(path.stat().st_size, 0, _FORMAT)
    except OSError:
        return ""
