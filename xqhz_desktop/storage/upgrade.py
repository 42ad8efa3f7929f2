"""Making and upgrading a database: backup, migrate, verify, or everything as it was."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

from sqlcipher3.dbapi2 import Error
from sqlalchemy.schema import CreateIndex, CreateTable

from xqhz_desktop.errors import NewerVersion, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.logs import LOG
from xqhz_desktop.storage import connection as connections
from xqhz_desktop.storage.tables import HEAD, METADATA, search_tables

KNOWN = ("0001",)
"""Every migration this program knows, oldest first."""


def create(file: Path, key: bytes | None, facts: dict[str, str]) -> None:
    """Make a new database with its tables and what is true of it (`facts`)."""
    part = file.with_suffix(".new")
    part.unlink(missing_ok=True)
    engine = connections.engine(part, key)
    with connections.plain_words(), engine.begin() as opened:
        for table in METADATA.tables.values():
            opened.execute(CreateTable(table))
            for index in sorted(table.indexes, key=lambda one: str(one.name)):
                opened.execute(CreateIndex(index))
        for statement in search_tables():
            opened.exec_driver_sql(statement)
        opened.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        opened.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
        known = {"stream": uuid.uuid4().hex, **facts}
        for name, value in known.items():
            opened.exec_driver_sql("INSERT INTO meta VALUES (?, ?)", (name, value))
    with engine.connect() as opened:
        opened.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    part.replace(file)
    for rest in ("-wal", "-shm"):
        part.with_name(part.name + rest).unlink(missing_ok=True)


def version(file: Path, key: bytes | None) -> str:
    """Return the migration a database stands at; raise when it is newer than the program."""
    opened = connections.connect(file, key, read_only=True)
    try:
        with connections.plain_words():
            try:
                row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
            except Error as error:
                if "no such table" not in str(error):
                    raise
                row = None
    finally:
        opened.close()
    if row is None:
        raise UserError(Message("This file is not a workspace of this program."), code="BAD")
    if row[0] not in KNOWN:
        raise NewerVersion(
            Message("This workspace was made by a newer version. Install that version to open it.")
        )
    return str(row[0])


def upgrade(file: Path, key: bytes | None) -> bool:
    """Bring a database to the newest version; return whether anything was done."""
    if version(file, key) == HEAD:
        return False
    saved = file.with_suffix(".before-upgrade")
    _copy(file, saved, key)
    try:
        _migrate(file, key)
        check(file, key)
    except Exception as error:
        LOG.exception("upgrade failed, the workspace was restored")
        shutil.copyfile(saved, file)
        for rest in ("-wal", "-shm"):
            file.with_name(file.name + rest).unlink(missing_ok=True)
        raise UserError(
            Message("The workspace could not be upgraded and was left as it was. See the log.")
        ) from error
    return True


def check(file: Path, key: bytes | None) -> None:
    """Raise when the database is damaged or a reference leads nowhere."""
    opened = connections.connect(file, key, read_only=True)
    try:
        if opened.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise UserError(Message("The workspace file is damaged. Restore the newest backup."))
        if opened.execute("PRAGMA foreign_key_check").fetchone():
            raise UserError(Message("Some records point to records that do not exist."))
    finally:
        opened.close()


def _copy(file: Path, target: Path, key: bytes | None) -> None:
    source = connections.connect(file, key)
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    source.close()
    shutil.copyfile(file, target)


def _migrate(file: Path, key: bytes | None) -> None:
    """Run the migrations up to the newest one."""
    from alembic import command, config  # lazy: needed once in a program's life, and slow to load

    settings = config.Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    engine = connections.engine(file, key)
    with engine.begin() as opened:
        settings.attributes["connection"] = opened
        command.upgrade(settings, "head")
    engine.dispose()


def facts(cursor: Any) -> dict[str, str]:
    """Return what is true of a workspace, by name."""
    return dict(cursor.execute("SELECT name, value FROM meta").fetchall())
