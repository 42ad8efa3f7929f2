"""The life of the window: which school is open, and what stands in its place until one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from xqhz_desktop import paths
from xqhz_desktop.errors import UserError, WrongKey
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import settings
from xqhz_desktop.services.settings import Computer
from xqhz_desktop.ui import snapshot
from xqhz_desktop.ui.shell import Shell
from xqhz_desktop.ui.tasks import Progress, Runner
from xqhz_desktop.ui.widgets.busy import Busy

if TYPE_CHECKING:
    from xqhz_desktop.services.workspace import Work
    from xqhz_desktop.ui.dialogs.new_school import Wish
    from xqhz_desktop.ui.live import Live

Opener = Callable[[Progress], "Work"]

_RECENT = 6
_SAMPLE = "XQHZ sample school"


class Session(QObject):
    """Leads from the first paint to an open school, and from one school to another."""

    def __init__(self, shell: Shell, computer: Computer, *, asked: bool = False) -> None:
        """Stand where the window stood; nothing is open yet.

        `asked`: the language was asked for at the start, whatever the workspace says.
        """
        super().__init__(shell)
        self.shell, self.computer = shell, computer
        self._asked = asked
        self.tasks = Runner(self)
        self.live: Live | None = None
        self._folder: Path | None = None
        self._gate: QWidget | None = None
        shell.place(computer.window.get("shell", {}).get("place", ()))
        self._show(snapshot.last(computer, shell) or Busy(shell.languages))
        shell.nav.show_current(computer.window.get("shell", {}).get("page", "today"))
        shell.nav.setEnabled(False)
        shell.closing.connect(self._remember)
        shell.may_close = self._may_close
        shell.languages.changed.connect(self._remember_choices)
        shell.theme.changed.connect(self._remember_choices)
        shell.banner.pressed.connect(self.welcome)
        shell.actions_by_name["other"].triggered.connect(self.welcome)
        self.tasks.started.connect(shell.foot.show_task)

    def begin(self, folder: Path | None = None) -> None:
        """Open a workspace, or the one of last time, or ask which."""
        last = Path(self.computer.workspace) if self.computer.workspace else None
        wanted = folder or last
        if wanted is None:
            self.welcome()
        else:
            self.open(wanted)

    def open(self, folder: Path, passphrase: str = "") -> None:
        """Open the workspace in ``folder``; what stands in the middle stays until it is there."""
        self._folder = folder
        self._start(partial(_opened, folder, passphrase))

    def welcome(self) -> None:
        """Offer the sample school, a new school, or another folder."""
        if not self._may_close():
            return
        from xqhz_desktop.ui import gates  # lazy: most starts lead straight to a school

        gate = gates.welcome(
            self.shell.languages, self.computer.recent, can_return=self.live is not None
        )
        gate.sample_wanted.connect(self._on_sample)
        gate.new_wanted.connect(partial(self._on_new, joining=False))
        gate.join_wanted.connect(partial(self._on_new, joining=True))
        gate.folder_wanted.connect(self.open)
        gate.left.connect(self._on_left)
        self._show(gate)

    def restore(self, file: Path) -> None:
        """Put a backup into the place of the data, and open it; what was there is kept."""
        if self._folder is None or not self._may_close():
            return
        self._show(Busy(self.shell.languages, Message("Restoring the backup …")))
        self._start(partial(_restored, file, self._folder))

    def end(self) -> None:
        """Stop jobs and close the workspace."""
        self.tasks.shutdown()
        if self.live:
            self.live.leave()
            self.live = None

    def _start(self, opener: Opener) -> None:
        if self.live:
            self.end()
        self.shell.nav.setEnabled(False)
        self.tasks.run(self, opener, self._on_opened, self._on_refused)

    def _on_opened(self, work: Work) -> None:
        from xqhz_desktop.ui.live import Live  # lazy: imported by the job that opened the school

        folder = str(work.folder)
        recent = (folder, *(one for one in self.computer.recent if one != folder))[:_RECENT]
        self.computer = replace(settings.load(), workspace=folder, recent=recent)
        settings.save(self.computer)
        self._folder = work.folder
        code = settings.language_of(work.folder)
        if code and not self._asked and code != self.shell.languages.language.code:
            self.shell.languages.switch(code)
        self.live = Live(self.shell, work, self.tasks)
        self.live.context.restore_wanted.connect(self.restore)
        self.live.begun.connect(self._on_begun)
        self.live.begin(self.computer.window.get("shell", {}).get("page", "today"))

    def _on_begun(self) -> None:
        """Take away what stood in the place of the first page."""
        self._dismiss()
        self.shell.nav.setEnabled(True)

    def _on_refused(self, error: UserError) -> None:
        from xqhz_desktop.ui import gates  # lazy: most starts lead straight to a school

        if self._gate is not None and hasattr(self._gate, "refuse"):
            self._gate.refuse(error.message)
        elif isinstance(error, WrongKey) and self._folder is not None:
            unlock = gates.unlock(self.shell.languages, self._folder)
            unlock.given.connect(self._on_passphrase)
            unlock.left.connect(self.welcome)
            self._show(unlock)
        else:
            trouble = gates.trouble(self.shell.languages, error, self._folder)
            trouble.left.connect(self.welcome)
            trouble.restore_wanted.connect(self.restore)
            self._show(trouble)

    def _on_passphrase(self, passphrase: str) -> None:
        if self._folder is not None:
            self.open(self._folder, passphrase)

    def _on_sample(self) -> None:
        self._show(Busy(self.shell.languages, Message("Making the sample school …")))
        self._start(partial(_sample, paths.default_workspace().with_name(_SAMPLE)))

    def _on_new(self, *, joining: bool) -> None:
        from xqhz_desktop.ui import gates  # lazy: most starts lead straight to a school

        gate = gates.new_school(self.shell.languages, joining=joining)
        gate.wished.connect(self._on_wished)
        gate.left.connect(self.welcome)
        self._show(gate)

    def _on_wished(self, wish: Wish) -> None:
        self._folder = wish.folder
        self._start(partial(_created, wish))

    def _on_left(self) -> None:
        """Go back from the welcome page to the school that is still open."""
        self._dismiss()
        if self.live:
            self.shell.nav.setEnabled(True)
            self.live.show_again()

    def _show(self, gate: QWidget) -> None:
        self._dismiss()
        self._gate = gate
        self.shell.put(gate)

    def _dismiss(self) -> None:
        if self._gate is not None:
            self.shell.drop(self._gate)
            self._gate = None

    def _may_close(self) -> bool:
        return self.live is None or self.live.may_close()

    def _remember_choices(self) -> None:
        code, theme = self.shell.languages.language.code, self.shell.theme.choice
        self.computer = replace(settings.load(), language=code, theme=theme)
        settings.save(self.computer)
        if self.live and not self.live.work.read_only:
            settings.keep_language(self.live.work.folder, code)

    def _remember(self) -> None:
        """Keep size, page and a picture of the rows for the next start."""
        self.computer = settings.load()
        mine = {"place": self.shell.placed(), "page": self.live.page if self.live else "today"}
        if self.live:
            mine |= snapshot.keep(self.shell, self.live.work)
        self.computer = replace(self.computer, window={**self.computer.window, "shell": mine})
        settings.save(self.computer)


def _opened(folder: Path, passphrase: str, _progress: Progress) -> Work:
    from xqhz_desktop.ui import live  # lazy: the first paint needs no database

    return live.opened(folder, passphrase)


def _created(wish: Wish, _progress: Progress) -> Work:
    from xqhz_desktop.ui import founding  # lazy: the first paint needs no database

    return founding.created(wish)


def _restored(file: Path, folder: Path, progress: Progress) -> Work:
    from xqhz_desktop.ui import founding  # lazy: the first paint needs no database

    founding.restore(file, folder)
    return _opened(folder, "", progress)


def _sample(folder: Path, progress: Progress) -> Work:
    from xqhz_desktop.ui import founding  # lazy: the first paint needs no database

    return founding.sample(folder, progress)
