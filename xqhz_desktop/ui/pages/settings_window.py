"""Language and look of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from xqhz_desktop import i18n
from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.gate import field
from xqhz_desktop.ui.theme import Theme
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.segmented import Segmented


class WindowCard(Card):
    """Two choices that take effect at once."""

    def __init__(self, context: Context) -> None:
        """Show what is in force."""
        super().__init__(gap=18)
        languages = context.languages
        self._languages = languages
        self.language = Segmented(languages, list(i18n.NAMES.items()))
        self.look = Segmented(
            languages,
            [("system", N_("As the computer")), ("light", N_("Light")), ("dark", N_("Dark"))],
        )
        app = QApplication.instance()
        self._theme = app.findChild(Theme) if app else None
        self.body.addWidget(field(languages, N_("Language"), self.language))
        self.body.addWidget(field(languages, N_("Look"), self.look))
        self.language.chosen.connect(languages.switch)
        self.look.chosen.connect(self._on_look)
        languages.changed.connect(self._show)
        if self._theme is not None:
            self._theme.changed.connect(self._show)
        self._show()

    def _on_look(self, choice: str) -> None:
        if self._theme is not None:
            self._theme.switch(choice)

    def _show(self) -> None:
        self.language.choose(self._languages.language.code)
        if self._theme is not None:
            self.look.choose(self._theme.choice)
