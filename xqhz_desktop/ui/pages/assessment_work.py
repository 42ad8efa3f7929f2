"""What is done on the assessment page with what was typed: kept, pasted, filled, saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from xqhz_desktop.domain.assessment import Sitting
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import score_entry
from xqhz_desktop.services.assessing import Sheet
from xqhz_desktop.services.score_entry import Pasted, ScoreEntry
from xqhz_desktop.services.text_entry import Place
from xqhz_desktop.spreadsheets import block
from xqhz_desktop.storage.drafts import Draft
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.scores import FillScores, ScoresPasted
from xqhz_desktop.ui.dialogs.unsaved import Unsaved
from xqhz_desktop.ui.drafting import PAUSE, Slot
from xqhz_desktop.ui.pages import assessment_jobs as jobs


class ScoreWork(QObject):
    """The texts typed into the sheet in front, until they are saved as one step."""

    changed = Signal()
    """Something was typed or taken back."""
    saved = Signal()
    """What was typed stands in the database, or nobody wants it."""

    def __init__(self, context: Context, page: QWidget) -> None:
        """Work for a page; questions open over it."""
        super().__init__(page)
        self._context, self._page = context, page
        self.entry: ScoreEntry | None = None
        self._slot = Slot(context.work)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)

    @property
    def unsaved(self) -> int:
        """Return for how many students something is typed and not saved."""
        return len({placement for placement, _field in self.entry.texts}) if self.entry else 0

    def show(self, sheet: Sheet, left: Draft | None) -> None:
        """Work on a sheet; what was typed into the same one stays, what a crash left is back."""
        if self.entry is not None and self.entry.sheet.batch.id == sheet.batch.id:
            self.entry.move(sheet)
            return
        self.entry = ScoreEntry(sheet)
        if left is None:
            return
        self._slot.adopt(left.id)
        if self.entry.type(score_entry.places(left)):
            self._context.say(Message("What was typed here before the program ended is back."))
        self.keep()

    def type(self, cells: dict[Place, str]) -> None:
        """Take texts as one edit."""
        if self.entry is not None and self.entry.type(cells):
            self._timer.start()
            self.changed.emit()

    def take_back(self) -> bool:
        """Take the last edit back; False where there is none."""
        if self.entry is None or not self.entry.take_back():
            return False
        self._timer.start()
        self.changed.emit()
        return True

    def keep(self) -> None:
        """Keep what is typed for after a crash."""
        self._timer.stop()
        if self.entry is not None and not self._context.work.read_only:
            self._slot.want(score_entry.draft(self._context.work, self.entry))
            self._context.tasks.run(self, self._slot.settle)

    def paste(self, shown: list[str], place: Place) -> None:
        """Show what the block on the clipboard would do from a cell on."""
        if self.entry is None or self._context.work.read_only:
            return
        try:
            rows = block.read(QGuiApplication.clipboard().text())
        except UserError as error:
            self._context.complain(error)
            return
        cells = score_entry.pasted(self.entry.sheet, rows, (shown, place))
        if not cells:
            self._context.say(Message("The clipboard holds nothing that would change here."))
            return
        ScoresPasted(self._page, self._context.languages, cells, self._on_pasted).open()

    def fill(self, shown: list[str], field: str) -> None:
        """Ask for one value for a column of the students in view."""
        if self.entry is not None:
            names = (*self.entry.sheet.parts, "sitting")
            then = partial(self._on_filled, shown)
            languages = self._context.languages
            FillScores(self._page, languages, (names, field, len(shown)), then).open()

    def save(self, then: Callable[[], object] | None = None) -> bool:
        """Write everything as one step; False where a cell holds no score."""
        entry = self.entry
        if entry is None or not entry.texts or entry.wrong:
            return entry is not None and not entry.wrong
        edits = entry.edits()
        job = partial(jobs.save, self._context.work, entry.sheet.batch, edits)
        done = partial(self._on_saved, len(edits), then)
        self._context.tasks.run(self, job, done, self._context.complain)
        return True

    def leave(self, then: Callable[[], object]) -> bool:
        """Do `then` at once where nothing is unsaved and return True; else ask first."""
        n = self.unsaved
        if not n:
            then()
            return True
        text = NN_(
            "The scores of {n} student are not saved yet.",
            "The scores of {n} students are not saved yet.",
        )
        dialog = Unsaved(self._page, self._context.languages, Message(text, n=n))
        dialog.saving.connect(partial(self.save, then))
        dialog.dropping.connect(partial(self.drop, then))
        dialog.open()
        return False

    def drop(self, then: Callable[[], object] | None = None) -> None:
        """Forget what was typed."""
        if self.entry is not None:
            self.entry.clear()
        self.keep()
        self.saved.emit()
        if then:
            then()

    def _on_pasted(self, cells: list[Pasted]) -> None:
        self.type({(one.line.placement, one.field): one.text for one in cells if one.line})

    def _on_filled(self, shown: list[str], field: str, text: str, over: bool) -> None:
        assert self.entry is not None, "a sheet was open"
        lines = map(self.entry.line, shown)
        free = (None, Sitting.REGULAR)
        places = (one.placement for one in lines if over or getattr(one.score, field) in free)
        self.type({(placement, field): text for placement in places})

    def _on_saved(self, students: int, then: Callable[[], object] | None, _step: int) -> None:
        text = NN_("{n} student assessed", "{n} students assessed")
        self._context.say(Message(text, n=students), undo=True)
        self.drop(then)
