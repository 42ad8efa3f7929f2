"""Backups: one file with the database and its wrapped key, made while people work.

Contents of attached files never change: backups inside the workspace share one copy of them, in
``blobs`` beside the backups; a backup anywhere else has them in it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import BadFile, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.storage import attachments
from xqhz_desktop.storage import connection as connections
from xqhz_desktop.storage.attachments import Blobs

DATABASE = "school.db"
KEYS = "keys.json"
SUFFIX = ".xqbak"
_READY = ".restored"
_MOST = 20


def make(folder: Path, key: bytes | None, target: Path) -> Path:
    """Write a backup of the workspace in ``folder`` to ``target`` in one step."""
    if target.exists() and not zipfile.is_zipfile(target):
        raise UserError(
            Message(
                "{file} is no backup and was left alone. Choose another name.", file=str(target)
            )
        )
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            duplicate = Path(scratch) / DATABASE
            copy(folder / DATABASE, duplicate, key)
            inside = target.parent.resolve().is_relative_to(folder.resolve())
            if inside:
                attachments.copied(folder, target.parent)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                packed.write(duplicate, DATABASE)
                if (folder / KEYS).exists():
                    packed.write(folder / KEYS, KEYS)
                for place in () if inside else attachments.lying(folder):
                    name = place.relative_to(folder).as_posix()
                    packed.write(place, name, zipfile.ZIP_STORED)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        raise UserError(
            Message("The backup could not be written to {folder}.", folder=str(target.parent))
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def unpack(file: Path, folder: Path) -> None:
    """Put the files of a backup into ``folder``."""
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
            contents = {name for name in names if attachments.is_content(name)}
            if DATABASE not in names or not names - contents <= {DATABASE, KEYS}:
                raise BadFile(Message("This file is not a backup of this program."))
            for name in sorted(names):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
                    target.flush()
                    os.fsync(target.fileno())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadFile(Message("This backup is damaged. Use another one.")) from error
    except OSError as error:
        raise UserError(
            Message("The backup could not be restored to {folder}.", folder=str(folder))
        ) from error


def keep(folder: Path, target: Path) -> None:
    """Copy the workspace of ``folder`` as it lies, which nobody has open, into ``target``."""
    target.mkdir(parents=True)
    for name in (DATABASE, f"{DATABASE}-wal", KEYS):
        if (folder / name).exists():
            shutil.copy2(folder / name, target / name)


def promise(fresh: Path, folder: Path) -> None:
    """Decide for the files in ``fresh``: from here on they are the workspace of ``folder``.

    The exchange takes several steps; ``fulfil`` does them, at the next start if need be.
    """
    discard(folder / _READY)
    fresh.replace(folder / _READY)
    fulfil(folder)


def fulfil(folder: Path) -> None:
    """Finish an exchange that was decided; each step can be done again after a crash."""
    ready = folder / _READY
    if not ready.is_dir():
        return
    for place in attachments.lying(ready):  # more of them do no harm, and none is taken away
        (folder / place.relative_to(ready)).parent.mkdir(parents=True, exist_ok=True)
        place.replace(folder / place.relative_to(ready))
    if (ready / DATABASE).exists():
        if not (ready / KEYS).exists():
            (folder / KEYS).unlink(missing_ok=True)
        for rest in ("-wal", "-shm"):  # they belong to the database that goes
            (folder / f"{DATABASE}{rest}").unlink(missing_ok=True)
        (ready / DATABASE).replace(folder / DATABASE)
    if (ready / KEYS).exists():
        (ready / KEYS).replace(folder / KEYS)
    discard(ready)


def discard(folder: Path) -> None:
    """Remove a folder of ours with everything in it."""
    shutil.rmtree(folder, ignore_errors=True)


def problems(folder: Path, key: bytes | None) -> list[Message]:
    """Return everything wrong with the workspace in ``folder``; an empty list is a sound one."""
    found = flaws(folder / DATABASE, key)
    if not found and (n := attachments.damaged(Blobs(folder, key), attached(folder, key))):
        text = NN_("{n} attached file is damaged.", "{n} attached files are damaged.")
        found.append(Message(text, n=n))
    return found


def lacking(places: Sequence[Path], folder: Path, key: bytes | None) -> list[Message]:
    """Say how many files are named by the database of ``folder`` and in none of the places."""
    lying = [Blobs(place, key) for place in places]
    n = sum(not any(one.has(hash) for one in lying) for hash in attached(folder, key))
    text = NN_(
        "{n} attached file is not in this backup, only its name.",
        "{n} attached files are not in this backup, only their names.",
    )
    return [Message(text, n=n)] if n else []


def attached(folder: Path, key: bytes | None) -> set[str]:
    """Return the SHA-256 of every file the database in ``folder`` names."""
    opened = connections.connect(folder / DATABASE, key, read_only=True)
    try:
        return attachments.named(opened)
    finally:
        opened.close()


def flaws(file: Path, key: bytes | None) -> list[Message]:
    """Return what is wrong with a database file, the first things of many."""
    found: list[Message] = []
    opened = connections.connect(file, key, read_only=True)
    try:
        with connections.plain_words():
            for (said,) in opened.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
                if said != "ok":
                    found.append(Message("The database is damaged: {said}", said=said))
            if found:
                return found
            for table, _row, parent, _number in opened.execute("PRAGMA foreign_key_check"):
                found.append(
                    Message(
                        "A record of {table} points to a {parent} that does not exist.",
                        table=_label(table), parent=_label(parent),
                    )
                )  # fmt: skip
    finally:
        opened.close()
    return found[:_MOST]


def copy(source: Path, target: Path, key: bytes | None, *, fresh: bool = True) -> None:
    """Copy a database that may be in use, as SQLite's online backup does.

    A target that is not `fresh` may be in use too: readers see it as it was until all is there.
    """
    reading = connections.connect(source, key, read_only=True)
    try:
        writing = connections.connect(target, key)
        try:
            with connections.plain_words():
                if fresh:
                    writing.execute("PRAGMA journal_mode = DELETE")
                reading.backup(writing)
        finally:
            writing.close()
    finally:
        reading.close()


def lay_aside(file: Path, key: bytes | None, target: Path) -> None:
    """Copy a database that may be in use to ``target``, while nobody writes to it.

    Once the file itself has everything, it is copied as it lies: pages need no second sealing.
    """
    part = target.with_name(target.name + ".part")
    writing, other = connections.connect(file, key), connections.connect(file, key)
    try:
        with connections.plain_words():
            writing.execute("BEGIN IMMEDIATE")
            busy, frames, moved = other.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            target.parent.mkdir(parents=True, exist_ok=True)
            if busy or frames != moved:  # somebody reads an older state
                copy(file, part, key)
            else:
                shutil.copyfile(file, part)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        raise UserError(
            Message("The backup could not be written to {folder}.", folder=str(target.parent))
        ) from error
    finally:
        writing.close()
        other.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


def settle(file: Path, key: bytes | None) -> None:
    """Bring everything into the file itself, so that it can be moved or replaced."""
    opened = connections.connect(file, key)
    try:
        with connections.plain_words():
            busy = opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        opened.close()
    if busy:
        raise UserError(Message("The workspace is open in another window. Close it and try again."))
    for rest in ("-wal", "-shm"):
        file.with_name(file.name + rest).unlink(missing_ok=True)


def _label(kind: str) -> Message | str:
    return Message(BY_KIND[kind].LABEL) if kind in BY_KIND else kind
