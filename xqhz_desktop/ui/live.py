"""The window with a school open: pages are made when wanted, commands reach the data."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import backups, history, settings, workspace
from xqhz_desktop.services.history import Step
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Hit, Query
from xqhz_desktop.ui.actions import COMMANDS, PAGE_COMMANDS
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import BY_NAME, PAGES, Page
from xqhz_desktop.ui.shell import Shell
from xqhz_desktop.ui.tasks import Handle, Progress, Runner
from xqhz_desktop.ui.widgets.palette import Entry, Palette
from xqhz_desktop.ui.widgets.toast import Toast

_FIRST = ("student", "enterprise", "position", "staff")
"""Kinds people look for most stand first in Ctrl+K."""

_CALM = 2_000
"""Milliseconds after the first page before the program does what nobody waits for."""


class Live(QObject):
    """Joins the shell to an open workspace until `leave`."""

    begun = Signal()
    """The first page stands in the window."""

    def __init__(self, shell: Shell, work: Work, tasks: Runner) -> None:
        """Connect everything; `begin` shows the first page."""
        super().__init__(shell)
        self.context = Context(work, shell.languages, tasks)
        self.page = ""
        self._shell, self._tasks = shell, tasks
        self.palette, self.toast = Palette(shell.languages, shell), Toast(shell.languages, shell)
        self._pages: dict[str, QWidget] = {}
        self._seeking: Handle | None = None
        self._calm = QTimer(self, interval=_CALM, singleShot=True)
        self._calm.timeout.connect(self._on_calm)
        shell.mark(sample=work.sample, read_only=work.read_only)
        self._connect()

    @property
    def work(self) -> Work:
        """Return the open workspace and who works in it."""
        return self.context.work

    def begin(self, name: str) -> None:
        """Show the first page once its rows are there; whatever else there is to do comes later."""
        page = BY_NAME.get(name, BY_NAME["today"])
        done = partial(self._begin, page)
        self._tasks.run(self, partial(_look, page, self.work), done, partial(self._begin, page))

    def go(
        self, name: str, query: Query | None = None, record: str = "", command: str = ""
    ) -> None:
        """Bring a page to the front, filtered or with one record open, and do a command there."""
        if name not in BY_NAME or (name != self.page and not self.may_leave()):
            self._shell.nav.show_current(self.page)
            return
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = BY_NAME[name].make(self.context)
        if name != self.page:
            self._shell.foot.show_count(None)
        self.page = name
        self._shell.put(page)
        self._shell.nav.show_current(name)
        if query is not None and hasattr(page, "show_query"):
            page.show_query(query)
        if record and hasattr(page, "show_record"):
            page.show_record(record)
        self._page_command(command)

    def show_again(self) -> None:
        """Bring the page back after something else stood in its place."""
        if self.page:
            self._shell.put(self._pages[self.page])

    def may_leave(self) -> bool:
        """Ask the page in front whether it has nothing unsaved."""
        page = self._pages.get(self.page)
        return bool(page.may_leave()) if page and hasattr(page, "may_leave") else True

    def leave(self) -> None:
        """Take the pages away and close the workspace."""
        self._calm.stop()
        self.context.leave()
        for page in self._pages.values():
            self._shell.drop(page)
        self._pages.clear()
        self._shell.mark(sample=False, read_only=False)
        self._shell.foot.show_saved(None)
        self._shell.foot.show_count(None)
        workspace.close(self.work)
        for part in (self.palette, self.toast, self):
            part.setParent(None)
            part.deleteLater()

    def _begin(self, page: Page, look: Any) -> None:
        """Put the first page in front, unless the user was quicker and chose another."""
        if not self.page:
            ready = None if isinstance(look, UserError) else look
            self._pages[page.name] = page.make(self.context, ready)
            self.go(page.name)
        self.begun.emit()
        self._calm.start()

    def _on_calm(self) -> None:
        """Read the other pages' code and back up, behind the back of a user who sees a page."""
        self._tasks.run(self, _load_pages)
        self._tasks.run(self, partial(_daily_backup, self.work), failed=self.context.complain)
        self._tasks.run(self, partial(_risk, self.work), self._on_risk)

    def _on_risk(self, risk: Message | None) -> None:
        """Say once what is risky about the folder: a network drive, a cloud program."""
        if risk is not None:
            self.context.say(risk)

    def _connect(self) -> None:
        shell, context = self._shell, self.context
        context.changed.connect(self._on_changed)
        context.said.connect(self.toast.say)
        context.counted.connect(shell.foot.show_count)
        context.wanted.connect(self.go)
        shell.nav.chosen.connect(self.go)
        self.toast.undone.connect(self._on_undo)
        self.palette.typed.connect(self._on_typed)
        by_name = shell.actions_by_name
        by_name["palette"].triggered.connect(self._on_palette)
        by_name["undo"].triggered.connect(self._on_undo)
        by_name["redo"].triggered.connect(self._on_redo)
        by_name["backup"].triggered.connect(self._on_backup)
        by_name["help"].triggered.connect(self._on_help)
        for name in PAGE_COMMANDS:
            by_name[name].triggered.connect(self._on_page_command)

    def _on_changed(self, _kinds: set[str]) -> None:
        now = f"{datetime.now():%H:%M}"
        self._shell.foot.show_saved(Message("All changes saved, {time}", time=now))

    def _on_page_command(self) -> None:
        by_name = self._shell.actions_by_name
        name = next(one for one in PAGE_COMMANDS if by_name[one] is self.sender())
        self._page_command(name)

    def _page_command(self, name: str) -> None:
        page = self._pages.get(self.page)
        if name in PAGE_COMMANDS and _answers(page, name):
            getattr(page, name)()

    def _on_undo(self) -> None:
        self._tasks.run(self, partial(_undo, self.work), self._on_reversed, self.context.complain)

    def _on_redo(self) -> None:
        self._tasks.run(self, partial(_redo, self.work), self._on_reversed, self.context.complain)

    def _on_reversed(self, step: Step) -> None:
        self.context.say(step.title)

    def _on_backup(self) -> None:
        title = Message("Backing up")
        job = partial(_backup, self.work)
        self._tasks.run(self, job, self._on_backed_up, self.context.complain, title)

    def _on_backed_up(self, file: Path) -> None:
        self.context.say(Message("Backed up to {file}", file=str(file)))

    def _on_help(self) -> None:
        """Open the handbook where it speaks of the page in front."""
        self.go("help", None, "" if self.page == "help" else self.page)

    def _on_palette(self) -> None:
        page = self._pages.get(self.page)
        by_name = self._shell.actions_by_name
        entries = [Entry(one.icon, one.title, partial(self.go, one.name)) for one in PAGES]
        for command in COMMANDS:
            absent = command.name in PAGE_COMMANDS and not _answers(page, command.name)
            if command.offered and not absent:
                keys = command.keys[0] if command.keys else ""
                run = by_name[command.name].trigger
                entries.append(Entry(command.icon, command.text, run, keys))
        self.palette.open(entries)

    def _on_typed(self, words: str) -> None:
        if self._seeking is not None:
            self._seeking.cancel()
            self._seeking = None
        if words:
            job = partial(_anything, self.work, words)
            self._seeking = self._tasks.run(self, job, self._on_found)

    def _on_found(self, hits: list[Hit]) -> None:
        self._seeking = None
        say = self._shell.languages.say
        order = {kind: number for number, kind in enumerate(_FIRST)}
        hits = sorted(hits, key=lambda hit: order.get(hit.kind, len(order)))
        entries = []
        for hit in hits:
            name = hit.kind if hit.kind in BY_NAME else "settings"
            beside = " | ".join(part for part in (hit.beside, say(BY_KIND[hit.kind].LABEL)) if part)
            run = partial(self.go, name, None, hit.id)
            entries.append(Entry(BY_NAME[name].icon, hit.title, run, beside))
        self.palette.show_found(entries)


