"""What the window does in the background, each a job that takes its progress last."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xqhz_desktop.i18n import Message
from xqhz_desktop.services import backups, history, workspace
from xqhz_desktop.services.history import Step
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.pages import PAGES, Page
from xqhz_desktop.ui.tasks import Progress

if TYPE_CHECKING:
    from xqhz_desktop.services.exchanging import Exchange
    from xqhz_desktop.services.syncing import Status, Travel


def look(page: Page, work: Work, _progress: Progress) -> Any:
    """Read what a page shows first."""
    return page.look(work)


def load_pages(_progress: Progress) -> None:
    """Import the code of every page."""
    for page in PAGES:
        page.load()


def daily_backup(work: Work, _progress: Progress) -> Path | None:
    """Back up once a day; return the file, or None."""
    return backups.daily(work)


def risk(work: Work, _progress: Progress) -> Message | None:
    """Return what is risky about the folder, or None."""
    return workspace.warning(work.folder)


def standing(work: Work, _progress: Progress) -> tuple[Status, datetime | None]:
    """Return where the exchange stands, and when a package was last made or taken in."""
    from xqhz_desktop.services import syncing  # lazy: compression and keys, which no list needs

    last = syncing.packages(work, 1)
    return syncing.status(work), last[0].at if last else None


def exchange(work: Work, progress: Progress) -> Exchange | None:
    """Exchange with the place used last; None where it is not there now."""
    from xqhz_desktop.services import exchanging  # lazy: as above, and HTTP

    place = exchanging.last_place(work)
    if not exchanging.is_address(place) and not (place and Path(place).is_dir()):
        return None
    return exchanging.exchange(work, place, progress)


def travel(work: Work, kind: str, id: str, _progress: Progress) -> Travel | None:
    """Return how far what was done here to a record has travelled."""
    from xqhz_desktop.services import syncing  # lazy: as above

    return syncing.states(work, kind, [id]).get(id)


def backup(work: Work, _progress: Progress) -> Path:
    """Back up now; return the file."""
    return backups.make(work)


def undo(work: Work, _progress: Progress) -> Step:
    """Take the newest step back."""
    return history.undo(work)


def redo(work: Work, _progress: Progress) -> Step:
    """Do again what was undone last."""
    return history.redo(work)
