"""A file under check, as it stands on the page: what was read, chips, rows, and the foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import exporting, keyed
from xqhz_desktop.services.companions import beside
from xqhz_desktop.services.staged import Staged, State
from xqhz_desktop.spreadsheets.notes import notes
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.header_rows import HeaderRows
from xqhz_desktop.ui.models.staged import StagedModel
from xqhz_desktop.ui.models.staged_groups import NEEDED, chips, damaged, groups, rows_of
from xqhz_desktop.ui.pages import staging_jobs as jobs
from xqhz_desktop.ui.pages.staging_columns import ColumnDesk, ask_file
from xqhz_desktop.ui.pages.staging_work import StagingWork
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.candidates import CandidateLine
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.card import line as hairline
from xqhz_desktop.ui.widgets.chips import Chips
from xqhz_desktop.ui.widgets.staged_foot import StagedFoot
from xqhz_desktop.ui.widgets.staged_grid import StagedGrid
from xqhz_desktop.ui.widgets.staged_strip import StagedStrip


class StagingBody(QWidget):
    """Shows one staged file; import writes what is right as one step that can be undone here."""

    closed = Signal()
    """The user is through with this file."""

    def __init__(self, context: Context, staged: Staged) -> None:
        """Show what importing would do; nothing is written until the button is pressed."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.work = StagingWork(self, context, staged)
        self.model = StagedModel(staged, context.languages.language, self)
        self.grid, self.chips = StagedGrid(self.model), Chips(context.languages)
        self.strip, self.foot = StagedStrip(context.languages), StagedFoot(context.languages)
        self.candidates, self.gone = CandidateLine(context.languages), Button("user-x")
        self.back = Button("undo-2", "tool")
        self.desk = ColumnDesk(self, context, self.strip.columns)
        self._damaged = words("error", wrap=True)
        self._beside = words("small", wrap=True)
        self._stand()
        self._speak()
        self._connect()
        if rows_of(staged, NEEDED):
            self.chips.choose(NEEDED)
        self._on_changed()

    @property
    def staged(self) -> Staged:
        """Return the file as it stands now."""
        return self.work.staged

    def leave(self, status: StudentStatus | None) -> None:
        """Give a status to those who are gone: the selected ones, else all; None takes it back."""
        some = [row for row in self.grid.chosen() if row.state is State.GONE] or self.staged.gone
        chosen = dict(self.staged.choice.gone)
        for row in some:
            if row.old:
                chosen.pop(row.old.id, None)
                if status:
                    chosen[row.old.id] = status
        self._choose(gone=chosen)

    def gone_menu(self) -> QMenu:
        """Return what can be done with those who are gone."""
        menu = self._menu()
        say = self._languages.say
        menu.addAction(say(N_("Leave as they are")), partial(self.leave, None))
        for one in StudentStatus:
            if one is not StudentStatus.ENROLLED:
                text = Message("Set to: {status}", status=one)
                menu.addAction(say(text), partial(self.leave, one))
        return menu

    def key_menu(self) -> QMenu:
        """Return the columns by which rows can find their records."""
        menu, kind = self._menu(), self.staged.understood.meant
        say = self._languages.say
        names = keyed.offered(kind.name)
        labels = [Message(kind.column(name).label) for name in names]
        entries = [("", Message("One after the other: {keys}", keys=labels))]
        entries += [
            (name, Message("Only by {key}", key=label))
            for name, label in zip(names, labels, strict=True)
        ]
        for name, text in entries:
            action = menu.addAction(say(text), partial(self._choose, again=True, key=name))
            action.setCheckable(True)
            action.setChecked(name == self.staged.choice.key)
        return menu

    def _choose(self, *, again: bool = False, **values: Any) -> None:
        self.work.choose(replace(self.staged.choice, **values), again=again)

    def _on_changed(self) -> None:
        """Show the file as it stands now; the cursor stays on its row."""
        staged = self.staged
        kept = self.grid.remember()
        self.model.take(staged)
        self.strip.show_staged(staged)
        self.desk.show_file(staged.understood)
        self.foot.show_staged(staged, read_only=self._context.work.read_only)
        self.chips.show_chips(len(staged.rows), chips(staged))
        self._fill()
        self.grid.restore(kept)
        self.back.setVisible(self.work.open)
        self.gone.setVisible(bool(staged.gone))
        said = damaged(staged) or next(iter(notes(staged.understood)), None)
        self._damaged.setVisible(said is not None)
        self._languages.bind(self._damaged, self._damaged.setText, said or "")
        made = beside(staged)
        self._beside.setVisible(made is not None)
        self._languages.bind(self._beside, self._beside.setText, made or "")
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

    def _on_busy(self, busy: bool) -> None:
        self.model.locked = busy or bool(self.work.step)
        self.foot.show_busy(busy)
        for part in (self.strip, self.gone, self.back):
            part.setEnabled(not busy and not self.work.step)
        if busy:
            self.desk.close()

    def _on_progress(self, done: int, total: int) -> None:
        self.foot.bar.setRange(0, total)
        self.foot.bar.setValue(done)

    def _on_refused(self, said: Message) -> None:
        self._languages.bind(self.foot.said, self.foot.said.setText, said)

    def _on_written(self) -> None:
        """Say what was written, and offer the way back."""
        self._on_busy(False)
        self.candidates.hide()
        self.back.hide()
        self.foot.show_done(self.staged, undo=bool(self.work.step))

    def _on_taken_back(self) -> None:
        self._context.say(Message("The import was undone; the data is as it was before."))
        self.closed.emit()

    def _on_cancel(self) -> None:
        """Stop what is under way; else close."""
        if not self.work.cancel():
            self.closed.emit()

    def _on_sheets(self, sheets: tuple[str, ...]) -> None:
        self.work.read_as(replace(self.staged.understood.wishes, sheets=sheets))

    def _on_rows(self) -> None:
        """Ask where the column names stand."""
        plans = [one for one in self.staged.understood.sheets if not one.sheet.empty]
        sheets = [one.sheet for one in plans if one.header or one.sheet.visible]
        found = {one.name: one.header.rows for one in self.staged.understood.sheets if one.header}
        dialog = HeaderRows(self, self._languages, sheets, found)
        dialog.chosen.connect(self._on_rows_chosen)
        dialog.open()

    def _on_rows_chosen(self, sheet: str, rows: tuple[int, int] | None) -> None:
        wishes = self.staged.understood.wishes
        headers = {name: known for name, known in wishes.headers.items() if name != sheet}
        if rows is not None:
            headers[sheet] = rows
        self.work.read_as(replace(wishes, headers=headers))

    def _on_errors(self, whole: bool) -> None:
        name = Path(self.staged.understood.file).stem
        name = self._languages.say(Message("{file} - errors", file=name)) + ".xlsx"
        told = exporting.marked if whole else exporting.failing
        write = partial(jobs.write, told, self.staged, self._languages.language)
        ask_file(self, self._context, name, write)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _stand(self) -> None:
        grid = Card(0, 0)
        grid.body.setContentsMargins(1, 1, 1, 1)
        for part in (self.grid, self.candidates, hairline(), self.foot):
            grid.body.addWidget(part, 1 if part is self.grid else 0)
        filters = QHBoxLayout()
        filters.addWidget(self.chips, 1)
        filters.addWidget(self.back)
        filters.addWidget(self.gone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.strip)
        column.addWidget(self._damaged)
        column.addWidget(self._beside)
        column.addLayout(filters)
        column.addWidget(grid, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self.grid, self.grid.setAccessibleName, N_("Rows of the file"))
        bind(self.back, self.back.name, N_("Take the last edit back (Ctrl+Z)"))

    def _connect(self) -> None:
        work, foot = self.work, self.foot
        work.changed.connect(self._on_changed)
        work.busy_changed.connect(self._on_busy)
        work.progress.connect(self._on_progress)
        work.refused.connect(self._on_refused)
        work.written.connect(self._on_written)
        work.taken_back.connect(self._on_taken_back)
        self.chips.chosen.connect(self._fill)
        self.model.typed.connect(work.type)
        self.grid.moved.connect(self.candidates.show_row)
        self.candidates.answered.connect(work.answer)
        self.strip.sheets_chosen.connect(self._on_sheets)
        self.strip.other_rows.clicked.connect(self._on_rows)
        self.strip.other_key.clicked.connect(self._pop(self.strip.other_key, self.key_menu))
        self.desk.wished.connect(work.read_as)
        self.gone.clicked.connect(self._pop(self.gone, self.gone_menu))
        self.back.clicked.connect(work.undo)
        foot.mode_chosen.connect(lambda mode: self._choose(mode=mode))
        foot.clear_chosen.connect(lambda on: self._choose(again=True, clear=on))
        foot.errors_wanted.connect(self._on_errors)
        foot.go.clicked.connect(work.write)
        foot.cancel.clicked.connect(self._on_cancel)
        foot.rest.clicked.connect(work.go_on)
        foot.undo.clicked.connect(work.take_back)
        self._languages.changed.connect(self._on_language)
        self._key("Ctrl+Return", foot.go.click)
        self._key("Alt+Down", self.candidates.open_menu)

    def _pop(self, button: Button, menu: Callable[[], QMenu]) -> Callable[[], None]:
        """Return what opens a menu under its button."""
        return lambda: menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _key(self, keys: str, done: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(done)

    def _on_language(self) -> None:
        self.model.speak(self._languages.language)
        self._fill()
