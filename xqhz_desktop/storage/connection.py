"""One way to open the database file: driver, key, pragmas, and plain words for its errors.

Whatever reads or writes records goes straight to the driver: a list is on the screen before
SQLAlchemy, which describes the tables (`schema`), would be imported.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

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
        "vtable constructor failed",  # a search index that cannot be read any more
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

_KEPT = 4
"""Idle connections kept open."""


@contextmanager
def plain_words() -> Iterator[None]:
    """Turn errors of the driver the user can do something about into user errors."""
    try:
        yield
    except driver.Error as error:
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


class Pool:
    """Connections to one file, each used by one thread at a time; a few are kept for the next."""

    def __init__(self, file: Path, key: bytes | None = None, *, read_only: bool = False) -> None:
        """Open nothing until somebody asks."""
        self._file, self._key, self._read_only = file, key, read_only
        self._idle: deque[Any] = deque()
        self._closed = False

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        """Give the cursor of a connection that nobody else uses meanwhile."""
        with plain_words():
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._fresh()
            try:
                yield connection.cursor()
            finally:
                self._take_back(connection)

    def close(self) -> None:
        """Close every connection: idle ones now, those in use when they come back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _fresh(self) -> Any:
        address = _address(self._file, read_only=self._read_only)
        connection = driver.connect(address, uri=True, check_same_thread=False)
        prepare(connection, self._key, read_only=self._read_only)
        return connection

    def _take_back(self, connection: Any) -> None:
        """Keep a connection for the next, unless it is one too many or was left in the middle."""
        if self._closed or connection.in_transaction or len(self._idle) >= _KEPT:
            connection.close()
        else:
            self._idle.append(connection)


def _address(file: Path, *, read_only: bool) -> str:
    """Return the URI of the file; a folder nobody can write is read as it lies, without a WAL."""
    if not read_only:
        mode = "mode=rwc"
    elif os.access(file.parent, os.W_OK):
        mode = "mode=rw"
    else:
        mode = "immutable=1"
    return f"{file.resolve().as_uri()}?{mode}"
