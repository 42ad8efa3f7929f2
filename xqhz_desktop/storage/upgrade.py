"""Making and upgrading a database: backup, migrate, verify, or everything as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xqhz_desktop.domain.records import new_id
from xqhz_desktop.errors import BadFile, NewerVersion, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.logs import LOG
from xqhz_desktop.storage import backups, index
from xqhz_desktop.storage import connection as connections
from xqhz_desktop.storage.tables import HEAD, KNOWN

_HAS_VERSION = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
SCRIPTS = Path(__file__).with_name("migrations")


@dataclass(frozen=True)
class Line:
    """A line of migrations: their numbers, oldest first, and the folder of their scripts."""

    known: tuple[str, ...]
    scripts: Path


OURS = Line(KNOWN, SCRIPTS)
"""Every migration this program knows."""


def create(file: Path, key: bytes | None, facts: dict[str, str]) -> None:
    """Make a new database with its tables and what is true of it (`facts`)."""
    from xqhz_desktop.storage import schema  # lazy: needed once in a school's life, slow to load

    part = file.with_suffix(".new")
    part.unlink(missing_ok=True)
    opened = connections.connect(part, key)
    try:
        with connections.plain_words():
            opened.execute("BEGIN")
            for statement in schema.statements():
                opened.execute(statement)
            opened.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            opened.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
            known = {"stream": new_id(), **facts}
            opened.executemany("INSERT INTO meta VALUES (?, ?)", known.items())
            opened.execute("COMMIT")
    finally:
        opened.close()
    backups.settle(part, key)
    part.replace(file)


def version(file: Path, key: bytes | None, line: Line = OURS) -> str:
    """Return the migration a database stands at; raise when it is newer than the program."""
    opened = connections.connect(file, key, read_only=True)
    try:
        with connections.plain_words():
            row = None
            if opened.execute(_HAS_VERSION).fetchone():
                row = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        opened.close()
    if row is None:
        raise BadFile(Message("This file is not a workspace of this program."))
    if row[0] not in line.known:
        raise NewerVersion(
            Message("This workspace was made by a newer version. Install that version to open it.")
        )
    return str(row[0])


def upgrade(file: Path, key: bytes | None, line: Line = OURS) -> bool:
    """Bring a database to the newest version; return whether anything was done.

    The work is done on a copy that takes the place of the file in one step when all is well.
    """
    old = version(file, key, line)
    if old == line.known[-1]:
        return False
    saved = f"before-upgrade-{old}-{datetime.now():%Y%m%d-%H%M%S}{backups.SUFFIX}"
    backups.make(file.parent, key, file.parent / "backups" / saved)
    fresh = file.with_suffix(".upgrading")
    try:
        backups.copy(file, fresh, key)
        migrate(fresh, key, line)
        check(fresh, key)
        backups.settle(file, key)
        fresh.replace(file)
    except UserError:
        raise
    except Exception as error:
        LOG.exception("upgrade failed, the workspace was left as it was")
        raise UserError(
            Message("The workspace could not be upgraded and was left as it was. See the log.")
        ) from error
    finally:
        for rest in ("", "-wal", "-shm"):
            fresh.with_name(fresh.name + rest).unlink(missing_ok=True)
    return True


def check(file: Path, key: bytes | None) -> None:
    """Raise when the database is damaged or a reference leads nowhere."""
    if found := backups.flaws(file, key):
        raise BadFile(found[0])


def migrate(file: Path, key: bytes | None, line: Line = OURS) -> None:
    """Run the migrations up to the newest one, and make the search keys again."""
    from alembic import command, config  # lazy: needed once in a program's life, and slow to load

    from xqhz_desktop.storage import schema  # lazy: as Alembic itself

    settings = config.Config()
    settings.set_main_option("script_location", str(line.scripts))
    engine = schema.engine(file, key)
    try:
        with engine.connect() as opened:
            opened.exec_driver_sql("BEGIN IMMEDIATE")
            settings.attributes["connection"] = opened
            command.upgrade(settings, "head")
            index.rebuild(opened.connection.cursor())
            opened.exec_driver_sql("COMMIT")
        backups.settle(file, key)
    finally:
        engine.dispose()


def facts(cursor: Any) -> dict[str, str]:
    """Return what is true of a workspace, by name."""
    return dict(cursor.execute("SELECT name, value FROM meta").fetchall())
