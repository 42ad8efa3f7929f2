"""Backups: one file with the database and its wrapped key, made while people work."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from xqhz_desktop.errors import BadFile, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage import connection as connections

DATABASE = "school.db"
KEYS = "keys.json"


def make(folder: Path, key: bytes | None, target: Path) -> Path:
    """Write a backup of the workspace in ``folder`` to ``target`` in one step."""
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            copy = Path(scratch) / DATABASE
            _copy(folder / DATABASE, copy, key)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                packed.write(copy, DATABASE)
                if (folder / KEYS).exists():
                    packed.write(folder / KEYS, KEYS)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            Message("The backup could not be written to {folder}.", folder=str(target.parent))
        ) from error
    return target


def unpack(file: Path, folder: Path) -> None:
    """Put the workspace of a backup into ``folder``, which must hold no database."""
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
            if DATABASE not in names or not names <= {DATABASE, KEYS}:
                raise BadFile(Message("This file is not a backup of this program."))
            folder.mkdir(parents=True, exist_ok=True)
            for name in sorted(names):
                part = folder / f"{name}.part"
                with packed.open(name) as source, part.open("wb") as target:
                    shutil.copyfileobj(source, target)
                    target.flush()
                    os.fsync(target.fileno())
            for name in sorted(names, reverse=True):
                (folder / f"{name}.part").replace(folder / name)
    except (zipfile.BadZipFile, EOFError) as error:
        raise BadFile(Message("This backup is damaged. Use another one.")) from error
    except FileNotFoundError as error:
        raise BadFile(Message("There is no file {file}.", file=str(file))) from error
    except OSError as error:
        raise UserError(
            Message("The backup could not be restored to {folder}.", folder=str(folder))
        ) from error


def problems(folder: Path, key: bytes | None) -> list[Message]:
    """Return everything wrong with the database in ``folder``; an empty list is a sound one."""
    found: list[Message] = []
    opened = connections.connect(folder / DATABASE, key, read_only=True)
    try:
        with connections.plain_words():
            for (said,) in opened.execute("PRAGMA integrity_check").fetchall():
                if said != "ok":
                    found.append(Message("The database is damaged: {said}", said=said))
            for table, _row, parent, _number in opened.execute("PRAGMA foreign_key_check"):
                found.append(
                    Message("A record of {table} points to a {parent} that does not exist.",
                            table=table, parent=parent)
                )  # fmt: skip
    finally:
        opened.close()
    return found


def _copy(source: Path, target: Path, key: bytes | None) -> None:
    """Copy a database that may be in use, as SQLite's online backup does."""
    reading = connections.connect(source, key, read_only=True)
    writing = connections.connect(target, key)
    try:
        with connections.plain_words():
            writing.execute("PRAGMA journal_mode = DELETE")
            reading.backup(writing)
    finally:
        writing.close()
        reading.close()
