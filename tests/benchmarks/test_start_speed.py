"""From a cold start to the rows of last time: ``pytest tests/benchmarks/test_start_speed.py -s``.

The floor is a bare PySide6 window with an empty table, started in turn with the program. Goals at
20,000 students: the window at most 2 times the floor, its rows at most 4 times. At 200,000
(``XQHZ_STUDENTS=200000``, some minutes to make them) at most 1.2 times more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.ui import starts
from tests.ui.starts import Start
from xqhz_desktop.services import sample, workspace

USUAL, ROUNDS = 20_000, 9
SIZES = tuple(sorted({USUAL, int(os.environ.get("XQHZ_STUDENTS", USUAL))}))
GOALS = {"shell": 2.0, "live": 4.0}


def test_a_cold_start_shows_its_rows_within_the_goal(
    tmp_path: Path, benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    configs = {size: _left(tmp_path, size) for size in SIZES}
    floor: list[Start] = []
    mine: dict[int, list[Start]] = {size: [] for size in SIZES}
    for _round in range(ROUNDS):
        floor.append(starts.bare())
        for size, config in configs.items():
            mine[size].append(starts.ours(config))
    benchmark.pedantic(starts.ours, (configs[USUAL],), rounds=1)
    lines = [f"bare window {_said(floor, _shell)}"]
    for size, found in mine.items():
        for name, when in (("shell", _shell), ("live", _live)):
            ratio = _middle(found, when) / _middle(floor, _shell)
            benchmark.extra_info[f"{name} at {size:,}"] = ratio
            goal = f", goal {GOALS[name]:.1f}" if size == USUAL else ""
            lines.append(f"{size:,} students, {name} {_said(found, when)}: × {ratio:.2f}{goal}")
    if len(SIZES) > 1:
        more = _middle(mine[SIZES[-1]], _live) / _middle(mine[SIZES[0]], _live)
        lines.append(f"live at {SIZES[-1]:,} against {SIZES[0]:,}: × {more:.2f}, goal 1.20")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")


def _left(folder: Path, students: int) -> Path:
    """Make a sample school, start once and leave it on its roster; return the settings folder."""
    school = folder / f"school-{students}"
    workspace.close(sample.make(school, students=students))
    config = starts.remembered(folder / f"config-{students}", school)
    starts.ours(config, leave=True)
    return config


def _shell(one: Start) -> float:
    return one.shell


def _live(one: Start) -> float:
    return one.live


def _middle(found: list[Start], when: Callable[[Start], float]) -> float:
    return median(when(one) for one in found)


def _said(found: list[Start], when: Callable[[Start], float]) -> str:
    least = min(when(one) for one in found)
    return f"{least * 1000:.0f} ms at best, {_middle(found, when) * 1000:.0f} ms in the middle"
