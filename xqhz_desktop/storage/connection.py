"""One way to open the database file: driver, key, pragmas, and plain words for its errors."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from xqhz_desktop.errors import BadFile, ReadOnly, UserError
from xqhz_desktop.i18n import Message

_WORDS: tuple[tuple[str, type[UserError], Message], ...] = (
    (
        "disk is full",
        UserError,
        Message("The disk is full. Free some space and save again; nothing was lost."),
    ),
    (
        "readonly",
        ReadOnly,
        Message("The folder of the workspace cannot be written. Check its permissions."),
    ),
    (
        "unable to open",
        ReadOnly,
        Message("The folder of the workspace cannot be written. Check its permissions."),
    ),
    (
        "locked",
        ReadOnly,
        Message("Another program is using the workspace. Close it and try again."),
    ),
    (
        "not a database",
        BadFile,
        Message("The workspace file is damaged or of another program. Restore the newest backup."),
    ),
    (
        "malformed",
        BadFile,
        Message("The workspace file is damaged. Restore the newest backup."),
    ),
    (
        "FOREIGN KEY constraint failed",
        UserError,
        Message("A record points to another one that does not exist. Nothing was changed."),
    ),
    (
        "disk I/O error",
        UserError,
        Message("The disk reports an error. Copy the workspace folder to another disk."),
    ),
)


@contextmanager
def plain_words() -> Iterator[None]:
    """Turn errors of the driver the user can do something about into user errors."""
    try:
        yield
    except (driver.Error, DBAPIError) as error:
        said = str(error)
        for sign, kind, message in _WORDS:
            if sign in said:
                raise kind(message) from error
        raise


def prepare(connection: Any, key: bytes | None, *, read_only: bool = False) -> None:
    """Give a fresh driver connection its key and its pragmas."""
    connection.isolation_level = None  # transactions are begun and ended by us alone
    cursor = connection.cursor()
    if key:
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    cursor.execute("PRAGMA cache_size = -65536")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        cursor.execute("PRAGMA query_only = ON")
    else:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def connect(file: Path, key: bytes | None = None, *, read_only: bool = False) -> Any:
    """Return a bare driver connection, for backups, checks and the version at start."""
    with plain_words():
        connection = driver.connect(_address(file, read_only=read_only), uri=True)
        prepare(connection, key, read_only=read_only)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection


def engine(file: Path, key: bytes | None = None, *, read_only: bool = False) -> Engine:
    """Return the engine of a workspace: a small pool, every connection keyed and tuned."""
    made = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: driver.connect(
            _address(file, read_only=read_only), uri=True, check_same_thread=False
        ),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
    )

    @event.listens_for(made, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        prepare(connection, key, read_only=read_only)

    return made


def _address(file: Path, *, read_only: bool) -> str:
    """Return the URI of the file; a folder nobody can write is read as it lies, without a WAL."""
    if not read_only:
        mode = "mode=rwc"
    elif os.access(file.parent, os.W_OK):
        mode = "mode=rw"
    else:
        mode = "immutable=1"
    return f"{file.resolve().as_uri()}?{mode}"
