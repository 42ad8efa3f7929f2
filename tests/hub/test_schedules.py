"""The schedules with a server among the devices: the same merge on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.hub.on_server import OnServer
from tests.sync.schedules import Replica, memory, run
from xqhz_desktop.hub.database import Database

COUNT = max(20, int(os.environ.get("XQHZ_SCHEDULES", "0")) // 10)
BATCH = 5


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    opened = Database(address)
    yield opened
    opened.close()


@pytest.mark.parametrize("first", range(0, COUNT, BATCH))
def test_a_server_among_devices_knows_and_shows_what_it_must(
    first: int, database: Database
) -> None:
    for seed in range(first, min(first + BATCH, COUNT)):
        school = str(UUID(int=seed + 1))

        def made(stream: str, number: int, old: bool, school: str = school) -> Replica:
            return memory(stream, number, old) if number else OnServer(database, school, stream)

        assert run(seed, made, without=("copy", "clone"))["taken"]
        counts, tally = (_counted(database, school, query) for query in (_COUNTS, _TALLY))
        assert counts == tally


_COUNTS = "SELECT kind, count(shown), sum(conflicts) FROM record WHERE school_id = %s GROUP BY kind"
_TALLY = "SELECT kind, shown, conflicts FROM tally WHERE school_id = %s"


def _counted(database: Database, school: str, query: str) -> set[Any]:
    with database.school(school) as connection:
        return set(connection.execute(query, (school,)).fetchall())
