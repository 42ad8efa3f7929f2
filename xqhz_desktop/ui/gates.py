"""What stands in the window while no school is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xqhz_desktop.errors import BadFile, UserError
from xqhz_desktop.ui.dialogs.new_school import NewSchool
from xqhz_desktop.ui.dialogs.opening import Trouble, Unlock
from xqhz_desktop.ui.dialogs.welcome import Welcome
from xqhz_desktop.ui.language import Languages


def welcome(languages: Languages, recent: Sequence[str], *, can_return: bool) -> Welcome:
    """Return the ways to begin."""
    return Welcome(languages, recent, can_return=can_return)


def new_school(languages: Languages, *, joining: bool) -> NewSchool:
    """Return the form of a new school, or of a computer that joins one."""
    return NewSchool(languages, joining=joining)


def unlock(languages: Languages, folder: Path) -> Unlock:
    """Return the question for the passphrase of a workspace."""
    return Unlock(languages, folder)


def trouble(languages: Languages, error: UserError, folder: Path | None) -> Trouble:
    """Return the page that says why a school could not be opened, and the way out if there is."""
    known = sorted((folder / "backups").glob("[0-9]*.xqbak")) if folder else []
    damaged = isinstance(error, BadFile) and bool(known)
    return Trouble(languages, error.message, known[-1] if damaged else None)
