"""Questions in the background: the newest one is answered, an older one is in nobody's way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.list_drivers import school
from xqhz_desktop.services import workspace
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.models.search import Search

_HOURS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000000000)"
    " SELECT max(i) FROM n"
)


@pytest.fixture
def search(tmp_path: Path) -> Iterator[Search]:
    work = school(tmp_path / "school")
    made = Search(work.store)
    yield made
    made.close()
    workspace.close(work)


def test_a_newer_question_breaks_off_the_older_one(qtbot: QtBot, search: Search) -> None:
    begun, answers, failures = threading.Event(), list[str](), list[str]()
    search.failed.connect(failures.append)

    def endless(reader: Reader) -> str:
        begun.set()
        reader.cursor.execute(_HOURS).fetchone()
        return "old"

    search.ask("list", endless, answers.append)
    assert begun.wait(5)
    # Asked again and again: the first time may come just before the database begins to read.
    qtbot.waitUntil(lambda: _answered(search, answers))
    assert (set(answers), failures, search.idle) == ({"new"}, [], True)


def _answered(search: Search, answers: list[str]) -> bool:
    if not answers and not search.idle:
        search.ask("list", lambda _reader: "new", answers.append)
    return bool(answers) and search.idle


def test_a_question_of_another_kind_waits_its_turn(qtbot: QtBot, search: Search) -> None:
    answers: list[int] = []
    for number in range(3):
        search.ask(f"page{number}", partial(_told, number), answers.append)
    qtbot.waitUntil(lambda: search.idle)
    assert answers == [0, 1, 2]


def test_after_a_broken_off_question_the_database_is_read_as_before(
    qtbot: QtBot, search: Search
) -> None:
    answers: list[int] = []
    for number in range(200):
        search.ask("list", partial(_counted, number), answers.append)
    qtbot.waitUntil(lambda: search.idle)
    assert answers[-1] == 200


def _told(number: int, _reader: Reader) -> int:
    return number


def _counted(number: int, reader: Reader) -> int:
    return reader.count("school") + number
