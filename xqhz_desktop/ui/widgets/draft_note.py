"""What is said above a form that has an unsaved draft: what differs, and the two ways out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from xqhz_desktop.domain.cells import value_of
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.drafts import Left
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.columns import field_text
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words

_MOST = 6
"""Fields told one by one."""
_LONGEST = 60
"""Letters of a value; the form shows all of it."""


class DraftNote(Card):
    """Hidden while the record in the form has no draft."""

    restored = Signal()
    discarded = Signal()

    def __init__(self, languages: Languages) -> None:
        """Say nothing yet."""
        super().__init__(12, 4, "hint")
        self._languages = languages
        self._left: Left | None = None
        self._fields: Mapping[str, Field] = {}
        self._title, self._lines = words("section", wrap=True), words("label", wrap=True)
        self._warning = words("advice", wrap=True)
        self.restore_button, self.discard_button = Button(), Button(kind="quiet")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        foot.addWidget(self.restore_button)
        foot.addWidget(self.discard_button)
        foot.addStretch(1)
        for part in (self._title, self._lines, self._warning):
            self.body.addWidget(part)
        self.body.addLayout(foot)
        bind = languages.bind
        bind(self.restore_button, self.restore_button.setText, N_("Restore"))
        bind(self.discard_button, self.discard_button.setText, N_("Discard"))
        self.restore_button.clicked.connect(self.restored)
        self.discard_button.clicked.connect(self.discarded)
        languages.changed.connect(self._say)
        self.hide()

    def show_draft(self, left: Left | None, fields: Mapping[str, Field]) -> None:
        """Say what a draft changes of the fields of a form; None hides the note."""
        self._left, self._fields = left, fields
        self._say()
        self.setVisible(left is not None)

    def _say(self) -> None:
        one = self._left
        if one is None:
            return
        say = self._languages.language.say
        title = Message("Unsaved draft, {time}, {person}", time=one.at, person=one.by or "—")
        self._title.setText(say(title))
        lines = [self._line(one, name) for name in one.fields if name in self._fields]
        if len(lines) > _MOST:
            lines = [*lines[:_MOST], say(Message("and {n} more", n=len(lines) - _MOST))]
        self._lines.setText("\n".join(lines))
        warning = self._changed_since(one)
        self._warning.setVisible(warning is not None)
        self._warning.setText(say(warning) if warning else "")

    def _line(self, one: Left, name: str) -> str:
        lang, field = self._languages.language, self._fields[name]
        before = ""
        if one.row is not None:
            value = one.row.record.value(field)
            before = one.row.names.get(name, "") or _text(field, value, lang)
        after = one.draft.typed.get(name) or one.names.get(name, "")
        if not after:
            after = _text(field, value_of(field, one.draft.cells.get(name)), lang)
        line = "{field}: {before} → {after}" if one.row else "{field}: {after}"
        told = {"before": _cut(before), "after": _cut(after)}
        return lang.say(Message(line, field=Message(field.label), **told))

    def _changed_since(self, one: Left) -> Message | None:
        person = one.since.actor_name if one.since else "—"
        fields = [Message(self._fields[name].label) for name in one.moved if name in self._fields]
        if fields:
            return Message(
                "Changed since by {person}: {fields}. Restoring puts the draft over it; "
                "nothing is written before you save.",
                person=person,
                fields=fields,
            )
        if one.since is None:
            return None
        return Message(
            "Other fields of this record were changed since by {person}; they stay as they are.",
            person=person,
        )


WORDS = (
    Message("{field}: {before} → {after}"),
    Message("{field}: {after}"),
)
"""The texts that are chosen from, for the catalogue."""


def _text(field: Field, value: object, lang: Language) -> str:
    return "" if field.kind is Kind.REF else field_text(field, value, lang)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return (line[:_LONGEST] + "…" if len(line) > _LONGEST else line) or "—"
