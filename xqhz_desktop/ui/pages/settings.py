"""设置: the school, who works here, how the window looks, where the data lies."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages.settings_data import DataCard
from xqhz_desktop.ui.pages.settings_own import OwnFieldsCard
from xqhz_desktop.ui.pages.settings_people import PeopleCard
from xqhz_desktop.ui.pages.settings_school import SchoolCard
from xqhz_desktop.ui.pages.settings_window import WindowCard
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.segmented import Segmented

_WIDTH = 720

_PARTS = (
    ("school", N_("School")),
    ("people", N_("People")),
    ("own", N_("Own fields")),
    ("data", N_("Data and backups")),
    ("window", N_("Language and look")),
)


class SettingsPage(QWidget):
    """A few cards, one at a time."""

    def __init__(self, context: Context) -> None:
        """Show the first card."""
        super().__init__()
        self._head = Head()
        self.parts = Segmented(context.languages, _PARTS)
        self.school = SchoolCard(context)
        self.people = PeopleCard(context)
        self.own = OwnFieldsCard(context)
        self.data = DataCard(context)
        self.window_ = WindowCard(context)
        self._stack = QStackedWidget()
        column = stand(self, self._head)
        column.addWidget(self.parts, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._stack, 1)
        for card in (self.school, self.people, self.own, self.data, self.window_):
            self._stack.addWidget(_left(card))
        bind = context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Settings"))
        self._head.line.hide()
        self.parts.chosen.connect(self.show_part)

    def show_part(self, name: str) -> None:
        """Show one of the cards by name: school, people, own, data, window."""
        self.parts.choose(name)
        self._stack.setCurrentIndex([value for value, _text in _PARTS].index(name))

    def show_record(self, _record: str) -> None:
        """Show the school, the only record of this page."""
        self.show_part("school")

    def may_leave(self) -> bool:
        """Stay while the school has unsaved changes; the card asks what to do."""
        return self.school.may_leave()


def _left(card: QWidget) -> QWidget:
    """Return a card at the left with the width of a form."""
    outer = QWidget()
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    card.setMaximumWidth(_WIDTH)
    grows = isinstance(card, SchoolCard | OwnFieldsCard)
    column.addWidget(card, 1 if grows else 0)
    if not grows:
        column.addStretch(1)
    return outer
