"""Handing over to a successor: who leaves, what is open, who takes over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.handovers import Matters
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.person import Sheet
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.seek import SeekEditor


class HandoverDialog(Sheet):
    """Asks who leaves and who takes over; `then` gets both ids and whether roles change too."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        asked: Callable[[str], object],
        then: Callable[[str, str, bool], object],
    ) -> None:
        """`asked` is called with who leaves; whoever knows what is open answers with `show`."""
        tools = Tools(context.languages, Search(context.work.store, context))
        self.leaver, self.heir = (
            SeekEditor(Field(Kind.REF, label, target="staff"), tools) for label in (_WHO, _HEIR)
        )
        self.open_list, self.roles = QPlainTextEdit(), QCheckBox()
        labels = [words("label") for _ in range(3)]
        super().__init__(
            parent, context, labels[0], self.leaver, labels[1], self.open_list, labels[2],
            self.heir, self.roles,
        )  # fmt: skip
        self._asked, self._then = asked, then
        self.say(N_("Hand over to a successor"), _TEXT, N_("Hand over"))
        bind = self.languages.bind
        for label, part, text in (
            (labels[0], self.leaver.line, _WHO),
            (labels[1], self.open_list, N_("What is open")),
            (labels[2], self.heir.line, _HEIR),
        ):
            bind(label, label.setText, text)
            bind(part, part.setAccessibleName, text)
        bind(self.roles, self.roles.setText, N_("The role goes over too"))
        self.roles.setChecked(True)
        self.open_list.setReadOnly(True)
        self.open_list.setFixedHeight(140)
        self.open_list.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.yes.setEnabled(False)
        self.leaver.changed.connect(self._on_leaver)
        self.heir.changed.connect(self._on_changed)
        self.yes.clicked.connect(self._on_yes)

    def show_matters(self, found: Matters) -> None:
        """Show what is open."""
        self.open_list.setPlainText("\n".join(lines(found, self.languages.language)))

    def _on_leaver(self) -> None:
        self._on_changed()
        if chosen := _chosen(self.leaver):
            self._asked(chosen)

    def _on_changed(self) -> None:
        leaver, heir = _chosen(self.leaver), _chosen(self.heir)
        self.yes.setEnabled(bool(leaver and heir and leaver != heir))

    def _on_yes(self) -> None:
        leaver, heir, roles = _chosen(self.leaver), _chosen(self.heir), self.roles.isChecked()
        self.accept()
        self._then(leaver, heir, roles)


def lines(found: Matters, lang: Language) -> list[str]:
    """Return what is open, a line each."""
    made = [
        lang.say(
            Message(
                "{kind} ({many}): {names}",
                kind=Message(BY_KIND[kind].PLURAL),
                many=len(names),
                names=[name or "—" for name in names],
            )
        )
        for kind, names in found.records.items()
    ]
    made += [lang.say(one) for one in found.unfinished]
    return made or [lang.say(N_("Nothing is open."))]


def _chosen(seek: SeekEditor) -> str:
    try:
        return str(seek.value() or "")
    except UserError:
        return ""


_WHO, _HEIR = N_("Who leaves"), N_("Who takes over")
_TEXT = N_(
    "Departments, classes, batches, agreements and placements that are not over go to the "
    "successor, as one step that can be undone. Afterwards change the passphrase, fill the safe "
    "anew, and block computers that are not handed over."
)
