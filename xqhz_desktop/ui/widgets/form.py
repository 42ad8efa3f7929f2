"""The form of a record, generated from its fields and the sections of its list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import records
from xqhz_desktop.storage.queries import Where
from xqhz_desktop.ui.tokens import GAP, PADDING
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.field import FormField, heading
from xqhz_desktop.ui.widgets.seek import SeekEditor

Line = str | tuple[str, ...]
Sections = Iterable[tuple[str, Iterable[Line]]]
"""Headings, and the lines of fields under each."""

_HALF = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.DAY, Kind.MONTH, Kind.CHOICE})
"""Kinds narrow enough to stand two in a line."""


class RecordForm(QScrollArea):
    """Edits one record; what the user changed is kept apart from what was loaded."""

    changed = Signal()
    """The changes, or what is wrong with them, are others now."""
    shown = Signal()
    """A record was put into the form; what was typed before is gone."""
    create_wanted = Signal(str, str, str)
    """A field, the kind it points to, and the name of the record that is not there yet."""

    def __init__(
        self, entity: type[Record], sections: Sections, tools: Tools, own: Iterable[Field] = ()
    ) -> None:
        """Lay out the fields of an entity; those no section names come under “More”.

        `own`: the fields the school added, in a section of their own.
        """
        super().__init__()
        self.entity = entity
        self._described = {**entity.FIELDS, **{one.name: one for one in own}}
        self.record: Record | None = None
        self.fields: dict[str, FormField] = {}
        self.locked = False
        """Whether the fields can only be read; said before the first record is shown."""
        self.given: Mapping[str, Any] = {}
        """Changes the form began with, which nobody typed."""
        self._tools, self._sections = tools, sections
        self._strict = False
        self._found: dict[str, Message] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(PADDING, GAP, PADDING, PADDING)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.setWidget(self._body)

    def show_record(
        self, record: Record, names: Mapping[str, str], *, dirty: Mapping[str, Any] | None = None
    ) -> None:
        """Show a record; `dirty` values are written over it as unsaved changes."""
        if not self.fields:  # not before somebody looks: lists are painted first
            self._fill(self._sections)
        self.record, self.given = record, dict(dirty or {})
        self._strict = False
        for name, field in self.fields.items():
            field.editor.load(record.value(field.field), names.get(name, ""))
        for name, value in (dirty or {}).items():
            self.write(name, value, names.get(name, ""))
        self._check()
        self.shown.emit()

    def write(self, name: str, value: Any, shown: str = "") -> None:
        """Put a value into a field as an unsaved change."""
        self.fields[name].editor.put(value, shown)
        self._check()

    def type(self, name: str, text: str) -> None:
        """Put a text into a field that is no value yet, such as half a date."""
        self.fields[name].editor.type(text)
        self._check()

    def unread(self) -> dict[str, str]:
        """Return the texts that are no value yet, by field name."""
        some = {name: field.editor.unread() for name, field in self.fields.items()}
        return {name: text for name, text in some.items() if text}

    def take(self, record: Record, names: Mapping[str, str]) -> None:
        """Take over what was saved elsewhere; fields with unsaved changes keep them."""
        old = self.record
        self.record = record
        for name, field in self.fields.items():
            value, problem = field.read()
            stored = record.value(field.field)
            if problem is None and value in (stored, old and old.value(field.field)):
                field.editor.load(stored, names.get(name, ""))
        self._check()

    def edits(self) -> dict[str, Any]:
        """Return the readable values that differ from what was loaded, by field name."""
        if self.record is None:
            return {}
        read = {name: field.read() for name, field in self.fields.items()}
        return {
            name: value
            for name, (value, problem) in read.items()
            if problem is None and value != self.record.value(self.fields[name].field)
        }

    @property
    def now(self) -> Record:
        """Return the record as the form says it."""
        assert self.record is not None, "a form is read only while it shows a record"
        return self.record.but(**self.edits())

    @property
    def unsaved(self) -> int:
        """Return how many fields have changes that are not stored yet."""
        return len(self.edits()) + sum(self._unreadable(name) for name in self.fields)

    @property
    def problems(self) -> dict[str, Message]:
        """Return why it cannot be saved, by field name."""
        return dict(self._found)

    def insist(self) -> bool:
        """Say everything that is wrong, also of untouched fields; True when nothing is."""
        self._strict = True
        self._check()
        if self._found:
            first = self.fields[next(name for name in self.fields if name in self._found)]
            first.editor.setFocus()
            self.ensureWidgetVisible(first)
        return not self._found

    def start(self) -> None:
        """Put the focus into the first field."""
        next(iter(self.fields.values())).editor.setFocus()

    def _fill(self, sections: Sections) -> None:
        place = 0
        named: set[str] = set()
        for title, lines in sections:
            place = self._section(place, title, lines)
            named.update(self.fields)
        if own := [name for name, field in self._described.items() if field.own]:
            place = self._section(place, N_("Our own fields"), self._paired(own))
        rest = [name for name in self.entity.FIELDS if name not in named]
        if rest:
            title = N_("More details") if named else ""
            place = self._section(place, title, self._paired(rest))
        self._grid.setRowStretch(place, 1)

    def _section(self, place: int, title: str, lines: Iterable[Line]) -> int:
        """Add a heading, if there is one, and its lines; return the next free row of the grid."""
        if title:
            label = heading(self._tools.languages, title)
            if place:
                label.setContentsMargins(0, 10, 0, 0)
            self._grid.addWidget(label, place, 0, 1, 2)
        for line in lines:
            place += 1
            names = (line,) if isinstance(line, str) else line
            for column, name in enumerate(names):
                span = 2 if len(names) == 1 else 1
                self._grid.addWidget(self._field(name), place, column, 1, span)
        return place + 1

    def _paired(self, names: list[str]) -> Iterable[Line]:
        """Return lines of one wide field or of two narrow ones."""
        waiting = ""
        for name in names:
            field = self._described[name]
            if field.kind not in _HALF:
                if waiting:
                    yield waiting
                yield name
                waiting = ""
            elif waiting:
                yield (waiting, name)
                waiting = ""
            else:
                waiting = name
        if waiting:
            yield waiting

    def _field(self, name: str) -> FormField:
        made = FormField(self._described[name], self._tools, self.entity.KIND)
        made.changed.connect(self._on_changed)
        if isinstance(made.editor, SeekEditor):
            made.editor.narrow = partial(self._shared, name)
            made.editor.create_wanted.connect(partial(self.create_wanted.emit, name))
        made.editor.lock(self.locked)
        self.fields[name] = made
        return made

    def _shared(self, name: str) -> tuple[Where, ...]:
        """Offer only what belongs to the same: positions of the enterprise chosen above."""
        target = BY_KIND.get(self._described[name].target)
        mine = references(self.entity)
        theirs = references(target) if target else {}
        return tuple(
            Where(other, "=", value)
            for other, kind in mine.items()
            if other != name and theirs.get(other) == kind
            if (value := self.fields[other].read()[0])
        )

    def _unreadable(self, name: str) -> bool:
        return self.fields[name].read()[1] is not None

    def _on_changed(self, _name: str) -> None:
        self._check()

    def _check(self) -> None:
        """Say under each field what is wrong with it, once it was touched."""
        if self.record is None:
            return
        edits = self.edits()
        now = self.record.but(**edits)
        unreadable = {n: p for n, f in self.fields.items() if (p := f.read()[1]) is not None}
        self._found = {**now.problems(self._described), **unreadable}
        advice = records.advice(now)
        for name, field in self.fields.items():
            dirty = name in edits or name in unreadable
            speaks = dirty or self._strict
            problem = self._found.get(name) if speaks else None
            field.tell(problem, advice.get(name), dirty=dirty)
        self.changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the first field."""
        super().focusInEvent(event)
        if self.fields:
            self.start()
