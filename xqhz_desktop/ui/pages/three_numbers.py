"""三数一致: the register, the agreements and the insurance of a batch side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import placing, three_numbers
from xqhz_desktop.services.three_numbers import Line, Listed, Numbers
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages.staging_columns import ask_file
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.told import ToldTable

_KINDS = {"placement_batch", "batch_class", "placement", "student", "tripartite", "cover", "policy"}
_TONES = {Listed.YES: "good", Listed.PARTLY: "warn", Listed.NO: "bad"}
_GAPS = (
    ("register", N_("Not on the register")),
    ("agreement", N_("No agreement in force")),
    ("insurance", N_("Not insured all the time")),
)
"""The lists by the attribute of a line, and what it means not to be there."""


@dataclass(frozen=True)
class _Seen:
    batches: list[PlacementBatch]
    numbers: Numbers | None


class ThreeNumbersPage(QWidget):
    """One batch: three counts, and every person who is not in all three lists."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; the lists are read elsewhere."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.numbers: Numbers | None = None
        self._wanted, self._stale = "", True
        self._reading: Handle | None = None
        self._head, self.chips = Head(), Chips(context.languages)
        self.chooser, self.export = QComboBox(), Button("download")
        self.files = Button("list")
        self.table: ToldTable = ToldTable(_COLUMNS, context.languages)
        self.empty = Empty(context.languages, "circle-check")
        self._stand()
        bind = context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Three numbers"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))
        bind(self.export, self.export.setText, N_("Export"))
        bind(self.files, self.files.setText, N_("Compare with a file"))
        bind(self.table, self.table.setAccessibleName, N_("Differences"))
        self.chooser.activated.connect(self._on_chosen)
        self.chips.chosen.connect(self._filter)
        self.export.clicked.connect(self.take_out)
        self.files.clicked.connect(self._on_files)
        self.table.opened.connect(self._on_opened)
        context.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read the lists anew."""
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        job = partial(_look, self._context.work, self._wanted)
        self._reading = self._context.tasks.run(self, job, self._show, self._on_failed)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        self._wanted = id
        self.refresh()

    def take_out(self) -> None:
        """Write the differences into a sheet."""
        if self.numbers is not None:
            title = Message("Three numbers: {batch}", batch=self.numbers.batch.name)
            write = partial(_write, self.numbers, self._languages.language)
            ask_file(self, self._context, self._languages.say(title) + ".xlsx", write)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.chooser, self.chips, self.table]

    def showEvent(self, event: object) -> None:
        """Read again what has changed while another page was in front."""
        if self._stale and event:
            self.refresh()

    def _show(self, seen: _Seen) -> None:
        self._reading, self.numbers = None, seen.numbers
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for one in seen.batches:
                self.chooser.addItem(one.name, one.id)
            if seen.numbers:
                self._wanted = seen.numbers.batch.id
                self.chooser.setCurrentIndex(self.chooser.findData(self._wanted))
        line: Message | str = N_("No placement batch yet")
        some: tuple[Line, ...] = ()
        if seen.numbers:
            line, some = seen.numbers.said, seen.numbers.differing
        self._languages.bind(self._head.line, self._head.line.setText, line)
        chips = [Chip(name, text, sum(_lacks(one, name) for one in some)) for name, text in _GAPS]
        self.chips.show_chips(len(some), chips)
        self.export.setEnabled(bool(some))
        self._filter()

    def _filter(self, _value: object = None) -> None:
        name = self.chips.value
        some = self.numbers.differing if self.numbers else ()
        rows = [one for one in some if name is None or _lacks(one, name)]
        self.table.show_rows(rows, 0)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        nobody = self.numbers is None or not self.numbers.lines
        title = N_("Nobody is on any of the lists") if nobody else N_("The three lists agree")
        self.empty.say(title, "", "", "list" if nobody else "circle-check")
        if self.isVisible():
            self._context.count(Message(NN_("{n} row", "{n} rows"), n=len(rows)))

    def _on_files(self) -> None:
        self._context.navigate("compare")

    def _on_chosen(self, place: int) -> None:
        self.show_record(str(self.chooser.itemData(place)))

    def _on_opened(self) -> None:
        for one in self.table.chosen():
            kind, id = ("placement", one.placement) if one.placement else ("student", one.student)
            self._context.navigate(kind, record=id)

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            self._reading = None
            self._context.complain(error)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _stand(self) -> None:
        for tool in (self.chooser, self.files, self.export):
            self._head.tools.addWidget(tool)
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(300)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1)
        column = stand(self, self._head)
        column.addWidget(self.chips)
        column.addWidget(card, 1)


def _lacks(one: Line, name: str) -> bool:
    return getattr(one, name) is not Listed.YES


def _look(work: Work, wanted: str, _progress: Progress) -> _Seen:
    batches = placing.batches(work)
    batch = next((one for one in batches if one.id == wanted), next(iter(batches), None))
    return _Seen(batches, three_numbers.of(work, batch.id) if batch else None)


def _write(numbers: Numbers, lang: Language, path: Path, _progress: Progress) -> int:
    return three_numbers.write(numbers, path, lang)


def _who(one: Line, _lang: Language) -> Said:
    return Said(one.name, " | ".join(filter(None, (one.student_no, one.class_name))))


def _listed(name: str, one: Line, lang: Language) -> Said:
    value: Listed = getattr(one, name)
    return Said(lang.say(value), tone=_TONES[value])


_COLUMNS = (
    Told(N_("Student"), _who, 260),
    Told(N_("On the register"), partial(_listed, "register"), 170),
    Told(N_("Three-party agreement"), partial(_listed, "agreement"), 170),
    Told(N_("Insured"), partial(_listed, "insurance"), 170),
)
