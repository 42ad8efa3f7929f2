"""Garbage: a cycle with a widget in it goes in the thread of the window, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from xqhz_desktop.ui.sweeping import sweep


class _Cycle(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.myself = self


def test_a_job_that_allocates_a_lot_frees_no_widget(qapp: QApplication) -> None:
    sweep()
    left = weakref.ref(_Cycle())
    job = threading.Thread(target=lambda: [[[n] for n in range(50_000)] for _ in range(5)])
    job.start()
    job.join()
    assert left() is not None


def test_the_window_frees_it_soon(qapp: QApplication, qtbot: QtBot) -> None:
    freed: list[threading.Thread] = []
    left = _Cycle()
    weakref.finalize(left, lambda: freed.append(threading.current_thread()))
    del left
    _piled_up = [[n] for n in range(5_000)]
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.main_thread()]
    assert not gc.isenabled()
