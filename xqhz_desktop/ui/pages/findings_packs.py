"""The foot of the rules: which packs are in force, and using one from a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from xqhz_desktop.domain.ruling import RulePack
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.rule_packs import Difference
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.pages import findings_jobs as jobs
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided

_SHOWN = 8
"""Differences named before a pack is used; the rest are counted."""


class PackFoot(QWidget):
    """Names and versions of the packs in force, and a menu."""

    def __init__(self, context: Context) -> None:
        """Make it without names."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.words, self.button = Elided("small"), Button("ellipsis", "tool")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 6, 4)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self._languages.bind(self.button, self.button.name, N_("Rule packs"))
        self.button.clicked.connect(self._on_menu)

    def show_packs(self, packs: Sequence[str]) -> None:
        """Show packs, each a Chinese title, an English one and a version on lines of their own."""
        place = 0 if self._languages.language.code == "zh_CN" else 1
        names = [f"{one.splitlines()[place]} {one.splitlines()[2]}" for one in packs]
        bind = self._languages.bind
        bind(self.words, self.words.setText, Message("Rule packs: {packs}", packs=names))

    def menu(self) -> QMenu:
        """Return what can be done with packs."""
        say, menu = self._languages.say, QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(say(N_("Show rule packs"))).triggered.connect(self._on_show)
        use = menu.addAction(say(N_("Use a rule pack from a file…")))
        use.setEnabled(not self._context.work.read_only)
        use.triggered.connect(self._on_file)
        return menu

    def try_file(self, file: str) -> None:
        """Try a pack by its own examples, then ask whether it shall count."""
        job = partial(jobs.read_pack, Path(file))
        self._context.tasks.run(self, job, self._on_tried, self._context.complain)

    def _on_show(self) -> None:
        self._context.navigate("rule_pack")

    def _on_menu(self) -> None:
        self.menu().popup(self.button.mapToGlobal(self.button.rect().topLeft()))

    def _on_file(self) -> None:
        say = self._languages.say
        dialog = QFileDialog(self, say(N_("Use a rule pack from a file…")), str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(say(N_("Rule packs (*.json)")))
        dialog.fileSelected.connect(self.try_file)
        dialog.open()

    def _on_tried(self, tried: tuple[RulePack, list[Difference]]) -> None:
        draft, changes = tried
        said = [
            Message("{rule} {what}: {before} → {after}", rule=one.rule, what=one.what,
                    before=_short(one.before), after=_short(one.after))
            for one in changes[:_SHOWN]
        ]  # fmt: skip
        text = Message(
            "It stood its own examples. {changes}: {said}",
            changes=Message(NN_("{n} value changes", "{n} values change"), n=len(changes)),
            said=said,
        )
        title = Message("Use “{name}” {version}?", name=draft.name, version=draft.version)
        ask(self, self._languages, Asked(title, text, N_("Use it")), partial(self._adopt, draft))

    def _adopt(self, draft: RulePack) -> None:
        job = partial(jobs.adopt, self._context.work, draft)
        self._context.tasks.run(self, job, self._on_adopted, self._context.complain)

    def _on_adopted(self, said: Message) -> None:
        self._context.say(said, undo=True)


def _short(value: object) -> str:
    text = "—" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
