"""The foot of the check: what would be written, how, and the button that does it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.staged import Mode, Staged
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.staged import outcome, outlook
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided

_BLANKS = (N_("Blank: keep"), N_("Blank: empty"))


class StagedFoot(QWidget):
    """Sentence, choices, buttons, and a bar while something is worked out."""

    mode_chosen = Signal(object)
    clear_chosen = Signal(bool)
    errors_wanted = Signal(bool)
    """The rows with errors as a file: the whole list (True), or only those rows."""

    def __init__(self, languages: Languages) -> None:
        """Make it without counts; `show_staged` gives them."""
        super().__init__()
        self._languages = languages
        self.said, self.below = Elided("section"), Elided("small")
        self.mode, self.blanks = QComboBox(), QComboBox()
        self.go, self.cancel = Button("check", "primary"), Button()
        self.errors, self.undo = Button("download"), Button("undo-2")
        self.rest = Button("pencil", "primary")
        self.bar = QProgressBar()
        self._stand()
        self._speak()
        self.mode.activated.connect(lambda place: self.mode_chosen.emit(list(Mode)[place]))
        self.blanks.activated.connect(lambda place: self.clear_chosen.emit(place == 1))
        self.errors.clicked.connect(self._on_errors)
        languages.changed.connect(self._fill)

    def show_staged(self, staged: Staged, *, read_only: bool) -> None:
        """Say what would be written."""
        self._show_parts(done=False)
        self._languages.bind(self.cancel, self.cancel.setText, N_("Cancel"))
        self.mode.setCurrentIndex(list(Mode).index(staged.choice.mode))
        self.blanks.setCurrentIndex(int(staged.choice.clear))
        writing, errors = len(staged.to_write()), staged.counts["errors"]
        text = NN_("Import {n} row", "Import {n} rows")
        if errors and writing:
            text = NN_("Import {n} right row", "Import {n} right rows")
        bind = self._languages.bind
        bind(self.go, self.go.setText, Message(text, n=writing))
        self.go.setEnabled(bool(writing or staged.left()) and not read_only)
        bind(self.said, self.said.setText, outlook(staged))
        self.errors.setVisible(bool(errors))
        if errors:
            text = NN_(
                "{n} row with errors stays out. Undone in one step.",
                "{n} rows with errors stay out. Undone in one step.",
            )
            bind(self.below, self.below.setText, Message(text, n=errors))
        else:
            bind(self.below, self.below.setText, N_("The import is one step that can be undone."))

    def show_done(self, staged: Staged, *, undo: bool) -> None:
        """Say what was written, and offer the way back."""
        self._show_parts(done=True)
        self.undo.setVisible(undo)
        errors = staged.counts["errors"]
        self.rest.setVisible(bool(errors))
        text = NN_("Mend the row left", "Mend the {n} rows left")
        self._languages.bind(self.rest, self.rest.setText, Message(text, n=errors))
        bind = self._languages.bind
        bind(self.cancel, self.cancel.setText, N_("Close"))
        bind(self.said, self.said.setText, outcome(staged))
        self.cancel.setFocus()

    def show_busy(self, busy: bool) -> None:
        """Show that something is worked out, or that it ended."""
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        for part in (self.mode, self.blanks, self.go):
            part.setEnabled(not busy)

    def menu(self) -> QMenu:
        """Return the two ways to get the errors as a file."""
        say, menu = self._languages.say, QMenu(self)
        tell = self.errors_wanted.emit
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(say(N_("My whole sheet, errors marked")), partial(tell, True))
        menu.addAction(say(N_("Only the rows with errors")), partial(tell, False))
        return menu

    def _show_parts(self, *, done: bool) -> None:
        for part in (self.go, self.mode, self.blanks):
            part.setVisible(not done)
        for part in (self.undo, self.rest):
            part.setVisible(done)

    def _stand(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._show_parts(done=False)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self.said)
        text.addWidget(self.below)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addLayout(text, 1)
        parts = (self.mode, self.blanks, self.errors, self.undo, self.cancel, self.rest, self.go)
        for part in parts:
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self.errors, self.errors.setText, N_("Download errors"))
        bind(self.undo, self.undo.setText, N_("Undo this import"))
        bind(self.mode, self.mode.setAccessibleName, N_("What is written"))
        bind(self.blanks, self.blanks.setAccessibleName, N_("Blank cells"))
        self._fill()

    def _fill(self) -> None:
        say = self._languages.say
        for box, texts in ((self.mode, [one.value for one in Mode]), (self.blanks, _BLANKS)):
            here = max(box.currentIndex(), 0)
            box.clear()
            box.addItems([say(text) for text in texts])
            box.setCurrentIndex(here)

    def _on_errors(self) -> None:
        self.menu().popup(self.errors.mapToGlobal(self.errors.rect().topLeft()))
