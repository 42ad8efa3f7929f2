"""A student on the way to another school, or from one: who, the words, and into which class."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.dossiers import Arrived
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.models.told import counts
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.seek import SeekEditor

_WIDTH = 480


class Sheet(QDialog):
    """A title, a sentence, some parts, and two buttons."""

    def __init__(self, parent: QWidget, context: Context, *parts: QWidget) -> None:
        """Lay it out."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.languages = context.languages
        self.title, self.text = words("heading"), words("body2", wrap=True)
        self.yes, self.no = Button(kind="primary"), Button()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        for part in (self.title, self.text, *parts):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column.addLayout(foot)
        self.text.setFixedWidth(_WIDTH)
        self.no.clicked.connect(self.reject)

    def say(self, title: str, text: str | Message, yes: str) -> None:
        """Show the words of the dialog."""
        bind = self.languages.bind
        bind(self, self.setWindowTitle, title)
        bind(self.title, self.title.setText, title)
        bind(self.text, self.text.setText, text)
        bind(self.yes, self.yes.setText, yes)
        bind(self.no, self.no.setText, N_("Cancel"))
        # A wrapped text claims the height of fewer lines, and the parts below it overlap.
        self.text.setMinimumHeight(self.text.heightForWidth(_WIDTH))


class LeavingDialog(Sheet):
    """Asks which student leaves; `then` gets the id and whether to mark them as transferred."""

    def __init__(
        self, parent: QWidget, context: Context, then: Callable[[str, bool], object]
    ) -> None:
        """Ask who it is."""
        tools = Tools(context.languages, Search(context.work.store, context))
        self.student = SeekEditor(Field(Kind.REF, N_("Student"), target="student"), tools)
        self.leaves = QCheckBox()
        super().__init__(parent, context, self.student, self.leaves)
        self._then = then
        self.say(N_("A student goes to another school"), _LEAVING, N_("Choose where …"))
        bind = self.languages.bind
        bind(self.student.line, self.student.line.setAccessibleName, N_("Student"))
        bind(self.student.line, self.student.line.setPlaceholderText, N_("Name or number"))
        bind(self.leaves, self.leaves.setText, N_("Mark the student as transferred here"))
        self.leaves.setChecked(True)
        self.yes.setEnabled(False)
        self.student.changed.connect(self._on_changed)
        self.yes.clicked.connect(self._on_yes)

    def _chosen(self) -> str:
        try:
            return str(self.student.value() or "")
        except UserError:
            return ""

    def _on_changed(self) -> None:
        self.yes.setEnabled(bool(self._chosen()))

    def _on_yes(self) -> None:
        student, leaves = self._chosen(), self.leaves.isChecked()
        self.accept()
        self._then(student, leaves)


class HearingDialog(Sheet):
    """Asks for the words of a file from another school; `then` is called with them."""

    def __init__(self, parent: QWidget, context: Context, then: Callable[[str], object]) -> None:
        """Ask for the words."""
        self.line = QLineEdit()
        super().__init__(parent, context, self.line)
        self._then = then
        self.say(N_("A student comes from another school"), _HEARING, N_("Look into it"))
        self.languages.bind(self.line, self.line.setAccessibleName, N_("Words"))
        self.yes.setEnabled(False)
        self.line.textChanged.connect(self._on_text)
        self.yes.clicked.connect(self._on_yes)
        self.line.setFocus()

    def _on_text(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _on_yes(self) -> None:
        said = self.line.text().strip()
        self.accept()
        self._then(said)


class ArrivingDialog(Sheet):
    """Shows what a file holds and asks for the class; `then` is called with its id, or ""."""

    def __init__(
        self, parent: QWidget, context: Context, arrived: Arrived, then: Callable[[str], object]
    ) -> None:
        """Show who comes."""
        tools = Tools(context.languages, Search(context.work.store, context))
        field = Field(Kind.REF, N_("Class"), target="school_class")
        self.school_class, self.told = SeekEditor(field, tools), words("label", wrap=True)
        label = words("small")
        super().__init__(parent, context, self.told, label, self.school_class)
        self._then = then
        who = Message(
            "{names}, from {school}", names=list(arrived.students), school=arrived.school or "—"
        )
        self.say(N_("A student comes from another school"), who, N_("Take in"))
        bind = self.languages.bind
        bind(self.told, self.told.setText, _told(arrived))
        bind(label, label.setText, N_("Into which class"))
        bind(self.school_class.line, self.school_class.line.setAccessibleName, field.label)
        self.yes.clicked.connect(self._on_yes)

    def _on_yes(self) -> None:
        try:
            chosen = str(self.school_class.value() or "")
        except UserError:
            return
        self.accept()
        self._then(chosen)


def _told(arrived: Arrived) -> Message:
    """Return what comes along, and what of it is here already."""
    what = counts({kind: many for kind, many in arrived.kinds.items() if kind != "attachment"})
    files = Message(NN_("{n} file", "{n} files"), n=arrived.files)
    known = [name for names in arrived.known.values() for name in names]
    if not known:
        return Message("{what}; {files}. Nothing of it is here yet.", what=what, files=files)
    return Message(
        "{what}; {files}. Here already: {known}. What these say here stays; only what is empty "
        "with a student is filled in.",
        what=what, files=files, known=known,
    )  # fmt: skip


_LEAVING = N_(
    "One sealed file with the student's records, placements, papers and files, for the other "
    "school. Classes, teachers and other students stay here. You read out eight words to open it."
)
_HEARING = N_("Have the other school read out the eight words of this file.")
