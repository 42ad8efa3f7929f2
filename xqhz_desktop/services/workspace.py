"""A workspace: a folder with one school's data, opened by one person at a time for writing."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass, replace
from pathlib import Path

from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.errors import NotFound, ReadOnly, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.logs import log_to
from xqhz_desktop.storage import backups, keys, locks, upgrade
from xqhz_desktop.storage.backups import DATABASE, KEYS
from xqhz_desktop.storage.store import Reader, Store
from xqhz_desktop.storage.tables import HEAD
from xqhz_desktop.sync import stream


@dataclass(frozen=True)
class Work:
    """An open workspace and who works in it."""

    store: Store
    actor: Staff
    folder: Path
    sample: bool = False

    @property
    def read_only(self) -> bool:
        """Tell whether another window or a closed folder keeps this one from writing."""
        return self.store.read_only

    def acting(self, person: Staff) -> Work:
        """Return the same workspace with another person working in it."""
        return replace(self, actor=person)


def is_workspace(folder: Path) -> bool:
    """Tell whether a folder holds a workspace."""
    return (folder / DATABASE).is_file()


def needs_passphrase(folder: Path) -> bool:
    """Tell whether a workspace is encrypted."""
    return (folder / KEYS).is_file()


def create(
    folder: Path,
    school: School,
    *,
    person: Staff | None = None,
    passphrase: str = "",
    sample: bool = False,
) -> Work:
    """Make an empty workspace in ``folder`` and open it."""
    _make(folder, passphrase, {"sample": "1" if sample else ""})
    someone = person or Staff(name=_user_name(), role=Role.ADMIN)
    work = opened(folder, passphrase=passphrase)
    with work.store.change(Message("Workspace made"), someone) as change:
        change.put(school)
        change.put(someone)
    return replace(work, actor=someone)


def join(folder: Path, *, passphrase: str = "") -> Work:
    """Make a workspace without records in ``folder`` and open it: the school's come by package."""
    _make(folder, passphrase, {})
    return opened(folder, passphrase=passphrase)


def opened(folder: Path, *, passphrase: str = "") -> Work:
    """Open the workspace in ``folder``; another window's gets read-only."""
    if not is_workspace(folder):
        raise NotFound(
            Message("There is no workspace in {folder}.", folder=str(folder)), code="NO_WORKSPACE"
        )
    file = folder / DATABASE
    lock = locks.WriterLock(folder) if os.access(file, os.W_OK) else None
    try:
        return _opened(folder, passphrase, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def close(work: Work) -> None:
    """Close a workspace and give its lock back."""
    work.store.close()


def warning(folder: Path) -> Message | None:
    """Say what is risky about a folder: a network drive or a cloud program."""
    if locks.on_network_drive(folder):
        return Message(
            "This folder is on a network drive. Two computers can damage the data there: "
            "keep the workspace on this computer and exchange packages."
        )
    cloud = ("onedrive", "dropbox", "坚果云", "nutstore", "icloud", "百度网盘", "google drive")
    if any(name in str(folder).lower() for name in cloud):
        return Message(
            "This folder is copied by a cloud program, which can damage an open workspace. "
            "Keep it elsewhere and put backups there."
        )
    return None


def _make(folder: Path, passphrase: str, facts: dict[str, str]) -> None:
    if is_workspace(folder):
        raise UserError(
            Message("There is already a workspace in {folder}. Open it.", folder=str(folder)),
            code="EXISTS",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / KEYS).unlink(missing_ok=True)  # of a workspace that is gone
        key = keys.make(folder / KEYS, passphrase) if passphrase else None
        upgrade.create(folder / DATABASE, key, facts)
    except OSError as error:
        raise UserError(
            Message("The folder {folder} cannot be written. Choose another.", folder=str(folder))
        ) from error


def _opened(folder: Path, passphrase: str, lock: locks.WriterLock | None) -> Work:
    file = folder / DATABASE
    writing = lock is not None and lock.held
    if writing:
        log_to(folder / "logs")
        backups.fulfil(folder)
    key = keys.unwrap(folder / KEYS, passphrase) if needs_passphrase(folder) else None
    upgraded = writing and upgrade.upgrade(file, key)
    if not writing:
        _refuse_older(upgrade.version(file, key))
    store = Store(file, key, lock)
    try:
        if writing:
            stream.settle(store)
        if upgraded:
            _catch_up(store)
        with store.read() as reader:
            sample = upgrade.facts(reader.cursor).get("sample") == "1"
            person = _worker(reader)
    except BaseException:
        store.close()
        raise
    return Work(store, person, folder, sample)


def _catch_up(store: Store) -> None:
    """Show what came from newer versions and is understood now."""
    from xqhz_desktop.sync import outbox  # lazy: keys and compression, and only after an upgrade

    outbox.absorb(store)


def _refuse_older(version: str) -> None:
    """Raise for a file this program would first upgrade, where it may not write."""
    if version != HEAD:
        raise ReadOnly(
            Message("This workspace is of an older version and can only be read. Make it writable.")
        )


def _worker(reader: Reader) -> Staff:
    """Return who works here until somebody else is chosen: the first school admin."""
    for some in (reader.all("staff", role=Role.ADMIN), reader.all("staff")):
        first = min(some, key=lambda one: one.id, default=None)
        if isinstance(first, Staff):
            return first
    return Staff(name=_user_name(), role=Role.ADMIN)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "XQHZ"


def people(work: Work) -> list[Record]:
    """Return the people of the school, by name in pinyin order."""
    with work.store.read() as reader:
        known = {one.id: one for one in reader.all("staff")}
        ordered = reader.cursor.execute("SELECT id FROM staff ORDER BY sort_key, row").fetchall()
        return [known[id] for (id,) in ordered]
