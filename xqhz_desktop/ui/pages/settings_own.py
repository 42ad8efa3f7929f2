"""The school's own fields, kind by kind, and the code lists some of them choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.own import KINDS, OWNERS, OwnField, in_order
from xqhz_desktop.i18n import N_, NN_, Bilingual, Language, Message
from xqhz_desktop.services import own_fields
from xqhz_desktop.services.own_fields import CodeList
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.code_list import CodeListDialog
from xqhz_desktop.ui.dialogs.own_field import OwnFieldDialog
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.tokens import PADDING
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, clear, line, words
from xqhz_desktop.ui.widgets.pill import Pill


@dataclass(frozen=True)
class _Known:
    """What the card shows: every own field, and the code lists."""

    fields: tuple[OwnField, ...]
    lists: list[CodeList]


class OwnFieldsCard(Card):
    """Adds, changes, orders and retires own fields; opens the code lists."""

    def __init__(self, context: Context) -> None:
        """Make the card; it is filled when it is shown."""
        super().__init__(padding=1, gap=0)
        self._context, self._languages = context, context.languages
        self._known = _Known((), [])
        self.kinds = QComboBox()
        self.add, self.add_list = Button("plus", "primary"), Button("plus")
        self._label, self._about = words("label"), words("small", wrap=True)
        self._lists_title = words("section")
        self.rows, self.lists = QVBoxLayout(), QVBoxLayout()
        for button in (self.add, self.add_list):
            button.setEnabled(not context.work.read_only)
        self._stand()
        self._say()
        self.kinds.activated.connect(self._fill)
        self.add.clicked.connect(self._on_add)
        self.add_list.clicked.connect(self._on_add_list)
        context.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the definitions anew."""
        super().showEvent(event)
        self._read()

    @property
    def kind(self) -> str:
        """Return the kind whose fields are shown."""
        return str(self.kinds.currentData())

    def edit(self, field: OwnField) -> None:
        """Open an own field, or a new one."""
        OwnFieldDialog(self, self._context, field, self._known.lists).open()

    def edit_list(self, wanted: CodeList | None) -> None:
        """Open a code list, or a new one."""
        CodeListDialog(self, self._context, wanted).open()

    def shift(self, field: OwnField, by: int) -> None:
        """Move a field up (-1) or down (1) among those of its kind that are in use."""
        ids = [one.id for one in self._mine() if not one.retired]
        place = ids.index(field.id)
        ids.insert(max(place + by, 0), ids.pop(place))
        self._run(partial(_ordered, self._context.work, ids))

    def retire(self, field: OwnField, *, retired: bool) -> None:
        """Hide a field, its values are kept; or bring it back."""
        self._run(partial(_retire, self._context.work, field, retired), undo=True)

    def _mine(self) -> list[OwnField]:
        """Return the fields of the kind shown, retired ones last."""
        mine = [one for one in self._known.fields if one.of_kind == self.kind]
        return sorted(mine, key=lambda one: one.retired)

    def _read(self) -> None:
        run = self._context.tasks.run
        run(self, partial(_known, self._context.work), self._show, self._context.complain)

    def _show(self, known: _Known) -> None:
        self._known = known
        self._fill()

    def _fill(self, _place: int = 0) -> None:
        clear(self.rows)
        clear(self.lists)
        mine = self._mine()
        for field in mine:
            self.rows.addWidget(self._field_row(field))
        if not mine:
            self.rows.addWidget(self._nothing(N_("No own fields yet.")))
        for one in self._known.lists:
            self.lists.addWidget(self._list_row(one))
        if not self._known.lists:
            self.lists.addWidget(self._nothing(N_("No code lists yet.")))

    def _field_row(self, field: OwnField) -> QWidget:
        row, tools = self._row(Bilingual(field.name, field.name_en), _about(field, self._lang))
        if field.retired:
            pill = Pill("neutral")
            self._languages.bind(pill, pill.setText, N_("Retired"))
            tools.addWidget(pill)
        else:
            self._tool(tools, "chevron-up", N_("Move up"), partial(self.shift, field, -1))
            self._tool(tools, "chevron-down", N_("Move down"), partial(self.shift, field, 1))
        text = N_("Bring back") if field.retired else N_("Retire")
        turn = partial(self.retire, field, retired=not field.retired)
        self._tool(tools, "undo-2" if field.retired else "x", text, turn)
        self._tool(tools, "pencil", N_("Edit"), partial(self.edit, field))
        return row

    def _list_row(self, one: CodeList) -> QWidget:
        n = sum(not choice.retired for choice in one.choices)
        text = self._lang.say(Message(NN_("{n} choice", "{n} choices"), n=n))
        row, tools = self._row(Bilingual(one.record.name, one.record.name_en), text)
        self._tool(tools, "pencil", N_("Edit"), partial(self.edit_list, one))
        return row

    def _row(self, name: Bilingual, about: str) -> tuple[QWidget, QHBoxLayout]:
        """Return a row of the list, and where its buttons go."""
        row, above, below = QFrame(), Elided(), Elided("small")
        self._languages.bind(above, above.setText, name)
        below.setText(about)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(above)
        texts.addWidget(below)
        tools = QHBoxLayout()
        tools.setSpacing(2)
        column = QHBoxLayout(row)
        column.setContentsMargins(0, 5, 0, 5)
        column.addLayout(texts, 1)
        column.addLayout(tools)
        return row, tools

    def _tool(self, tools: QHBoxLayout, icon: str, name: str, then: Callable[..., object]) -> None:
        button = Button(icon, "tool")
        self._languages.bind(button, button.name, name)
        button.clicked.connect(partial(_call, then))
        button.setEnabled(not self._context.work.read_only)
        tools.addWidget(button)

    def _nothing(self, text: str) -> QWidget:
        label = words("small")
        self._languages.bind(label, label.setText, text)
        return label

    @property
    def _lang(self) -> Language:
        return self._languages.language

    def _run(self, job: Callable[[Progress], object], *, undo: bool = False) -> None:
        done = partial(self._on_done, undo)
        self._context.tasks.run(self, job, done, self._context.complain)

    def _on_done(self, undo: bool, title: Any) -> None:
        if undo:
            self._context.say(title, undo=True)

    def _on_changed(self, kinds: set[str]) -> None:
        if not KINDS.isdisjoint(kinds) and self.isVisible():
            self._read()

    def _on_add(self) -> None:
        self.edit(OwnField(of_kind=self.kind))

    def _on_add_list(self) -> None:
        self.edit_list(None)

    def _on_language(self) -> None:
        for place, kind in enumerate(OWNERS):
            self.kinds.setItemText(place, self._lang.say(BY_KIND[kind].PLURAL))
        self._fill()

    def _stand(self) -> None:
        for kind in OWNERS:
            self.kinds.addItem("", kind)
        self._label.setBuddy(self.kinds)
        head, foot, inner = QHBoxLayout(), QHBoxLayout(), QWidget()
        head.setSpacing(10)
        head.addWidget(self._label)
        head.addWidget(self.kinds)
        head.addStretch(1)
        head.addWidget(self.add)
        foot.addWidget(self._lists_title)
        foot.addStretch(1)
        foot.addWidget(self.add_list)
        column = QVBoxLayout(inner)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(10)
        column.addWidget(self._about)
        column.addLayout(head)
        column.addLayout(self.rows)
        column.addWidget(line())
        column.addLayout(foot)
        column.addLayout(self.lists)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.body.addWidget(area)

    def _say(self) -> None:
        bind = self._languages.bind
        about = N_(
            "What the school keeps beyond the usual fields: in forms, search, import, export and "
            "print like all others; in lists after a right click on the column titles."
        )
        bind(self._about, self._about.setText, about)
        bind(self._label, self._label.setText, N_("Fields of"))
        bind(self.kinds, self.kinds.setAccessibleName, N_("Fields of"))
        bind(self.add, self.add.setText, N_("Add a field"))
        bind(self.add_list, self.add_list.setText, N_("Add a code list"))
        bind(self._lists_title, self._lists_title.setText, N_("Code lists"))
        self._languages.changed.connect(self._on_language)
        self._on_language()


def _about(field: OwnField, lang: Language) -> str:
    """Return what a field holds and how it is treated, in one line."""
    traits = [
        (field.required, N_("Must be filled in")),
        (field.search, N_("Can be searched")),
        (field.private, N_("Personal data")),
    ]
    said = [Message(text) for on, text in traits if on]
    return lang.value([Message(field.type.value), *said])


def _call(then: Callable[..., object], *_clicked: object) -> None:
    then()


def _known(work: Work, _progress: Progress) -> _Known:
    return _Known(in_order(own_fields.definitions(work).fields), own_fields.lists(work))


def _ordered(work: Work, ids: list[str], _progress: Progress) -> int:
    return own_fields.ordered(work, ids)


def _retire(work: Work, field: OwnField, retired: bool, _progress: Progress) -> Message:
    own_fields.retire(work, field, retired=retired)
    if retired:
        return Message("Retired: {name}. Its values are kept.", name=field.name)
    return Message("Brought back: {name}", name=field.name)
