"""导入核对: a file held against the data before anything is written, opened by any import."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.staged import Staged
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.importing import ImportDialog
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.pages import staging_jobs as jobs
from xqhz_desktop.ui.pages.staging_body import StagingBody
from xqhz_desktop.ui.pages.staging_columns import ask_file
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand

NAME = "staging"
"""The page, as others give it a file: ``context.give(NAME, staged)``."""


class StagingPage(QWidget):
    """One file at a time; it stays open while the user looks at other pages."""

    def __init__(self, context: Context) -> None:
        """Wait for a file."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._head = Head()
        self.body: StagingBody | None = None
        self.template, self.another = Button("download"), Button("folder-open")
        self._none = Empty(context.languages, "upload")
        self._column: QVBoxLayout
        self._stand()
        self._speak()
        self.template.clicked.connect(self._on_template)
        self.another.clicked.connect(self.bring_in)
        self._none.pressed.connect(self._on_begin)
        self._show()

    def take(self, staged: Staged) -> None:
        """Show a file; one that is open with edits goes only after a question."""
        self._leave(partial(self._open, staged))

    def may_close(self) -> bool:
        """Tell whether nothing typed here would be lost; else ask."""
        if self.body is not None and self.body.work.open:
            self._context.navigate(NAME)
        return self._leave(self._close)

    def undo(self) -> bool:
        """Take back the last edit, or what was imported; an open file never undoes other work."""
        if self.body is None:
            return False
        if self.body.work.step:
            self.body.work.take_back()
        elif not self.body.work.undo():
            self._context.say(Message("Nothing was changed here yet."))
        return True

    def refresh(self) -> None:
        """Hold the file against the data as it is now."""
        if self.body is not None:
            self.body.work.again()

    def bring_in(self) -> None:
        """Choose another file of the same kind."""
        if self.body is not None:
            ImportDialog(self, self._context, self.body.staged.understood.kind).open()

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        body = self.body
        return [body.strip, body.chips, body.grid, body.foot] if body else [self._none]

    def _leave(self, then: Callable[[], object]) -> bool:
        """Do `then` at once where nothing would be lost, and return True; else ask first."""
        if self.body is None or not self.body.work.open:
            then()
            return True
        n = self.body.work.edits
        text = NN_(
            "{n} edit of the file under check is not imported yet and will be lost.",
            "{n} edits of the file under check are not imported yet and will be lost.",
        )
        asked = Asked(N_("Close the file?"), Message(text, n=n), N_("Close it"), danger=True)
        ask(self, self._languages, asked, then)
        return False

    def _open(self, staged: Staged) -> None:
        self._drop()
        self.body = StagingBody(self._context, staged)
        self.body.closed.connect(self._on_closed)
        self.body.work.written.connect(self._say_line)
        self._column.addWidget(self.body, 1)
        self._show()
        self.body.grid.setFocus()

    def _close(self) -> None:
        self._drop()
        self._show()

    def _drop(self) -> None:
        if self.body is not None:
            self.body.work.cancel()
            self._column.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
            self.body = None

    def _on_closed(self) -> None:
        """Go back to the list the file was for."""
        assert self.body is not None
        self._leave(partial(self._back, self.body.staged.understood.kind))

    def _back(self, kind: str) -> None:
        self._close()
        self._context.navigate(kind)

    def _on_begin(self) -> None:
        self._context.navigate("student", command="bring_in")

    def _on_template(self) -> None:
        if self.body is None:
            return
        understood, say = self.body.staged.understood, self._languages.say
        name = Message("Template for {kind}", kind=Message(BY_KIND[understood.kind].PLURAL))
        write = partial(jobs.template, self._context.work, understood, self._languages.language)
        ask_file(self, self._context, say(name) + ".xlsx", write)

    def _show(self) -> None:
        """Show the file, or that there is none; the navigation has a row while there is one."""
        for part in (self.template, self.another):
            part.setVisible(self.body is not None)
        self._none.setVisible(self.body is None)
        self._context.offer(NAME, on=self.body is not None)
        self._say_line()

    def _say_line(self) -> None:
        bind, line = self._languages.bind, self._head.line
        if self.body is None:
            bind(line, line.setText, N_("No file is open."))
        elif self.body.work.step:
            bind(line, line.setText, N_("Imported. Everything can be undone in one step."))
        else:
            text = N_("Nothing has been written yet. The import saves what is right.")
            bind(line, line.setText, text)

    def _stand(self) -> None:
        self._column = stand(self, self._head)
        self._head.tools.addWidget(self.template)
        self._head.tools.addWidget(self.another)
        self._column.addWidget(self._none, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Check before importing"))
        bind(self.template, self.template.setText, N_("Download the template"))
        bind(self.another, self.another.setText, N_("Another file"))
        self._none.say(
            N_("No file is open"),
            N_("A list that is imported is checked here first."),
            N_("Import students"),
        )
