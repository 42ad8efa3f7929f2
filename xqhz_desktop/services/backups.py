"""Backups of a workspace: daily and by hand, checked, restored without losing what was there."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from xqhz_desktop.errors import BadFile, NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.workspace import Work, is_workspace, needs_passphrase
from xqhz_desktop.storage import attachments, backups, keys, locks, upgrade
from xqhz_desktop.storage.backups import DATABASE, KEYS

SUFFIX = backups.SUFFIX
_KEPT = 14


def folder_of(work: Work) -> Path:
    """Return where automatic backups of a workspace lie."""
    return work.folder / "backups"


def make(work: Work, target: Path | None = None) -> Path:
    """Write a backup and return its path; without a target beside the workspace, by the time."""
    if target is None:
        target = folder_of(work) / f"{datetime.now():%Y%m%d-%H%M%S}{SUFFIX}"
    return backups.make(work.folder, work.store.key, target)


def daily(work: Work) -> Path | None:
    """Make today's backup unless there is one; keep the newest ones."""
    if work.read_only:
        return None
    folder = folder_of(work)
    today = f"{datetime.now():%Y%m%d}"
    known = sorted(folder.glob(f"[0-9]*{SUFFIX}")) if folder.is_dir() else []
    if any(one.name.startswith(today) for one in known):
        return None
    made = make(work)
    for old in [*known, made][:-_KEPT]:
        old.unlink(missing_ok=True)
    return made


def restore(file: Path, folder: Path, *, passphrase: str = "") -> Path | None:
    """Put a backup into ``folder``; what was there is kept beside it, and its path returned.

    An encrypted backup is looked into only with its passphrase, and restored all the same.
    """
    if not file.is_file():
        raise NotFound(Message("There is no file {file}.", file=str(file)))
    fresh = folder / ".restoring"
    backups.discard(fresh)
    try:
        backups.unpack(file, fresh)
        if passphrase or not needs_passphrase(fresh):
            _refuse_damaged(fresh, passphrase)
        attachments.copied(file.parent, fresh)  # those its backups share
        return _exchanged(fresh, folder)
    except OSError as error:
        raise UserError(
            Message("The backup could not be restored to {folder}.", folder=str(folder))
        ) from error
    finally:
        backups.discard(fresh)


def lay_aside(work: Work, name: str) -> Path:
    """Keep the data of an open workspace as they are now, for `put_back`; return the file."""
    target = folder_of(work) / name
    backups.lay_aside(work.store.file, work.store.key, target)
    return target


def put_back(work: Work, file: Path) -> None:
    """Set an open workspace back to what was laid aside; whoever listens is told."""
    with tempfile.TemporaryDirectory(dir=folder_of(work), prefix=".back-") as scratch:
        work.store.become(Path(shutil.copyfile(file, Path(scratch) / DATABASE)))


def verify(place: Path, *, passphrase: str = "") -> list[Message]:
    """Check a workspace folder or a backup file; an empty list means it is sound."""
    try:
        if place.is_dir():
            return _verified(place, passphrase)
        if not place.is_file():
            raise NotFound(Message("There is no file {file}.", file=str(place)))
        with tempfile.TemporaryDirectory(prefix="xqhz-") as scratch:
            fresh = Path(scratch)
            backups.unpack(place, fresh)
            return _verified(fresh, passphrase, place.parent)
    except BadFile as damaged:
        return [damaged.message]


def _verified(folder: Path, passphrase: str, beside: Path | None = None) -> list[Message]:
    """Check the workspace in a folder; ``beside``: where a backup's attached files may lie too."""
    if not is_workspace(folder):
        raise NotFound(Message("There is no workspace in {folder}.", folder=str(folder)))
    key = keys.unwrap(folder / KEYS, passphrase) if needs_passphrase(folder) else None
    upgrade.version(folder / DATABASE, key)
    found = backups.problems(folder, key)
    if beside is not None and not found:
        found += backups.lacking((folder, beside), folder, key)
    return found


def _refuse_damaged(folder: Path, passphrase: str) -> None:
    if _verified(folder, passphrase):
        raise BadFile(Message("This backup is damaged. Use another one."))


def _exchanged(fresh: Path, folder: Path) -> Path | None:
    """Put fresh files in the place of a workspace that nobody has open."""
    lock = locks.WriterLock(folder)
    if not lock.held:
        raise UserError(Message("The workspace is open. Close the program and restore again."))
    try:
        kept = None
        if is_workspace(folder):
            kept = folder / "backups" / f"before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}"
            backups.keep(folder, kept)
        backups.promise(fresh, folder)
        return kept
    finally:
        lock.release()
