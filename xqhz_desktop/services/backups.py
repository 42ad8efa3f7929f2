"""Backups of a workspace: daily and by hand, checked, restored without losing what was there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.workspace import Work, is_workspace, needs_passphrase
from xqhz_desktop.storage import backups, keys, locks, upgrade
from xqhz_desktop.storage.backups import DATABASE, KEYS

SUFFIX = ".xqbak"
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


def restore(file: Path, folder: Path) -> Path | None:
    """Put a backup into ``folder``; what was there is kept beside it, and its path returned."""
    if not file.is_file():
        raise NotFound(Message("There is no file {file}.", file=str(file)))
    fresh = folder / ".restoring"
    _clear(fresh)
    backups.unpack(file, fresh)
    kept = None
    if is_workspace(folder):
        lock = locks.WriterLock(folder)
        if not lock.held:
            _clear(fresh)
            raise UserError(Message("The workspace is open. Close the program and restore again."))
        kept = folder / "backups" / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}"
        kept.mkdir(parents=True)
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYS):
            if (folder / name).exists():
                (folder / name).replace(kept / name)
        lock.release()
    for name in (KEYS, DATABASE):
        if (fresh / name).exists():
            (fresh / name).replace(folder / name)
    _clear(fresh)
    return kept


def verify(place: Path, *, passphrase: str = "") -> list[Message]:
    """Check a workspace folder or a backup file; an empty list means it is sound."""
    if place.is_dir():
        return _verified(place, passphrase)
    if not place.is_file():
        raise NotFound(Message("There is no file {file}.", file=str(place)))
    scratch = place.parent / f".verify-{place.name}"
    try:
        backups.unpack(place, scratch)
        return _verified(scratch, passphrase)
    finally:
        _clear(scratch)


def _verified(folder: Path, passphrase: str) -> list[Message]:
    if not is_workspace(folder):
        raise NotFound(Message("There is no workspace in {folder}.", folder=str(folder)))
    key = keys.unwrap(folder / KEYS, passphrase) if needs_passphrase(folder) else None
    upgrade.version(folder / DATABASE, key)
    return backups.problems(folder, key)


def _clear(folder: Path) -> None:
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
