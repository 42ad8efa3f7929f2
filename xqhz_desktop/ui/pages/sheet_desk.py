"""The middle of a page with a sheet: who it is about, the grid, what is typed and kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.rosters import Scope
from xqhz_desktop.services.sheet_drafts import LeftSheet
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.book import Book
from xqhz_desktop.ui.models.entries import Entries
from xqhz_desktop.ui.pages.sheet_clipboard import SheetClipboard
from xqhz_desktop.ui.pages.sheet_keeping import LeftBar, Save, SheetKeeping
from xqhz_desktop.ui.tasks import Handle, Job
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.scope_bar import ScopeBar
from xqhz_desktop.ui.widgets.typing_grid import TypingGrid


class SheetDesk(QObject):
    """Reads a sheet, shows it, and keeps what is typed; the page says what stands round it."""

    chosen = Signal(object, str)
    """Another `Scope` is wanted, and what else names the sheet (empty: as it is)."""
    refused = Signal(str)
    """A text that says nothing has to be mended; the grid looks at it."""

    def __init__(self, page: QWidget, context: Context, draft: str, icon: str) -> None:
        """Make the parts; `draft` is the kind of its drafts, `icon` stands where nothing is."""
        super().__init__(page)
        self._context, self._page = context, page
        self._reading: Handle | None = None
        self._after: LeftSheet | None = None
        self._shown = Scope("")
        languages = context.languages
        self.entries = Entries(languages.language, self)
        self.grid, self.scope = TypingGrid(self.entries, languages), ScopeBar(languages)
        self.keeping = SheetKeeping(page, context, self.entries, draft)
        self.clipboard = SheetClipboard(page, context, self.grid)
        self.left, self.empty = LeftBar(context, draft), Empty(languages, icon)
        self.body = QStackedWidget()
        sheet, nothing = Card(1, 0), Card()
        sheet.body.addWidget(self.grid)
        nothing.body.addWidget(self.empty)
        self.body.addWidget(sheet)
        self.body.addWidget(nothing)
        self.scope.chosen.connect(self._on_scope)
        self.keeping.refused.connect(self._on_refused)
        self.left.wanted.connect(self._on_left)
        self.empty.pressed.connect(partial(context.navigate, "allocation"))
        save = QShortcut(QKeySequence.StandardKey.Save, page)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.keeping.save)

    def read(self, job: Job, show: Callable[[object], None]) -> None:
        """Read a sheet elsewhere, and show it unless another one is asked for first."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._context.tasks.run(
            self._page, job, partial(self._on_read, show), self._on_failed
        )

    def show_book(self, book: Book, sheet: tuple[Scope, str], save: Save) -> None:
        """Show a sheet (its scope and what else names it), and what was left of it."""
        self._shown = sheet[0]
        self.entries.show_book(book)
        self.keeping.begin(*sheet, save)
        self.body.setCurrentIndex(0)
        if self._after is not None:
            left, self._after = self._after, None
            self.keeping.adopt(left)

    def say_no_batch(self) -> None:
        """Say that there is nothing to make a sheet of yet."""
        hint = N_("A batch says which classes go out together, and from when until when.")
        self.empty.say(N_("No placement batch yet"), hint, N_("Allocation"), "calendar-range")
        self.body.setCurrentIndex(1)

    def say_many(self, count: int) -> None:
        """Say that the sheet would have too many lines."""
        title = Message(NN_("{n} intern", "{n} interns"), n=count)
        hint = N_("That is too much for one sheet. Choose a class or an enterprise.")
        self.say_nothing(title, hint)

    def say_nothing(self, title: Message | str, hint: str) -> None:
        """Say why there is no sheet."""
        self.empty.say(title, hint)
        self.body.setCurrentIndex(1)

    def undo(self) -> bool:
        """Take back what was typed last, while something is not saved."""
        return bool(self.entries.unsaved) and self.entries.undo()

    def may_leave(self) -> bool:
        """Tell whether nothing is unsaved; else ask what to do with it."""
        return self.keeping.may(_nothing)

    def _on_read(self, show: Callable[[object], None], seen: object) -> None:
        self._reading = None
        show(seen)

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            self._reading = None
            self.body.setCurrentIndex(1)
            self.empty.say(N_("The sheet could not be read"), error.message, "", "triangle-alert")

    def _on_scope(self, scope: Scope) -> None:
        if self.keeping.may(partial(self._on_scope, scope)):
            self.chosen.emit(scope, "")
        else:
            self.scope.go_back(self._shown)

    def _on_left(self, left: LeftSheet) -> None:
        if self.keeping.may(partial(self._on_left, left)):
            self._after = left
            self.chosen.emit(left.scope, left.about)

    def _on_refused(self) -> None:
        typed = self.entries.typed
        assert typed is not None, "something was typed"
        row, column = typed.wrong[0]
        self.grid.go_to(row, column)
        self.refused.emit(self.entries.index(row, column).data(Qt.ItemDataRole.EditRole))


def _nothing() -> None:
    """Go nowhere: the user presses the page again."""
