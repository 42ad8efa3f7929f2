"""The pane beside a list: one record, its form, what belongs to it, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import references
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.columns import Column, line
from xqhz_desktop.ui.pages.listing import Listing
from xqhz_desktop.ui.pages.record_files import RecordFiles
from xqhz_desktop.ui.pages.storing import Saved, stored
from xqhz_desktop.ui.tokens import PADDING
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, words
from xqhz_desktop.ui.widgets.card import line as hairline
from xqhz_desktop.ui.widgets.delegate import initial
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.form import RecordForm
from xqhz_desktop.ui.widgets.related import Related
from xqhz_desktop.ui.widgets.travel_mark import TravelMark


class RecordPane(Card):
    """Shows one record; nothing typed is ever lost silently."""

    added = Signal(str)
    """The id of a new record that was stored."""
    left = Signal()
    """Esc: back to the list."""
    menu_wanted = Signal(object)
    """The button with the three dots was pressed; the widget to open the menu at."""

    def __init__(
        self, context: Context, listing: Listing, tools: Tools, columns: dict[str, list[Column]]
    ) -> None:
        """Make an empty pane for one kind of record; `columns` lists what belongs to it."""
        super().__init__(padding=0, gap=0)
        self.row: Row | None = None
        self.new = False
        self._context, self._listing = context, listing
        self._then: Callable[[], object] | None = None
        sections = [(one.title, one.lines) for one in listing.sections]
        self.form = RecordForm(listing.entity, sections, tools, listing.own)
        self.related = Related(tools.search, context.languages, self.form, columns)
        self.files = RecordFiles(context)
        self.related.stand_last(self.files, N_("Files"))
        self.save_button, self.revert_button = Button(kind="primary"), Button(kind="quiet")
        self.menu_button = Button("ellipsis", "tool")
        self._tile, self._name, self._beside = words("tile"), Elided("heading"), Elided("small")
        self._state, self._banner = words("small"), Card(12, 4, "hint")
        self._travel = TravelMark(context)
        self._warning = words("label", wrap=True)
        self._stand()
        self._speak()
        self._connect()
        self.form.locked = context.work.read_only

    @property
    def unsaved(self) -> int:
        """Return how many fields have unsaved changes."""
        return self.form.unsaved if self.row else 0

    def show_row(self, row: Row) -> None:
        """Show a stored record; unsaved changes of the one before are gone."""
        same = self.row is not None and self.row.record.id == row.record.id
        self.row, self.new = row, False
        self._banner.hide()
        self.form.show_record(row.record, row.names)
        self._head()
        self.related.show_record(row.record)
        if not same:
            self.related.front()
            self.form.verticalScrollBar().setValue(0)

    def show_new(self, given: Mapping[str, Any], names: Mapping[str, str], id: str = "") -> None:
        """Begin a record with some values given, or go on with one of an id."""
        record = self._listing.entity(id=id) if id else self._listing.entity()
        self.row, self.new = Row(0, record, {}), True
        self._banner.hide()
        self.form.show_record(record, names, dirty=given)
        self._head()
        self.related.show_record(None)
        self.related.front()
        self.form.start()

    def take(self, row: Row) -> None:
        """Take over what changed elsewhere; fields being edited keep what was typed, and say so."""
        if self.row is None or self.new or self.row.record.id != row.record.id:
            return
        before, edits = self.row.record, self.form.edits()
        fields = self._listing.fields
        clash = tuple(
            name
            for name in edits
            if row.record.value(fields[name]) not in (before.value(fields[name]), edits[name])
        )
        self.row = row
        self.form.take(row.record, row.names)
        self.related.show_record(row.record)
        self._head()
        self._warn(clash)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Store the changes if nothing is wrong; `then` is called once they are stored."""
        if self.row is None or not (self.unsaved or self.new) or not self.form.insist():
            return
        self._then = then
        job = partial(stored, self._context.work, self.row.record, self.form.edits(), self.new)
        self.save_button.setEnabled(False)
        self._context.tasks.run(self, job, self._on_saved, self._on_refused)

    def revert(self) -> None:
        """Drop every unsaved change; a record never stored is dropped whole."""
        if self.new:
            self.row, self.new = None, False
            self.left.emit()
        elif self.row:
            self.show_row(self.row)

    def _on_saved(self, saved: Saved) -> None:
        if saved.clash:
            self.take(saved.row)
            self._warn(saved.clash)
            return
        added, self.new = self.new, False
        self.row = saved.row
        self.form.take(saved.row.record, saved.row.names)
        self._banner.hide()
        self.related.show_record(saved.row.record)
        self._head()
        name = self._called()
        text = Message("Added: {name}", name=name) if added else Message("Saved: {name}", name=name)
        self._context.say(text, undo=True)
        if added:
            self.added.emit(saved.row.record.id)
        then, self._then = self._then, None
        if then:
            then()

    def _on_refused(self, error: UserError) -> None:
        self._on_form()
        if isinstance(error, InvalidRecord):
            for name, problem in error.problems.items():
                if name in self.form.fields:
                    self.form.fields[name].tell(problem, None, dirty=True)
        self._context.complain(error)

    def _on_form(self) -> None:
        count = self.unsaved
        writable = not self._context.work.read_only
        self.save_button.setEnabled(bool(count or self.new) and writable)
        self.revert_button.setVisible(bool(count or self.new))
        if count:
            text = Message(NN_("{n} unsaved change", "{n} unsaved changes"), n=count)
        elif self.new:
            text = Message("Not saved yet")
        else:
            text = Message("All changes are saved")
        self._context.languages.bind(self._state, self._state.setText, text)

    def _warn(self, clash: tuple[str, ...]) -> None:
        """Say which fields two people changed; saving keeps what stands in the form."""
        self._banner.setVisible(bool(clash))
        if clash and self.row:
            fields = [self._listing.fields[name].said for name in clash]
            text = Message(
                "Changed elsewhere meanwhile: {fields}. Saving keeps what you typed; "
                "the other fields are up to date.",
                fields=fields,
            )
            self._context.languages.bind(self._warning, self._warning.setText, text)

    def _take_theirs(self) -> None:
        if self.row:
            self.show_row(self.row)

    def _called(self) -> str:
        if self.row is None:
            return ""
        return self.row.names.get(self.row.record.TITLE) or self.row.record.called

    def _head(self) -> None:
        """Show tile, name and the line under it."""
        languages = self._context.languages
        name = self._called()
        if self.new or not name:
            kind = Message(self._listing.entity.LABEL)
            languages.bind(self._name, self._name.setText, Message("New: {kind}", kind=kind))
        else:
            languages.release(self._name, self._name.setText)
            self._name.setText(name)
        self._tile.setText("+" if self.new else initial(name))
        below = line(self.row, self._listing.beside, languages.language) if self.row else ""
        self._beside.setText(below)
        self._beside.setVisible(bool(below))
        self.menu_button.setVisible(not self.new)
        stored = self.row.record.id if self.row and not self.new else ""
        self._travel.show_record(self._listing.kind, stored)
        self.files.show_record(self._listing.kind, stored)

    def _stand(self) -> None:
        self._tile.setFixedSize(44, 44)
        self._tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addWidget(self._name)
        lines.addWidget(self._beside)
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, PADDING, 14, 12)
        head.setSpacing(12)
        head.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(lines, 1)
        head.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)
        self.theirs = Button(kind="link")
        self._banner.body.addWidget(self._warning)
        self._banner.body.addWidget(self.theirs, 0, Qt.AlignmentFlag.AlignLeft)
        self.notes = QVBoxLayout()
        self.notes.setContentsMargins(PADDING, 0, PADDING, 8)
        self.notes.addWidget(self._banner)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(PADDING, 12, PADDING, 12)
        foot.setSpacing(8)
        foot.addWidget(self._travel)
        foot.addWidget(self._state, 1)
        foot.addWidget(self.revert_button)
        foot.addWidget(self.save_button)
        self.body.addLayout(head)
        self.body.addLayout(self.notes)
        self.body.addWidget(self.related, 1)
        self.body.addWidget(hairline())
        self.body.addWidget(self._foot)
        self._banner.hide()

    def _speak(self) -> None:
        bind = self._context.languages.bind
        bind(self.save_button, self.save_button.setText, N_("Save"))
        bind(self.revert_button, self.revert_button.setText, N_("Revert"))
        bind(self.menu_button, self.menu_button.name, N_("More"))
        bind(self.theirs, self.theirs.setText, N_("Take theirs"))
        self._context.languages.changed.connect(self._head)

    def _connect(self) -> None:
        for keys, slot in (("Ctrl+S", self.save), ("Esc", self.left)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.save_button.clicked.connect(self._on_save)
        self.revert_button.clicked.connect(self.revert)
        self.menu_button.clicked.connect(partial(self.menu_wanted.emit, self.menu_button))
        self.theirs.clicked.connect(self._take_theirs)
        self.form.changed.connect(self._on_form)
        self.form.create_wanted.connect(self._on_create)
        self.related.opened.connect(self._on_related)
        self.related.page_changed.connect(self._on_tab)
        self.files.counted.connect(self.related.count_last)

    def _on_save(self) -> None:
        self.save()

    def _on_tab(self, number: int) -> None:
        self._foot.setVisible(number == 0 or bool(self.unsaved))

    def _on_related(self, kind: str, id: str) -> None:
        self._context.navigate(kind, None, id)

    def _on_create(self, field: str, kind: str, called: str) -> None:
        """Add what a reference is to point to, if its name is all it needs."""
        entity = BY_KIND[kind]
        now = self.form.now
        shared = {
            name: getattr(now, name)
            for name, target in references(self._listing.entity).items()
            if name != field and references(entity).get(name) == target
        }
        made = entity(**{**shared, entity.TITLE: called})
        if made.problems():
            text = Message("Add the {kind} on its own page first.", kind=Message(entity.LABEL))
            self._context.complain(UserError(text))
            return
        job = partial(stored, self._context.work, made, {}, True)
        done = partial(self._on_created, field)
        self._context.tasks.run(self, job, done, self._context.complain)

    def _on_created(self, field: str, saved: Saved) -> None:
        self.form.write(field, saved.row.record.id, saved.row.record.called)
        self._context.say(Message("Added: {name}", name=saved.row.record.called), undo=True)
