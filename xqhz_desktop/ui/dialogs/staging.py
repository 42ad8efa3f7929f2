"""The check before an import: what each row would do, what is wrong, then one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import exporting
from xqhz_desktop.services.staged import Choice, Staged, StagedRow, State
from xqhz_desktop.spreadsheets.understand import Wishes
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs import staging_jobs as jobs
from xqhz_desktop.ui.dialogs.staging_columns import ColumnDesk, ask_file
from xqhz_desktop.ui.models.staged import StagedModel
from xqhz_desktop.ui.models.staged_groups import NEEDED, chips, damaged, groups, rows_of
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.candidates import CandidateLine
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.card import line as hairline
from xqhz_desktop.ui.widgets.chips import Chips
from xqhz_desktop.ui.widgets.staged_foot import StagedFoot
from xqhz_desktop.ui.widgets.staged_grid import StagedGrid
from xqhz_desktop.ui.widgets.staged_strip import StagedStrip

Again = Callable[[Progress], Staged]
"""A job that works out another state of the file."""

_ROOM = (48, 40)
"""Left of the window around the check."""


class StagingDialog(QDialog):
    """Shows a staged file; import writes what is right as one step that can be undone here."""

    another_wanted = Signal()

    def __init__(self, parent: QWidget, context: Context, staged: Staged) -> None:
        """Show what importing would do; nothing is written until the button is pressed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.staged = staged
        self.step = 0
        self._context, self._languages = context, context.languages
        self._handle: Handle | None = None
        self.model = StagedModel(staged, context.languages.language, self)
        self.grid, self.chips = StagedGrid(self.model), Chips(context.languages)
        self.strip, self.foot = StagedStrip(context.languages), StagedFoot(context.languages)
        self.candidates, self.gone = CandidateLine(context.languages), Button("user-x")
        self.desk = ColumnDesk(self, context, self.strip.columns)
        self._title, self._line = words("title"), words("label")
        self._damaged, self.another = words("error", wrap=True), Button("folder-open")
        self._stand()
        self._speak()
        self._connect()
        self._show(staged)
        if rows_of(staged, NEEDED):
            self.chips.choose(NEEDED)
        self._fill()
        room = parent.window().size()
        self.resize(min(1400, room.width() - _ROOM[0]), min(900, room.height() - _ROOM[1]))

    def choose(self, choice: Choice, *, again: bool = False) -> None:
        """Take another choice; `again` where it changes what rows would do."""
        self.staged = replace(self.staged, choice=choice)
        if again:
            self._work_out(partial(jobs.stage, self._context.work, self.staged))
        else:
            self._show(self.staged)

    def leave(self, status: StudentStatus | None) -> None:
        """Give a status to those who are gone: the selected ones, else all; None takes it back."""
        some = [row for row in self.grid.chosen() if row.state is State.GONE] or self.staged.gone
        chosen = dict(self.staged.choice.gone)
        for row in some:
            if row.old:
                chosen.pop(row.old.id, None)
                if status:
                    chosen[row.old.id] = status
        self.choose(replace(self.staged.choice, gone=chosen))

    def _show(self, staged: Staged) -> None:
        """Show another state of the file; the cursor stays on its row."""
        self.staged = staged
        kept = self.grid.remember()
        self.model.locked = False
        self.model.take(staged)
        self.strip.show_staged(staged)
        self.desk.show_file(staged.understood)
        self.foot.show_staged(staged, read_only=self._context.work.read_only)
        self.chips.show_chips(len(staged.rows), chips(staged))
        self._fill()
        self.grid.restore(kept)
        self.gone.setVisible(bool(staged.gone))
        said = damaged(staged)
        self._damaged.setVisible(said is not None)
        self._languages.bind(self._damaged, self._damaged.setText, said or "")
        chosen, n = len(staged.choice.gone), len(staged.gone)
        text = Message(NN_("{n} gone: left as it is", "{n} gone: left as they are"), n=n)
        if chosen:
            text = Message("{n} gone: {chosen} with a new status", n=n, chosen=chosen)
        self._languages.bind(self.gone, self.gone.setText, text)

    def _fill(self, _value: Any = None) -> None:
        chip = self.chips.value
        staged = self.staged
        self.model.show(groups(staged) if chip == NEEDED else rows_of(staged, chip))
        self.grid.arrange()
        self.candidates.show_row(None)

    def _work_out(self, job: Again) -> None:
        """Work out another state of the file in the background."""
        if self._handle is not None or self.step:
            return
        self.model.locked = True
        self.foot.show_busy(True)
        title = Message("Checking {file}", file=self.staged.understood.file)
        self._handle = self._context.tasks.run(self, job, self._on_again, self._on_failed, title)
        self._handle.progress.connect(self._on_progress)

    def _on_again(self, staged: Staged) -> None:
        self._idle()
        self._show(staged)

    def _on_progress(self, done: int, total: int) -> None:
        self.foot.bar.setRange(0, total)
        self.foot.bar.setValue(done)

    def _idle(self) -> None:
        self._handle = None
        self.model.locked = False
        self.foot.show_busy(False)

    def _on_failed(self, error: UserError) -> None:
        self._idle()
        self._show(self.staged)
        if not isinstance(error, Cancelled):
            self._languages.bind(self.foot.said, self.foot.said.setText, error.message)

    def _on_typed(self, row: StagedRow, field: str, text: str) -> None:
        self._work_out(partial(jobs.correct, self._context.work, self.staged, (row, field), text))

    def _on_answered(self, row: StagedRow, enterprise: str) -> None:
        company = str(row.values.get("enterprise_name") or "")
        self._work_out(partial(jobs.answer, self._context.work, self.staged, company, enterprise))

    def _on_sheets(self, sheets: tuple[str, ...]) -> None:
        self._read_as(replace(self.staged.understood.wishes, sheets=sheets))

    def _read_as(self, wishes: Wishes) -> None:
        self._work_out(partial(jobs.read_as, self._context.work, self.staged, wishes))

    def _on_go(self) -> None:
        self.desk.close()
        self.model.locked = True
        self.foot.show_busy(True)
        job = partial(jobs.commit, self._context.work, self.staged)
        title = Message("Importing {file}", file=self.staged.understood.file)
        self._context.tasks.run(self, job, self._on_done, self._on_failed, title)

    def _on_done(self, step: int) -> None:
        """Say what was written, and offer the way back."""
        self._idle()
        self.step, self.model.locked = step, True
        self.strip.setEnabled(False)
        self.gone.setEnabled(False)
        self.candidates.hide()
        self.foot.show_done(self.staged, undo=bool(step))
        text = N_("Imported. Everything can be undone in one step.")
        self._languages.bind(self._line, self._line.setText, text)

    def _on_undo(self) -> None:
        self.foot.undo.setEnabled(False)
        job = partial(jobs.undo, self._context.work, self.step)
        self._context.tasks.run(self, job, self._on_undone, self._on_undo_failed)

    def _on_undone(self, _step: object) -> None:
        self._context.say(Message("The import was undone; the data is as it was before."))
        self.accept()

    def _on_undo_failed(self, error: UserError) -> None:
        self._languages.bind(self.foot.said, self.foot.said.setText, error.message)

    def _on_cancel(self) -> None:
        """Stop what is worked out; else close."""
        if self._handle is not None:
            self._handle.cancel()
        else:
            self.reject()

    def _on_another(self) -> None:
        self.reject()
        self.another_wanted.emit()

    def _on_errors(self, whole: bool) -> None:
        name = Path(self.staged.understood.file).stem
        name = self._languages.say(Message("{file} - errors", file=name)) + ".xlsx"
        write = exporting.marked if whole else exporting.failing
        ask_file(
            self,
            self._context,
            name,
            partial(jobs.write, write, self.staged, self._languages.language),
        )

    def gone_menu(self) -> QMenu:
        """Return what can be done with those who are gone."""
        say, menu = self._languages.say, QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(say(N_("Leave as they are")), partial(self.leave, None))
        for one in StudentStatus:
            if one is not StudentStatus.ENROLLED:
                text = Message("Set to: {status}", status=one)
                menu.addAction(say(text), partial(self.leave, one))
        return menu

    def _on_gone(self) -> None:
        self.gone_menu().popup(self.gone.mapToGlobal(self.gone.rect().bottomLeft()))

    def _stand(self) -> None:
        grid = Card(0, 0)
        grid.body.setContentsMargins(1, 1, 1, 1)
        for part in (self.grid, self.candidates, hairline(), self.foot):
            grid.body.addWidget(part, 1 if part is self.grid else 0)
        filters = QHBoxLayout()
        filters.addWidget(self.chips, 1)
        filters.addWidget(self.gone)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 20)
        column.setSpacing(10)
        head, text = QHBoxLayout(), QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(self._title)
        text.addWidget(self._line)
        head.addLayout(text, 1)
        head.addWidget(self.another)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self._damaged)
        column.addLayout(filters)
        column.addWidget(grid, 1)
        self.setObjectName("page")

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self, self.setWindowTitle, N_("Check before importing"))
        bind(self._title, self._title.setText, N_("Check before importing"))
        text = N_("Nothing has been written yet. The import saves what is right.")
        bind(self._line, self._line.setText, text)
        bind(self.another, self.another.setText, N_("Another file"))
        bind(self.grid, self.grid.setAccessibleName, N_("Rows of the file"))

    def _connect(self) -> None:
        self.chips.chosen.connect(self._fill)
        self.model.typed.connect(self._on_typed)
        self.grid.moved.connect(self.candidates.show_row)
        self.candidates.answered.connect(self._on_answered)
        self.strip.sheets_chosen.connect(self._on_sheets)
        self.desk.wished.connect(self._read_as)
        self.gone.clicked.connect(self._on_gone)
        self.another.clicked.connect(self._on_another)
        foot = self.foot
        foot.mode_chosen.connect(lambda mode: self.choose(replace(self.staged.choice, mode=mode)))
        foot.clear_chosen.connect(
            lambda on: self.choose(replace(self.staged.choice, clear=on), again=True)
        )
        foot.errors_wanted.connect(self._on_errors)
        foot.go.clicked.connect(self._on_go)
        foot.cancel.clicked.connect(self._on_cancel)
        foot.undo.clicked.connect(self._on_undo)
        self._languages.changed.connect(self._on_language)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(foot.go.click)
        QShortcut(QKeySequence("Alt+Down"), self).activated.connect(self.candidates.open_menu)

    def _on_language(self) -> None:
        self.model.speak(self._languages.language)
        self._fill()