def opened(folder: Path, passphrase: str) -> Work:
    """Open a workspace for the person who worked in it last."""
    work = workspace.opened(folder, passphrase=passphrase)
    chosen = settings.load().window.get("people", {}).get(str(folder), "")
    with work.store.read() as reader:
        person = reader.get("staff", chosen) if chosen else None
    return work.acting(person) if isinstance(person, Staff) else work


def _answers(page: QWidget | None, command: str) -> bool:
    """Tell whether a page has a command of its own; every QWidget has a ``find`` of Qt's."""
    own = getattr(type(page), command, None)
    return own is not None and own is not getattr(QWidget, command, None)


def _look(page: Page, work: Work, _progress: Progress) -> Any:
    return page.look(work)


def _load_pages(_progress: Progress) -> None:
    for page in PAGES:
        page.load()


def _daily_backup(work: Work, _progress: Progress) -> Path | None:
    return backups.daily(work)


def _risk(work: Work, _progress: Progress) -> Message | None:
    return workspace.warning(work.folder)


def _backup(work: Work, _progress: Progress) -> Path:
    return backups.make(work)


def _undo(work: Work, _progress: Progress) -> Step:
    return history.undo(work)


def _redo(work: Work, _progress: Progress) -> Step:
    return history.redo(work)


def _anything(work: Work, words: str, _progress: Progress) -> list[Hit]:
    with work.store.read() as reader:
        return queries.anything(reader, words)
