"""Work in the background: results arrive in the window's thread, or nobody is bothered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.tasks import Progress, Runner


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.shutdown()


def test_a_result_arrives_in_the_thread_of_the_window(runner: Runner, qtbot: QtBot) -> None:
    where: list[Any] = []
    owner = QObject()

    def job(_progress: Progress) -> threading.Thread:
        return threading.current_thread()

    def done(worker: threading.Thread) -> None:
        where.extend([worker, threading.current_thread()])

    handle = runner.run(owner, job, done)
    with qtbot.waitSignal(handle.finished):
        pass
    assert where[0] is not threading.main_thread()
    assert where[1] is threading.main_thread()


def test_what_the_user_did_wrong_is_told_to_the_user(runner: Runner, qtbot: QtBot) -> None:
    told: list[UserError] = []
    owner = QObject()

    def job(_progress: Progress) -> None:
        raise UserError(Message("There is nothing to undo."))

    handle = runner.run(owner, job, None, told.append)
    with qtbot.waitSignal(handle.finished):
        pass
    assert str(told[0]) == "There is nothing to undo."


@pytest.mark.expects_warning
def test_a_fault_of_ours_is_logged_and_told_in_one_sentence(
    runner: Runner, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[UserError] = []
    owner = QObject()

    def job(_progress: Progress) -> None:
        raise ZeroDivisionError

    handle = runner.run(owner, job, None, told.append)
    with qtbot.waitSignal(handle.finished):
        pass
    assert "log" in str(told[0])
    assert "ZeroDivisionError" in caplog.text


def test_a_stopped_job_ends_at_its_next_report(runner: Runner, qtbot: QtBot) -> None:
    told: list[UserError] = []
    owner, running = QObject(), threading.Event()

    def job(progress: Progress) -> None:
        running.set()
        while True:
            progress(1, 10)

    handle = runner.run(owner, job, None, told.append, Message("Backing up"))
    qtbot.waitUntil(running.is_set)
    with qtbot.waitSignal(handle.finished):
        handle.cancel()
    assert isinstance(told[0], Cancelled)


def test_nobody_is_called_once_the_page_is_gone(runner: Runner, qtbot: QtBot) -> None:
    told: list[Any] = []
    owner, may_end = QObject(), threading.Event()

    def job(_progress: Progress) -> int:
        may_end.wait(10)
        return 5

    handle = runner.run(owner, job, told.append, told.append)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    with qtbot.waitSignal(handle.finished):
        may_end.set()
    assert told == []


def test_a_long_job_leaves_room_for_quick_ones(runner: Runner, qtbot: QtBot) -> None:
    owner, may_end = QObject(), threading.Event()

    def long(_progress: Progress) -> None:
        may_end.wait(10)

    for _ in range(3):
        runner.run(owner, long, title=Message("Backing up"))
    told: list[int] = []
    handle = runner.run(owner, lambda _progress: 5, told.append)
    with qtbot.waitSignal(handle.finished):
        pass
    may_end.set()
    assert told == [5]


def test_every_report_that_arrives_is_in_order(runner: Runner, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    owner = QObject()

    def job(progress: Progress) -> None:
        for n in range(2_000):
            progress(n + 1, 2_000)

    handle = runner.run(owner, job, title=Message("Backing up"))
    handle.progress.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(handle.finished):
        pass
    assert seen[-1] == (2_000, 2_000)
    assert seen == sorted(seen)
    assert len(seen) < 2_000
