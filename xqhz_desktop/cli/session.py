"""One run of the command line: which workspace, which language, and how answers are said."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import Language, Message
from xqhz_desktop.services import own_fields, settings, workspace
from xqhz_desktop.services.workspace import Work

DONE, OPEN_FINDINGS, USAGE, REFUSED = 0, 1, 2, 3


@dataclass(frozen=True)
class OpenWindow:
    """What a command answers when it wants the window opened on a workspace."""

    folder: Path | None
    language: str
    passphrase: str = ""


@dataclass(frozen=True)
class Session:
    """What every command is given: its options, the language, and where to work."""

    options: Namespace
    language: Language

    @property
    def folder(self) -> Path:
        """Return the folder of the workspace asked for, the last one, or the default one."""
        return folder(self.options)

    @property
    def passphrase(self) -> str:
        """Return the passphrase from its file, or ""."""
        return passphrase(self.options)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Open the workspace for one command."""
        opened = workspace.opened(self.folder, passphrase=self.passphrase)
        try:
            yield opened
        finally:
            workspace.close(opened)

    def own_fields(self, kind: str) -> tuple[Field, ...]:
        """Return the school's own fields of a kind; none where there is no workspace yet."""
        if not workspace.is_workspace(self.folder):
            return ()
        with self.work() as work:
            return own_fields.of(work, kind)

    def say(self, text: str | Message | tuple[str, str], /, **values: Any) -> None:
        """Print one line for people, in their language; nothing where JSON was asked for."""
        if not getattr(self.options, "json", False):
            print(self.language.say(text, **values))

    def line(self, text: str) -> None:
        """Print a line of data for people."""
        if not getattr(self.options, "json", False):
            print(text)

    def data(self, document: Any) -> None:
        """Print the one JSON document, where it was asked for."""
        if getattr(self.options, "json", False):
            print(json.dumps(document, ensure_ascii=False, indent=1))

    def progress(self, done: int, total: int) -> None:
        """Show how far a long job is, on the screen only."""
        if sys.stderr is not None and sys.stderr.isatty() and total:
            end = "\r" if done < total else "\n"
            print(f"{done * 100 // total:3d} %", end=end, file=sys.stderr, flush=True)


def folder(options: Namespace) -> Path:
    """Return the workspace the options, the last session or the default name."""
    if options.workspace:
        return Path(options.workspace)
    last = settings.load().workspace
    return Path(last) if last else paths.default_workspace()


def passphrase(options: Namespace) -> str:
    """Return the first line of ``--passphrase-file``, or ""."""
    if not options.passphrase_file:
        return ""
    try:
        text = Path(options.passphrase_file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            Message("The passphrase file {file} cannot be read.", file=options.passphrase_file)
        ) from error
    return text.splitlines()[0].strip() if text.strip() else ""
