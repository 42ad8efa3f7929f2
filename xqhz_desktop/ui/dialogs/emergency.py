"""应急卡: type initials, press Enter, and see whom to call, in large letters."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.reports.emergency_card import EMERGENCY_CARD, EmergencyQuestions
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.services import emergency
from xqhz_desktop.services.emergency import Card, Person
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.language import Text
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import line, words
from xqhz_desktop.ui.widgets.questions import Wanted
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_SIZE = (760, 660)


class EmergencyDialog(QDialog):
    """First a line to type into, then the card; Esc goes back, and once more closes."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        """Begin with the search."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._seeking: Handle | None = None
        self._eager = False
        """Enter was pressed before anybody was found."""
        self.card: Card | None = None
        self.search_box, self.list = SearchBox(), QListWidget()
        self.copy, self.print, self.note = Button("file-text"), Button("printer"), Button("pencil")
        self.again, self._title = Button("search"), words("heading")
        self._stack, self._lines = QStackedWidget(), QScrollArea()
        self._stand()
        self._speak()
        self._connect()
        room = parent.window().size()
        self.resize(min(_SIZE[0], room.width() - 60), min(_SIZE[1], room.height() - 40))
        self.search_box.setFocus()

    def reject(self) -> None:
        """Go back to the search, or close."""
        if self._stack.currentIndex():
            self.seek()
        else:
            super().reject()

    def seek(self) -> None:
        """Look for somebody else."""
        self.card = None
        self._say_title(N_("Emergency card"))
        self._stack.setCurrentIndex(0)
        self._show_buttons()
        self.search_box.selectAll()
        self.search_box.setFocus()

    def open_first(self) -> None:
        """Show the card of the student chosen in the list, or the first."""
        self._eager = self._seeking is not None
        if self._eager:
            return
        item = self.list.currentItem() or self.list.item(0)
        if item is not None:
            student = str(item.data(Qt.ItemDataRole.UserRole))
            job = partial(_card, self._context.work, student)
            self._context.tasks.run(self, job, self._show_card, self._context.complain)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while one types."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = max(0, min(self.list.currentRow() + step, self.list.count() - 1))
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        seeking = QWidget()
        rows = QVBoxLayout(seeking)
        rows.setContentsMargins(20, 0, 20, 0)
        rows.addWidget(self.search_box)
        rows.addWidget(self.list, 1)
        self.list.setProperty("plain", "true")
        self._lines.setWidgetResizable(True)
        self._stack.addWidget(seeking)
        self._stack.addWidget(self._lines)
        self._title.setContentsMargins(20, 18, 20, 8)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.setSpacing(8)
        for button in (self.again, self.copy, self.note):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._stack, 1)
        column.addWidget(line())
        column.addLayout(foot)
        self._show_buttons()

    def _speak(self) -> None:
        bind = self._context.languages.bind
        self._say_title(N_("Emergency card"))
        bind(self.search_box, self.search_box.name, N_("Pinyin initials, name or number"))
        bind(self.list, self.list.setAccessibleName, N_("Students found"))
        bind(self._lines, self._lines.setAccessibleName, N_("Emergency card"))
        bind(self.again, self.again.setText, N_("Somebody else"))
        bind(self.copy, self.copy.setText, N_("Copy"))
        bind(self.note, self.note.setText, N_("Note an incident"))
        bind(self.print, self.print.setText, N_("Print"))

    def _say_title(self, text: Text) -> None:
        bind = self._context.languages.bind
        bind(self, self.setWindowTitle, text)
        bind(self._title, self._title.setText, text)

    def _connect(self) -> None:
        self.search_box.installEventFilter(self)
        self.search_box.asked.connect(self._on_asked)
        self.search_box.left_down.connect(self.open_first)
        self.list.itemClicked.connect(self.open_first)
        self.again.clicked.connect(self.seek)
        self.copy.clicked.connect(self._on_copy)
        self.note.clicked.connect(self._on_note)
        self.print.clicked.connect(self._on_print)

    def _on_asked(self, text: str) -> None:
        if self._seeking is not None:
            self._seeking.cancel()
        job = partial(_people, self._context.work, text)
        self._seeking = self._context.tasks.run(self, job, self._show_people)

    def _show_people(self, some: list[Person]) -> None:
        self._seeking = None
        self.list.clear()
        for one in some:
            parts = (one.name, one.class_name, one.student_no[-4:], one.enterprise)
            item = QListWidgetItem("   ".join(filter(None, parts)))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if self._eager:
            self.open_first()

    def _show_card(self, card: Card) -> None:
        self.card = card
        self._say_title(Message("Emergency card: {name}", name=card.student.name))
        self._lines.setWidget(_Lines(card, self._context.languages.language))
        self._stack.setCurrentIndex(1)
        self._show_buttons()
        self.copy.setFocus()

    def _show_buttons(self) -> None:
        shown = self.card is not None
        for button in (self.again, self.copy, self.print):
            button.setVisible(shown)
        placed = self.card is not None and bool(self.card.placement)
        self.note.setVisible(placed and not self._context.work.read_only)

    def _on_copy(self) -> None:
        if self.card is not None:
            say = self._context.languages.say
            lines = (f"{say(one.label)} {one.text} {one.call}" for one in self.card.lines)
            QGuiApplication.clipboard().setText("\n".join(" ".join(one.split()) for one in lines))
            self._context.say(Message("Copied"))

    def _on_note(self) -> None:
        assert self.card is not None, "the button is only there with a card"
        where = (Where("placement", "=", self.card.placement),)
        self.accept()
        self._context.navigate("incident", Query("incident", where=where), "", "add")

    def _on_print(self) -> None:
        assert self.card is not None, "the button is only there with a card"
        job = partial(_draw, self._context.work, self.card, self._context.languages.language)
        self._context.tasks.run(self, job, self._on_drawn, self._context.complain)

    def _on_drawn(self, drawn: Drawn) -> None:
        PaperDialog(self, self._context, drawn).open()


class _Lines(QWidget):
    """The lines of a card: label, name, and the number in the largest letters."""

    def __init__(self, card: Card, lang: Language) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 4, 20, 16)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(card.lines):
            label, text, call = words("label"), words("heading", wrap=True), words("title")
            label.setText(lang.say(one.label))
            text.setText(one.text)
            call.setText(one.call)
            for column, part in enumerate((label, text, call)):
                _selectable(part)
                grid.addWidget(part, row, column)
        last = len(card.lines)
        for row, incident in enumerate(card.earlier[:5], last):
            label, text = words("label"), words("body2", wrap=True)
            label.setText(f"{lang.value(incident.happened_on)} {lang.say(incident.kind)}")
            text.setText(incident.what)
            grid.addWidget(label, row, 0)
            grid.addWidget(text, row, 1, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)


def _selectable(label: QLabel) -> None:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _people(work: Work, text: str, _progress: Progress) -> list[Person]:
    return emergency.people(work, text, date.today())


def _card(work: Work, student: str, _progress: Progress) -> Card:
    return emergency.card(work, student, date.today())


def _draw(work: Work, card: Card, lang: Language, _progress: Progress) -> Drawn:
    output = Output.EN if lang.code == "en" else Output.ZH_CN
    edition = Edition(output, printed_by=work.actor.name)
    paper = emergency.paper(work, card, edition)
    wanted = Wanted(EmergencyQuestions(), output)
    missing = tuple(paper.missing)
    return Drawn(EMERGENCY_CARD, wanted, edition, paper.data, paper.pages, paper.told, missing)
