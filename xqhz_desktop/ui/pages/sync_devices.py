"""Devices come and go: naming the first one, asking, admitting, accepting, blocking."""

from __future__ import annotations

import platform
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import enrolling
from xqhz_desktop.services.enrolling import Member, Request
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.devices import BlockDialog, WordsDialog
from xqhz_desktop.ui.dialogs.naming import NameDialog
from xqhz_desktop.ui.dialogs.part import PartDialog
from xqhz_desktop.ui.dialogs.question import Asked
from xqhz_desktop.ui.pages import sync_jobs

ASKS, ANSWERS = ".xqask", ".xqanswer"
"""How the two files of an admission end."""


class Doorway(QObject):
    """The dialogs of enrolment over the sync page; `changed` when somebody came or went."""

    changed = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        """Open dialogs over a page."""
        super().__init__(page)
        self._context, self._page, self._languages = context, page, context.languages

    def begin(self) -> None:
        """Name this computer, the first one."""
        title = N_("What is this computer called?")
        NameDialog(self._page, self._languages, title, platform.node(), self._begin).open()

    def ask(self) -> None:
        """Name this computer and write its request."""
        title = N_("What is this computer called?")
        NameDialog(self._page, self._languages, title, platform.node(), self._on_named).open()

    def accept(self) -> None:
        """Open the answer of the first computer."""
        self._choose(N_("Open the answer"), ANSWERS, self.show_answer)

    def admit(self) -> None:
        """Open the request of a device."""
        self._choose(N_("Open the request"), ASKS, self.show_request)

    def block(self, member: Member) -> None:
        """Ask why a device is blocked, and block it."""
        BlockDialog(self._page, self._languages, member.name, partial(self._block, member)).open()

    def show_words(self, member: Member) -> None:
        """Show the words of a device's key."""
        asked = Asked(
            Message("Words of “{name}”", name=member.name),
            N_("Whoever sits there sees the same words. Different ones: another key."),
            N_("Close"),
        )
        WordsDialog(self._page, self._languages, asked, enrolling.words(member.id)).open()

    def show_request(self, file: Path) -> None:
        """Show who asks and the words to compare, before anybody is admitted."""
        try:
            asked = enrolling.look(file)
        except UserError as error:
            self._context.complain(error)
            return
        question = Asked(
            Message("Admit “{name}”?", name=asked.name),
            N_(
                "Call the person there and have these words read out. Admit the computer only if "
                "they are the same, in the same order."
            ),
            N_("The same: admit …"),
        )
        then = partial(self._on_same, file, asked)
        words = enrolling.words(asked.public.id)
        WordsDialog(self._page, self._languages, question, words, then).open()

    def show_answer(self, file: Path) -> None:
        """Show the words of the school before its answer is believed."""
        try:
            school = enrolling.school_of(file)
        except UserError as error:
            self._context.complain(error)
            return
        question = Asked(
            N_("Is this your school?"),
            N_(
                "Compare these words with the school's first computer, by telephone or side by "
                "side."
            ),
            N_("The same: take part"),
        )
        then = partial(self._accept, file)
        WordsDialog(self._page, self._languages, question, enrolling.words(school), then).open()

    def write_request(self, name: str, file: Path) -> None:
        """Write the request under a name."""
        job = partial(sync_jobs.request, self._context.work, file, name)
        done = partial(self._on_asked, file)
        self._context.tasks.run(self, job, done, self._context.complain)

    def write_answer(self, request: Path, part: list[str], answer: Path) -> None:
        """Admit the device that asks, for a part or all of the school, and write the answer."""
        job = partial(sync_jobs.admit, self._context.work, request, answer, part)
        done = partial(self._on_admitted, answer)
        self._context.tasks.run(self, job, done, self._context.complain)

    def _begin(self, name: str) -> None:
        job = partial(sync_jobs.begin, self._context.work, name)
        self._context.tasks.run(self, job, self._on_begun, self._context.complain)

    def _on_begun(self, member: Member) -> None:
        self._context.say(Message("“{name}” is the school's first computer.", name=member.name))
        self.changed.emit()

    def _on_named(self, name: str) -> None:
        write = partial(self.write_request, name)
        self._save(N_("Where to write the request"), f"{name}{ASKS}", write)

    def _on_asked(self, file: Path, request: Request) -> None:
        asked = Asked(
            N_("The request is written"),
            Message(
                "Take {file} to the school's first computer. Somebody there will read you words: "
                "they must be these.",
                file=file.name,
            ),
            N_("Close"),
        )
        words = enrolling.words(request.public.id)
        WordsDialog(self._page, self._languages, asked, words).open()

    def _on_same(self, file: Path, asked: Request) -> None:
        PartDialog(
            self._page, self._context, asked.name, partial(self._on_part, file, asked)
        ).open()

    def _on_part(self, file: Path, asked: Request, part: list[str]) -> None:
        write = partial(self.write_answer, file, part)
        self._save(N_("Where to write the answer"), f"{asked.name}{ANSWERS}", write)

    def _on_admitted(self, answer: Path, request: Request) -> None:
        text = Message(
            "“{name}” is admitted. Take {file} back to it.", name=request.name, file=answer.name
        )
        self._context.say(text)
        self.changed.emit()

    def _accept(self, file: Path) -> None:
        job = partial(sync_jobs.accept, self._context.work, file)
        self._context.tasks.run(self, job, self._on_accepted, self._context.complain)

    def _on_accepted(self, member: Member) -> None:
        self._context.say(Message("This computer takes part as “{name}”.", name=member.name))
        self.changed.emit()

    def _block(self, member: Member, reason: str) -> None:
        job = partial(sync_jobs.revoke, self._context.work, member.id, reason)
        self._context.tasks.run(self, job, self._on_blocked, self._context.complain)

    def _on_blocked(self, member: Member) -> None:
        text = Message("“{name}” is blocked. The others learn it by package.", name=member.name)
        self._context.say(text)
        self.changed.emit()

    def _choose(self, title: str, ending: str, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._page, self._languages.say(title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"*{ending}", "*"])
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def _save(self, title: str, name: str, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._page, self._languages.say(title))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()
