"""The foot of the window: where the data is, what runs, what is in view, two switches."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from xqhz_desktop import i18n
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import STATUS_BAR
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, IconLabel, words


class StatusBar(QFrame):
    """One line that says the data is safe and what goes on."""

    palette_wanted = Signal()
    language_wanted = Signal()
    theme_wanted = Signal()
    sync_wanted = Signal()

    def __init__(self, languages: Languages) -> None:
        """Make the bar with nothing going on."""
        super().__init__()
        self.setObjectName("statusbar")
        self.setFixedHeight(STATUS_BAR)
        self._languages = languages
        self._offline = IconLabel("circle-check", "good", 15)
        self._place, self._saved = words("small"), Elided("small")
        self._task = _Task(languages)
        self._sync, self._count = Button("refresh-cw", "status"), words("small")
        self._palette, self._keys = Button(kind="status"), words("keys")
        self._language = Button("languages", "status")
        self._theme = Button("moon", "status")
        self._stand()
        self._say()
        self._sync.clicked.connect(self.sync_wanted)
        self._sync.hide()
        self._palette.clicked.connect(self.palette_wanted)
        self._language.clicked.connect(self.language_wanted)
        self._theme.clicked.connect(self.theme_wanted)

    def show_saved(self, message: Message | None) -> None:
        """Say what was saved last, or nothing."""
        self._languages.bind(self._saved, self._saved.setText, message or "")

    def show_sync(self, message: Message | None) -> None:
        """Say what is not sent to other computers, or nothing."""
        self._sync.setVisible(message is not None)
        self._languages.bind(self._sync, self._sync.setText, message or "")

    def show_count(self, message: Message | None) -> None:
        """Say what part of a list is in view, or nothing."""
        self._languages.bind(self._count, self._count.setText, message or "")

    def show_task(self, handle: Handle) -> None:
        """Show a long job with its progress and a way to stop it."""
        self._task.follow(handle)

    def show_theme(self, dark: bool) -> None:
        """Offer the other theme."""
        self._theme.wear("sun" if dark else "moon")

    def take_focus(self) -> None:
        """Put the keyboard on the first button."""
        self._palette.setFocus()

    def _stand(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._offline)
        row.addWidget(self._place)
        row.addSpacing(14)
        row.addWidget(self._sync)
        row.addWidget(self._task)
        row.addWidget(self._saved, 1)
        row.addWidget(self._count)
        row.addSpacing(8)
        row.addWidget(self._palette)
        row.addWidget(self._keys)
        row.addSpacing(8)
        row.addWidget(self._language)
        row.addWidget(self._theme)

    def _say(self) -> None:
        bind = self._languages.bind
        bind(self._place, self._place.setText, N_("Works offline, data stays on this computer"))
        bind(self._palette, self._palette.setText, N_("Commands"))
        self._keys.setText("Ctrl K")
        self._keys.setFixedHeight(20)
        bind(self._theme, self._theme.name, N_("Switch between light and dark"))
        bind(self._language, self._name_other, "")

    def _name_other(self, _text: str) -> None:
        """Name the language button in the language it leads to."""
        self._language.setText(i18n.NAMES[self._languages.other()])


class _Task(QWidget):
    """The job under way: what it is, how far it is, a button to stop it."""

    def __init__(self, languages: Languages) -> None:
        super().__init__()
        self._languages = languages
        self._handle: Handle | None = None
        self._title, self._far = words("small"), words("small")
        self._bar = QProgressBar()
        self._stop = Button(kind="status")
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._title, self._bar, self._far, self._stop):
            row.addWidget(part)
        languages.bind(self._stop, self._stop.setText, N_("Stop"))
        languages.bind(self._bar, self._bar.setAccessibleName, N_("Progress"))
        self._stop.clicked.connect(self._on_stop)
        self.hide()

    def follow(self, handle: Handle) -> None:
        """Show a job until it has finished."""
        self._handle = handle
        self._languages.bind(self._title, self._title.setText, handle.title or "")
        self._far.setText("")
        self._bar.setRange(0, 0)
        handle.progress.connect(self._on_progress)
        handle.finished.connect(self._on_finished)
        self.show()

    def _on_progress(self, done: int, total: int) -> None:
        if self.sender() is not self._handle:
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._far.setText(f"{done:,} / {total:,}")

    def _on_stop(self) -> None:
        if self._handle:
            self._handle.cancel()

    def _on_finished(self) -> None:
        if self.sender() is self._handle:
            self._handle = None
            self.hide()
