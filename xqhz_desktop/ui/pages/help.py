"""帮助: the handbook, opened at the page that fits what the user was doing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui import handbook
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.handbook import Topic
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import GAP, PADDING
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_LIST, _TEXT, _ROW = 280, 820, 38

FITTING = {
    "today": "start",
    "student": "import",
    "enterprise": "enterprises",
    "position": "enterprises",
    "mentor": "enterprises",
    "placement_batch": "placing",
    "allocation": "placing",
    "placement": "placing",
    "attendance_month": "attendance",
    "attendance": "attendance",
    "leave": "attendance",
    "pays": "attendance",
    "pay": "attendance",
    "handed_in": "during",
    "student_report": "during",
    "visits": "during",
    "visit": "during",
    "incident": "during",
    "incidents": "during",
    "reports": "register",
    "staging": "import",
    "sync": "exchange",
    "conflicts": "exchange",
    "compare": "tidy",
    "history": "undo",
    "settings": "backup",
}
"""The page of the handbook that fits a page of the window; the others begin at the first one."""


class HelpPage(QWidget):
    """The contents at the left, one page at the right; links lead from page to page."""

    def __init__(self, context: Context) -> None:
        """Show the first page."""
        super().__init__()
        self._languages = context.languages
        self._topics: tuple[Topic, ...] = ()
        self._head, self.search_box = Head(), SearchBox()
        self.list, self.text = QListWidget(), QTextBrowser()
        self._nothing = words("small", wrap=True)
        self._name = ""
        self._stand()
        self._say()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._on_link)
        self.search_box.asked.connect(self._fill)
        self.search_box.left_down.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(self._on_chosen)
        context.languages.changed.connect(self._read)
        self._read()

    def show_record(self, page: str) -> None:
        """Show what fits a page of the window."""
        self.search_box.clear()
        self.show_topic(FITTING.get(page, self._topics[0].name))

    def show_topic(self, name: str) -> None:
        """Show one page of the handbook."""
        topic = next((one for one in self._topics if one.name == name), self._topics[0])
        self._name = topic.name
        self._mark()
        self._draw(topic)

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Put the keyboard into the search box."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_box.selectAll()

    def refresh(self) -> None:
        """Read the handbook again."""
        self._read()

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.list, self.text]

    def changeEvent(self, event: QEvent) -> None:
        """Draw the page again in the colours of another theme."""
        super().changeEvent(event)
        if self._name and event.type() is QEvent.Type.StyleChange:
            self.show_topic(self._name)

    def _stand(self) -> None:
        column = stand(self, self._head)
        contents, page = Card(padding=8, gap=8), Card(padding=0, gap=0)
        contents.setFixedWidth(_LIST)
        contents.body.addWidget(self.search_box)
        contents.body.addWidget(self._nothing)
        contents.body.addWidget(self.list, 1)
        self.list.setProperty("plain", "true")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing.hide()
        page.body.setContentsMargins(PADDING, 8, 4, 8)
        page.body.addWidget(self.text)
        page.setMaximumWidth(_TEXT)
        self.text.setProperty("plain", "true")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(contents)
        row.addWidget(page, 100)
        row.addStretch(1)
        column.addLayout(row, 1)

    def _say(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Help"))
        bind(self._head.line, self._head.line.setText, N_("The handbook: one page a task"))
        bind(self.search_box, self.search_box.name, N_("Search the handbook"))
        bind(self._nothing, self._nothing.setText, N_("No page says this."))
        bind(self.list, self.list.setAccessibleName, N_("Contents"))
        bind(self.text, self.text.setAccessibleName, N_("Help"))

    def _read(self) -> None:
        self._topics = handbook.topics(self._languages.language.code)
        self._fill(self.search_box.text().strip())
        self.show_topic(self._name)

    def _fill(self, words_: str) -> None:
        """List the pages that say the words; the first of them is shown."""
        found = [one for one in self._topics if one.tells_of(words_)]
        self.list.blockSignals(True)
        self.list.clear()
        for topic in found:
            item = QListWidgetItem(topic.title)
            item.setData(Qt.ItemDataRole.UserRole, topic.name)
            item.setSizeHint(QSize(0, _ROW))  # the style sheet speaks later than the first layout
            item.setToolTip(topic.title)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._nothing.setVisible(not found)
        if found and self._name not in [one.name for one in found]:
            self.show_topic(found[0].name)
        self._mark()

    def _mark(self) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole) == self._name:
                self.list.setCurrentRow(place)
        self.list.blockSignals(False)

    def _draw(self, topic: Topic) -> None:
        now = tokens(self)
        self.text.document().setDefaultStyleSheet(handbook.style(now))
        self.text.setHtml(handbook.html(topic.text, now))

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_topic(item.data(Qt.ItemDataRole.UserRole))

    def _on_link(self, url: QUrl) -> None:
        """Follow a link: inside the handbook here, others in the browser."""
        if url.scheme():
            QDesktopServices.openUrl(url)
        else:
            self.search_box.clear()
            self.show_topic(url.path().removesuffix(".md"))
