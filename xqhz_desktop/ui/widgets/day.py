"""The editor of a day: a line that takes any usual form, with a calendar beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from xqhz_desktop.domain.fields import Field
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.widgets.editors import LineEditor, Tools


class DayEditor(LineEditor):
    """A day, typed in any usual form or picked from a calendar."""

    def __init__(self, described: Field, tools: Tools, kind: str = "") -> None:
        """Edit a day."""
        super().__init__(described, tools, kind)
        pick = self.line.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        tools.languages.bind(pick, pick.setToolTip, N_("Pick a day"))
        pick.triggered.connect(self.open_calendar)

    def open_calendar(self) -> QMenu:
        """Show the calendar under the editor."""
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        try:
            now = self.value() or date.today()
        except UserError:
            now = date.today()
        calendar.setSelectedDate(QDate(now.year, now.month, now.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.clicked.connect(self._on_day)
        calendar.activated.connect(self._on_day)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        calendar.setFocus()
        return menu

    def _on_day(self, day: QDate) -> None:
        self.line.setText(date(day.year(), day.month(), day.day()).isoformat())
