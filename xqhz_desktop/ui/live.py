"""The window with a school open: pages are made when wanted, commands reach the data."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.own import KINDS
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import settings, workspace
from xqhz_desktop.services.history import Step
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Hit, Query
from xqhz_desktop.ui import live_jobs
from xqhz_desktop.ui.actions import COMMANDS, PAGE_COMMANDS
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.pages import BY_NAME, PAGES, Page
from xqhz_desktop.ui.shell import Shell
from xqhz_desktop.ui.standing import Standing
from xqhz_desktop.ui.tasks import Runner
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
        self._standing = Standing(self.context, shell.nav, shell.foot)
        self._search = Search(work.store, self)
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
        page = BY_NAME["today"] if page.passing else page
        done = partial(self._begin, page)
        self._tasks.run(
            self, partial(live_jobs.look, page, self.work), done, partial(self._begin, page)
        )

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

    def give(self, name: str, thing: object) -> None:
        """Bring a page to the front and hand it something to work on."""
        self.go(name)
        page = self._pages.get(name)
        if self.page == name and page is not None and hasattr(page, "take"):
            page.take(thing)

    def show_again(self) -> None:
        """Bring the page back after something else stood in its place."""
        if self.page:
            self._shell.put(self._pages[self.page])

    def may_leave(self) -> bool:
        """Ask the page in front whether it has nothing unsaved."""
        page = self._pages.get(self.page)
        return bool(page.may_leave()) if page and hasattr(page, "may_leave") else True

    def may_close(self) -> bool:
        """Ask every page whether nothing would be lost by closing."""
        pages = [page for page in self._pages.values() if hasattr(page, "may_close")]
        return self.may_leave() and all(page.may_close() for page in pages)

    def leave(self) -> None:
        """Take the pages away and close the workspace."""
        self._calm.stop()
        self._standing.end()
        self.context.leave()
        for page in self._pages.values():
            self._shell.drop(page)
        self._pages.clear()
        for one in PAGES:
            if one.passing:
                self._shell.nav.offer(one.name, on=False)
        self._shell.mark(sample=False, read_only=False)
        self._shell.foot.show_saved(None)
        self._shell.foot.show_count(None)
        self._search.close()
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
        self._tasks.run(self, live_jobs.load_pages)
        self._tasks.run(
            self, partial(live_jobs.daily_backup, self.work), failed=self.context.complain
        )
        self._tasks.run(self, partial(live_jobs.risk, self.work), self._on_risk)
        self._standing.begin()

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
        context.given.connect(self.give)
        context.offered.connect(self._on_offered)
        shell.nav.chosen.connect(self.go)
        shell.foot.sync_wanted.connect(self._on_sync)
        self.toast.undone.connect(self._on_undo)
        self.palette.typed.connect(self._on_typed)
        by_name = shell.actions_by_name
        by_name["palette"].triggered.connect(self._on_palette)
        by_name["undo"].triggered.connect(self._on_undo)
        by_name["redo"].triggered.connect(self._on_redo)
        by_name["backup"].triggered.connect(self._on_backup)
        by_name["help"].triggered.connect(self._on_help)
        by_name["emergency"].triggered.connect(self._on_emergency)
        for name in PAGE_COMMANDS:
            by_name[name].triggered.connect(self._on_page_command)

    def _on_changed(self, kinds: set[str]) -> None:
        if not KINDS.isdisjoint(kinds):
            self._renew()
        now = f"{datetime.now():%H:%M}"
        self._shell.foot.show_saved(Message("All changes saved, {time}", time=now))

    def _renew(self) -> None:
        """Make the lists again: the fields the school added are others now."""
        front = self.page
        for name in [name for name in self._pages if BY_NAME[name].kind]:
            if name == front:
                pane = getattr(self._pages[name], "pane", None)
                if pane is not None and (pane.unsaved or pane.new):
                    continue  # nobody is asked for a change that came from elsewhere
                self.page = ""
            self._shell.drop(self._pages.pop(name))
        if front and not self.page:
            self.go(front)

    def _on_offered(self, name: str, on: bool) -> None:
        self._shell.nav.offer(name, on=on)

    def _on_page_command(self) -> None:
        by_name = self._shell.actions_by_name
        name = next(one for one in PAGE_COMMANDS if by_name[one] is self.sender())
        self._page_command(name)

    def _page_command(self, name: str) -> None:
        page = self._pages.get(self.page)
        if name in PAGE_COMMANDS and _answers(page, name):
            getattr(page, name)()

    def _on_undo(self) -> None:
        page = self._pages.get(self.page)
        if page is not None and hasattr(page, "undo") and page.undo():
            return
        self._tasks.run(
            self, partial(live_jobs.undo, self.work), self._on_reversed, self.context.complain
        )

    def _on_redo(self) -> None:
        self._tasks.run(
            self, partial(live_jobs.redo, self.work), self._on_reversed, self.context.complain
        )

    def _on_reversed(self, step: Step) -> None:
        self.context.say(step.title)

    def _on_backup(self) -> None:
        title = Message("Backing up")
        job = partial(live_jobs.backup, self.work)
        self._tasks.run(self, job, self._on_backed_up, self.context.complain, title)

    def _on_backed_up(self, file: Path) -> None:
        self.context.say(Message("Backed up to {file}", file=str(file)))

    def _on_help(self) -> None:
        """Open the handbook where it speaks of the page in front."""
        self.go("help", None, "" if self.page == "help" else self.page)

    def _on_emergency(self) -> None:
        from xqhz_desktop.ui.dialogs.emergency import EmergencyDialog  # lazy: draws papers

        EmergencyDialog(self._shell, self.context).open()

    def _on_sync(self) -> None:
        self.go("sync")

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
        if words:
            self._search.ask("palette", partial(queries.anything, words=words), self._on_found)
        else:
            self._search.forget("palette")

    def _on_found(self, hits: list[Hit]) -> None:
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
